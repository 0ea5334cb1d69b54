/** What the mail part keeps in the journal: the mails, who they went to, identities, and where events go. */
import type { Journal } from '../journal.ts';

export interface Mail {
  readonly id: string;
  /** Host time, ms since 1970. */
  readonly at: number;
  /** As written by the sender, such as `Name <name@domain>`. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly configurationSet: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly base64: string }[];
}

export interface Destination {
  readonly configurationSet: string;
  /** An event bus or an SNS topic. */
  readonly arn: string;
  /** Event types in lower case, such as `delivery`. */
  readonly types: readonly string[];
}

/** `Name <name@domain>` or `name@domain` to `name@domain`, in lower case. */
export function bareAddress(text: string): string {
  return (/<([^>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
}

/** Every address a mail goes to, bare. */
export function recipientsOf(mail: Mail): string[] {
  return [...new Set([...mail.to, ...mail.cc, ...mail.bcc].map(bareAddress))];
}

export function mailStore(journal: Journal) {
  journal.define(`
    CREATE TABLE IF NOT EXISTS mail_messages (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, at INTEGER NOT NULL, mail TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS mail_recipients (address TEXT, place INTEGER, PRIMARY KEY (address, place));
    CREATE TABLE IF NOT EXISTS mail_identities (name TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS mail_configuration_sets (name TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS mail_destinations (id TEXT PRIMARY KEY, destination TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS mail_bouncing (address TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS mail_events (place INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL, event TEXT NOT NULL);`);
  const mails = (rows: { mail: string }[]): Mail[] => rows.map((row) => JSON.parse(row.mail) as Mail);
  return {
    add(mail: Mail): void {
      journal.transaction(() => {
        journal.run(
          'INSERT INTO mail_messages (id, at, mail) VALUES (?, ?, ?)',
          mail.id,
          mail.at,
          JSON.stringify(mail),
        );
        for (const address of recipientsOf(mail))
          journal.run('INSERT INTO mail_recipients SELECT ?, place FROM mail_messages WHERE id = ?', address, mail.id);
      });
    },
    /** Newest first. */
    list(filter: { to?: string; since?: number; limit: number }): Mail[] {
      const { to = null, since = 0, limit } = filter;
      return mails(
        to === null
          ? journal.all('SELECT mail FROM mail_messages WHERE at >= ? ORDER BY place DESC LIMIT ?', since, limit)
          : journal.all(
              'SELECT mail FROM mail_messages JOIN mail_recipients USING (place) WHERE address = ? AND at >= ? ORDER BY place DESC LIMIT ?',
              to.toLowerCase(),
              since,
              limit,
            ),
      );
    },
    get: (id: string): Mail | undefined => mails(journal.all('SELECT mail FROM mail_messages WHERE id = ?', id))[0],
    addresses: () =>
      journal.all<{ address: string; count: number }>(
        'SELECT address, count(*) AS count FROM mail_recipients GROUP BY address ORDER BY address',
      ),
    countSince: (at: number): number =>
      journal.get<{ n: number }>('SELECT count(*) AS n FROM mail_messages WHERE at >= ?', at)!.n,

    addIdentity: (name: string) =>
      journal.run('INSERT INTO mail_identities VALUES (?) ON CONFLICT DO NOTHING', name.toLowerCase()),
    isIdentity: (name: string): boolean =>
      journal.get('SELECT 1 FROM mail_identities WHERE name = ?', name.toLowerCase()) !== undefined,
    identities: (): string[] =>
      journal.all<{ name: string }>('SELECT name FROM mail_identities ORDER BY name').map((row) => row.name),
    addConfigurationSet: (name: string) =>
      journal.run('INSERT INTO mail_configuration_sets VALUES (?) ON CONFLICT DO NOTHING', name),
    isConfigurationSet: (name: string): boolean =>
      journal.get('SELECT 1 FROM mail_configuration_sets WHERE name = ?', name) !== undefined,
    setDestination: (id: string, destination: Destination) =>
      journal.run(
        'INSERT INTO mail_destinations VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET destination = excluded.destination',
        id,
        JSON.stringify(destination),
      ),
    destinations: (): Destination[] =>
      journal
        .all<{ destination: string }>('SELECT destination FROM mail_destinations')
        .map((row) => JSON.parse(row.destination) as Destination),

    setBouncing(address: string, bounces: boolean): void {
      if (bounces) journal.run('INSERT INTO mail_bouncing VALUES (?) ON CONFLICT DO NOTHING', address.toLowerCase());
      else journal.run('DELETE FROM mail_bouncing WHERE address = ?', address.toLowerCase());
    },
    isBouncing: (address: string): boolean =>
      journal.get('SELECT 1 FROM mail_bouncing WHERE address = ?', address.toLowerCase()) !== undefined,
  };
}
