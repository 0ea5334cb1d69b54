/**
 * What a requester may type, as a handful of choices: most of it whole, the rest wrong in one way or several. The same
 * evidence as the facts that the rules are tried with, in the words of the form.
 */
import fc from 'fast-check';
import type { Basis } from '../../../../functions/disclosure/contract.ts';
import type { DisclosureAskedDraft } from '../../../../functions/disclosure/open-disclosure.ts';
import type { Recipient } from '../../../../policies/disclosure.ts';
import {
  GROUNDS,
  RECIPIENTS,
  type GroundId,
  type RecipientKind,
} from '../../../../policies/editions/disclosure-grounds.ts';
import type { DisclosureType } from '../../../../policies/editions/disclosure-types.ts';
import type { Technology } from '../../../../policies/editions/edition.ts';
import { plusHours, type Instant } from '../../../../policies/instant.ts';
import { evidenceOf, recipientOf } from '../../../policies/disclosure-facts.ts';
import { AGREEMENT } from '../office.ts';

export const TECHNOLOGIES = [
  'mobile-x-ray',
  'portable-electronic-device',
  'digital-camera',
  'license-plate-reader',
] as const satisfies readonly Technology[];

/** The first two of each are on file from the beginning, the second until the day after tomorrow. The third may come. */
export const DESIGNATIONS = ['RD-1', 'RD-2', 'RD-3'] as const;
export const PRE_APPROVALS = ['PA-1', 'PA-2', 'PA-3'] as const;
export const AGREEMENTS = [AGREEMENT, 'AG-2', 'AG-3'] as const;

export const GROUND_IDS = GROUNDS.map(({ id }) => id);
const KINDS = RECIPIENTS.map(({ kind }) => kind);

/** What is on file covers the first three. */
export const TYPES = [
  'evidence-for-prosecution',
  'investigative-lead',
  'appeal-to-the-public',
  'other',
] as const satisfies readonly DisclosureType[];

export interface Choice {
  readonly technology: Technology;
  readonly type: DisclosureType;
  readonly about: string;
  readonly recipient: RecipientKind;
  /** Whether it says what the recipient wants it for. */
  readonly purposeful: boolean;
  readonly addressee: string;
  readonly iceOrCbp: boolean;
  readonly ground: GroundId | 'none';
  readonly evidence: 'whole' | 'none' | 'not-enough' | 'withdrawn' | 'withdrawn-soon' | 'wrong-hand';
  readonly designation: (typeof DESIGNATIONS)[number];
  readonly preApproval: (typeof PRE_APPROVALS)[number];
  readonly furthers: DisclosureAskedDraft['immigration']['furthers'];
  readonly enforces: boolean;
  readonly otherPurpose: string;
  readonly identity: 'confirmed' | 'not-confirmed' | 'none';
  readonly affiliation: 'confirmed' | 'not-confirmed' | 'none';
  readonly lawfulness: 'lawful' | 'unlawful' | 'none';
  readonly agreement: (typeof AGREEMENTS)[number] | 'reason' | 'none';
  readonly way: 'page' | 'sealed-package';
}

const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3 * others.length + 6, arbitrary: fc.constant(usual) }, ...others.map((one) => fc.constant(one)));

/** Anything at all, most of it whole. */
const anyChoice = (technology: Technology): fc.Arbitrary<Choice> =>
  fc.record({
    technology: mostly<Technology>(technology, 'digital-camera'),
    type: fc.constantFrom(...TYPES),
    about: fc.constantFrom('The truck of the case on First Avenue', 'Another truck of the same case'),
    recipient: fc.constantFrom(...KINDS),
    purposeful: mostly(true, false),
    addressee: fc.constantFrom('ada', 'bea'),
    iceOrCbp: mostly(false, false, false, true),
    ground: fc.constantFrom(...GROUND_IDS, 'none' as const),
    evidence: mostly<Choice['evidence']>('whole', 'none', 'not-enough', 'withdrawn', 'withdrawn-soon', 'wrong-hand'),
    designation: fc.constantFrom(...DESIGNATIONS),
    preApproval: fc.constantFrom(...PRE_APPROVALS),
    furthers: mostly<Choice['furthers']>('no', 'no', 'unanswered', 'civil-provisions', 'designated-proxy'),
    enforces: mostly(false, false, true),
    otherPurpose: fc.constantFrom('', 'none', 'A trial for robbery'),
    identity: mostly<Choice['identity']>('confirmed', 'confirmed', 'not-confirmed', 'none'),
    affiliation: mostly<Choice['affiliation']>('confirmed', 'confirmed', 'not-confirmed', 'none'),
    lawfulness: mostly<Choice['lawfulness']>('lawful', 'lawful', 'unlawful', 'none'),
    agreement: mostly<Choice['agreement']>(AGREEMENT, 'AG-2', 'AG-3', 'reason', 'none'),
    way: mostly<Choice['way']>('page', 'page', 'page', 'page', 'sealed-package'),
  });

/** What may be released once whoever has to has approved it, on each ground as often. */
const wholeChoice = (technology: Technology, ground?: GroundId): fc.Arbitrary<Choice> =>
  fc
    .record({
      any: anyChoice(technology),
      ground: ground ? fc.constant(ground) : fc.constantFrom(...GROUND_IDS),
      recipient: fc.constantFrom(...KINDS),
      second: fc.nat(3),
    })
    .map(({ any, ground, recipient, second }) => ({
      ...any,
      technology,
      type: any.type === 'other' ? 'investigative-lead' : any.type,
      recipient:
        ground === 'city-interest'
          ? 'city-agency'
          : recipient === 'agency-unit' || recipient === 'new-jersey-agent'
            ? 'prosecutor'
            : recipient,
      purposeful: true,
      iceOrCbp: false,
      ground,
      evidence: second === 1 && ground === 'consent' ? 'withdrawn-soon' : 'whole',
      designation: DESIGNATIONS[second === 0 ? 1 : 0],
      preApproval: PRE_APPROVALS[second === 0 ? 1 : 0],
      furthers: 'no',
      enforces: false,
      identity: 'confirmed',
      affiliation: 'confirmed',
      lawfulness: 'lawful',
      agreement: AGREEMENTS[second === 2 ? 1 : 0],
    }));

