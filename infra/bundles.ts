/**
 * Bundles every entry point under functions/ in one pass of esbuild, in this process.
 *
 * One pass parses the SDK once, in no process of its own for each function: six bundles took 0.6 s, and 2.7 s with
 * CDK's NodejsFunction (2 cores, idle). Bundles carry all they need, the SDK too: fewer files load faster.
 *
 * The same sources give the same bytes in any folder on any machine: paths inside source maps are relative to the
 * repository, so nothing is published again that did not change.
 */
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync, type BuildFailure, type BuildOptions, type OutputFile } from 'esbuild';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { staticFiles } from './static-files.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FUNCTIONS = join(ROOT, 'functions');
/** Where bundles would be, for the paths in their source maps. Nothing is written there. */
const NOMINAL = join(ROOT, 'bundles');

/** Some packages are CommonJS inside and ask for Node's own modules by `require`, which an ES module does not have. */
const BANNER = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/** What bundles have in place of a package: a path below functions/. */
const IN_PLACE = { '@aws-sdk/credential-provider-node': 'edge/function-credentials.aws.ts' };

/** What esbuild is told of every bundle. */
export const AS_BUILT = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  alias: Object.fromEntries(Object.entries(IN_PLACE).map(([name, path]) => [name, join(FUNCTIONS, path)])),
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  banner: { js: BANNER },
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** The one function that serves files, and the folder it finds them in, beside its bundle. */
const SERVES_FILES = 'edge/assets.lambda.ts';
const FILES = 'static';
/** What the interface for systems takes and answers, made by `npm run docs`. */
const DOCUMENT = join(ROOT, 'docs', 'openapi.json');

/** Every entry point there is, as a path below functions/, sorted. */
export function entryPoints(): string[] {
  return readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.lambda\.tsx?$/.test(path))
    .sort();
}

export class Bundles {
  /** The folder that holds one folder for each entry point. Gone after `remove`. */
  readonly folder: string;
  readonly #entries = entryPoints();
  readonly #missing: string[] = [];

  /** Throws when something does not compile, with every file and line. */
  constructor() {
    const built = bundled(this.#entries);
    this.folder = mkdtempSync(join(tmpdir(), 'postact-bundles-'));
    for (const { path, contents } of built) {
      const target = join(this.folder, relative(NOMINAL, path));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, contents);
    }
    if (this.#entries.includes(SERVES_FILES)) {
      for (const [name, source] of staticFiles(join(FUNCTIONS, 'edge', FILES))) {
        cpSync(source, join(this.folder, SERVES_FILES, FILES, name));
      }
      cpSync(DOCUMENT, join(this.folder, SERVES_FILES, 'openapi.json'));
      for (const { path, contents } of scriptsForBrowsers())
        writeFileSync(join(this.folder, SERVES_FILES, FILES, basename(path)), contents);
    }
  }

  /** The code of one entry point. One that is not there is noted, so that `requireAll` can name all of them at once. */
  codeOf(entry: string): Code {
    if (this.#entries.includes(entry)) return Code.fromAsset(join(this.folder, entry));
    this.#missing.push(entry);
    return Code.fromInline('// there is no such entry point');
  }

  /** Throws unless every entry point that was asked for is there. */
  requireAll(): void {
    if (this.#missing.length === 0) return;
    throw new Error(
      `infra/ names entry points that are not in functions/; write them or remove them from infra/:\n${this.#missing.map((entry) => `  functions/${entry}`).join('\n')}`,
    );
  }

  /** Removes the folder. The cloud assembly has its own copies by then. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Each `functions/<noun>/browser/<name>.ts` becomes `static/<name>.js`, a module that a page may name. */
function scriptsForBrowsers(): readonly OutputFile[] {
  const scripts = readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /[\\/]browser[\\/][\w-]+\.ts$/.test(path),
  );
  return buildSync({
    entryPoints: scripts.sort().map((path) => join(FUNCTIONS, path)),
    absWorkingDir: ROOT,
    outdir: join(NOMINAL, 'browser'),
    entryNames: '[name]',
    write: false,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'silent',
  }).outputFiles;
}

function bundled(entries: readonly string[]): readonly OutputFile[] {
  try {
    return buildSync({
      ...AS_BUILT,
      entryPoints: Object.fromEntries(entries.map((entry) => [`${entry}/index`, join(FUNCTIONS, entry)])),
      outdir: NOMINAL,
      outExtension: { '.js': '.mjs' },
      write: false,
    }).outputFiles;
  } catch (failure) {
    throw new Error(`functions/ cannot be bundled; correct what is named here: ${(failure as BuildFailure).message}`);
  }
}
