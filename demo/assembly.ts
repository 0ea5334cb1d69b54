/** The cloud assembly in cdk.out, made anew only when something it is made of has changed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const ASSEMBLY = join(ROOT, 'cdk.out');
const MADE_OF = join(ASSEMBLY, '.made-of');

const SOURCES = ['infra', 'functions', 'workflows', 'policies', 'cdk.json', 'package-lock.json', 'tsconfig.json'];

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .sort()
          .map((name) => join(source, name))
      : [source];
    for (const file of files)
      if (statSync(join(ROOT, file)).isFile())
        hash
          .update(file)
          .update('\0')
          .update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

/** The template too: `cdk deploy` writes to the same folder, and one for an emulator is not ours (infra/postact-stack.ts). */
function hashOfTemplate(): string {
  const template = join(ASSEMBLY, 'Postact.template.json');
  return existsSync(template) ? createHash('sha256').update(readFileSync(template)).digest('hex') : '';
}

/** How often somebody else's synthesis is waited for, two seconds each. */
const MOST_WAITS = 60;

/** Answers the assembly's folder. Throws when synthesis fails; what it says is on standard error. */
export function assembly(say: (line: string) => void = () => undefined): string {
  const sources = hashOfSources();
  const isCurrent = (): boolean =>
    existsSync(MADE_OF) && readFileSync(MADE_OF, 'utf8') === `${sources} ${hashOfTemplate()}`;
  if (isCurrent()) return ASSEMBLY;
  say('Synthesizing the stack; this is skipped while nothing changes …');
  const { AWS_ENDPOINT_URL: _, ...withoutEmulator } = process.env;
  for (let wait = 0; !isCurrent(); wait++) {
    const synth = spawnSync(
      join(ROOT, 'node_modules', '.bin', 'cdk'),
      ['synth', '--quiet', '--no-notices', '--no-version-reporting'],
      { cwd: ROOT, env: withoutEmulator, encoding: 'utf8' },
    );
    if (synth.status === 0) writeFileSync(MADE_OF, `${sources} ${hashOfTemplate()}`);
    else if (!synth.stderr.includes('Another CLI') || wait >= MOST_WAITS)
      throw new Error(`the stack does not synthesize:\n${synth.stderr || String(synth.error)}`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000); // Another run synthesizes into the same folder.
  }
  return ASSEMBLY;
}
