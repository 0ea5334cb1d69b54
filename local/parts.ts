/** Every service family this host serves besides Lambda, IAM and HTTP APIs, which host.ts brings itself. */
import type { MakePart } from './contract.ts';
import { events } from './events/events.ts';
import { keys } from './keys/keys.ts';
import { mail } from './mail/mail.ts';
import { objects } from './objects/objects.ts';
import { queues } from './queues/queues.ts';
import { signIn } from './sign-in/sign-in.ts';
import { states } from './states/states.ts';
import { tables } from './tables/tables.ts';

export const allParts: readonly MakePart[] = [events, keys, mail, objects, queues, signIn, states, tables];
