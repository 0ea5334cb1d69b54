/** Every service family this host serves besides Lambda, IAM and HTTP APIs, which host.ts brings itself. */
import type { MakePart } from './contract.ts';

export const allParts: readonly MakePart[] = [];
