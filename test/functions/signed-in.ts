/** Somebody signed in on a real table, for tests of pages: a person on record, an open session, and a browser's manners. */
import type { PersonInput } from '../../functions/access/contract.ts';
import { importPeople } from '../../functions/access/import-people.ts';
import { startSession } from '../../functions/access/start-session.ts';
import { newId, newSecret } from '../../functions/edge/system.ts';
import type { Records } from '../../functions/records/records.aws.ts';
import { directoryLine } from '../../functions/records/standing.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Role } from '../../policies/roles.ts';
import { someone } from './access/people.ts';

export interface Browser {
  readonly personId: string;
  /** The header of its session, for a request of another kind. */
  readonly cookie: string;
  readonly get: (path: string) => Promise<Response>;
  /** Posts with the session's form secret, as its own pages do. A field with several values is sent several times. */
  readonly post: (path: string, fields?: Readonly<Record<string, string | readonly string[]>>) => Promise<Response>;
}

/** `name` is the directory name; the person's roles are those given and no others. `differing` is the rest of the person. */
export async function signedInAs(
  app: { readonly request: (path: string, init?: RequestInit) => Response | Promise<Response> },
  records: Records,
  now: () => Instant,
  name: string,
  roles: readonly Role[],
  differing: Partial<PersonInput> = {},
): Promise<Browser> {
  await importPeople(
    { records, now, newId },
    { by: 'test', people: [someone(name, { ...differing, roles: [...roles] })] },
  );
  const started = await startSession(
    { records, now, newSecret },
    { cookie: newSecret(), noticeShown: 'test' },
    { directoryName: name, roles },
  );
  if (started.kind !== 'started') throw new Error(`${name} was not signed in: ${JSON.stringify(started)}`);
  const headers = { cookie: `session=${started.cookie}` };
  const get = async (path: string): Promise<Response> => app.request(path, { headers });
  // Every page of a session has the sign-out form, and with it the session's secret.
  const secret = /name="form" value="([^"]+)"/.exec(await (await get('/no-such-page')).text())![1]!;
  return {
    cookie: headers.cookie,
    personId: (await records.linesOf(directoryLine(name)))[0]!,
    get,
    post: async (path, fields = {}) =>
      app.request(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(
          Object.entries({ form: secret, ...fields }).flatMap(([field, value]) =>
            [value].flat().map((each) => [field, each]),
          ),
        ).toString(),
      }),
  };
}
