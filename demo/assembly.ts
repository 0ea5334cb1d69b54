/** The cloud assembly in cdk.out, made anew only when something it is made of has changed. */
import { execFileSync } from 'node:child_process';
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
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort().map((name) => join(source, name)) : [source];
    for (const file of files) if (statSync(join(ROOT, file)).isFile()) hash.update(file).update('\0').update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

/** Answers the assembly's folder. Throws when synthesis fails; what it says is on standard error. */
export function assembly(say: (line: string) => void = () => undefined): string {
  const hash = hashOfSources();
  if (existsSync(MADE_OF) && readFileSync(MADE_OF, 'utf8') === hash) return ASSEMBLY;
  say('Synthesizing the stack; this is skipped while nothing changes …');
  execFileSync(join(ROOT, 'node_modules', '.bin', 'cdk'), ['synth', '--quiet', '--no-notices', '--no-version-reporting'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(MADE_OF, hash);
  return ASSEMBLY;
}
