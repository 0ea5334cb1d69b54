/**
 * Reads a synthesized cloud assembly (`cdk.out`): its manifest, the stacks' templates and what they publish as assets.
 *
 * Only the parts of the manifest that every schema version has are read, so an assembly newer than this host still
 * loads. Nothing is resolved here: see intrinsics.ts and deploy-stacks.ts.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<
    Record<
      string,
      { readonly Value: unknown; readonly Condition?: string; readonly Export?: { readonly Name: unknown } }
    >
  >;
  readonly Transform?: unknown;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

export interface Stack {
  /** The artifact's id in the manifest, by which other artifacts depend on it. */
  readonly id: string;
  readonly name: string;
  readonly template: Template;
  /** The region the stack was synthesized for, unless it is environment-agnostic. */
  readonly region?: string;
}

export interface CloudAssembly {
  /** In an order in which each stack comes after those it depends on. */
  readonly stacks: readonly Stack[];
  /** Published files and folders by the object key they are published under. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly directoryName?: string;
    readonly file?: string;
  };
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source?: { readonly path?: string };
        readonly destinations?: Readonly<Record<string, { readonly objectKey?: string }>>;
      }
    >
  >;
}

interface Found {
  readonly stack: Stack;
  readonly dependencies: readonly string[];
}

/** The reason an assembly cannot be hosted, in words for the person who started the host. */
export class AssemblyRefused extends Error {
  override readonly name = 'AssemblyRefused';
}

/**
 * Loads the assembly in `folder`; with `stackName`, only that stack and those it depends on.
 * Throws AssemblyRefused when there is no manifest, no such stack, or the stacks depend on each other in a circle.
 */
export function loadAssembly(folder: string, stackName?: string): CloudAssembly {
  const assets = new Map<string, string>();
  const found = readManifest(resolve(folder), assets);
  const wanted =
    stackName === undefined ? found : found.filter(({ stack }) => stack.name === stackName || stack.id === stackName);
  if (wanted.length === 0) {
    const names = found.map(({ stack }) => stack.name).join(', ') || 'none';
    throw new AssemblyRefused(
      `${folder}: expected ${stackName === undefined ? 'at least one stack' : `a stack named ${stackName}`}, found ${names}`,
    );
  }
  return { stacks: inDependencyOrder(wanted, found), assets };
}

function readManifest(folder: string, assets: Map<string, string>): Found[] {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path))
    throw new AssemblyRefused(`${path} is not there; give the folder that \`cdk synth\` wrote (usually cdk.out)`);
  const artifacts = (readJson(path) as { artifacts?: Record<string, Artifact> }).artifacts ?? {};
  const found: Found[] = [];
  for (const [id, artifact] of Object.entries(artifacts)) {
    const { templateFile, stackName, directoryName, file } = artifact.properties ?? {};
    if (artifact.type === 'aws:cloudformation:stack' && templateFile) {
      const region = artifact.environment?.split('/').at(-1);
      found.push({
        stack: {
          id,
          name: stackName ?? id,
          template: readJson(join(folder, templateFile)) as Template,
          ...(region && !region.startsWith('unknown') ? { region } : {}),
        },
        dependencies: artifact.dependencies ?? [],
      });
    } else if (artifact.type === 'cdk:cloud-assembly' && directoryName) {
      found.push(...readManifest(join(folder, directoryName), assets));
    } else if (artifact.type === 'cdk:asset-manifest' && file) {
      readAssets(folder, readJson(join(folder, file)) as AssetManifest, assets);
    }
  }
  return found;
}

function readAssets(folder: string, manifest: AssetManifest, assets: Map<string, string>): void {
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    if (!source?.path) continue;
    for (const { objectKey } of Object.values(destinations ?? {}))
      if (objectKey) assets.set(objectKey, resolve(folder, source.path));
  }
}

function inDependencyOrder(wanted: readonly Found[], all: readonly Found[]): Stack[] {
  const byId = new Map(all.map((found) => [found.stack.id, found]));
  const ordered = new Set<Stack>();
  const visit = (found: Found, path: readonly string[]): void => {
    if (ordered.has(found.stack)) return;
    if (path.includes(found.stack.id))
      throw new AssemblyRefused(`stacks depend on each other in a circle: ${[...path, found.stack.id].join(' -> ')}`);
    for (const id of found.dependencies) {
      const needed = byId.get(id);
      if (needed) visit(needed, [...path, found.stack.id]);
    }
    ordered.add(found.stack);
  };
  for (const found of wanted) visit(found, []);
  return [...ordered];
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new AssemblyRefused(
      `${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
