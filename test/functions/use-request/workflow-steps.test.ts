/** The steps of the use-request workflow on a real table, called as the workflow calls them: in each state, and again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDecision } from '../../../functions/decision/answer-decision.ts';
import { askForDecision } from '../../../functions/decision/ask-for-decision.ts';
import { checkWhoIsAsked } from '../../../functions/decision/check-who-is-asked.ts';
import { diaries, diaryOf } from '../../../functions/deployment/contract.ts';
import { startDeployment } from '../../../functions/deployment/log-deployment.ts';
import { waitId, waits } from '../../../functions/records/waits.ts';
import { askBureauToDeploy, deploymentOf } from '../../../functions/use-request/ask-bureau-to-deploy.ts';
import { askForConfirmation } from '../../../functions/use-request/ask-for-confirmation.ts';
import { checkUseRequest } from '../../../functions/use-request/check-use-request.ts';
import { confirmEntity } from '../../../functions/use-request/confirm-entity.ts';
import { settleUseRequest } from '../../../functions/use-request/settle-use-request.ts';
import { withdrawUseRequest } from '../../../functions/use-request/withdraw-use-request.ts';
import { plusHours } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { LIAISON, requestIdOf, startBureau, type Bureau } from '../bureau.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());

const check = (requestId: string) => checkUseRequest(bureau.needs, { requestId });
const settle = (requestId: string) => settleUseRequest(bureau.needs, { requestId });
const withdraw = (requestId: string) => withdrawUseRequest(bureau.needs, { requestId, personId: 'p-reyes', reason: 'The truck has left' });
const HOUR = 3600;

/** Puts the clock back afterwards, so that each test begins at the same moment. */
async function at<T>(hours: number, act: () => Promise<T>): Promise<T> {
  const before = bureau.now;
  bureau.now = plusHours(before, hours);
  try {
    return await act();
  } finally {
    bureau.now = before;
  }
}

describe('the check of a request', () => {
  it('XR26-USE-05: refuses a captain who lost the rank between the form and the check', async () => {
    const { id } = await bureau.submitted();
    await bureau.change('p-reyes', { rank: 'lieutenant' });
    expect(await check(id)).toEqual({ kind: 'refused' });
    await bureau.change('p-reyes');
    expect(await bureau.request(id)).toMatchObject({ state: 'refused', refusals: [expect.objectContaining({ clause: 'XR26-USE-05', field: 'requester' })] });
    expect(await bureau.request(id)).not.toHaveProperty('dueAt');
    expect(await bureau.acts(id)).toEqual(['request submitted', 'request refused']);
    expect((await bureau.mailsAbout(id)).map(({ kind }) => kind)).toEqual(['request-refused']);
  });

  it('XR26-SAFE-04: refuses a captain whose record is no longer active', async () => {
    const { id } = await bureau.submitted();
    await bureau.change('p-reyes', { active: false });
    expect(await check(id)).toEqual({ kind: 'refused' });
    await bureau.change('p-reyes');
  });

  it('opens one decision, however often it is run, and asks nobody twice', async () => {
    const decision = await bureau.deciding();
    const id = requestIdOf(decision);
    const before = await bureau.acts(id);
    expect(await Promise.all([check(id), check(id), check(id)])).toEqual(Array.from({ length: 3 }, () => ({ kind: 'decide', decisionId: decision.id })));
    expect(await bureau.acts(id)).toEqual(before);
    expect((await bureau.mailsAbout(id)).map(({ kind }) => kind)).toEqual(['decision-asked']);
  });

  it('XR26-USE-07: asks the bureau’s executives in the order of the rota; XR26-USE-08: the one who started it first', async () => {
    expect((await bureau.deciding()).askInOrder).toEqual(['p-lee', 'p-shah']);
    expect((await bureau.deciding('p-shah')).askInOrder).toEqual(['p-shah', 'p-lee']);
  });

  it('XR26-USE-07: lets a request lapse when its time has come before it was put to anybody', async () => {
    const { id } = await bureau.submitted();
    expect(await at(3, () => check(id))).toEqual({ kind: 'lapsed' });
    expect((await bureau.mailsAbout(id)).map(({ kind }) => kind)).toEqual(['request-lapsed']);
    expect(await at(4, () => check(id))).toEqual({ kind: 'lapsed' });
    expect(await bureau.acts(id)).toEqual(['request submitted', 'request lapsed']);
  });

  it('is a fault, and no end, when the bureau has no executive; the sweep finds the request', async () => {
    const { id } = await bureau.submitted();
    await bureau.change('p-lee', { active: false });
    await bureau.change('p-shah', { active: false });
    await expect(check(id)).rejects.toMatchObject({ name: 'NobodyToAsk' });
    await bureau.change('p-lee');
    await bureau.change('p-shah');
    expect(await bureau.request(id)).toMatchObject({ state: 'submitted', dueAt: expect.any(String) });
    expect(await check(id)).toMatchObject({ kind: 'decide' });
  });

  it('is a fault for an id that is on no record, long or short', async () => {
    for (const id of ['', 'R-none', '#', 'x'.repeat(5000)]) await expect(check(id)).rejects.toMatchObject({ name: 'RecordMissing' });
  });

  it('goes on from wherever the request stands', async () => {
    const submitted = await bureau.submitted(LIAISON);
    expect(await check(submitted.id)).toEqual({ kind: 'confirm', seconds: 3 * HOUR });
    const approved = await bureau.approved();
    expect(await check(approved.id)).toEqual({ kind: 'deploy', seconds: 7 * HOUR });
    await bureau.assign(approved.id);
    expect(await check(approved.id)).toEqual({ kind: 'deploy', seconds: 7 * HOUR });
    expect(await at(9, () => check(approved.id))).toEqual({ kind: 'deploy', seconds: 1 });
    await withdraw(approved.id);
    expect(await check(approved.id)).toEqual({ kind: 'withdrawn' });
  });
});

