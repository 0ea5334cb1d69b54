/**
 * The people of each user pool, their groups, and the applications they may sign in to. Kept in the journal, read by
 * the operations (main thread) and by the issuer (its own thread and connection).
 */
import { randomBytes, randomUUID, scryptSync, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import type { Journal } from '../journal.ts';

export interface Pool {
  readonly id: string;
  readonly name: string;
  /** Claims that people may have: standard attributes and `custom:` ones of the pool's schema. */
  readonly customAttributes: readonly string[];
  /** Attributes people sign in by instead of a name; such a person's username is their subject, as Cognito makes it. */
  readonly usernameAttributes: readonly string[];
  readonly passwords: PasswordPolicy;
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  /** What a password must contain one of, with what to call it. */
  readonly mustContain: readonly ('uppercase' | 'lowercase' | 'numeric' | 'symbol')[];
}

export interface Client {
  readonly id: string;
  readonly pool: string;
  readonly name: string;
  readonly secret: string | null;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** Lifetimes of the tokens it is given, in seconds. */
  readonly lifetimes: { readonly id: number; readonly access: number; readonly refresh: number };
  /** Of a client that is a machine: what it may be allowed, such as `orders/read`. */
  readonly machineScopes?: readonly string[];
}

export interface Person {
  readonly pool: string;
  readonly username: string;
  /** The subject in tokens; never changes. */
  readonly sub: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD';
  /** Host time, ms since 1970. */
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface Group {
  readonly name: string;
  readonly description: string | null;
  /** Lower comes first; null comes last. */
  readonly precedence: number | null;
}

type PersonRow = Omit<Person, 'attributes' | 'enabled'> & { readonly attributes: string; readonly enabled: number };

/** Where a pool's signing key is kept: an RSA key as JWK, readable by its owner only. */
export function signingKeyFile(folder: string, pool: string): string {
  return join(folder, 'sign-in', `${pool}.json`);
}

export type Directory = ReturnType<typeof directoryIn>;

export function directoryIn(journal: Journal) {
  journal.define(`
    CREATE TABLE IF NOT EXISTS sign_in_pools (id TEXT PRIMARY KEY, pool TEXT NOT NULL, cookie_key TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS sign_in_domains (domain TEXT PRIMARY KEY, pool TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS sign_in_scopes (pool TEXT, server TEXT, names TEXT NOT NULL, PRIMARY KEY (pool, server));
    CREATE TABLE IF NOT EXISTS sign_in_clients (id TEXT PRIMARY KEY, client TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS sign_in_people (pool TEXT, username TEXT COLLATE NOCASE, sub TEXT NOT NULL, attributes TEXT NOT NULL, password TEXT,
      enabled INTEGER NOT NULL, status TEXT NOT NULL, createdAt INTEGER NOT NULL, changedAt INTEGER NOT NULL, PRIMARY KEY (pool, username));
    CREATE UNIQUE INDEX IF NOT EXISTS sign_in_subjects ON sign_in_people (pool, sub);
    CREATE TABLE IF NOT EXISTS sign_in_groups (pool TEXT, name TEXT, description TEXT, precedence INTEGER, PRIMARY KEY (pool, name));
    CREATE TABLE IF NOT EXISTS sign_in_members (pool TEXT, name TEXT, username TEXT COLLATE NOCASE, PRIMARY KEY (pool, name, username));
    CREATE TABLE IF NOT EXISTS sign_in_state (pool TEXT, model TEXT, id TEXT, payload TEXT NOT NULL, uid TEXT, grant_id TEXT, account TEXT, expires_at INTEGER, PRIMARY KEY (pool, model, id));`);

  const COLUMNS = 'pool, username, sub, attributes, enabled, status, createdAt, changedAt';
  const person = (row: PersonRow | undefined): Person | undefined =>
    row && { ...row, enabled: row.enabled === 1, attributes: JSON.parse(row.attributes) as Record<string, string> };
  const forget = (pool: string, sub: string): void => {
    journal.run('DELETE FROM sign_in_state WHERE pool = ? AND account = ?', pool, sub);
  };

  const pool = (id: string): (Pool & { readonly cookieKey: string }) | undefined => {
    const row = journal.get<{ pool: string; cookie_key: string }>('SELECT * FROM sign_in_pools WHERE id = ?', id);
    return row && { ...(JSON.parse(row.pool) as Pool), cookieKey: row.cookie_key };
  };
  const personWhere = (condition: string, ...values: string[]): Person | undefined =>
    person(journal.get<PersonRow>(`SELECT ${COLUMNS} FROM sign_in_people WHERE ${condition}`, ...values));

  return {
    pool,
    setPool: (pool: Pool) =>
      journal.run(
        'INSERT INTO sign_in_pools VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET pool = excluded.pool',
        pool.id,
        JSON.stringify(pool),
        randomBytes(32).toString('base64url'),
      ),
    setDomain: (domain: string, pool: string) =>
      journal.run(
        'INSERT INTO sign_in_domains VALUES (?, ?) ON CONFLICT (domain) DO UPDATE SET pool = excluded.pool',
        domain,
        pool,
      ),
    poolOfDomain: (domain: string): string | undefined =>
      journal.get<{ pool: string }>('SELECT pool FROM sign_in_domains WHERE domain = ?', domain)?.pool,
    /** What the resource server of a pool lets be asked for. */
    setScopes: (pool: string, server: string, names: readonly string[]) =>
      journal.run('INSERT OR REPLACE INTO sign_in_scopes VALUES (?, ?, ?)', pool, server, JSON.stringify(names)),
    /** All scopes of a pool's resource servers, as `<server>/<name>`. */
    scopes: (pool: string): string[] =>
      journal
        .all<{ server: string; names: string }>('SELECT server, names FROM sign_in_scopes WHERE pool = ?', pool)
        .flatMap(({ server, names }) => (JSON.parse(names) as string[]).map((name) => `${server}/${name}`)),
    setClient: (client: Client) =>
      journal.run(
        'INSERT INTO sign_in_clients VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET client = excluded.client',
        client.id,
        JSON.stringify(client),
      ),
    client(id: string): Client | undefined {
      const row = journal.get<{ client: string }>('SELECT client FROM sign_in_clients WHERE id = ?', id);
      return row && (JSON.parse(row.client) as Client);
    },

    /** The person's username, or nothing if the name is taken. In a pool that signs in by e-mail, `name` is the address. */
    addPerson(poolId: string, name: string, attributes: Record<string, string>, now: number): string | undefined {
      const sub = randomUUID();
      const [by] = pool(poolId)?.usernameAttributes ?? [];
      const username = by === undefined ? name : sub;
      const added = journal.run(
        `INSERT INTO sign_in_people VALUES (?, ?, ?, ?, NULL, 1, 'FORCE_CHANGE_PASSWORD', ?, ?) ON CONFLICT DO NOTHING`,
        poolId,
        username,
        sub,
        JSON.stringify({ ...attributes, ...(by === undefined ? {} : { [by]: name }), sub }),
        now,
        now,
      );
      return added === 1 ? username : undefined;
    },
    /** By username, by subject, or by what the pool signs in by. */
    person(poolId: string, name: string): Person | undefined {
      const found =
        personWhere('pool = ? AND username = ?', poolId, name) ?? personWhere('pool = ? AND sub = ?', poolId, name);
      const [by] = found ? [] : (pool(poolId)?.usernameAttributes ?? []);
      return by === undefined
        ? found
        : personWhere(`pool = ? AND lower(json_extract(attributes, '$.' || ?)) = lower(?)`, poolId, by, name);
    },
    people: (pool: string): Person[] =>
      journal
        .all<PersonRow>(`SELECT ${COLUMNS} FROM sign_in_people WHERE pool = ? ORDER BY username`, pool)
        .map((row) => person(row)!),
    setAttributes: ({ pool, username, attributes }: Person, changes: Record<string, string>, now: number) =>
      journal.run(
        'UPDATE sign_in_people SET attributes = ?, changedAt = ? WHERE pool = ? AND username = ?',
        JSON.stringify({ ...attributes, ...changes }),
        now,
        pool,
        username,
      ),
    setPassword(pool: string, username: string, password: string, status: Person['status'], now: number): void {
      const salt = randomBytes(16);
      const stored = `${salt.toString('base64')}:${scryptSync(password, salt, 32).toString('base64')}`;
      journal.run(
        'UPDATE sign_in_people SET password = ?, status = ?, changedAt = ? WHERE pool = ? AND username = ?',
        stored,
        status,
        now,
        pool,
        username,
      );
    },
    passwordFits(pool: string, username: string, password: string): boolean {
      const stored = journal.get<{ password: string | null }>(
        'SELECT password FROM sign_in_people WHERE pool = ? AND username = ?',
        pool,
        username,
      )?.password;
      const [salt = '', hash = ''] = (stored ?? ':').split(':');
      const given = scryptSync(password, Buffer.from(salt, 'base64'), 32);
      return stored ? timingSafeEqual(given, Buffer.from(hash, 'base64')) : false;
    },
    /** A disabled person is signed out at once. */
    setEnabled(who: Person, enabled: boolean, now: number): void {
      journal.run(
        'UPDATE sign_in_people SET enabled = ?, changedAt = ? WHERE pool = ? AND username = ?',
        enabled ? 1 : 0,
        now,
        who.pool,
        who.username,
      );
      if (!enabled) forget(who.pool, who.sub);
    },
    removePerson(who: Person): void {
      journal.transaction(() => {
        journal.run('DELETE FROM sign_in_people WHERE pool = ? AND username = ?', who.pool, who.username);
        journal.run('DELETE FROM sign_in_members WHERE pool = ? AND username = ?', who.pool, who.username);
        forget(who.pool, who.sub);
      });
    },
    /** Ends every session, grant and token of a person. */
    signOut: (who: Person) => forget(who.pool, who.sub),

    setGroup: (pool: string, { name, description, precedence }: Group) =>
      journal.run(
        'INSERT INTO sign_in_groups VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET description = excluded.description, precedence = excluded.precedence',
        pool,
        name,
        description,
        precedence,
      ),
    groups: (pool: string): Group[] =>
      journal.all<Group>(
        'SELECT name, description, precedence FROM sign_in_groups WHERE pool = ? ORDER BY precedence IS NULL, precedence, name',
        pool,
      ),
    groupsOf: (pool: string, username: string): Group[] =>
      journal.all<Group>(
        'SELECT name, description, precedence FROM sign_in_groups JOIN sign_in_members USING (pool, name) WHERE pool = ? AND username = ? ORDER BY precedence IS NULL, precedence, name',
        pool,
        username,
      ),
    join: (pool: string, name: string, username: string) =>
      journal.run('INSERT INTO sign_in_members VALUES (?, ?, ?) ON CONFLICT DO NOTHING', pool, name, username),
    leave: (pool: string, name: string, username: string) =>
      journal.run('DELETE FROM sign_in_members WHERE pool = ? AND name = ? AND username = ?', pool, name, username),
  };
}
