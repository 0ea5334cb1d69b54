/** The privacy office at its pages, on a real table: the officer, a deputy and an auditor, each signed in. */
import { startSession } from '../../../functions/access/start-session.ts';
import { decisions, linkLine, type Decision } from '../../../functions/decision/contract.ts';
import { decisionPages } from '../../../functions/decision/decision-pages.lambda.tsx';
import { newSecret } from '../../../functions/edge/system.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { put } from '../../../functions/records/change.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { startBureau, type Bureau } from '../bureau.ts';
import { WHY } from './signing-off.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Somebody's browser: the session's cookie, and the secret that its own pages post. */
export interface Visiting {
  get(path: string, method?: string): Promise<Response>;
  post(path: string, fields?: Fields): Promise<Response>;
}

export interface Office {
  readonly bureau: Bureau;
  readonly app: ReturnType<typeof decisionPages>;
  /** What signs answers; a test may put something else in its place. */
  sign: Bureau['key']['sign'];
  readonly officer: Visiting;
  readonly deputy: Visiting;
  readonly auditor: Visiting;
  /** A hash of every record of the table, but for when a session was last seen: any change moves it. */
  everything(): Promise<string>;
  /** Puts a link into the decision as sending its mail does, and answers its address. */
  linkTo(own: Decision, personId: string): Promise<string>;
}

export async function startOffice(): Promise<Office> {
  const bureau = await startBureau();
  const { records, key } = bureau;
  const now = () => bureau.now;
  const signing = { sign: key.sign };
  const app = decisionPages(() => ({ records, now, sign: (text) => signing.sign(text), ...visitorsIn(records, now) }));
  const people = {
    officer: await visiting(bureau, app, 'p-okafor'),
    deputy: await visiting(bureau, app, 'p-adler'),
    auditor: await visiting(bureau, app, 'p-stone'),
  };
  return Object.assign(signing, people, {
    bureau,
    app,
    everything: async () => sha256((await bureau.items()).filter(({ noun }) => noun !== 'session')),
    async linkTo(own: Decision, personId: string) {
      const secret = newSecret();
      const current = await bureau.decision(own.id);
      const link = { hash: sha256(secret), personId, sentAt: bureau.now };
      await records.write({
        at: bureau.now,
        by: { kind: 'system', id: 'test' },
        puts: [put(decisions, { ...current, links: [...current.links, link] })],
        lines: [{ from: linkLine(link.hash), to: own.id }],
        tells: [{ subject: own.on, act: 'decision link made' }],
      });
      return `/decisions/link/${secret}`;
    },
  });
}

async function visiting(bureau: Bureau, app: Office['app'], personId: string): Promise<Visiting> {
  const { directoryName, roles } = await bureau.person(personId);
  const started = await startSession(
    { ...bureau.needs, newSecret },
    { cookie: newSecret(), noticeShown: 'test' },
    { directoryName, roles },
  );
  if (started.kind !== 'started') throw new Error(`${personId} was not signed in`);
  const headers = { cookie: `session=${started.cookie}` };
  const get = async (path: string, method = 'GET'): Promise<Response> => app.request(path, { headers, method });
  const form = /name="form" value="([^"]+)"/.exec(await (await get('/no-such-page')).text())![1]!;
  return {
    get,
    async post(path, fields = {}) {
      const body = new URLSearchParams({ form });
      for (const [name, value] of Object.entries(fields))
        for (const one of [value].flat()) body.append(name, one as string);
      return app.request(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
    },
  };
}

/** What the form of a sign-off posts when all is ticked and approved. */
export const form = (own: Decision, over: Fields = {}) => ({
  answer: 'approve',
  reason: WHY,
  keep: ['E-1', 'E-2', 'E-3'],
  shown: own.shownHash,
  ...over,
});