describe('an outside entity', () => {
  const confirming = async () => {
    const { id } = await bureau.submitted(LIAISON, { publicKeptOutHow: '' });
    await askForConfirmation(bureau.needs, { requestId: id, token: 'confirm-token' });
    return id;
  };
  const confirm = (requestId: string, over: Partial<Parameters<typeof confirmEntity>[1]> = {}) =>
    confirmEntity(bureau.needs, { requestId, personId: 'p-hale', outcome: 'confirmed', identityHow: 'Called the published number', affiliationHow: 'Letter of its head', publicKeptOutHow: 'Cordon of thirty feet', ...over });

  it('XR26-USE-06: is confirmed by staff before anyone decides, and the workflow is woken', async () => {
    const id = await confirming();
    expect(await bureau.request(id)).toMatchObject({ state: 'confirming', dueAt: plusHours(bureau.now, 3) });
    expect((await bureau.mailsAbout(id)).map(({ kind }) => kind)).toContain('entity-to-confirm');
    expect((await confirm(id)).kind).toBe('confirmed');
    expect(await bureau.notesFor(id)).toContainEqual({ kind: 'wake', waiting: { on: `use-request#${id}`, for: 'confirmation' }, output: { kind: 'confirmed' } });
    const decision = await bureau.asking(id);
    expect(decision.matter).toMatchObject({ route: 'external', externalConfirmed: { identity: true, affiliation: true }, publicKeptOutHow: 'Cordon of thirty feet' });
  });

  it('house-external-requester-confirmed: is settled by the first of the staff who answers', async () => {
    const id = await confirming();
    await confirm(id);
    expect(await confirm(id, { outcome: 'not-confirmed' })).toMatchObject({ kind: 'refused', because: [{ field: 'state' }] });
    expect((await bureau.request(id)).askedBy).toMatchObject({ confirmation: { identityHow: 'Called the published number' } });
  });

  it('that cannot be confirmed is refused and told so, and nobody is asked to decide', async () => {
    const id = await confirming();
    expect((await confirm(id, { outcome: 'not-confirmed' })).kind).toBe('ended');
    expect(await check(id)).toEqual({ kind: 'refused' });
    expect(await bureau.request(id)).toMatchObject({ state: 'refused', refusals: [expect.objectContaining({ clause: 'house-external-requester-confirmed' })] });
    expect(await bureau.notesFor(id)).toContainEqual(expect.objectContaining({ kind: 'wake', output: { kind: 'refused' } }));
  });

  it.each([
    ['a blank for how it was identified', { identityHow: ' ' }, ['identityHow']],
    ['nothing on its affiliation', { affiliationHow: '' }, ['affiliationHow']],
    ['neither', { identityHow: '', affiliationHow: '' }, ['identityHow', 'affiliationHow']],
    ['a plan too short to pass the check', { publicKeptOutHow: 'Cordon' }, ['publicKeptOutHow']],
    ['answers of a book’s length', { identityHow: 'x'.repeat(4001), affiliationHow: 'y'.repeat(4001), publicKeptOutHow: 'z'.repeat(4001) }, ['identityHow', 'affiliationHow', 'publicKeptOutHow']],
  ])('is not confirmed with %s', async (_, over, fields) => {
    const id = await confirming();
    const answer = await confirm(id, over);
    expect(answer.kind === 'refused' && answer.because.map(({ field }) => field)).toEqual(fields);
    expect((await bureau.request(id)).askedBy).not.toHaveProperty('confirmation');
  });

  it('is not asked for of a member’s request, nor of one that is settled', async () => {
    expect(await confirm((await bureau.submitted()).id)).toMatchObject({ because: [{ field: 'request' }] });
    const id = await confirming();
    await at(4, () => settle(id));
    expect(await confirm(id)).toMatchObject({ because: [{ field: 'state', found: 'a request that is lapsed' }] });
  });

  it('confirmed before the workflow asks, wakes it with the answer; asked again after the end, wakes it with the end', async () => {
    const { id } = await bureau.submitted(LIAISON);
    await confirm(id);
    await askForConfirmation(bureau.needs, { requestId: id, token: 'late-token' });
    expect(await bureau.records.get(waits, waitId({ on: `use-request#${id}`, for: 'confirmation' }))).toMatchObject({ token: 'late-token' });
    expect((await bureau.notesFor(id)).filter(({ kind }) => kind === 'wake')).toHaveLength(2);
    await at(4, () => settle(id));
    await at(4, () => askForConfirmation(bureau.needs, { requestId: id, token: 'later-token' }));
    expect(await bureau.notesFor(id)).toContainEqual(expect.objectContaining({ output: { kind: 'lapsed' } }));
  });
});

