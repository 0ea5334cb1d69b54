/** The way in, for tests: the access pages over a real table and a real directory, with a clock that can be moved. */
import { accessPages } from '../../../functions/access/access-pages.lambda.tsx';
import { directoryAt } from '../../../functions/access/directory.ts';
import { importPeople } from '../../../functions/access/import-people.ts';
import { newId, newSecret } from '../../../functions/edge/system.ts';
import { directoryLine } from '../../../functions/records/standing.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { fromEpochMs, plusMinutes, type Instant } from '../../../policies/instant.ts';
import { startTable } from '../../records-table.ts';
import { CLIENT_ID, startIssuer, throughDirectory } from './issuer.ts';
import { someone } from './people.ts';

const SITE = 'http://localhost';
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export type Door = Awaited<ReturnType<typeof openDoor>>;

export const cookiesOf = (answer: Response): string[] =>
  answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);

/** Known are `adams`, `gone` who is not active, and `rolesless` who is a member only. */
export async function openDoor() {
  const table = await startTable();
  const issuer = await startIssuer(`${SITE}/sign-in/return`);
  const { records } = table;
  let clock: Instant = fromEpochMs(Date.now());
  const now = (): Instant => clock;
  const directory = directoryAt({
    issuer: issuer.issuer,
    clientId: CLIENT_ID,
    addressToSignOut: `${issuer.issuer}/logout?x=1`,
  });
  const app = accessPages(() => ({ records, directory, now, newSecret, ...visitorsIn(records, now) }));
  const people = [someone('adams'), someone('gone', { active: false }), someone('rolesless', { roles: ['member'] })];
  await importPeople({ records, now, newId }, { by: 'test', people });

  const send = async (path: string, fields: Record<string, string>, cookie: string): Promise<Response> =>
    app.request(path, { method: 'POST', headers: { ...FORM, cookie }, body: new URLSearchParams(fields).toString() });

  /** Opens the sign-in page and presses its button. */
  const begin = async (next = '/desk') => {
    const opened = await app.request(`/sign-in?next=${encodeURIComponent(next)}`);
    const text = await opened.text();
    const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)![1]!;
    const fields = { form: hidden('form'), next: hidden('next').replaceAll('&amp;', '&') };
    const posted = await send('/sign-in', fields, cookiesOf(opened)[0]!);
    const address = posted.headers.get('location');
    if (!address) throw new Error(`the sign-in form was answered with ${posted.status}`);
    return { text, address, ticket: cookiesOf(posted)[0]! };
  };

  return {
    app,
    table,
    issuer,
    now,
    send,
    begin,
    /** Moves the clock on. */
    pass: (minutes: number) => void (clock = plusMinutes(clock, minutes)),
    /** Puts the clock back to what the directory's clock says. */
    toPresent: () => void (clock = fromEpochMs(Date.now())),
    async signIn(name: string, groups: readonly string[], next?: string) {
      issuer.signInAs(name, groups);
      const { address, ticket } = await begin(next);
      const returned = await throughDirectory(address, issuer.issuer);
      const answer = await app.request(returned.pathname + returned.search, { headers: { cookie: ticket } });
      return { answer, returned, ticket, session: cookiesOf(answer).find((cookie) => cookie.startsWith('session=')) };
    },
    idOf: async (name: string): Promise<string> => (await records.linesOf(directoryLine(name)))[0]!,
    deskWith: async (cookie: string): Promise<Response> => app.request('/desk', { headers: { cookie } }),
    async stop() {
      await issuer.stop();
      await table.stop();
    },
  };
}
