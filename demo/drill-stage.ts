/** Where a drill plays: the host's clock, its people and its inbox, and the timeline that is printed as it goes. */
import { Client } from './client.ts';
import { mailOf, PEOPLE } from './people.ts';
import type { DrillHost } from './drill-host.ts';

export interface DrillMail {
  readonly id: string;
  readonly at: string;
  /** A demonstration person's id, or an address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const NEW_YORK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** A moment as a form's date and time fields take it. */
export function nyFields(name: string, at: Date): Record<string, string> {
  const [date, time] = NEW_YORK.format(at).split(' ') as [string, string];
  return { [`${name}Date`]: date, [`${name}Time`]: time };
}

export class DrillStage {
  readonly host: DrillHost;
  readonly #say: (line: string) => void;
  #begun = new Date(0);
  /** By when it has to be done; known once the clock runs. */
  dueAt: Date | undefined;
  #isAbout: (mail: DrillMail) => boolean = () => false;
  #seen = new Set<string>();
  readonly mails: DrillMail[] = [];

  constructor(host: DrillHost, say: (line: string) => void) {
    this.host = host;
    this.#say = say;
  }

  /** From here on drill time is counted, and mails of this kind are the drill's. */
  begin(at: Date, isAbout: (mail: DrillMail) => boolean): void {
    this.#begun = at;
    this.#isAbout = isAbout;
  }

  /** Drill time of a moment, as `23 h 05`. */
  since(at: Date): string {
    return spanOf(at.getTime() - this.#begun.getTime());
  }

  async now(): Promise<Date> {
    const { now } = (await (await fetch(`${this.host.site}/_local/clock`)).json()) as { now: string };
    return new Date(now);
  }

  /** Moves the host's clock as the bar does, and answers once all that fell due has happened. */
  async advanceTo(at: Date): Promise<void> {
    await this.#move({ until: at.toISOString() });
  }

  /** Waits until what was begun has happened. */
  async settled(): Promise<void> {
    await this.#move({ advanceSeconds: 1 });
  }

  async #move(by: object): Promise<void> {
    const answer = await fetch(`${this.host.site}/_local/clock`, {
      method: 'POST',
      body: JSON.stringify(by),
      headers: { 'content-type': 'application/json' },
    });
    if (!answer.ok) throw new Error(`the clock did not move (${answer.status}): ${await answer.text()}`);
  }

  /** A demonstration person, signed in anew: a session ends after a while without use, and hours pass here. */
  async as(personId: string): Promise<Client> {
    const client = new Client(this.host.site);
    await client.signIn(personOf(personId).directoryName);
    return client;
  }

  /** Sends a form of the page that is looked at; a refusal ends the drill with what the page says. */
  async send(client: Client, action: string, fields: Parameters<Client['send']>[1] = {}): Promise<void> {
    const { status } = await client.send(action, fields);
    if (status >= 400)
      throw new Error(`the form to ${action} was refused (${status}): ${client.words().slice(0, 1_500)}`);
  }

  /** One line of the timeline, and the mails that came since the last one. */
  async tell(what: string): Promise<void> {
    const at = await this.now();
    this.#say(`${this.since(at).padStart(9)}   ${what.padEnd(74)} ${this.#left(at)}`.trimEnd());
    await this.#collect();
  }

  #left(at: Date): string {
    if (!this.dueAt) return '';
    const left = this.dueAt.getTime() - at.getTime();
    return left >= 0 ? `${spanOf(left)} left` : `${spanOf(-left)} LATE`;
  }

  /** Prints the mails of this drill that are new in the inbox. */
  async #collect(): Promise<void> {
    const since = this.#begun.getTime() - 1_000;
    const found = (await (await fetch(`${this.host.site}/mail.json?since=${since}`)).json()) as (Omit<
      DrillMail,
      'to'
    > & {
      readonly to: readonly string[];
    })[];
    for (const { to, ...mail } of found.toReversed()) {
      const one: DrillMail = { ...mail, to: idOf(to[0]!) };
      if (this.#seen.has(one.id) || !this.#isAbout(one)) continue;
      this.#seen.add(one.id);
      this.mails.push(one);
      this.#say(`${this.since(new Date(one.at)).padStart(9)}     mail to ${nameOf(one.to)}: ${one.subject}`);
    }
  }
}

export const personOf = (id: string) => PEOPLE.find(({ personId }) => personId === id)!;
export const nameOf = (to: string): string => PEOPLE.find(({ personId }) => personId === to)?.name ?? to;

function idOf(to: string): string {
  const address = /<([^>]+)>/.exec(to)?.[1] ?? to;
  return PEOPLE.find((person) => mailOf(person) === address.toLowerCase())?.personId ?? address;
}

/** As `23 h 05`. */
export function spanOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
