/**
 * Sends the compilation of a quarter to the City's Chief Privacy Officer, as it was shown to who sends it. What was sent
 * stays as it was: when the facts change afterwards, or the mail came back, it is sent again, and every sending is kept.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { reports, type Report } from '../mail/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { composeQuarter, type ComposedQuarter } from './compose-quarter.ts';
import { quarterlyReports, sendingsOf, type QuarterlyReport, type Sending } from './contract.ts';
import { gatherQuarter } from './gather-quarter.ts';
import { isInOffice } from '../records/privacy-office.ts';
import { dueAtOf, hasEnded, idOf, policiesOf, quarterFrom } from './quarter.ts';

export interface QuarterNeeds {
  readonly records: Records;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
  readonly chiefPrivacyOfficer: string;
}

export interface QuarterSending {
  /** As `2026-Q4`. */
  readonly quarter: string;
  readonly personId: string;
  /** SHA-256 of the compilation that was shown. */
  readonly shownHash: string;
  /** That the person says they have read it. */
  readonly hasRead: boolean;
}

export type QuarterSent =
  | { readonly kind: 'done'; readonly quarterlyReport: QuarterlyReport }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] }
  | { readonly kind: 'missing' };

export function sendQuarterlyReport(needs: QuarterNeeds, given: QuarterSending): Promise<QuarterSent> {
  return untilWritten(async (): Promise<QuarterSent> => {
    const { records } = needs;
    const now = needs.now();
    const quarter = quarterFrom(given.quarter);
    const [policy, ...others] = quarter ? policiesOf(quarter) : [];
    if (!quarter || !policy) return { kind: 'missing' };
    const known: QuarterlyReport = (await records.get(quarterlyReports, given.quarter)) ?? {
      id: idOf(quarter),
      version: 0,
      quarter,
      openedAt: now,
      state: 'open',
      dueAt: dueAtOf(quarter),
    };
    const last = known.compiled && (await records.get(reports, known.compiled.reportId));
    if (wasThisVerySending(known, last, given)) return { kind: 'done', quarterlyReport: known };

    const composed = composeQuarter(
      await gatherQuarter(records, quarter, now),
      sendingsOf(known),
      [policy, ...others],
      now,
    );
    const because = [
      ...(hasEnded(quarter, now) ? [] : [NOT_ENDED]),
      ...(await whoMaySend(records, given.personId, now)),
      ...whatMayBeSent(composed, last, given),
    ];
    if (because.length > 0) return { kind: 'refused', because };
    return { kind: 'done', quarterlyReport: await write(needs, known, composed, given.personId, now) };
  });
}

/** A form that arrives twice sends once. */
function wasThisVerySending(
  { compiled }: QuarterlyReport,
  last: Report | undefined,
  { personId, shownHash }: QuarterSending,
): boolean {
  return compiled?.by === personId && last?.sha256 === shownHash && !last.undeliverableAt;
}

const NOT_ENDED: Refusal = {
  clause: PRIVACY_LAW.quarterly.id,
  field: 'quarter',
  found: 'a quarter that has not ended',
  expected: 'one that has',
  todo: 'come back after its last day in New York',
};

async function whoMaySend(records: Records, personId: string, now: Instant): Promise<readonly Refusal[]> {
  const person = await records.get(persons, personId);
  if (person && isInOffice(person, now)) return [];
  return [
    {
      clause: PRIVACY_LAW.privacyOfficer.id,
      field: 'signer',
      found: 'nobody who holds the office now',
      expected: 'the Agency Privacy Officer or a deputy, in office at the moment of sending',
      todo: 'ask whoever holds the office now',
    },
  ];
}

function whatMayBeSent(
  { sha256, changed }: ComposedQuarter,
  last: Report | undefined,
  { shownHash, hasRead }: QuarterSending,
): readonly Refusal[] {
  const clause = HOUSE.shownIsDecided.id;
  if (last && !last.undeliverableAt && changed.length === 0)
    return [
      {
        clause: PRIVACY_LAW.quarterly.id,
        field: 'shownHash',
        found: 'what was sent already, unchanged',
        expected: 'something that has changed since, or a mail that came back',
        todo: 'send nothing',
      },
    ];
  return [
    ...(sha256 === shownHash
      ? []
      : [
          {
            clause,
            field: 'shownHash',
            found: 'a compilation that has changed since it was shown',
            expected: 'the one that was shown',
            todo: 'read it again as it is now, and send that',
          },
        ]),
    ...(hasRead
      ? []
      : [
          {
            clause,
            field: 'hasRead',
            found: 'no word that it was read',
            expected: 'that you have read it',
            todo: 'read the compilation, and say so',
          },
        ]),
  ];
}

async function write(
  { records, newId, chiefPrivacyOfficer }: QuarterNeeds,
  known: QuarterlyReport,
  { title, parts, tables, answers, sha256, compilation, counted }: ComposedQuarter,
  by: string,
  at: Instant,
): Promise<QuarterlyReport> {
  const subject = keyOf('quarterly-report', known.id);
  const report: Report = {
    id: newId('Q'),
    version: 0,
    about: 'quarter',
    of: subject,
    title,
    parts,
    tables,
    sha256,
    answers,
    orderedBy: by,
    orderedAt: at,
    ...(known.dueAt && { due: { at: known.dueAt, by: 'target' } }),
  };
  const sending: Sending = { compilation, by, at, reportId: report.id, counted };
  const before = sendingsOf(known);
  const { remindAt: _, ...kept } = known;
  const sent: QuarterlyReport = {
    ...kept,
    state: 'sent',
    compiled: sending,
    ...(before.length > 0 && { earlier: before }),
  };
  await records.write({
    at,
    by: { kind: 'person', id: by },
    puts: [put(quarterlyReports, sent), put(reports, report)],
    tells: [
      {
        subject,
        act: before.length > 0 ? 'quarterly report sent again' : 'quarterly report sent',
        clauses: answers,
        facts: { report: report.id, sending: before.length + 1, sha256 },
      },
    ],
    mails: [
      {
        kind: 'report-to-privacy-office',
        to: { address: chiefPrivacyOfficer },
        about: keyOf('report', report.id),
        subject,
      },
    ],
  });
  return { ...sent, version: sent.version + 1 };
}
