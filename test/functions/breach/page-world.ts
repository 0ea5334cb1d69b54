/** The pages of the noun breach on a real table, with everyone who may come upon one, and a clock that is set by hand. */
import { breachPages } from '../../../functions/breach/breach-pages.lambda.tsx';
import { breaches, type Breach } from '../../../functions/breach/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { reports, type Report } from '../../../functions/mail/contract.ts';
import { put } from '../../../functions/records/change.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { instantOf, nyDate, plusHours, type Instant } from '../../../policies/instant.ts';
import type { Role } from '../../../policies/roles.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';

const HELD = { heldFrom: '2024-01-02T05:00:00.000Z' };
const LEGAL = { bureau: 'legal-bureau', command: 'Legal Bureau' };
export const START = instantOf('2026-11-24T08:00:00Z'); // Three in the morning in New York.

/** Whom the breach is about; no page but those of the notices may say it. */
export const AFFECTED = { name: 'Quillon Vexley', address: '9 Unlikely Lane, Queens', email: 'q.vexley@example.org' };

const PEOPLE = {
  officer: [['member', 'privacy-officer'], { ...LEGAL, privacyOffice: { office: 'agency-privacy-officer', ...HELD } }],
  deputy: [['member', 'privacy-officer'], { ...LEGAL, privacyOffice: { office: 'deputy', ...HELD } }],
  ended: [
    ['member', 'privacy-officer'],
    { ...LEGAL, privacyOffice: { office: 'deputy', ...HELD, heldUntil: '2026-11-01T04:00:00.000Z' } },
  ],
  chief: [['member', 'legal-bureau-chief'], LEGAL],
  auditor: [['member', 'auditor'], LEGAL],
  reporter: [['member', 'investigator'], {}],
  asked: [['member'], {}],
  stranger: [['member'], {}],
} as const satisfies Record<string, readonly [readonly Role[], object]>;

export type Who = keyof typeof PEOPLE;

export const nyFields = (name: string, at: Instant): Record<string, string> => ({
  [`${name}Date`]: nyDate(at),
  [`${name}Time`]: new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/New_York',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at)),
});

export class BreachWorld {
  readonly table: TestTable;
  now: Instant = START;
  readonly #browsers = new Map<Who, Browser>();

  constructor(table: TestTable) {
    this.table = table;
  }

  static async start(): Promise<BreachWorld> {
    return new BreachWorld(await startTable());
  }

  get records() {
    return this.table.records;
  }

  /** Signed in at this moment, and again when the session has run out. */
  async as(who: Who): Promise<Browser> {
    const known = this.#browsers.get(who);
    if (known && (await known.get('/breaches/new')).status === 200) return known;
    const { records } = this;
    const now = () => this.now;
    const app = breachPages(() => ({
      records,
      now,
      newId,
      chiefPrivacyOfficer: 'cpo@cityhall.example',
      ...visitorsIn(records, now),
    }));
    const [roles, differing] = PEOPLE[who];
    const browser = await signedInAs(app, records, now, who, roles, differing as never);
    this.#browsers.set(who, browser);
    return browser;
  }

  async text(who: Who, path: string): Promise<string> {
    return (await (await this.as(who)).get(path)).text();
  }

  reportFields(over: Record<string, string> = {}): Record<string, string> {
    return {
      technology: 'mobile-x-ray',
      what: 'An x-ray image of a vehicle went to the wrong agency',
      how: 'A mail was sent to a list that was too long',
      recipient: 'city-agency',
      toWhom: 'The Harbor Office, by mail',
      ...nyFields('discoveredAt', plusHours(this.now, -2)),
      ...over,
    };
  }

  /** A breach just reported by the reporter. */
  async reported(over: Record<string, string> = {}): Promise<string> {
    const answer = await (await this.as('reporter')).post('/breaches', this.reportFields(over));
    const id = /^\/breaches\/(B-[\w-]+)$/.exec(answer.headers.get('location') ?? '')?.[1];
    if (!id) throw new Error(`not reported: ${answer.status} ${await answer.text()}`);
    return id;
  }

  /** A breach the officer has read a moment ago. */
  async read(over: Record<string, string> = {}): Promise<string> {
    const id = await this.reported(over);
    await this.done('officer', `/breaches/${id}/read`, { 'read-since': 'now' });
    return id;
  }

  /** Posts a form, and throws when it was not taken. */
  async done(who: Who, path: string, fields: Record<string, string> = {}): Promise<void> {
    const answer = await (await this.as(who)).post(path, fields);
    if (answer.status === 303) return;
    const text = await answer.text();
    throw new Error(`${path}: ${answer.status} ${/<ul class="usa-list">[\s\S]*?<\/ul>/.exec(text)?.[0] ?? text}`);
  }

  async breach(id: string): Promise<Breach> {
    return (await this.records.get(breaches, id))!;
  }

  async reportOf(id: string): Promise<Report> {
    return (await this.records.get(reports, (await this.breach(id)).reportIds.at(-1)!))!;
  }

  /** What the mail service said of the last report. */
  async mailSays(id: string, over: Partial<Report>): Promise<void> {
    const report = { ...(await this.reportOf(id)), ...over };
    await this.records.write({
      at: this.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(reports, report)],
      tells: [{ subject: keyOf('breach', id), act: 'mail sent', facts: { kind: 'report-to-privacy-office' } }],
    });
  }
}

export const TRIAGE = {
  'triage-violates': 'yes',
  'triage-because': 'It went to an agency that had not asked for it',
  'triage-broken': 'XR26-EXT-08',
  'triage-cause': 'wrong-recipient',
};
export const ACCOUNT = {
  'account-kinds': 'photograph',
  'account-people': '1',
  'account-minors': 'no',
  'account-summary': 'One image was mailed to a list with one recipient too many',
  'account-corrective': 'The list was taken out of use on the same day',
};
export const HARM = {
  'harm-kinds': 'victim-or-witness',
  'harm-minorOrNotCompetent': 'no',
  'harm-people': '1',
  'harm-reached': 'one-known-recipient',
};
export const SECURITY = {
  'security-computerized': 'yes',
  'security-personalInformation': 'yes',
  'security-act': 'inadvertent-by-authorized',
  'security-residentsToTell': '0',
};
