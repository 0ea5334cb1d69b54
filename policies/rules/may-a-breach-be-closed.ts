/**
 * Is anything still owed about a breach, or may it be closed?
 *
 * It is closed when it was told and that is proven, every containment is done, the harm is assessed, the notice to the
 * people affected is not owed or done, and the City's other law on breaches was judged. Both consultations are asked for
 * where the answer is that nobody be told, and Cyber Command has to have been told where the other law applies. Where
 * it was found to violate nothing, nothing else is owed.
 *
 * Units   instants are UTC; what is counted is counted in whole numbers
 * Answers every item with its clause, done or open with what was found and what to do; allowed when none is open
 * Throws  FactMalformed as breach-clock does, or when fewer than no containment is open
 * Source  XR26-EXT-20 and XR26-EXT-21 and their twins, XR21-EXT-08; nyc-23-1202-c-4, nyc-23-1203-6, nyc-10-502-a,
 *         nyc-10-502-b; house-harm-levels
 */
import { mustSay } from '../clause-in.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { FactMalformed } from '../faults.ts';
import type { Instant } from '../instant.ts';
import type { Refusal } from '../ruling.ts';
import { breachClock, type BreachTimes } from './breach-clock.ts';
import type { SecurityAnswer } from './city-breach-law.ts';
import { individualNotice, type NoticeFacts } from './individual-notice.ts';

export interface ClosingFacts {
  readonly times: BreachTimes;
  /** The recorded decision whether it violates the law; absent until it is made. */
  readonly violates?: boolean;
  readonly openContainments: number;
  readonly notice: NoticeFacts;
  /** What the City's law on breaches of security was judged to ask; absent until it was judged. */
  readonly security?: SecurityAnswer;
  readonly cyberCommandTold: boolean;
}

export const CLOSING_ITEMS = [
  'triage',
  'report',
  'containment',
  'harm',
  'security',
  'cyber-command',
  'consultations',
  'notice',
] as const;
export type ClosingItem = (typeof CLOSING_ITEMS)[number];

export interface Owed {
  readonly item: ClosingItem;
  readonly clause: string;
  /** Absent when it is done. */
  readonly open?: Pick<Refusal, 'found' | 'expected' | 'todo'>;
}

export interface Closing {
  readonly kind: 'allowed' | 'refused';
  readonly owed: readonly Owed[];
  /** The open ones, as refusals. */
  readonly because: readonly Refusal[];
}

export function mayABreachBeClosed(facts: ClosingFacts, policy: PublishedPolicy, now: Instant): Closing {
  const { clause } = policy.edition.breachReport;
  const triage: Owed =
    facts.violates === undefined
      ? open('triage', clause, 'no decision', 'a recorded decision either way', 'decide whether it violates the law')
      : { item: 'triage', clause };
  if (facts.violates === false) return closing([triage]);
  return closing([
    triage,
    report(facts, policy, now),
    containment(facts, policy),
    harm(facts, policy),
    ...security(facts),
    ...notice(facts, policy, now),
  ]);
}

const open = (item: ClosingItem, clause: string, found: string, expected: string, todo: string): Owed => ({
  item,
  clause,
  open: { found, expected, todo },
});

function closing(owed: readonly Owed[]): Closing {
  const because = owed.flatMap(({ item, clause, open: left }) => (left ? [{ clause, field: item, ...left }] : []));
  return { kind: because.length > 0 ? 'refused' : 'allowed', owed, because };
}

function report({ times }: ClosingFacts, policy: PublishedPolicy, now: Instant): Owed {
  const clock = breachClock(times, policy, now);
  if (clock.state === 'told') return { item: 'report', clause: clock.clause };
  const found = {
    unaware: 'nobody of the privacy office who is aware of it',
    running: 'no report that was sent',
    overdue: 'no report that was sent, and its time is over',
    sent: 'a report whose delivery is not proven',
  }[clock.state];
  const todo =
    clock.state === 'sent'
      ? 'wait for the proof, or send it again'
      : 'send the report to the Chief Privacy Officer; late is sent too';
  return open('report', clock.clause, found, 'a report that is proven delivered', todo);
}

