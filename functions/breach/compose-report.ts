/**
 * The report to the City's Chief Privacy Officer, composed from the record alone. The reporter's own words stay out of it:
 * what happened is told in the officer's words, which whoever sends it has read and answers for.
 *
 * Nothing in it depends on when it is composed, so that what is sent is what was reviewed. Whether it is late is for
 * the letter to say, which knows when it is really sent (functions/mail/report-words.ts).
 */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { nyText, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { breachClock } from '../../policies/rules/breach-clock.ts';
import type { Report } from '../mail/contract.ts';
import { sha256 } from '../records/canonical.ts';
import type { Breach } from './contract.ts';
import {
  CAUSE_LABELS,
  CONSULTED_LABELS,
  DELAY_LABELS,
  HARM_LABELS,
  KIND_LABELS,
  RECIPIENT_LABELS,
  TECHNOLOGY_LABELS,
} from './labels.ts';
import { noticeOf } from './notice-of.ts';

export interface ComposedReport extends Pick<Report, 'title' | 'parts' | 'answers'> {
  /** SHA-256 of the canonical title and parts: what the form carries as `shownHash`. */
  readonly sha256: string;
  /** What keeps it from being sent. */
  readonly missing: readonly Refusal[];
}

type Part = Report['parts'][number];

/** From the record alone, in the same words at any time, so that what is sent is what was reviewed. */
export function composedReport(breach: Breach, policy: PublishedPolicy, now: Instant): ComposedReport {
  const title = `Disclosure in violation of the law: report on breach ${breach.id}`;
  const parts: readonly Part[] = [
    {
      heading: 'What this reports',
      lines: [
        `${TECHNOLOGY_LABELS[breach.given.technology]}. Judged by: ${policy.edition.title} (${policy.edition.id}).`,
        judged(breach),
      ],
    },
    { heading: 'When', lines: times(breach, policy) },
    { heading: 'What was disclosed', lines: disclosed(breach) },
    { heading: 'How it happened', lines: happened(breach) },
    { heading: 'What was contained', lines: contained(breach) },
    { heading: 'Harm', lines: harm(breach) },
    { heading: 'Notice to the people affected', lines: notice(breach, policy, now) },
    { heading: 'Corrective action', lines: [breach.account?.corrective ?? 'Not described yet.'] },
  ];
  return {
    title,
    parts,
    answers: [policy.edition.breachReport.clause, PRIVACY_LAW.violation.id],
    sha256: sha256({ title, parts }),
    missing: missing(breach, policy, parts),
  };
}

function missing(breach: Breach, { edition }: PublishedPolicy, parts: readonly Part[]): readonly Refusal[] {
  const { clause } = edition.breachReport;
  const text = parts
    .flatMap(({ lines }) => lines)
    .join('\n')
    .toLowerCase();
  const named = breach.people.filter(({ name, email }) =>
    [name, email ?? ''].some((one) => one.length > 3 && text.includes(one.toLowerCase())),
  );
  return [
    ...(breach.awareAt
      ? []
      : [
          {
            clause,
            field: 'awareAt',
            found: 'nobody who is aware',
            expected: 'an officer who read it',
            todo: 'read what was reported',
          },
        ]),
    ...(breach.account
      ? []
      : [
          {
            clause,
            field: 'account',
            found: 'no account',
            expected: 'what was disclosed, about how many, and what happened',
            todo: 'describe it; an estimate will do',
          },
        ]),
    ...named.map(({ personRef }) => ({
      clause: PRIVACY_LAW.delay.id,
      field: 'namesNobody',
      found: `the name or e-mail address of ${personRef}`,
      expected: 'a report that names nobody',
      todo: 'take it out of the account',
    })),
  ];
}

function judged({ triage, reportIds }: Breach): string {
  const more = reportIds.length > 0 ? ` Earlier reports on it: ${reportIds.join(', ')}.` : '';
  if (!triage)
    return `Whether it violates the law is still being judged; it is reported beforehand, so that no time is lost.${more}`;
  return triage.violates
    ? `Found to violate ${triage.broken.join(', ')}.${more}`
    : `Found not to violate the law, after it was reported.${more}`;
}

function times(breach: Breach, policy: PublishedPolicy): readonly string[] {
  const { occurredAt, discoveredAt } = breach.given;
  const { awareAt } = breach;
  const clock = awareAt && breachClock({ breachId: breach.id, discoveredAt, awareAt }, policy, awareAt);
  const due =
    clock?.state === 'running'
      ? clock.due === 'by-clause'
        ? `Due under ${clock.clause}: ${nyText(clock.dueAt)}.`
        : `Due under ${clock.clause} as soon as practicable; the department aims at ${nyText(clock.dueAt)}.`
      : undefined;
  return [
    occurredAt ? `Happened: ${nyText(occurredAt)}.` : 'When it happened is not known.',
    `Discovered: ${nyText(discoveredAt)}.`,
    ...(awareAt ? [`The privacy office became aware: ${nyText(awareAt)}.`] : []),
    ...(due ? [due] : []),
  ];
}

function disclosed({ account, given }: Breach): readonly string[] {
  const to = `To: ${RECIPIENT_LABELS[given.recipient]}.`;
  if (!account) return ['Not described yet.', to];
  const people = `${account.people} ${account.people === 1 ? 'person' : 'people'}`;
  return [
    `Kinds of information: ${account.kinds.map((kind) => KIND_LABELS[kind].toLowerCase()).join('; ')}.`,
    `About: ${account.peopleExact ? people : `an estimated ${people}`}, ${account.minors ? 'minors among them' : 'no minor among them as far as is known'}.`,
    to,
  ];
}

const happened = ({ account, triage }: Breach): readonly string[] => [
  account?.summary ?? 'Not described yet.',
  ...(triage?.cause ? [`Cause: ${CAUSE_LABELS[triage.cause].toLowerCase()}.`] : []),
];

function contained({ containment, account }: Breach): readonly string[] {
  const done = containment.filter((task) => task.done).length;
  const tasks =
    containment.length === 0
      ? 'Nobody was asked to contain it yet.'
      : `Asked to contain it: ${containment.length}. Done: ${done}.`;
  return [...(account?.contained ? [account.contained] : []), tasks];
}

const harm = ({ harm: assessed }: Breach): readonly string[] =>
  assessed
    ? [`${HARM_LABELS[assessed.assessment.level]}. ${assessed.assessment.reasons.join('; ')}.`]
    : ['Not assessed yet.'];

function notice(breach: Breach, policy: PublishedPolicy, now: Instant): readonly string[] {
  const consulted = breach.consultations.map((one) => `Consulted: ${CONSULTED_LABELS[one.with]}, ${nyText(one.at)}.`);
  const answer = noticeOf(breach, policy, now);
  const stand = ((): readonly string[] => {
    if (answer.kind === 'undecided') return ['Whether the people affected are told is not decided yet.'];
    if (answer.kind === 'owed-to-nobody-named')
      return ['The people affected are to be told; who they are is being found out.'];
    if (answer.kind === 'not-owed')
      return [
        'The people affected are not told: no potential risk of harm, no law that requires it, and a determination after both consultations.',
      ];
    const count = (kind: string) => answer.people.filter((one) => one.notice === kind).length;
    return [
      `To be told: ${answer.people.length}. Told: ${count('told')}. Not reached by reasonable efforts: ${count('reasonably-tried')}. Open: ${count('open')}.`,
      ...(answer.state === 'delayed' && breach.delay
        ? [`The notice is delayed: ${DELAY_LABELS[breach.delay.ground]} (${PRIVACY_LAW.delay.id}).`]
        : []),
    ];
  })();
  return [...stand, ...consulted];
}
