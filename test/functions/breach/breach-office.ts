/**
 * A privacy office on a real table, for tests of acts on breaches: the demonstration people, a clock that is set by hand,
 * the workflow's steps called as the workflow calls them, and a mail service that takes every letter.
 */
import { newCode, newId, newSecret } from '../../../functions/edge/system.ts';
import { askForNextStep } from '../../../functions/breach/ask-for-next-step.ts';
import { checkBreach, type Onward } from '../../../functions/breach/check-breach.ts';
import { policyOf, reportsOf } from '../../../functions/breach/clock-of.ts';
import { composedReport, type ComposedReport } from '../../../functions/breach/compose-report.ts';
import { breaches, type Breach, type BreachReportGiven } from '../../../functions/breach/contract.ts';
import { assessHarm, type AssessHarm } from '../../../functions/breach/assess-harm.ts';
import { recordConsultation } from '../../../functions/breach/consult.ts';
import { describeBreach, type Account } from '../../../functions/breach/describe-breach.ts';
import { determineNotice } from '../../../functions/breach/determine-notice.ts';
import { judgeSecurity } from '../../../functions/breach/judge-security.ts';
import type { Acted, BreachNeeds, Doer, OnBreach } from '../../../functions/breach/needs.ts';
import { readBreach, type ReadBreach } from '../../../functions/breach/read-breach.ts';
import { reportBreach, type ReportBreach } from '../../../functions/breach/report-breach.ts';
import { sendReport } from '../../../functions/breach/send-report.ts';
import { triageBreach, type TriageBreach } from '../../../functions/breach/triage-breach.ts';
import { noteMailOutcome, type MailOutcome } from '../../../functions/mail/note-mail-outcome.ts';
import { sendMail } from '../../../functions/mail/send-mail.ts';
import type { Letter } from '../../../functions/mail/letter.tsx';
import type { Report } from '../../../functions/mail/contract.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { plusMinutes, plusMs, type Instant } from '../../../policies/instant.ts';
import { PEOPLE } from '../../../demo/people.ts';
import { startTable } from '../../records-table.ts';
import { Bureau } from '../bureau.ts';

export const OFFICER = 'p-okafor';
export const DEPUTY = 'p-adler';
export const CHIEF = 'p-grant';
export const CPO = 'cpo@city.example';
export const BECAUSE = 'It went to somebody whom no ground of the policy covers';

export const ACCOUNT: Account = {
  kinds: ['photograph', 'vehicle'],
  people: 3,
  peopleExact: false,
  minors: false,
  summary: 'An image was attached to a message to the wrong recipient',
  corrective: 'Attachments are checked by a second member from now on',
};

export const NO_HARM: AssessHarm['facts'] = {
  kinds: ['photograph', 'vehicle'],
  minorOrNotCompetent: false,
  people: 3,
  reached: 'one-known-recipient',
  contained: true,
  consequences: [],
};

export class BreachOffice extends Bureau {
  readonly letters: { readonly to: string; readonly letter: Letter; readonly mailId: string }[] = [];

  get at() {
    return { ...this.needs, chiefPrivacyOfficer: CPO };
  }

  async doer(id: string): Promise<Doer> {
    const { roles, active, bureau } = await this.person(id);
    return { personId: id, roles, active, bureau };
  }

  given(over: Partial<BreachReportGiven> = {}): BreachReportGiven {
    return {
      technology: 'mobile-x-ray',
      what: 'An x-ray image of a truck',
      how: 'It was attached to the wrong message',
      discoveredAt: plusMinutes(this.now, -20),
      recipient: 'vendor',
      toWhom: 'A vendor of the department, by mistake',
      ...over,
    };
  }

  async report(over: Partial<BreachReportGiven> = {}, by = 'p-novak', more: Partial<ReportBreach> = {}) {
    const person = await this.doer(by);
    return untilWritten(() => reportBreach(this.at, { person, given: this.given(over), ...more }));
  }

  /** A breach just reported; throws with the refusals when it was not taken. */
  async reported(over: Partial<BreachReportGiven> = {}, by?: string, more?: Partial<ReportBreach>): Promise<Breach> {
    const answer = await this.report(over, by, more);
    if (answer.kind !== 'reported') throw new Error(JSON.stringify(answer.because));
    return answer.breach;
  }

  /** One act as whoever is named, by default the officer. */
  async act<Given extends OnBreach>(
    does: (needs: BreachNeeds, given: Given) => Promise<Acted>,
    breachId: string,
    given: Omit<Given, keyof OnBreach>,
    by = OFFICER,
  ): Promise<Acted> {
    const person = await this.doer(by);
    return untilWritten(() => does(this.at, { ...given, breachId, person } as Given));
  }

  /** As `act`, and it has to be done. */
  async must<Given extends OnBreach>(
    does: (needs: BreachNeeds, given: Given) => Promise<Acted>,
    breachId: string,
    given: Omit<Given, keyof OnBreach>,
    by = OFFICER,
  ): Promise<Breach> {
    const acted = await this.act(does, breachId, given, by);
    if (acted.kind !== 'done') throw new Error(JSON.stringify(acted));
    return acted.breach;
  }