function containment({ times, openContainments }: ClosingFacts, { edition }: PublishedPolicy): Owed {
  if (!Number.isInteger(openContainments) || openContainments < 0) {
    throw new FactMalformed(
      `breach ${times.breachId} has ${openContainments} open containments; give a whole number from 0`,
    );
  }
  const { clause } = edition.breachReport;
  return openContainments === 0
    ? { item: 'containment', clause }
    : open(
        'containment',
        clause,
        `${openContainments} that ${openContainments === 1 ? 'is' : 'are'} not done`,
        'every one done, or its outcome recorded',
        'see to them, or record what came of them',
      );
}

function harm({ notice: { triggers } }: ClosingFacts, { edition, house }: PublishedPolicy): Owed {
  return triggers.potentialRisk === undefined
    ? open(
        'harm',
        mustSay(edition, 'XR26-EXT-21'),
        'no assessment',
        'an assessment of nature, extent and foreseeable consequences',
        'assess the harm',
      )
    : { item: 'harm', clause: house.harmLevels.id };
}

function security({ security: answer, cyberCommandTold }: ClosingFacts): readonly Owed[] {
  const law = PRIVACY_LAW.securityReport.id;
  if (!answer) {
    const asked = "an answer whether the City's law on breaches of security applies";
    return [open('security', law, 'no answer', asked, 'judge it')];
  }
  const judged: Owed = { item: 'security', clause: law };
  if (answer.kind === 'does-not-apply') return [judged];
  return [
    judged,
    cyberCommandTold
      ? { item: 'cyber-command', clause: law }
      : open(
          'cyber-command',
          law,
          'nothing on record',
          'Cyber Command and the technology office told',
          'tell them, and record when',
        ),
  ];
}

/** A notice that a law of the City on breaches of security asks for is asked for by a law. */
export function noticeFactsWith(notice: NoticeFacts, answer: SecurityAnswer | undefined): NoticeFacts {
  const asks = answer?.kind === 'applies' && ['separately', 'by-one-notice'].includes(answer.tellPeople);
  if (!asks) return notice;
  return { ...notice, triggers: { ...notice.triggers, requiredBy: PRIVACY_LAW.securityNotice.id } };
}

function notice(facts: ClosingFacts, policy: PublishedPolicy, now: Instant): readonly Owed[] {
  const clause = mustSay(policy.edition, 'XR26-EXT-21');
  const asked = noticeFactsWith(facts.notice, facts.security);
  const { potentialRisk, determination, requiredBy } = asked.triggers;
  const isOwed =
    potentialRisk === true || determination?.answer === 'notify' || (requiredBy !== undefined && requiredBy !== 'none');
  const nobodyNamed = 'each person affected, by a reference';
  if (isOwed && asked.people.length === 0)
    return [open('notice', clause, 'a notice that is owed, and nobody named', nobodyNamed, 'enter the people to tell')];

  const answer = individualNotice(asked, policy, now);
  if (answer.kind === 'not-owed')
    return [
      { item: 'consultations', clause },
      { item: 'notice', clause },
    ];
  if (answer.kind === 'undecided') {
    const consulted = determination?.chiefPrivacyOfficerConsultedAt && determination.lawDepartmentConsultedAt;
    const both = 'the Chief Privacy Officer and the Law Department consulted before the decision that nobody be told';
    return [
      consulted
        ? { item: 'consultations', clause }
        : open('consultations', clause, 'no decision after both', both, 'consult both, record it, then decide'),
      open(
        'notice',
        clause,
        `${answer.missing.length} of its questions open`,
        'an answer whether people are told',
        answer.missing.map(({ todo }) => todo).join('; '),
      ),
    ];
  }
  const left = answer.people.filter(({ notice: stands }) => stands === 'open').length;
  if (answer.state === 'done') return [{ item: 'notice', clause }];
  return [
    open(
      'notice',
      clause,
      answer.state === 'delayed' ? 'a notice that is delayed' : `${left} not told yet`,
      'each person told, or enough attempts to reach them on record',
      answer.state === 'delayed' ? 'lift the delay when its ground ends' : 'tell each of them in writing',
    ),
  ];
}