describe('asking the bureau to deploy', () => {
  it('approves once, asks the commanders once, and keeps the newest token', async () => {
    const { id, dueAt } = await bureau.approved();
    expect(dueAt).toBe(plusHours(bureau.now, 7));
    await askBureauToDeploy(bureau.needs, { requestId: id, token: 'second-token' });
    expect((await bureau.acts(id)).filter((act) => act === 'assignment asked')).toHaveLength(1);
    expect((await bureau.mailsAbout(id)).filter(({ kind }) => kind === 'assignment-asked').map(({ to }) => to)).toEqual([{ personId: 'p-brandt' }]);
    expect(await bureau.records.get(waits, waitId(deploymentOf(id)))).toMatchObject({ token: 'second-token' });
  });

  it('finds a request that was withdrawn meanwhile, and wakes the workflow with that', async () => {
    const decision = await bureau.deciding();
    const id = requestIdOf(decision);
    await answerDecision(bureau.needs, await bureau.answering(decision));
    await withdraw(id);
    await askBureauToDeploy(bureau.needs, { requestId: id, token: 'late' });
    expect((await bureau.request(id)).state).toBe('withdrawn');
    expect((await bureau.notesFor(id)).filter((note) => note.kind === 'wake' && note.output.kind === 'withdrawn' && note.waiting.for === 'deployment')).toHaveLength(2);
  });
});

