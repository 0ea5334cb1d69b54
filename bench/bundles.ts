/**
 * How large is each function, and how long does it take to load?
 *
 * The bundles are those of cdk.out, loaded as Lambda loads them: in a fresh process, with the function's NODE_OPTIONS.
 * Load time is from the import to its end, which on Lambda is most of INIT; Node's own start is not in it. Rounds go
 * over all functions in turn, so that what else the machine does falls on all alike.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { ASSEMBLY, assembly, ROOT } from '../demo/assembly.ts';
import { AS_BUILT } from '../infra/bundles.ts';
import { asks, median, note, plain, runs, spread, table } from './show.ts';

/** DESIGN: what a handler may weigh, bytes, and how long it may take to load, ms. */
const LARGEST = 750_000;
const SLOWEST_MS = 90;

interface Load {
  readonly ms: number;
  /** Of the processor, on all threads: what other programs take away is not in it. */
  readonly cpuMs: number;
  readonly rssMb: number;
}

interface Loadable {
  readonly name: string;
  /** The bundle. */
  readonly file: string;
  readonly loads: Load[];
  /** Lambda's NODE_OPTIONS; without it those of the template. */
  readonly options?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'bench-bundles-'));
const loader = join(folder, 'load.mjs');
writeFileSync(
  loader,
  `const from = performance.now();
  const before = process.cpuUsage();
  await import(process.argv[2]);
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000, rssMb: process.memoryUsage().rss / 1e6 }));
  process.exit();`,
);

function load(one: Loadable): void {
  const answer = execFileSync(process.execPath, [loader, pathToFileURL(one.file).href], {
    env: { NODE_OPTIONS: one.options ?? '--enable-source-maps', AWS_REGION: 'us-east-1' },
    encoding: 'utf8',
  });
  one.loads.push(JSON.parse(answer) as Load);
}

function rounds(all: readonly Loadable[], times: number): void {
  for (const one of all) load(one); // Once uncounted, so that no file is read from the disk for the first time.
  for (const one of all) one.loads.length = 0;
  for (let round = 0; round < times; round++) for (const one of all) load(one);
}

