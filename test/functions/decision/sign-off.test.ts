/** The sign-off of a disclosure on a real table, refused: to whom, for what, and what a refusal leaves behind. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDecision, type Answering } from '../../../functions/decision/answer-decision.ts';
import { checkWhoIsAsked } from '../../../functions/decision/check-who-is-asked.ts';
import { decisions, keptOf, type Decision, type DisclosureMatter } from '../../../functions/decision/contract.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { put } from '../../../functions/records/change.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { plusMs } from '../../../policies/instant.ts';
import { refusalsIn, startBureau, type Bureau } from '../bureau.ts';
import { answering, asked, SHOWN } from './signing-off.ts';

let bureau: Bureau;
let decision: Decision;
beforeAll(async () => {
  bureau = await startBureau();
  decision = await asked(bureau);
});
afterAll(() => bureau?.stop());

const answer = async (on: Decision, over: Partial<Answering> = {}) => {
  const given = await answering(bureau, on, over);
  return untilWritten(() => answerDecision(bureau.needs, given));
};
const as = async (id: string, over: object = {}) => ({ ...(await bureau.person(id)), personId: id, ...over });
const wakes = async (on: Decision) => (await bureau.notesFor(on.id)).filter(({ kind }) => kind === 'wake');
const FROM = '2024-01-02T05:00:00.000Z';
/** For the length of one call, the office of a person is as given. */
async function whileHeld<T>(personId: string, privacyOffice: object, call: () => Promise<T>): Promise<T> {
  await bureau.change(personId, { privacyOffice });
  try {
    return await call();
  } finally {
    await bureau.change(personId);
  }
}