  read(id: string, given: Pick<ReadBreach, 'awareSince' | 'howEarlier'> = {}, by = OFFICER) {
    return this.act(readBreach, id, given, by);
  }

  triage(id: string, over: Partial<Omit<TriageBreach, 'breachId' | 'person'>> = {}, by = OFFICER) {
    const broken = ['XR26-EXT-08'];
    return this.act(
      triageBreach,
      id,
      { violates: true, because: BECAUSE, broken, cause: 'wrong-recipient' as const, ...over },
      by,
    );
  }

  /** A breach that was read just now, judged a violation and described. */
  async violation(over: Partial<BreachReportGiven> = {}): Promise<Breach> {
    const { id } = await this.reported(over);
    await this.must(readBreach, id, {});
    await this.triage(id);
    return this.must(describeBreach, id, { account: ACCOUNT });
  }

  async composed(id: string): Promise<ComposedReport> {
    const breach = await this.breach(id);
    return composedReport(breach, policyOf(breach), this.now);
  }

  async sendReport(id: string, over: { shownHash?: string; namesNobody?: boolean } = {}, by = OFFICER) {
    const shownHash = over.shownHash ?? (await this.composed(id)).sha256;
    return this.act(sendReport, id, { shownHash, namesNobody: over.namesNobody ?? true }, by);
  }

  /** The report ordered, sent and proven. */
  async told(id: string): Promise<void> {
    const acted = await this.sendReport(id);
    if (acted.kind !== 'done') throw new Error(JSON.stringify(acted));
    await this.sendMails(id);
    await this.hear(acted.breach.reportIds.at(-1)!, 'delivered');
  }

  /** Everything else that is owed, with the answer that nobody be told. */
  async settle(id: string): Promise<void> {
    await this.must(assessHarm, id, { facts: NO_HARM });
    for (const whom of ['chief-privacy-officer', 'law-department'] as const)
      await this.must(recordConsultation, id, { with: whom, at: this.now, said: 'They agree that nobody be told' });
    await this.must(determineNotice, id, {
      answer: 'do-not-notify' as const,
      because: 'One recipient destroyed it unread',
      requiredBy: 'none',
    });
    await this.must(judgeSecurity, id, {
      facts: {
        computerized: true,
        personalInformation: true,
        elements: [],
        safelyEncrypted: false,
        lawfullyPublic: false,
        act: 'inadvertent-by-authorized' as const,
        residentsToTell: 0,
        toldUnderStateLaw: false,
        oneNoticeMeetsBoth: false,
      },
    });
  }

  async breach(id: string): Promise<Breach> {
    return (await this.records.get(breaches, id))!;
  }

  async reports(id: string): Promise<readonly Report[]> {
    return reportsOf(this.records, await this.breach(id));
  }

  /** One turn of the workflow. */
  async step(breachId: string, token = 'token'): Promise<Onward> {
    const onward = await untilWritten(() => checkBreach(this.at, { breachId }));
    if (onward.kind === 'ask') await untilWritten(() => askForNextStep(this.at, { breachId, token, seconds: onward.seconds }));
    return onward;
  }

  /** Plays the workflow from now until a moment, as timeouts alone drive it. Answers how many turns it took. */
  async play(breachId: string, until: Instant): Promise<number> {
    for (let turns = 1; ; turns++) {
      const onward = await this.step(breachId);
      const next = onward.kind === 'ask' ? plusMs(this.now, onward.seconds * 1000) : until;
      if (next >= until) {
        this.now = until;
        return turns;
      }
      this.now = next;
    }
  }

  async mails(id: string): Promise<readonly Mail[]> {
    return (await this.records.ofSubject(mails, `breach#${id}`)).records;
  }

  /** Kinds and readers of the mails about a breach, as they were owed. */
  async mailed(id: string): Promise<readonly string[]> {
    const all = (await this.mails(id)).toSorted((a, b) => (a.owedAt < b.owedAt ? -1 : a.owedAt > b.owedAt ? 1 : 0));
    return all.map(({ kind, to }) => `${kind} ${'personId' in to ? to.personId : to.address}`);
  }

  async sendMails(id: string): Promise<void> {
    for (const { id: mailId, state } of await this.mails(id)) if (state === 'owed') await this.sendMail(mailId);
  }

  /** `meanwhile` happens between the moment the service takes a mail and our own note of it. */
  sendMail(mailId: string, meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    return sendMail(
      {
        ...this.needs,
        newSecret,
        newCode,
        site: 'https://postact.example',
        send: async (to, letter, of) => {
          await meanwhile();
          return `ses-${this.letters.push({ to, letter, mailId: of })}`;
        },
      },
      mailId,
    );
  }

  hear(mailId: string, outcome: MailOutcome['outcome']): Promise<void> {
    return untilWritten(() => noteMailOutcome(this.needs, { mailId, outcome }));
  }

  async story(id: string): Promise<readonly string[]> {
    return (await this.records.ledgerOf(`breach#${id}`))
      .map(({ act }) => act)
      .filter((act) => !act.startsWith('mail '));
  }
}

export async function startOffice(): Promise<BreachOffice> {
  const office = new BreachOffice(await startTable());
  for (const { personId } of PEOPLE) await office.change(personId);
  return office;
}

export { newId };