/** Every function of the template, by the entry point it was made from, which its source map names. */
function functionsOf(cloudAssembly: string): Loadable[] {
  interface Resource {
    readonly Type: string;
    readonly Metadata?: { readonly 'aws:asset:path'?: string };
  }
  const { Resources } = JSON.parse(readFileSync(join(cloudAssembly, 'Postact.template.json'), 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  const paths = Object.values(Resources).flatMap(({ Type, Metadata }) =>
    Type === 'AWS::Lambda::Function' ? (Metadata?.['aws:asset:path'] ?? []) : [],
  );
  return paths
    .map((path) => join(cloudAssembly, path, 'index.mjs'))
    .map((file) => ({
      name: (JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] }).sources
        .find((source) => /\.lambda\.tsx?$/.test(source))!
        .replace(/^.*functions\//, ''),
      file,
      loads: [],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const milliseconds = ({ loads }: Loadable): number[] => loads.map(({ ms }) => ms);
const row = (one: Loadable) => {
  const code = readFileSync(one.file);
  return [
    one.name,
    plain(code.length / 1000),
    plain(gzipSync(code, { level: 9 }).length / 1000),
    spread(milliseconds(one)),
    plain(median(one.loads.map(({ cpuMs }) => cpuMs))),
    plain(median(one.loads.map(({ rssMb }) => rssMb))),
  ];
};
/** What is above its limit. A median above it with the least below says more of the machine than of the function. */
function marks(one: Loadable): string {
  const size = readFileSync(one.file).length > LARGEST ? ['too large'] : [];
  const ms = milliseconds(one);
  const time = Math.min(...ms) > SLOWEST_MS ? ['too slow'] : median(ms) > SLOWEST_MS ? ['median above'] : [];
  return [...size, ...time].join(', ');
}
const COLUMNS = ['minified, kB', 'gzip, kB', 'load, ms: median (least–most)', 'CPU, ms', 'RSS, MB'];

function perFunction(): void {
  asks('How large is each function, and how long does it take to load?');
  const functions = functionsOf(assembly());
  const empty: Loadable = { name: '(an empty module)', file: join(folder, 'empty.mjs'), loads: [] };
  writeFileSync(empty.file, 'export {};');
  rounds([empty, ...functions], runs(10));
  const marked = functions.map((one) => [...row(one), marks(one)]);
  table(['function', ...COLUMNS, `limit ${LARGEST / 1e6} MB, ${SLOWEST_MS} ms`], [[...row(empty), ''], ...marked]);
  const bytes = functions.map(({ file }) => readFileSync(file).length);
  const medians = functions.map((one) => median(milliseconds(one)));
  const least = functions.map((one) => Math.min(...milliseconds(one)));
  note(
    `${functions.length} functions: ${plain(bytes.reduce((sum, one) => sum + one, 0) / 1e6)} MB in all, median ${plain(median(bytes) / 1000)} kB, largest ${plain(Math.max(...bytes) / 1000)} kB; median load ${plain(median(medians))} ms, slowest ${plain(Math.max(...medians))} ms; by the least of each, ${plain(median(least))} and ${plain(Math.max(...least))} ms.`,
  );
}

const PAGE = './functions/use-request/use-request-pages.lambda.tsx';
const HANDLER = `export { handler } from '${PAGE}';`;
/** One entity as ElectroDB has it: the same keys and indexes as a use request. */
const ELECTRODB = `import { Entity } from 'electrodb';
const index = (pk, sk, name) => ({ ...(name && { index: name }), pk: { field: pk, composite: ['id'], casing: 'none' }, sk: { field: sk, composite: ['version'], casing: 'none' } });
export const requests = new Entity({ model: { entity: 'use-request', version: '1', service: 'postact' },
  attributes: { id: { type: 'string' }, version: { type: 'number' }, record: { type: 'any' } },
  indexes: { one: index('pk', 'sk'), bySubject: index('subject', 'subjectOrder', 'by-subject'), byDesk: index('desk', 'deskOrder', 'by-desk'), byDue: index('due', 'dueOrder', 'by-due') } });`;
const FORM =
  "export const form = z.object({ targetKind: z.enum(['truck', 'car']), location: z.string(), startsAt: z.string(), attested: z.boolean() });";

const VARIANTS: readonly {
  readonly name: string;
  readonly contents: string;
  readonly external?: string[];
  readonly options?: string;
  readonly alias?: Readonly<Record<string, string>>;
}[] = [
  { name: 'as built', contents: HANDLER },
  { name: 'as built, without source maps', contents: HANDLER, options: '' },
  { name: 'credentials from wherever the SDK looks', contents: HANDLER, alias: {} },
  { name: 'form read with zod/mini', contents: `${HANDLER} import * as z from 'zod/mini'; ${FORM}` },
  { name: 'form read with all of zod', contents: `${HANDLER} import { z } from 'zod'; ${FORM}` },
  { name: 'records through ElectroDB', contents: `${HANDLER} ${ELECTRODB}` },
  { name: 'ElectroDB and all of zod', contents: `${HANDLER} ${ELECTRODB} import { z } from 'zod'; ${FORM}` },
  { name: 'AWS SDK left outside', contents: HANDLER, external: ['@aws-sdk/*', '@smithy/*'] },
];

function alternatives(): void {
  asks('What would the page function of use-request weigh if it were built otherwise?');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const variants = VARIANTS.map(({ name, contents, external = [], options, alias }, at): Loadable => {
    const outdir = join(folder, `variant-${at}`);
    mkdirSync(outdir);
    buildSync({
      ...AS_BUILT,
      ...(alias && { alias }),
      stdin: { contents, resolveDir: ROOT, sourcefile: 'variant.ts' },
      external,
      outfile: join(outdir, 'index.mjs'),
    });
    return { name, file: join(outdir, 'index.mjs'), loads: [], ...(options !== undefined && { options }) };
  });
  rounds(variants, runs(10));
  table(['use-request-pages', ...COLUMNS], variants.map(row));
  note(
    '"Outside" loads the SDK from node_modules on this disk; Lambda has a copy of its own, of the version it chooses.',
  );
}

/** Which packages weigh most in the largest bundle: where to look when a limit is near. */
function weights(): void {
  const largest = functionsOf(ASSEMBLY).toSorted(
    (a, b) => readFileSync(b.file).length - readFileSync(a.file).length,
  )[0]!;
  asks(`What weighs most in the largest bundle, ${largest.name}?`);
  const { metafile } = buildSync({
    ...AS_BUILT,
    sourcemap: false,
    metafile: true,
    write: false,
    entryPoints: [join(ROOT, 'functions', largest.name)],
    outdir: folder,
  });
  const output = Object.values(metafile.outputs)[0]!;
  const weight = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const from =
      /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1] ??
      path
        .split('/')
        .slice(0, path.startsWith('functions/') ? 2 : 1)
        .join('/');
    weight.set(from, (weight.get(from) ?? 0) + bytesInOutput);
  }
  const heaviest = [...weight].sort(([, a], [, b]) => b - a).slice(0, 12);
  table(
    ['from', 'minified, kB', 'share'],
    heaviest.map(([from, bytes]) => [from, plain(bytes / 1000), `${plain((100 * bytes) / output.bytes)} %`]),
  );
}

try {
  perFunction();
  alternatives();
  weights();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
