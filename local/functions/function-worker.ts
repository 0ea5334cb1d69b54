/**
 * The inside of one warm function: runs in a worker thread and plays the part of Lambda's Node.js runtime.
 *
 * Its Date is the host's time (the laptop's plus a shared offset), so a function, and the SDK that signs its
 * requests, see the clock that people move. `performance` and timers stay real. Loads ESM and CommonJS handlers.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

export interface WorkerSettings {
  readonly taskRoot: string;
  readonly handler: string;
  readonly offset: Float64Array;
  readonly functionName: string;
  readonly memoryMb: number;
  readonly nodeOptions?: string;
}

export interface InvokeMessage {
  readonly requestId: string;
  readonly payload: string;
  readonly timeoutMs: number;
  readonly functionArn: string;
  readonly version: string;
}

/** `loaded` once, then one `done` per InvokeMessage. A `broken` worker never got its handler and is of no more use. */
export type WorkerMessage =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'done'; readonly payload: string; readonly failed: boolean; readonly broken: boolean };

type Handler = (event: unknown, context: object) => unknown;

const settings = workerData as WorkerSettings;
const port = parentPort!;
const root = pathToFileURL(`${settings.taskRoot}/`).href;

delete process.env['NODE_COMPILE_CACHE'];
useHostTime();
useTaskRoot();
if (settings.nodeOptions !== undefined) {
  process.env['NODE_OPTIONS'] = settings.nodeOptions;
  if (settings.nodeOptions.includes('--enable-source-maps')) process.setSourceMapsEnabled(true);
}
const loading = loadHandler().then(
  (handler) => ({ handler }),
  (fault: unknown) => ({ fault }),
);
void loading.then(() => port.postMessage({ kind: 'loaded' } satisfies WorkerMessage));
port.on('message', (message: InvokeMessage) => void answer(message));

async function answer(message: InvokeMessage): Promise<void> {
  const loaded = await loading;
  const broken = 'fault' in loaded;
  const reply = (payload: string, failed: boolean): void =>
    port.postMessage({ kind: 'done', payload, failed, broken } satisfies WorkerMessage);
  try {
    if ('fault' in loaded) throw loaded.fault;
    const result = await loaded.handler(JSON.parse(message.payload), contextOf(message));
    reply(JSON.stringify(result) ?? 'null', false);
  } catch (error) {
    console.error('Invoke Error', error);
    reply(JSON.stringify(errorDocument(error)), true);
  }
}

function contextOf({ requestId, timeoutMs, functionArn, version }: InvokeMessage): object {
  const endsAt = performance.now() + timeoutMs;
  return {
    functionName: settings.functionName,
    functionVersion: version,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAt - performance.now())),
  };
}

/** The document Lambda's runtime answers for a thrown value. */
function errorDocument(error: unknown): object {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/** `folder/file.exported` names an export of folder/file.{js,mjs,cjs} under the task root. */
async function loadHandler(): Promise<Handler> {
  const [, file, exported] = /^(.*?[^/.]*)\.([^/]+)$/.exec(settings.handler) ?? [];
  if (!file || !exported)
    throw named('Runtime.MalformedHandlerName', `Bad handler ${settings.handler}: expected file.export`);
  const path = ['.js', '.mjs', '.cjs']
    .map((ending) => join(settings.taskRoot, file + ending))
    .find((candidate) => existsSync(candidate));
  if (!path) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}' in the function's code`);
  const loaded = (await import(pathToFileURL(path).href)) as Record<string, unknown> & {
    default?: Record<string, unknown>;
  };
  const handler = loaded[exported] ?? loaded.default?.[exported];
  if (handler === undefined) throw named('Runtime.HandlerNotFound', `${settings.handler} is undefined or not exported`);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${settings.handler} is not a function`);
  return handler as Handler;
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function useHostTime(): void {
  const RealDate = Date;
  const realNow = Date.now.bind(Date);
  const now = (): number => Math.floor(realNow() + settings.offset[0]!);
  RealDate.now = now;
  const HostDate = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as object,
  });
  RealDate.prototype.constructor = HostDate;
  globalThis.Date = HostDate;
}

/**
 * Under /var/task a `.js` file is CommonJS unless the bundle's own package.json says otherwise; a package.json above
 * the assembly must not change that. And Lambda brings an AWS SDK along, so a bundle may leave it out.
 */
function useTaskRoot(): void {
  const decidesItself = existsSync(join(settings.taskRoot, 'package.json'));
  const isPlainScript = (url: string): boolean =>
    !decidesItself && url.startsWith(root) && url.endsWith('.js') && !url.includes('/node_modules/');
  registerHooks({
    resolve(specifier, context, next) {
      try {
        const resolved = next(specifier, context);
        return isPlainScript(resolved.url) ? { ...resolved, format: 'commonjs' } : resolved;
      } catch (error) {
        if (!/^@(aws-sdk|smithy)\//.test(specifier)) throw error;
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
  // The CommonJS loader asks the package.json above once more; this one does not.
  const { extensions } = createRequire(import.meta.url);
  const byPackage = extensions['.js']!;
  extensions['.js'] = (module, filename) => {
    if (!isPlainScript(pathToFileURL(filename).href)) return byPackage(module, filename);
    (module as NodeModule & { _compile(text: string, filename: string): void })._compile(
      readFileSync(filename, 'utf8'),
      filename,
    );
  };
}
