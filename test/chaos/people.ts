/** What people do when the system goes away under them: wait, look whether it went through, and if not do it again. */
import { nyText, type Instant } from '../../policies/instant.ts';
import { PEOPLE } from '../../demo/people.ts';
import { STATE_LABELS } from '../../functions/use-request/labels.ts';
import type { UseRequestState } from '../../functions/use-request/contract.ts';
import type { Client } from '../../demo/client.ts';
import { nyFields, requestFields } from '../job.ts';
import type { Mail } from '../postact.ts';
import type { MortalPostact } from './mortal-postact.ts';

const DECISION = { reason: 'The risk is specific and the plan keeps the public out', acknowledgesPublicKeptOut: 'yes' };
/** How often a step is tried again, and how long people look before they give up. Kills come about every two seconds. */
const TRIES = 80;
const PATIENCE_MS = 60_000;

export class People {
  readonly postact: MortalPostact;
  readonly #signedIn = new Map<string, Client>();

  constructor(postact: MortalPostact) {
    this.postact = postact;
  }

  /** Does `act` until it answers true. False is "not yet"; a fault is the system going away, or a page that is not there yet. */
  async until(what: string, act: (attempt: number) => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    let last: unknown;
    for (let attempt = 0; attempt < TRIES && Date.now() < end; attempt++) {
      await this.postact.up();
      try {
        if (await act(attempt)) return;
        last = 'not yet';
      } catch (error) {
        last = error;
        // Sessions outlive a kill. Who still gets nowhere signs in anew.
        if (attempt % 3 === 2) this.#signedIn.clear();
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(50 * (attempt + 1), 400)));
    }
    throw new Error(`${what}: never came about`, { cause: last });
  }

  async as(personId: string): Promise<Client> {
    const known = this.#signedIn.get(personId);
    if (known) return known;
    const client = this.postact.client();
    await client.signIn(PEOPLE.find((person) => person.personId === personId)!.directoryName);
    this.#signedIn.set(personId, client);
    return client;
  }

  async now(): Promise<Date> {
    const { now } = (await (await fetch(`${this.postact.site}/_local/clock`)).json()) as { now: string };
    return new Date(now);
  }

  /** Moves the clock to an instant; sessions that idle meanwhile are signed in anew. */
  async advanceTo(instant: Date): Promise<void> {
    await this.until(`the clock stands at ${instant.toISOString()}`, async () => {
      if ((await this.now()) >= instant) return true;
      const client = this.postact.client();
      const body = JSON.stringify({ until: instant.toISOString() });
      return (
        await client.request('/_local/clock', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      ).ok;
    });
    this.#signedIn.clear();
  }

  /** Asks for the window, once: who does not see the receipt looks in the list for a request of that time. */
  async ask(who: string, startsAt: Date, minutes: number, from?: Readonly<Record<string, string>>): Promise<string> {
    let id: string | undefined;
    await this.until(`a request for ${startsAt.toISOString()}`, async (attempt) => {
      if (attempt > 0 && (id = await this.#listed(from ? 'p-hale' : who, startsAt))) return true;
      const client = from ? this.postact.client() : await this.as(who);
      const times = {
        ...nyFields('startsAt', startsAt),
        ...nyFields('endsAt', new Date(startsAt.getTime() + minutes * 60_000)),
      };
      const fields = { ...requestFields(startsAt), ...times, ...from };
      await client.go(from ? '/ask' : '/requests/new');
      await client.send(from ? '/ask' : '/requests', fields);
      id = /(?:number=|\/requests\/)(R-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(client.page.url)?.[1];
      if (!id && client.page.status === 422) throw new Error(client.words().slice(0, 1_000));
      return id !== undefined;
    });
    return id!;
  }

  async #listed(who: string, startsAt: Date): Promise<string | undefined> {
    const client = await this.as(who);
    await client.go('/requests');
    const rows = client.page.text
      .split('<li>')
      .filter((row) => row.includes(nyText(startsAt.toISOString() as Instant)));
    return rows.flatMap((row) => /\/requests\/(R-[\w-]+)/.exec(row)?.[1] ?? []).at(-1);
  }

  /** Where a request stands, as its page says it to `who`. */
  async stateOf(id: string, who: string): Promise<UseRequestState | undefined> {
    const client = await this.as(who);
    await client.go(`/requests/${id}`);
    const label = /<span class="usa-tag[^>]*>([^<]*)</.exec(client.page.text)?.[1];
    if (label === undefined) throw new Error(`${client.page.url} (${client.page.status}) says no state`);
    return (Object.keys(STATE_LABELS) as UseRequestState[]).find((state) => STATE_LABELS[state] === label);
  }

  /** Brings a request to one of these states by `act`, done while it is in one of `open`; the act answers false when it cannot be done yet. */
  async bring(
    id: string,
    who: string,
    open: readonly UseRequestState[],
    to: readonly UseRequestState[],
    act: () => Promise<boolean>,
  ): Promise<void> {
    await this.until(`request ${id} is ${to.join(' or ')}`, async () => {
      const state = await this.stateOf(id, who);
      if (state && to.includes(state)) return true;
      if (!state || !open.includes(state))
        throw new Error(`request ${id} is ${state}, expected ${[...open, ...to].join(', ')}`);
      return (await act()) ? to.includes((await this.stateOf(id, who))!) : false;
    });
  }

  async decide(id: string, decider: string, answer: 'approve' | 'decline', asker = 'p-reyes'): Promise<void> {
    const after: UseRequestState = answer === 'approve' ? 'approved' : 'declined';
    await this.bring(id, asker, ['submitted', 'confirming', 'deciding'], [after], async () => {
      const link = await this.#linkFor(decider, id);
      return link ? this.post(decider, link, link, { answer, ...DECISION }) : false;
    });
  }

  async #linkFor(personId: string, id: string): Promise<string | undefined> {
    const name = PEOPLE.find((person) => person.personId === personId)!.directoryName;
    const mails = (await (await fetch(`${this.postact.site}/mail.json?to=${name}@example.gov`)).json()) as Mail[];
    return mails
      .filter(({ subject }) => subject.includes(id))
      .flatMap(({ text }) => /\/decisions\/link\/[\w-]{43}/.exec(text)?.[0] ?? [])[0];
  }

  /** Sends the form of a page; false when the page has no such form now. */
  async post(who: string, page: string, action: string, fields: Readonly<Record<string, string>>): Promise<boolean> {
    const client = await this.as(who);
    await client.go(page);
    if (!client.page.text.includes(`${action}"`)) {
      if (client.page.status !== 200)
        throw new Error(`${page} answers ${client.page.status}: ${client.words().slice(0, 300)}`);
      return false;
    }
    await client.send(action, fields);
    return true;
  }
}
