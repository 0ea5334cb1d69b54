/**
 * Tells the City's Chief Privacy Officer of what left in exigent circumstances, with the explanation. The report is
 * composed from the record, read by a privacy officer and sent as it was read; it names nobody.
 */
import { groundOf } from '../../policies/editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { nyText, plusHours, type Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { exigentReport } from '../../policies/rules/exigent-report.ts';
import { reports, type Report } from '../mail/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { disclosures, type Disclosure } from './contract.ts';
import { remaining } from './facts.ts';
import { policyAt } from './judge.ts';
import { labelIn, recipientLabel, TECHNOLOGIES, TYPES } from './labels.ts';
import type { ReportNeeds, Done } from './needs.ts';
import { isToBeExplained } from './release-disclosure.ts';
import { changed, refused, written, type Tending } from './tending.ts';

export interface ComposedExigency extends Pick<Report, 'title' | 'parts' | 'answers'> {
  /** What the sender was shown; goes with the form. */
  readonly shownHash: string;
  /** What keeps it from being sent. */
  readonly missing: readonly Refusal[];
}

/** Composed from the record alone, so that it is the same whenever it is read. */
export function exigencyReport(disclosure: Disclosure, policy: PublishedPolicy, now: Instant): ComposedExigency {
  const { asked, release } = disclosure;
  const law = groundOf('exigent').law;
  const explanation = asked.basis?.ground === 'exigent' ? asked.basis.explanation : undefined;
  const title = `Disclosure ${disclosure.id} in exigent circumstances`;
  const left = remaining(disclosure);
  const many = (kinds: readonly string[]) => left.filter(({ kind }) => kinds.includes(kind)).length;
  const parts: Report['parts'] = [
    {
      heading: 'What was disclosed, when and to whom',
      lines: [
        `Technology: ${labelIn(TECHNOLOGIES, asked.technology)}, under ${policy.edition.title}.`,
        `Kind of disclosure: ${labelIn(TYPES, asked.disclosureType)}.`,
        `Kind of recipient: ${recipientLabel(asked.recipient.kind)}.`,
        ...(release ? [`Released ${nyText(release.at)}.`] : []),
        `Originals: ${many(['image', 'record'])}. Redacted copies: ${many(['redacted-copy'])}. Numbers: ${many(['count'])}.`,
      ],
    },
    { heading: 'Why circumstances were exigent', lines: [explanation?.trim() || 'No explanation is on record.'] },
    { heading: 'The law it answers', lines: [`${law.cite}: ${law.text}`] },
  ];
  const ruling = release ? exigentReport(exigentFacts(disclosure, release.at, explanation), policy, now) : undefined;
  return {
    title,
    parts,
    answers: [law.id],
    shownHash: sha256({ title, parts }),
    missing: ruling?.kind === 'due' ? ruling.missing : [],
  };
}

const exigentFacts = ({ id }: Disclosure, releasedAt: Instant, explanation: string | undefined) => ({
  disclosureId: id,
  releasedAt,
  ...(explanation !== undefined && { explanation }),
});

export interface ReportingExigency extends Tending {
  readonly shownHash: string;
  /** The sender has read it and says that it names nobody. */
  readonly namesNobody: boolean;
}

export async function reportExigency(needs: ReportNeeds, given: ReportingExigency): Promise<Done> {
  const { person } = given;
  const disclosure = await needs.records.get(disclosures, given.disclosureId);
  if (!disclosure?.release || !person.active || !mayDo(person.roles, 'decide-disclosure')) return { kind: 'missing' };
  const before = disclosure.exigentReportId ? await needs.records.get(reports, disclosure.exigentReportId) : undefined;
  // A report that came back was not made; it is sent again as a new one.
  if (before && !before.undeliverableAt) return { kind: 'done', disclosure };
  const now = needs.now();
  const releasedAt = disclosure.release.at;
  // Judged as every act is, by the edition in force when it happened.
  const composed = exigencyReport(disclosure, policyAt(disclosure, releasedAt), now);
  const because = [...inTheWay(disclosure, given, composed), ...composed.missing];
  if (because.length > 0) return refused(...because);

  const { title, parts, answers, shownHash } = composed;
  const of = keyOf('disclosure', disclosure.id);
  const report: Report = {
    id: needs.newId('O'),
    version: 0,
    about: 'exigent-disclosure',
    of,
    title,
    parts,
    sha256: shownHash,
    answers,
    orderedBy: person.personId,
    orderedAt: now,
    due: { at: plusHours(releasedAt, HOUSE.hoursToExplainExigency.hours), by: 'target' },
  };
  const { explainBy: _, ...explained } = disclosure;
  const next: Disclosure = { ...explained, exigentReportId: report.id };
  await needs.records.write(
    changed(
      next,
      { kind: 'person', id: person.personId },
      now,
      { act: 'exigency reported', clauses: answers, facts: { report: report.id, sha256: shownHash } },
      {
        puts: [put(reports, report)],
        mails: [
          {
            kind: 'report-to-privacy-office',
            to: { address: needs.chiefPrivacyOfficer },
            about: keyOf('report', report.id),
            subject: of,
          },
        ],
      },
    ),
  );
  return { kind: 'done', disclosure: written(next) };
}

function inTheWay(
  disclosure: Disclosure,
  { shownHash, namesNobody }: ReportingExigency,
  composed: ComposedExigency,
): readonly Refusal[] {
  const refuse = (holds: boolean, clause: string, field: string, found: string, expected: string, todo: string) =>
    holds ? [] : [{ clause, field, found, expected, todo }];
  return [
    ...refuse(
      isToBeExplained(disclosure),
      groundOf('exigent').law.id,
      'basis',
      'a disclosure that need not be explained',
      'an exigent one without an exemption',
      'send nothing',
    ),
    ...refuse(
      shownHash === composed.shownHash,
      HOUSE.shownIsDecided.id,
      'shown',
      'another report than is composed now',
      'the report as it was read',
      'read it again, and send it',
    ),
    ...refuse(
      namesNobody,
      HOUSE.shownIsDecided.id,
      'namesNobody',
      'no word that it names nobody',
      'that somebody has read it for names',
      'read it, and tick the box',
    ),
  ];
}