describe('settling a request', () => {
  it('before its time says how long is left; XR26-USE-07: after it, lapses and tells who asked', async () => {
    const { id } = await bureau.submitted(LIAISON);
    expect(await settle(id)).toEqual({ kind: 'confirm', seconds: 3 * HOUR });
    expect(await at(3, () => settle(id))).toEqual({ kind: 'lapsed' });
    expect(await at(3, () => settle(id))).toEqual({ kind: 'lapsed' });
    expect((await bureau.mailsAbout(id)).map(({ kind }) => kind)).toEqual(['request-received', 'request-lapsed']);
  });

  it('after a decline writes the decline with its clauses', async () => {
    const decision = await bureau.deciding();
    await answerDecision(bureau.needs, await bureau.answering(decision, { answer: 'decline', acknowledgesPublicKeptOut: false }));
    expect(await settle(requestIdOf(decision))).toEqual({ kind: 'declined' });
    expect((await bureau.records.ledgerOf(decision.on)).at(-1)).toMatchObject({ act: 'request declined', clauses: expect.arrayContaining(['XR26-USE-07']), facts: { decision: decision.id } });
  });

  it('after nobody decided writes the lapse; after an approval goes on to the deployment', async () => {
    const undecided = await bureau.deciding();
    expect(await at(3, () => checkWhoIsAsked(bureau.needs, { decisionId: undecided.id }))).toEqual({ kind: 'lapsed' });
    expect(await at(3, () => settle(requestIdOf(undecided)))).toEqual({ kind: 'lapsed' });
    const decision = await bureau.deciding();
    await answerDecision(bureau.needs, await bureau.answering(decision));
    expect(await settle(requestIdOf(decision))).toEqual({ kind: 'deploy', seconds: 7 * HOUR });
  });

  it('of an approval nobody used lapses at its end, and frees operator and device', async () => {
    const { id } = await bureau.approved();
    await bureau.assign(id);
    expect(await settle(id)).toEqual({ kind: 'deploy', seconds: 7 * HOUR });
    expect(await at(7, () => settle(id))).toEqual({ kind: 'lapsed' });
    for (const [noun, thing] of [['device', 'x-ray-1'], ['person', 'p-ortiz']] as const) {
      expect((await bureau.records.get(diaries, diaryOf(noun, thing)))!.bookings.filter(({ requestId }) => requestId === id)).toEqual([]);
    }
  });

  it('of a deployment under way reminds who is to act, and waits on', async () => {
    const { id } = await bureau.approved();
    const assigned = await bureau.assign(id, { deviceId: 'x-ray-2', operatorId: 'p-kim' });
    const deploymentId = assigned.kind === 'assigned' ? assigned.deployment.id : '';
    await at(3, () => startDeployment(bureau.needs, { deploymentId, personId: 'p-kim' }));
    expect(await at(7, () => settle(id))).toEqual({ kind: 'deploy', seconds: 24 * HOUR });
    expect((await bureau.request(id)).dueAt).toBe(plusHours(bureau.now, 31));
    expect((await bureau.mailsAbout(id)).at(-1)).toMatchObject({ kind: 'deployment-to-close', to: { personId: 'p-kim' } });
    await at(8, async () => expect(await withdraw(id)).toMatchObject({ kind: 'refused', because: [{ field: 'state' }] }));
  });
});

describe('withdrawing a request', () => {
  const waked = async (id: string) => (await bureau.notesFor(id)).flatMap((note) => (note.kind === 'wake' && note.output.kind === 'withdrawn' ? [note.waiting.for] : []));

  it('is open while it is submitted, confirming, deciding, approved or assigned, and wakes whatever waits', async () => {
    const submitted = await bureau.submitted();
    const decision = await bureau.deciding();
    const approved = await bureau.approved();
    const assigned = await bureau.approved({ startsAt: plusHours(bureau.now, 20) });
    await bureau.assign(assigned.id);
    for (const id of [submitted.id, requestIdOf(decision), approved.id, assigned.id]) {
      expect((await withdraw(id)).kind).toBe('withdrawn');
      expect(await bureau.request(id)).toMatchObject({ state: 'withdrawn', outcomeReason: 'The truck has left' });
      expect(await waked(id)).toEqual(expect.arrayContaining(['confirmation', 'deployment']));
      expect((await bureau.mailsAbout(id)).map(({ kind }) => kind)).toContain('request-withdrawn');
      expect(await withdraw(id)).toMatchObject({ kind: 'refused', because: [{ clause: 'XR26-USE-07', field: 'state' }] });
    }
    expect(await bureau.decision(decision.id)).toMatchObject({ state: 'withdrawn' });
    await askForDecision(bureau.needs, { decisionId: decision.id, token: 'late' });
    expect((await bureau.notesFor(decision.id)).filter((note) => note.kind === 'wake')).toHaveLength(2);
  });

  it.each([
    ['somebody else', { personId: 'p-lee' }, 'requester'],
    ['nobody’s request', { requestId: 'R-none' }, 'request'],
    ['no reason', { reason: ' \n' }, 'reason'],
    ['a reason of a book’s length', { reason: 'x'.repeat(4001) }, 'reason'],
  ])('is refused to %s', async (_, over, field) => {
    const { id } = await bureau.submitted();
    const answer = await withdrawUseRequest(bureau.needs, { requestId: id, personId: 'p-reyes', reason: 'The truck has left', ...over });
    expect(answer).toMatchObject({ kind: 'refused', because: [{ field }] });
    expect((await bureau.request(id)).state).toBe('submitted');
  });

  it('tells the ledger the hash of the reason and not the reason', async () => {
    const { id } = await bureau.submitted();
    await withdraw(id);
    expect(JSON.stringify(await bureau.records.ledgerOf(`use-request#${id}`))).not.toContain('truck has left');
  });
});

it('the steps leave a ledger that holds', async () => {
  expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
});
