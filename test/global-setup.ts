/** Once before all tests: the cloud assembly that the local and browser tests run on, and room for what they share. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembly } from '../demo/assembly.ts';

export default function setup(): () => void {
  assembly(console.log);
  const home = mkdtempSync(join(tmpdir(), 'postact-seeded-'));
  process.env['POSTACT_SEEDED'] = home;
  return () => rmSync(home, { recursive: true, force: true });
}
