/**
 * Orders the report to the City's Chief Privacy Officer as it was reviewed. It may be sent as soon as the office is aware,
 * before the decision whether the law was broken, since the hours may run out before anybody is sure. It is sent again
 * when it reached nobody, and supplemented when more is known; a late one is sent all the same.
 *
 * When it was really sent, and whether it arrived, is written by functions/mail/follow-up.ts.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { unless, type Refusal } from '../../policies/ruling.ts';
import { breachClock } from '../../policies/rules/breach-clock.ts';
import { reports as reportEntity, type Report } from '../mail/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { mails } from '../records/mail-owed.ts';
import { TOLD } from './acts.ts';
import { reportsOf } from './clock-of.ts';
import { composedReport, type ComposedReport } from './compose-report.ts';
import { handle, inState, refused, SO_ALREADY, type Handling, type Outcome } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface SendReport extends OnBreach {
  /** SHA-256 of the report as it was reviewed (`composedReport().sha256`). */
  readonly shownHash: string;
  /** That whoever reviewed it says it names nobody. */
  readonly namesNobody: boolean;
}

export function sendReport(needs: BreachNeeds, given: SendReport): Promise<Acted> {
  return handle(needs, given, async (at) => {
    const { breach, policy, now } = at;
    const composed = composedReport(breach, policy, now);
    const before = await reportsOf(needs.records, breach);
    const last = before.at(-1);
    const isPending = last !== undefined && !(await cameBack(needs, last));
    // The form sent twice, or a second officer with the same words: one report is on its way.
    if (isPending && last.sha256 === given.shownHash) return SO_ALREADY;
    const because = [
      // What turned out to be no violation after it was reported is said so in a supplement.
      ...inState(at, before.length > 0 ? ['triaging', 'violation', 'no-violation'] : ['triaging', 'violation']),
      ...composed.missing,
      ...reviewRefusals(given, composed),
    ];
    if (because.length > 0) return refused(because);
    return ordered(needs, at, composed, given.person.personId);
  });
}

function reviewRefusals({ shownHash, namesNobody }: SendReport, composed: ComposedReport): readonly Refusal[] {
  return [
    ...unless(shownHash === composed.sha256, {
      clause: HOUSE.shownIsDecided.id,
      field: 'shownHash',
      found: 'a report that has changed since it was shown',
      expected: 'the report as it was reviewed',
      todo: 'read it as it is now, and send that',
    }),
    ...unless(namesNobody, {
      clause: PRIVACY_LAW.delay.id,
      field: 'namesNobody',
      found: 'nothing said',
      expected: 'the word of whoever reviewed it that it names nobody',
      todo: 'read it for names, addresses and plates, and confirm',
    }),
  ];
}

/** It reached nobody, or the mail could not even be sent. */
async function cameBack({ records }: BreachNeeds, { id, undeliverableAt }: Report): Promise<boolean> {
  if (undeliverableAt) return true;
  const mail = await records.get(mails, id);
  return mail?.state === 'failed' || mail?.state === 'bounced';
}

function ordered(needs: BreachNeeds, at: Handling, composed: ComposedReport, personId: string): Outcome {
  const { breach, policy, now, clause } = at;
  const { awareAt, given } = breach;
  const clock = breachClock({ breachId: breach.id, discoveredAt: given.discoveredAt, awareAt: awareAt! }, policy, now);
  if (clock.state === 'unaware') return refused(composed.missing);
  const id = needs.newId('RP');
  const subject = keyOf('breach', breach.id);
  const report: Report = {
    id,
    version: 0,
    about: 'breach',
    of: subject,
    title: composed.title,
    parts: composed.parts,
    sha256: composed.sha256,
    answers: composed.answers,
    orderedBy: personId,
    orderedAt: now,
    due: { at: clock.dueAt, by: clock.due === 'by-clause' ? 'clause' : 'target' },
  };
  return {
    kind: 'step',
    breach: { ...breach, reportIds: [...breach.reportIds, id] },
    act: TOLD.reportOrdered,
    clauses: [clause, PRIVACY_LAW.violation.id],
    facts: {
      report: id,
      sha256: composed.sha256,
      dueAt: clock.dueAt,
      late: clock.state === 'overdue',
      judged: breach.triage ? 'yes' : 'not yet',
    },
    puts: [put(reportEntity, report)],
    // The mail has the report's own number, so that its fate is found from the report.
    mails: [
      {
        id,
        kind: 'report-to-privacy-office',
        to: { address: needs.chiefPrivacyOfficer },
        about: keyOf('report', id),
        subject,
      },
    ],
  };
}