/** Where a ground is given, the whole ones rest on it. */
export const choice = (technology: Technology, ground?: GroundId): fc.Arbitrary<Choice> =>
  fc.oneof({ weight: 3, arbitrary: wholeChoice(technology, ground) }, { weight: 1, arbitrary: anyChoice(technology) });

/** One answer of the form given otherwise; a recipient comes with what goes with it. */
export const otherAnswer = (technology: Technology): fc.Arbitrary<Partial<Choice>> =>
  fc
    .record({ any: anyChoice(technology), whole: wholeChoice(technology), field: fc.nat(99) })
    .map(({ any, whole, field }): Partial<Choice> => {
      const fields = [
        () => ({ recipient: any.recipient, purposeful: any.purposeful }),
        () => ({ ground: any.ground, evidence: any.evidence }),
        () => ({ ground: whole.ground, recipient: whole.recipient, evidence: 'whole' as const }),
        () => ({ evidence: any.evidence }),
        () => ({ evidence: 'withdrawn' as const }),
        () => ({ designation: any.designation, preApproval: any.preApproval }),
        () => ({ furthers: any.furthers, enforces: any.enforces, otherPurpose: any.otherPurpose }),
        () => ({ iceOrCbp: any.iceOrCbp, otherPurpose: any.otherPurpose }),
        () => ({ identity: any.identity, affiliation: any.affiliation, lawfulness: any.lawfulness }),
        () => ({ agreement: any.agreement }),
        () => ({ addressee: any.addressee, about: any.about }),
        () => ({ type: any.type, way: any.way, technology: any.technology }),
      ];
      return fields[field % fields.length]!();
    });

export function draftOf(choice: Choice, now: Instant): DisclosureAskedDraft {
  const { technology, type, about, furthers, enforces, otherPurpose, identity, affiliation, lawfulness, way } = choice;
  const basis = basisOf(choice, now);
  const agreement = agreementOf(choice);
  return {
    technology,
    disclosureType: type,
    about,
    aboutWhom: 'The driver',
    addressee: {
      name: choice.addressee,
      organization: `Office of ${choice.addressee}`,
      email: `${choice.addressee}@office.example`,
      government: true,
      iceOrCbp: choice.iceOrCbp,
    },
    recipient: choice.purposeful ? recipientOf(choice.recipient) : ({ kind: choice.recipient } as Recipient),
    immigration: { furthers, recipientEnforces: enforces, ...(otherPurpose && { otherPurpose }) },
    ...(identity !== 'none' && { identity: { outcome: identity, how: 'Called back at the office' } }),
    ...(affiliation !== 'none' && { affiliation: { outcome: affiliation, how: 'Listed at the office' } }),
    ...(lawfulness !== 'none' && { lawfulness: { outcome: lawfulness, because: 'The case bears on it' } }),
    ...(basis && { basis }),
    ...(agreement && { agreement }),
    way,
  };
}

function agreementOf({ agreement }: Choice): DisclosureAskedDraft['agreement'] {
  if (agreement === 'none') return undefined;
  return agreement === 'reason'
    ? { kind: 'no-important-privacy-interest', why: 'Only a truck is seen in it' }
    : { kind: 'agreement', agreementId: agreement };
}

function basisOf({ ground, evidence, designation, preApproval }: Choice, now: Instant): Basis | undefined {
  if (ground === 'none') return undefined;
  if (ground === 'city-interest') return { ground, ...(evidence !== 'none' && { preApprovalId: preApproval }) };
  if (ground === 'routine') return { ground, ...(evidence !== 'none' && { designationId: designation }) };
  if (evidence === 'none') return ground === 'consent' ? { ground, people: [] } : { ground };
  const whole = evidenceOf(ground, now);
  if (whole.ground === 'city-interest' || whole.ground === 'routine') throw new Error('they are named by their ids');
  if (whole.ground === 'consent') {
    const [person] = whole.people;
    if (evidence === 'not-enough')
      return { ground: 'consent', people: [person!, { personRef: 'X-2', capacity: 'adult' }] };
    const withdrawnAt = evidence === 'withdrawn' ? now : plusHours(now, 1);
    const consent = {
      ...person!.consent!,
      ...(evidence === 'wrong-hand' && { signedBy: 'parent-or-guardian' as const }),
      ...((evidence === 'withdrawn' || evidence === 'withdrawn-soon') && { withdrawnAt }),
    };
    return { ground: 'consent', people: [{ ...person!, consent }] };
  }
  if (evidence !== 'not-enough') return whole;
  switch (whole.ground) {
    case 'required-by-law':
      return { ...whole, law: 'CPL' };
    case 'mission':
      return { ...whole, how: 'it helps' };
    case 'crime':
      return { ground: 'crime', caseNumber: ' ', credibleInformation: 'a call' };
    case 'welfare':
      return { ground: 'welfare', investigation: { ...whole.investigation!, open: false } };
    case 'exigent':
      return { ...whole, explanation: 'haste' };
  }
}
