import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { plusHours, plusMs } from '../../../policies/instant.ts';
import { mayThisSignOffStand, type SignOffAnswer } from '../../../policies/rules/may-this-sign-off-stand.ts';
import { deputy, momentOf, officer, under } from '../disclosure-facts.ts';
import { NOW, refusals } from '../facts.ts';

const answer = (change: Partial<SignOffAnswer> = {}): SignOffAnswer => ({
  disclosureId: 'X-1',
  requesterId: 'P-1',
  ground: 'mission',
  signer: officer,
  state: 'waiting',
  lapsesAt: plusHours(NOW, 10),
  namedId: officer.personId,
  answer: 'approve',
  reason: 'It helps to find the vehicle that is sought',
  parts: ['E-1', 'E-2', 'E-3'],
  kept: ['E-1', 'E-2', 'E-3'],
  shownHash: 'hash-1',
  answeredHash: 'hash-1',
  ...change,
});
const judged = (change: Partial<SignOffAnswer> = {}) => mayThisSignOffStand(answer(change), under('xray-2026'), NOW);

describe('an answer to a sign-off', () => {
  it.each(['approve', 'decline', 'ask-back'] as const)(
    'house-shown-is-decided: to %s what was shown, with a reason, stands',
    (to) => {
      expect(judged({ answer: to })).toMatchObject({
        kind: 'allowed',
        clauses: expect.arrayContaining(['XR26-EXT-11', 'nyc-23-1201-privacy-officer', 'house-shown-is-decided']),
      });
    },
  );

  it.each([
    ['consent', 'xray-2026', 'XR26-EXT-09'],
    ['required-by-law', 'xray-2026', 'XR26-EXT-10'],
    ['mission', 'xray-2026', 'XR26-EXT-11'],
    ['consent', 'plate-reader-2026', 'LPR26-EXT-05'],
  ] as const)('on the ground %s under %s is judged by %s', (ground, edition, clause) => {
    const facts = answer({ ground, reason: '' });
    expect(refusals(mayThisSignOffStand(facts, under(edition), NOW))).toEqual([`${clause} reason`]);
  });

  it.each<[string, Partial<SignOffAnswer>, readonly string[]]>([
    ['someone the decision does not name', { namedId: 'P-3' }, ['XR26-EXT-11 signer']],
    ['someone who asked for it', { requesterId: officer.personId }, ['house-not-your-own-disclosure signer']],
    ['someone without the office', { signer: { ...officer, office: 'none' } }, ['XR26-EXT-11 signer']],
    [
      'an officer whose office ended a millisecond before',
      { signer: { ...officer, heldUntil: plusMs(NOW, -1) } },
      ['XR26-EXT-11 signer'],
    ],
    [
      'a deputy whose naming ended',
      { signer: { ...deputy, heldUntil: plusMs(NOW, -1) }, namedId: deputy.personId },
      ['house-deputy-signs-off signer'],
    ],
    ['somebody too late: answered', { state: 'answered' }, ['XR26-EXT-11 state']],
    ['somebody too late: withdrawn', { state: 'withdrawn' }, ['XR26-EXT-11 state']],
    ['somebody too late, by a millisecond', { lapsesAt: NOW }, ['house-days-to-sign-off lapsesAt']],
    ['no reason', { reason: '  ' }, ['XR26-EXT-11 reason']],
    ['a reason in a word', { reason: 'ok' }, ['house-characters-of-reason reason']],
    ['something else than was shown', { answeredHash: 'hash-2' }, ['house-shown-is-decided shown']],
    ['nothing that may leave', { kept: [] }, ['XR26-EXT-11 keep']],
    ['something that was not shown', { kept: ['E-1', 'E-9'] }, ['house-shown-is-decided keep']],
    ['a disclosure of nothing', { parts: [], kept: [] }, ['XR26-EXT-11 keep']],
    [
      'everything at once',
      { namedId: 'P-3', state: 'lapsed', reason: '', kept: [], answeredHash: '' },
      [
        'XR26-EXT-11 signer',
        'XR26-EXT-11 state',
        'XR26-EXT-11 reason',
        'XR26-EXT-11 keep',
        'house-shown-is-decided shown',
      ],
    ],
  ])('is refused: %s', (_what, change, expected) => {
    expect(refusals(judged(change))).toEqual(expected);
  });

  it.each(['decline', 'ask-back'] as const)('to %s looks at no part: nothing leaves by it', (to) => {
    expect(judged({ answer: to, kept: [] })).not.toHaveProperty('kept');
    expect(judged({ answer: to, kept: ['E-9'] }).kind).toBe('allowed');
  });

  it('of a deputy says that a deputy signed', () => {
    expect(judged({ signer: deputy, namedId: deputy.personId })).toMatchObject({
      clauses: expect.arrayContaining(['house-deputy-signs-off']),
    });
  });

  it('under the 2021 edition cites its own clause', () => {
    const now = momentOf('xray-2021');
    const signer = { ...officer, heldFrom: plusHours(now, -1) };
    const late = answer({ signer, lapsesAt: plusHours(now, 1), reason: '' });
    expect(refusals(mayThisSignOffStand(late, under('xray-2021'), now))).toEqual([
      expect.stringMatching(/^XR21-EXT-\d\d reason$/),
    ]);
  });

  it('cannot rest on an office that ended before it began', () => {
    expect(() => judged({ signer: { ...officer, heldFrom: NOW, heldUntil: plusHours(NOW, -1) } })).toThrow(
      FactMalformed,
    );
  });
});

describe('narrowing', () => {
  it('keeps the parts in the order they were shown, each once', () => {
    expect(judged({ kept: ['E-3', 'E-1', 'E-3'] })).toMatchObject({ kept: ['E-1', 'E-3'] });
  });

  it('is none when all are kept, however often each is named', () => {
    expect(judged({ kept: ['E-3', 'E-2', 'E-1', 'E-1'] })).not.toHaveProperty('kept');
  });

  it('never lets more leave than was shown, whatever is posted', () => {
    const ids = fc.array(fc.constantFrom<string[]>('E-1', 'E-2', 'E-3', 'E-4', ''), { maxLength: 6 });
    fc.assert(
      fc.property(ids, (kept) => {
        const ruling = judged({ kept });
        const shown: readonly string[] = ['E-1', 'E-2', 'E-3'];
        const lawful = kept.length > 0 && kept.every((id) => shown.includes(id));
        expect(ruling.kind).toBe(lawful ? 'allowed' : 'refused');
        if (ruling.kind === 'allowed') expect(ruling.kept ?? shown).toEqual(shown.filter((id) => kept.includes(id)));
      }),
    );
  });
});
