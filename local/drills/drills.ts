/**
 * Drills: programs that play a piece of work against this host, for people who want to watch it happen. The host knows a
 * label and a path for each; it runs one at a time, as a process of its own, and shows what it says.
 *
 * The page of a run is sent as the run goes and ends with it: no script, and nothing that reloads by itself. A run's
 * output is kept until the next run or the host's end.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, type MakePart } from '../contract.ts';

export interface Drill {
  /** What its button says. */
  readonly name: string;
  /** The module that Node runs, with `--site` and the site's address. */
  readonly path: string;
}

interface Run {
  readonly of: number;
  readonly child: ChildProcess;
  said: string;
  /** How it ended; undefined while it runs. */
  ended?: string;
  readonly watchers: Set<ServerResponse>;
}

/** Where the drill of this place in the list is started (POST) and watched (GET). */
export const drillPath = (place: number): string => `/_local/drills/${place}`;

const PATH = /^\/_local\/drills\/(\d{1,3})$/;
const STYLE_PATH = '/_local/drills/style.css';
const STYLE = `body { margin: 0 auto; max-width: 76rem; padding: 1rem; color: #1b1b1b; background: #fff; font: 1rem/1.5 system-ui, sans-serif; }
a { color: #005ea2; }
pre { overflow-x: auto; white-space: pre-wrap; font: .9rem/1.45 ui-monospace, Consolas, monospace; }
`;

/** More than any drill says; what comes after is left out. */
const MOST_SAID = 1_000_000;

export const drillsPart =
  (drills: readonly Drill[]): MakePart =>
  (host) => {
    let run: Run | undefined;

    const start = (place: number): void => {
      const child = spawn(process.execPath, [drills[place]!.path, '--site', host.site()], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const started: Run = { of: place, child, said: '', watchers: new Set() };
      run = started;
      const say = (text: string): void => {
        if (started.said.length + text.length > MOST_SAID) return;
        started.said += text;
        for (const watcher of started.watchers) watcher.write(escaped(text));
      };
      const end = (how: string): void => {
        if (started.ended) return;
        started.ended = how;
        for (const watcher of started.watchers) watcher.end(foot(how));
        started.watchers.clear();
      };
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', say);
      child.once('error', (error) => end(`It could not be started: ${error.message}`));
      child.once('close', (code, signal) =>
        end(code === 0 ? 'It ended well.' : `It ended with ${signal ?? `code ${code}`}.`),
      );
    };

    const show = (place: number, response: ServerResponse): void => {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      response.write(head(drills[place]!.name));
      const mine = run?.of === place ? run : undefined;
      response.write(escaped(mine?.said ?? ''));
      if (!mine || mine.ended) return void response.end(foot(mine?.ended ?? 'It has not been started.'));
      mine.watchers.add(response);
      response.once('close', () => mine.watchers.delete(response));
    };

    return {
      pages: {
        '/_local/drills': async (request: IncomingMessage, response: ServerResponse) => {
          const path = request.url?.split('?', 1)[0] ?? '';
          if (path === STYLE_PATH)
            return void response
              .writeHead(200, { 'content-type': 'text/css', 'cache-control': 'max-age=300' })
              .end(STYLE);
          const place = Number(PATH.exec(path)?.[1] ?? Number.NaN);
          if (!drills[place]) throw new AwsError('NotFound', `${path}: there is no such drill`, 404);
          if (request.method === 'HEAD') return void response.writeHead(200, { 'content-type': 'text/html' }).end();
          if (request.method === 'GET') return show(place, response);
          if (request.method !== 'POST')
            throw new AwsError('MethodNotAllowed', `${request.method} ${path}: expected GET or POST`, 405);
          // One at a time: two would move the clock under each other. Who presses again is shown the one that runs.
          if (!run || run.ended) start(place);
          response.writeHead(303, { location: drillPath(run!.of) }).end();
        },
      },
      stop: async () => {
        const running = run;
        if (!running || running.ended) return;
        const ended = new Promise((resolve) => running.child.once('close', resolve));
        running.child.kill('SIGTERM');
        await ended;
      },
    };
  };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Everything before the output, and everything after it. */
const head = (name: string): string =>
  [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(name)} - drill on this machine</title>`,
    `<link rel="stylesheet" href="${STYLE_PATH}"><link rel="icon" href="data:,"></head><body><main>`,
    `<h1>${escaped(name)}</h1>`,
    '<p>A drill on this machine. It moves the clock, and what it does stays on record here. Its lines come as they are said.</p>',
    '<p><a href="/">The site</a> · <a href="/mail">Mail inbox</a></p>',
    '<pre tabindex="0" aria-label="What the drill says">',
  ].join('\n');
const foot = (how: string): string => `</pre>\n<p><strong>${escaped(how)}</strong></p></main></body></html>\n`;
