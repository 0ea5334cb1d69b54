import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { plusHours } from '../../../policies/instant.ts';
import { individualNotice, type NoticeAttempt, type NoticeFacts } from '../../../policies/rules/individual-notice.ts';
import { under } from '../disclosure-facts.ts';
import { NOW } from '../facts.ts';

const determination = {
  answer: 'do-not-notify',
  because: 'nothing that matters was seen',
  chiefPrivacyOfficerConsultedAt: plusHours(NOW, -5),
  lawDepartmentConsultedAt: plusHours(NOW, -4),
} as const;
const none: NoticeFacts['triggers'] = { potentialRisk: false, determination, requiredBy: 'none' };
const letter = { inWriting: true, whatWasDisclosed: 'one image of a vehicle', toWhom: 'a newspaper of the City' };
const tried = (way: NoticeAttempt['way'], outcome: NoticeAttempt['outcome']): NoticeAttempt => ({
  at: NOW,
  way,
  outcome,
});
const facts = (change: Partial<NoticeFacts> = {}): NoticeFacts => ({
  breachId: 'B-1',
  triggers: { ...none, potentialRisk: true },
  letter,
  people: [{ personRef: 'X-1', attempts: [] }],
  ...change,
});
const judged = (change: Partial<NoticeFacts> = {}, id = 'xray-2026') => individualNotice(facts(change), under(id), NOW);

describe('the notice to the people affected', () => {
  it.each([
    ['risk-of-harm', { potentialRisk: true }],
    ['determination', { determination: { ...determination, answer: 'notify' as const } }],
    ['law', { requiredBy: 'Admin. Code § 10-502(b)' }],
  ])('XR26-EXT-21: is owed on %s alone', (trigger, change) => {
    expect(judged({ triggers: { ...none, ...change } })).toMatchObject({
      kind: 'owed',
      triggers: [trigger],
      state: 'open',
    });
    expect(judged({ triggers: change })).toMatchObject({ kind: 'owed', triggers: [trigger] });
  });

  it('XR26-EXT-21: is not owed on none, and the reasons are kept', () => {
    expect(judged({ triggers: none })).toMatchObject({
      kind: 'not-owed',
      reasons: expect.arrayContaining([determination.because]),
    });
  });

  it.each([
    ['potentialRisk', {}],
    ['determination', { potentialRisk: false }],
    ['requiredBy', { potentialRisk: false, determination }],
    ['determination', { ...none, determination: { answer: 'do-not-notify' as const, because: determination.because } }],
  ])('XR26-EXT-21: is undecided while %s is open', (field, triggers) => {
    const answer = judged({ triggers });
    expect(answer.kind).toBe('undecided');
    expect(answer.kind === 'undecided' && answer.missing.map((one) => one.field)).toContain(field);
  });

  it.each([
    ['open', []],
    ['open', [tried('post', 'failed')]],
    ['open', [tried('post', 'failed'), tried('post', 'failed')]],
    ['open', [tried('post', 'unknown'), tried('e-mail', 'unknown')]],
    ['reasonably-tried', [tried('post', 'failed'), tried('by-hand', 'failed')]],
    ['told', [tried('post', 'failed'), tried('by-hand', 'delivered')]],
  ] as const)('house-attempts-to-reach: a person is %s after %j', (notice, attempts) => {
    const answer = judged({ people: [{ personRef: 'X-1', attempts }] });
    expect(answer).toMatchObject({ state: notice === 'open' ? 'open' : 'done', people: [{ notice }] });
  });

  it('is done only when nobody is left', () => {
    const people = [
      { personRef: 'X-1', attempts: [tried('post', 'delivered')] },
      { personRef: 'X-2', attempts: [] },
    ];
    expect(judged({ people })).toMatchObject({ state: 'open' });
    expect(() => judged({ people: [] })).toThrow(FactMalformed);
  });

  it('nyc-23-1202-c-4: says in writing what was disclosed, and to whom', () => {
    expect(judged()).toMatchObject({ missing: [] });
    expect(judged({ letter: { inWriting: false, whatWasDisclosed: '', toWhom: '' } })).toMatchObject({
      missing: [{ field: 'letter' }, { field: 'whatWasDisclosed', clause: 'nyc-23-1202-c-4' }, { field: 'toWhom' }],
    });
  });

  it.each(['privacy-law', 'investigation', 'public-safety'] as const)(
    'nyc-23-1204-e: waits for %s while that lasts',
    (ground) => {
      const delay = { ground, why: 'a warrant is about to be served' };
      expect(judged({ delay })).toMatchObject({ state: 'delayed', missing: [] });
      expect(judged({ delay: { ...delay, liftedAt: NOW } })).toMatchObject({ state: 'open' });
      expect(judged({ delay: { ...delay, liftedAt: plusHours(NOW, 1) } })).toMatchObject({ state: 'delayed' });
    },
  );

  it('nyc-23-1204-e: does not wait on any other ground, or without a reason', () => {
    expect(judged({ delay: { ground: 'other', why: 'it is embarrassing to us' } })).toMatchObject({
      state: 'open',
      missing: [{ field: 'delay' }],
    });
    expect(judged({ delay: { ground: 'investigation', why: '' } })).toMatchObject({
      state: 'open',
      missing: [{ field: 'delay' }],
    });
  });

  it.each([
    ['xray-2021', 'XR21-EXT-09'],
    ['portable-device-2026', 'PED26-EXT-07'],
    ['digital-camera-2026', 'CAM26-EXT-07'],
    ['plate-reader-2026', 'LPR26-EXT-08'],
  ])('under %s is owed by %s', (id, clause) => {
    expect(judged({}, id)).toMatchObject({ clauses: expect.arrayContaining([clause]) });
  });
});
