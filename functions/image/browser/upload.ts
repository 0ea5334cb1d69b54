/**
 * Runs in the browser, on the page of an image that awaits its file or is being checked. Reads the chosen file piece by
 * piece for its SHA-256, asks for a form that binds the store to it, sends the file and shows how far it is, tries again
 * after an interruption, and loads the page anew when its state has changed. Everything here can be done without it.
 *
 * Built by infra/ with esbuild (bundle, format esm, minify, target es2022) to `static/upload.js`.
 */
import { sha256 } from '@noble/hashes/sha2.js';

const PIECE_BYTES = 4 * 1024 * 1024;
const TRIES = 6;
const MS_BETWEEN_LOOKS = 1500;

interface Form {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}
type Sent = 'taken' | 'refused' | 'interrupted' | 'stopped';

const element = <T extends HTMLElement>(id: string): T | null => document.getElementById(id) as T | null;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Says something to everyone: screen readers read a status when it changes. */
function say(words: string): void {
  const status = element('upload-words');
  if (status && status.textContent !== words) status.textContent = words;
}

function showProgress(step: string, done: number, of: number): void {
  const [box, label, bar] = [
    element('upload-progress'),
    element('upload-step'),
    element<HTMLProgressElement>('upload-bar'),
  ];
  if (!box || !label || !bar) return;
  const percent = of === 0 ? 0 : Math.floor((done / of) * 100);
  box.hidden = false;
  bar.value = percent;
  label.textContent = `${step}: ${percent} %`;
  // Every tenth is enough to hear.
  if (percent % 10 === 0) say(`${step}: ${percent} percent`);
}

async function hashOf(file: File, isStopped: () => boolean): Promise<string> {
  const hash = sha256.create();
  for (let at = 0; at < file.size && !isStopped(); at += PIECE_BYTES) {
    hash.update(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()));
    showProgress('Reading the file', Math.min(file.size, at + PIECE_BYTES), file.size);
  }
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A fresh form for this very file, or the words that say why there is none. */
async function askForForm(retry: HTMLFormElement, file: File, hash: string): Promise<Form | string> {
  const body = new URLSearchParams({ sha256: hash, bytes: String(file.size) });
  for (const [name, value] of new FormData(retry)) if (typeof value === 'string') body.set(name, value);
  const answer = await fetch(retry.action, { method: 'POST', body });
  if (answer.ok) return (await answer.json()) as Form;
  if (answer.status !== 422)
    return 'Your session may have ended. Load this page again, sign in, and choose the file again.';
  const { because } = (await answer.json()) as {
    because: readonly { found: string; expected: string; todo: string }[];
  };
  return because.map(({ found, expected, todo }) => `Found ${found}; expected ${expected}. ${todo}.`).join(' ');
}

function send({ url, fields }: Form, file: File, request: XMLHttpRequest): Promise<Sent> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('file', file);
  return new Promise((resolve) => {
    request.upload.addEventListener('progress', (event) => showProgress('Sending', event.loaded, event.total));
    request.addEventListener('load', () =>
      resolve(request.status < 300 ? 'taken' : request.status < 500 ? 'refused' : 'interrupted'),
    );
    request.addEventListener('error', () => resolve('interrupted'));
    request.addEventListener('abort', () => resolve('stopped'));
    request.open('POST', url);
    request.send(body);
  });
}

async function stateNow(): Promise<string | undefined> {
  try {
    const answer = await fetch(location.pathname, { headers: { accept: 'application/json' }, cache: 'no-store' });
    return answer.ok ? ((await answer.json()) as { state: string }).state : undefined;
  } catch {
    return undefined;
  }
}

/** Looks until the image has left this state, then shows its page as it is now. */
async function reloadAfter(state: string): Promise<void> {
  for (;;) {
    const now = await stateNow();
    if (now && now !== state) return location.reload();
    await pause(MS_BETWEEN_LOOKS);
  }
}

async function upload(form: HTMLFormElement, retry: HTMLFormElement): Promise<void> {
  const file = element<HTMLInputElement>('file')?.files?.[0];
  if (!file) return say('Choose a file first.');
  const most = Number(form.dataset.mostBytes);
  if (file.size > most)
    return say(
      `The file has ${file.size} bytes; at most ${most} are taken. Ask the records officer how to file a larger original.`,
    );
  if (file.size === 0) return say('The file is empty. Copy it from the medium again.');

  let stopped = false;
  let request: XMLHttpRequest | undefined;
  const [button, stop] = [element<HTMLButtonElement>('upload-button'), element<HTMLButtonElement>('upload-stop')];
  const keepOpen = (event: BeforeUnloadEvent): void => event.preventDefault();
  const onStop = (): void => {
    stopped = true;
    request?.abort();
  };
  if (button) button.disabled = true;
  if (stop) stop.hidden = false;
  stop?.addEventListener('click', onStop);
  addEventListener('beforeunload', keepOpen);
  try {
    const hash = await hashOf(file, () => stopped);
    for (let attempt = 1; attempt <= TRIES && !stopped; attempt++) {
      const fresh = await askForForm(retry, file, hash).catch(() => undefined);
      if (typeof fresh === 'string') return say(fresh);
      request = new XMLHttpRequest();
      const sent = fresh && !stopped ? await send(fresh, file, request) : 'interrupted';
      // A store that may not tell our page its answer looks like an interruption; the record knows better.
      if (
        sent === 'taken' ||
        (sent === 'interrupted' && fresh && ((await stateNow()) ?? 'awaiting-upload') !== 'awaiting-upload')
      ) {
        say('The file has arrived and is being checked.');
        removeEventListener('beforeunload', keepOpen);
        return await reloadAfter('awaiting-upload');
      }
      if (sent === 'refused')
        return say(
          'The store did not take the file: it is not the file that was read, or the form was too old. Choose it again.',
        );
      if (sent === 'stopped') break;
      say(`The connection was interrupted. Trying again (${attempt} of ${TRIES}).`);
      await pause(1000 * 2 ** Math.min(attempt, 4));
    }
    say(
      stopped
        ? 'Stopped. Nothing was kept; you can send the file again.'
        : 'The file could not be sent. Check the connection and send it again.',
    );
  } catch {
    say('The file can no longer be read. Check the medium it is on, and choose it again.');
  } finally {
    removeEventListener('beforeunload', keepOpen);
    stop?.removeEventListener('click', onStop);
    if (stop) stop.hidden = true;
    if (button) button.disabled = false;
  }
}

const [form, retry] = [element<HTMLFormElement>('upload-form'), element<HTMLFormElement>('upload-retry')];
if (form && retry) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void upload(form, retry);
  });
} else {
  void reloadAfter('checking');
}