describe('a sign-off is refused', () => {
  const refused: readonly (readonly [
    what: string,
    over: () => Promise<Partial<Answering>>,
    because: readonly string[],
  ])[] = [
    ['to a deputy who was not asked yet', async () => ({ person: await as('p-adler') }), ['XR26-EXT-11 signer']],
    [
      'to a deputy with the officer’s link',
      async () => ({ person: await as('p-adler'), door: { kind: 'mail-link', linkFor: 'p-okafor' } }),
      ['XR26-EXT-11 signer'],
    ],
    [
      'to an auditor of the Legal Bureau, for the office, the role and the name',
      async () => ({ person: await as('p-stone') }),
      ['XR26-EXT-11 signer', 'XR26-EXT-11 signer', 'XR26-EXT-11 signer'],
    ],
    [
      'to the officer whose session lacks the role',
      async () => ({ person: await as('p-okafor', { roles: ['member'] }) }),
      ['XR26-EXT-11 signer'],
    ],
    [
      'to the officer who is no longer active',
      async () => ({ person: await as('p-okafor', { active: false }) }),
      ['XR26-EXT-11 signer'],
    ],
    ['without a reason', async () => ({ reason: ' ' }), ['XR26-EXT-11 reason']],
    [
      'house-characters-of-reason: for a reason in a word',
      async () => ({ reason: 'ok' }),
      ['house-characters-of-reason reason'],
    ],
    [
      'for a question of a word',
      async () => ({ answer: 'ask-back', reason: 'who?' }),
      ['house-characters-of-reason reason'],
    ],
    ['for a reason of a book’s length', async () => ({ reason: 'x'.repeat(4001) }), ['XR26-EXT-11 reason']],
    [
      'house-shown-is-decided: for something else than was shown',
      async () => ({ shownHash: 'f'.repeat(64) }),
      ['house-shown-is-decided shown'],
    ],
    [
      'house-shown-is-decided: for the hash of what it was narrowed to',
      async () => ({ kept: ['E-1'], shownHash: sha256(keptOf(SHOWN, ['E-1'])) }),
      ['house-shown-is-decided shown'],
    ],
    [
      'house-shown-is-decided: for nothing that was shown',
      async () => ({ shownHash: '', answer: 'decline' }),
      ['house-shown-is-decided shown'],
    ],
    ['to approve nothing', async () => ({ kept: [] }), ['XR26-EXT-11 keep']],
    ['to approve what was not shown', async () => ({ kept: ['E-1', 'E-4'] }), ['house-shown-is-decided keep']],
  ];

  it.each(refused)('%s', async (_, over, because) => {
    const given = await over();
    const before = await bureau.records.ledgerOf(decision.on);
    expect(refusalsIn(await answer(decision, given))).toEqual(because);
    expect((await bureau.decision(decision.id)).state).toBe('waiting');
    expect(await wakes(decision)).toEqual([]);
    const [told, ...more] = (await bureau.records.ledgerOf(decision.on)).slice(before.length);
    expect([told!.act, more]).toEqual(['decision refused to a person', []]);
    if (given.reason && given.reason.length > 4) expect(JSON.stringify(told)).not.toContain(given.reason);
  });

  it.each<[string, Partial<DisclosureMatter>, string]>([
    ['consent', { ground: 'consent' }, 'XR26-EXT-09 reason'],
    ['a law', { ground: 'required-by-law' }, 'XR26-EXT-10 reason'],
    ['the policy on plate readers', { technology: 'license-plate-reader', ground: 'consent' }, 'LPR26-EXT-05 reason'],
  ])('by the clause of its ground and edition: %s', async (_, matter, because) => {
    expect(refusalsIn(await answer(await asked(bureau, matter), { reason: '' }))).toEqual([because]);
  });

  it('house-not-your-own-disclosure: to the officer who asked for it', async () => {
    const own = await asked(bureau, { requesterId: 'p-okafor' });
    for (const to of ['approve', 'decline', 'ask-back'] as const)
      expect(refusalsIn(await answer(own, { answer: to }))).toEqual(['house-not-your-own-disclosure signer']);
  });

  it('to an officer whose office ended since the mail, by the second', async () => {
    const office = { office: 'agency-privacy-officer', heldFrom: FROM, heldUntil: plusMs(bureau.now, -1) };
    expect(refusalsIn(await whileHeld('p-okafor', office, () => answer(decision)))).toEqual(['XR26-EXT-11 signer']);
    const early = { office: 'agency-privacy-officer', heldFrom: plusMs(bureau.now, 1) };
    expect(refusalsIn(await whileHeld('p-okafor', early, () => answer(decision)))).toEqual(['XR26-EXT-11 signer']);
  });

  it('house-deputy-signs-off: to a deputy who was asked and whose naming has ended', async () => {
    const own = await asked(bureau, {}, { askInOrder: ['p-adler', 'p-okafor'] });
    const office = { office: 'deputy', heldFrom: FROM, heldUntil: plusMs(bureau.now, -1), namedBy: 'p-okafor' };
    const person = await as('p-adler');
    expect(refusalsIn(await whileHeld('p-adler', office, () => answer(own, { person })))).toEqual([
      'house-deputy-signs-off signer',
    ]);
    expect(await answer(own, { person })).toMatchObject({ decision: { answer: { signer: { office: 'deputy' } } } });
  });

  it('house-days-to-sign-off: once its days are over, in each of the three ways', async () => {
    const now = bureau.now;
    bureau.now = decision.lapsesAt;
    for (const to of ['approve', 'decline', 'ask-back'] as const)
      expect(refusalsIn(await answer(decision, { answer: to }))).toEqual(['house-days-to-sign-off lapsesAt']);
    bureau.now = now;
  });

  it('once it was withdrawn', async () => {
    const own = await asked(bureau);
    const withdrawn: Decision = { ...own, state: 'withdrawn', endedAt: bureau.now };
    await bureau.records.write({
      at: bureau.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(decisions, withdrawn)],
      tells: [{ subject: own.on, act: 'withdrawn' }],
    });
    expect(refusalsIn(await answer(own))).toEqual(['XR26-EXT-11 state']);
    expect(await checkWhoIsAsked(bureau.needs, { decisionId: own.id })).toEqual({ kind: 'withdrawn' });
  });
});
