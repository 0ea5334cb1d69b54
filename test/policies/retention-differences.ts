/** What the rule and the oracle find of one drawing, and where they differ: empty when they agree. */
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { instantOf } from '../../policies/instant.ts';
import { OPEN_CASE, type Keeping } from '../../policies/retention.ts';
import type { howLongIsItKept } from '../../policies/rules/how-long-is-it-kept.ts';
import type { Drawn } from './retention-cases.ts';
import { dayInNewYork, oracle, type Verdict } from './retention-oracle.ts';

/** Everything drawn is of 2027 or later, under the editions of 2026. */
const AT = instantOf('2027-01-01T12:00:00Z');
const POLICIES = {
  'mobile-x-ray': retentionPolicyInForce('mobile-x-ray', AT)!,
  'portable-electronic-device': retentionPolicyInForce('portable-electronic-device', AT)!,
  'digital-camera': retentionPolicyInForce('digital-camera', AT)!,
  'license-plate-reader': retentionPolicyInForce('license-plate-reader', AT)!,
};

export type Rule = typeof howLongIsItKept;

export function differences({ facts, told, now, capturedAt }: Drawn, rule: Rule): readonly string[] {
  const policy = POLICIES[facts.technology];
  const found = rule(facts, policy, now);
  const expected = oracle(facts, told, now);
  const captured = capturedAt && String(dayInNewYork(capturedAt));
  return [
    ...(captured === undefined || captured === facts.capturedOn?.replaceAll('-', '') ? [] : ['day of capture']),
    ...compared(found, expected),
  ];
}

function compared(found: Keeping, expected: Verdict): readonly string[] {
  if (found.why.length === 0 || found.why.some(({ text, clause }) => !text || !clause)) return ['no reason'];
  if (found.kind !== expected.kind) return [`${found.kind}, not ${expected.kind}`];
  if (found.kind === 'keep' && expected.kind === 'keep') {
    const rightly =
      expected.because === 'open'
        ? found.classId === OPEN_CASE
        : expected.because === 'unknown' || expected.classIds.includes(found.classId);
    return rightly ? [] : [`class ${found.classId} of what is kept because ${expected.because}`];
  }
  if (found.kind === 'until' && expected.kind === 'until') {
    const { date, approved, disposeBy } = expected;
    return [
      ...(found.date === date ? [] : [`${found.date}, not ${date}`]),
      ...(expected.classIds.includes(found.classId) ? [] : [`class ${found.classId}`]),
      ...(found.approved === approved ? [] : [`approved ${found.approved}`]),
      ...(found.disposeBy === disposeBy ? [] : [`dispose by ${found.disposeBy}, not ${disposeBy}`]),
      ...(found.why.some(({ until }) => until === found.date) ? [] : ['no reason for its day']),
    ];
  }
  return [];
}
