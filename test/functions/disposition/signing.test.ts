/** Who may sign a batch, to what the signature is bound, and what a refusal, a delay and an objection come to. */
import { beforeEach, describe, expect, it } from 'vitest';
import { verifySignature } from '../../../functions/decision/answer-signature.ts';
import type { Answering } from '../../../functions/decision/answer-decision.ts';
import { put } from '../../../functions/records/change.ts';
import { decisions, type Decision } from '../../../functions/decision/contract.ts';
import {
  dispositions,
  SIGNING_OFFICES,
  type Disposition,
  type SigningOffice,
} from '../../../functions/disposition/contract.ts';
import { sweepDisposition } from '../../../functions/deadline/sweep-disposition.ts';
import { giveRecordsBack } from '../../../functions/disposition/end-unsigned.ts';
import { passOn } from '../../../functions/disposition/pass-on.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { plusDays } from '../../../policies/calendar-date.ts';
import { nyDate } from '../../../policies/instant.ts';
import { recordsInMemory, type RecordsInMemory } from '../../records-in-memory.ts';
import { refusalsIn } from '../bureau.ts';
import { recordedAnew } from '../recorded-anew.ts';
import { RecordsOffice } from './records-office.ts';

let office: RecordsOffice<RecordsInMemory>;
beforeEach(async () => {
  office = new RecordsOffice(recordsInMemory());
  await office.furnish();
});

async function waiting(records = 2): Promise<Disposition> {
  for (let count = 0; count < records; count++) await office.plateRead(`LPR-${count}`);
  return office.signing();
}
const refusals = async (disposition: Disposition, of: SigningOffice, over: Partial<Answering>) =>
  refusalsIn(await office.sign(disposition, of, over));

describe('a batch past its grace', () => {
  it('is put to the three offices at once, each to its own people, all about one list', async () => {
    const disposition = await waiting();
    expect(disposition).toMatchObject({ state: 'signing', step: 'At the same time: three offices sign' });
    const asked = await Promise.all(SIGNING_OFFICES.map((of) => office.decisionOf(disposition, of)));
    expect(asked.map(({ askInOrder }) => askInOrder)).toEqual([['p-dunne', 'p-vance'], ['p-moreau'], ['p-ito']]);
    for (const { matter, shown } of asked) {
      expect(matter).toMatchObject({ question: 'disposition', listSha256: disposition.list.sha256 });
      expect(JSON.stringify(shown)).toContain(disposition.list.sha256);
    }
  });

  it('waits for grace to end, and is told for how long', async () => {
    await office.plateRead();
    const { id } = await office.proposed();
    expect(await office.check(id)).toEqual({ kind: 'grace', seconds: 7 * 24 * 3600 });
  });

  it('asks again later when an office has nobody', async () => {
    await recordedAnew(office.needs, 'p-ito', { active: false });
    await office.plateRead();
    const { id } = await office.proposed();
    office.days(8);
    await expect(office.check(id)).rejects.toMatchObject({ name: 'NobodyToSign', retryable: true });
  });
});

describe('signing a batch', () => {
  it('is signed with the key, over the hash of the list, and anyone can check it', async () => {
    const disposition = await waiting();
    await office.sign(disposition, 'law-department');
    const decision = await office.decisionOf(disposition, 'law-department');
    expect(verifySignature(office.key.pem, decision)).toBe(true);
    const { answer, matter } = decision;
    const forged: readonly Partial<Decision>[] = [
      { matter: { ...matter, listSha256: 'f'.repeat(64) } as Decision['matter'] },
      { matter: { ...matter, office: 'records-officer' } as Decision['matter'] },
      { answer: { ...answer!, answer: 'decline' } },
      { answer: { ...answer!, by: 'p-vance' } },
      { answer: { ...answer!, reason: 'another reason' } },
      { shown: [] },
    ];
    for (const over of forged) expect(verifySignature(office.key.pem, { ...decision, ...over })).toBe(false);
  });

  it('by all three lets it be destroyed, and by two does not', async () => {
    const disposition = await waiting();
    for (const of of SIGNING_OFFICES) {
      expect((await office.check(disposition.id)).kind).toBe('sign');
      expect((await office.sign(disposition, of)).kind).toBe('answered');
    }
    expect(await office.check(disposition.id)).toEqual({
      kind: 'destroy',
      bucket: 'images',
      key: disposition.list.key,
    });
    expect((await office.batch(disposition.id)).state).toBe('destroying');
  });

  it('sets the next look at the batch with the last signature, within the hour, whatever became of its workflow', async () => {
    const disposition = await waiting();
    for (const of of SIGNING_OFFICES.slice(1)) await office.sign(disposition, of);
    expect(Date.parse((await office.batch(disposition.id)).lateAt!)).toBeGreaterThan(
      Date.parse(disposition.signingEndsAt!),
    );
    await office.sign(disposition, 'records-officer');
    office.days(1 / 24);
    expect(await sweepDisposition(office.needs, disposition.id, office.now)).toBe(true);
    const started = office.records
      .items()
      .filter(({ noun, record }) => noun === 'note' && JSON.stringify(record).includes('"workflow":"disposition"'));
    expect(started.length).toBeGreaterThan(1);
    expect((await office.check(disposition.id)).kind).toBe('destroy');
  });

  it('sets it with the first office that declines', async () => {
    const disposition = await waiting();
    await office.sign(disposition, 'law-department', { answer: 'decline', reason: 'A suit is expected' });
    office.days(1 / 24);
    expect(await sweepDisposition(office.needs, disposition.id, office.now)).toBe(true);
    expect(await office.check(disposition.id)).toEqual({ kind: 'give-back' });
  });

  it('is refused to another person, without the role, for two offices, late, twice, unread or without a reason', async () => {
    const disposition = await waiting();
    const vance = await office.person('p-vance');
    const moreau = await office.person('p-moreau');
    const as = (person: typeof vance) => ({ person: { ...person, personId: person.id } });
    expect(await refusals(disposition, 'records-officer', as(vance))).toEqual(['nyc-1133-f signer']);
    expect(await refusals(disposition, 'records-officer', as(moreau))).toEqual([
      'nyc-1133-f signer',
      'nyc-1133-f signer',
    ]);
    expect(await refusals(disposition, 'law-department', { shownHash: 'f'.repeat(64) })).toEqual([
      'house-shown-is-decided shown',
    ]);
    expect(await refusals(disposition, 'law-department', { reason: '' })).toEqual(['nyc-1133-f reason']);
    expect(await refusals(disposition, 'law-department', { answer: 'ask-back' })).toEqual(['nyc-1133-f answer']);
    await recordedAnew(office.needs, 'p-moreau', { roles: [] });
    expect(await refusals(disposition, 'law-department', as(moreau))).toEqual(['nyc-1133-f signer']);
    await recordedAnew(office.needs, 'p-moreau', { roles: ['law-department', 'records-officer'] });

    await office.sign(disposition, 'law-department');
    expect(await refusals(disposition, 'law-department', {})).toContain('nyc-1133-f state');
    const both = await office.person('p-moreau');
    const decision = await office.decisionOf(disposition, 'records-officer');
    await office.records.write({
      at: office.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(decisions, { ...decision, asked: [...decision.asked, { personId: both.id, at: office.now }] })],
      tells: [{ subject: decision.on, act: 'asked' }],
    });
    expect(await refusals(disposition, 'records-officer', as(both))).toEqual(['house-not-your-own-batch signer']);

    office.days(HOUSE.daysToSignDisposal.days + 1);
    expect(await refusals(disposition, 'records-commissioner', {})).toContain('house-days-to-sign-disposal lapsesAt');
  });

  it('is refused by one who signs for two offices at the same moment', async () => {
    await recordedAnew(office.needs, 'p-ito', { roles: ['law-department', 'records-commissioner'] });
    await recordedAnew(office.needs, 'p-moreau', { active: false });
    const disposition = await waiting();
    const ito = await office.person('p-ito');
    const as = { person: { ...ito, personId: ito.id } };
    const answers = await Promise.all([
      office.sign(disposition, 'law-department', as),
      office.sign(disposition, 'records-commissioner', as),
    ]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['answered', 'refused']);
  });

  it('destroys nothing when the list in the store is not the one that was signed', async () => {
    const disposition = await waiting();
    for (const of of SIGNING_OFFICES) await office.sign(disposition, of);
    await office.files.put(disposition.list.key, []);
    await expect(office.check(disposition.id)).rejects.toMatchObject({ name: 'ListDiffers' });
    expect((await office.batch(disposition.id)).state).toBe('signing');
  });
});

describe('a batch that is declined', () => {
  it('withdraws what the others are asked, puts every record back and says why', async () => {
    const disposition = await waiting(100);
    await office.sign(disposition, 'records-officer');
    await office.sign(disposition, 'law-department', { answer: 'decline', reason: 'A suit is expected' });
    expect((await office.decisionOf(disposition, 'records-commissioner')).state).toBe('withdrawn');
    expect(await office.check(disposition.id)).toEqual({ kind: 'give-back' });
    expect(await giveRecordsBack(office.needs, { dispositionId: disposition.id })).toEqual({
      kind: 'given-back',
      records: 100,
    });
    expect(await office.check(disposition.id)).toEqual({ kind: 'declined' });
    expect(await office.batch(disposition.id)).toMatchObject({ state: 'declined', declinedBy: 'law-department' });
    const card = await office.card('LPR-7');
    expect(card.state).toBe('kept');
    expect(card.notBefore).toBe(plusDays(nyDate(office.now), HOUSE.daysAfterDeclined.days));
    expect(
      (await office.mailsAbout(disposition.id)).filter(({ kind }) => kind === 'disposition-declined'),
    ).toHaveLength(2);
    expect(await office.acts(keyOf('disposition', disposition.id))).toContain('batch declined');
    expect(await office.propose()).toMatchObject({ proposed: 0 });
    office.days(HOUSE.daysAfterDeclined.days + 1);
    expect(await office.propose()).toMatchObject({ proposed: 100 });
  });

  it('lapses when not all have signed in time', async () => {
    const disposition = await waiting();
    await office.sign(disposition, 'records-officer');
    office.days(HOUSE.daysToSignDisposal.days + 1);
    expect(await office.check(disposition.id)).toEqual({ kind: 'give-back' });
    await giveRecordsBack(office.needs, { dispositionId: disposition.id });
    expect(await office.check(disposition.id)).toEqual({ kind: 'lapsed' });
    expect((await office.card('LPR-0')).state).toBe('kept');
  });
});

describe('an objection', () => {
  it('takes one record out, with its reason, during grace and while it is signed', async () => {
    for (let count = 0; count < 3; count++) await office.plateRead(`LPR-${count}`);
    const { id } = await office.proposed();
    expect((await office.object(id, 'LPR-0')).kind).toBe('taken-out');
    office.days(8);
    await office.check(id);
    expect((await office.object(id, 'LPR-1', 'Asked for by the defense', 'p-okafor')).kind).toBe('taken-out');
    expect(await office.batch(id)).toMatchObject({ state: 'signing', leftOut: 2 });
    expect(await office.card('LPR-1')).toMatchObject({
      state: 'kept',
      objection: { dispositionId: id, by: 'p-okafor', reason: 'Asked for by the defense' },
    });
  });

  it('that leaves nothing ends the batch and what the offices are asked', async () => {
    const disposition = await waiting(1);
    await office.object(disposition.id, 'LPR-0');
    expect(await office.check(disposition.id)).toEqual({ kind: 'emptied' });
    expect((await office.decisionOf(disposition, 'law-department')).state).toBe('withdrawn');
  });

  it('is refused without a reason, of another batch, by who may not, and once all have signed', async () => {
    const disposition = await waiting();
    const { id } = disposition;
    expect(refusalsIn(await office.object(id, 'LPR-0', ' '))).toEqual(['house-characters-of-reason reason']);
    expect(refusalsIn(await office.object(id, 'LPR-9'))).toEqual(['house-days-of-grace cardId']);
    expect(refusalsIn(await office.object(id, 'LPR-0', 'Asked for', 'p-reyes'))).toEqual([
      'house-days-of-grace person',
      'house-characters-of-reason reason',
    ]);
    for (const of of SIGNING_OFFICES) await office.sign(disposition, of);
    await office.check(id);
    expect(refusalsIn(await office.object(id, 'LPR-0'))).toEqual(['house-days-of-grace state']);
  });
});

describe('the six months of a batch', () => {
  it('are passed on to another records officer and to nobody else', async () => {
    await office.plateRead();
    const { id } = await office.proposed();
    const to = (ownerId: string) => passOn(office.needs, { dispositionId: id, ownerId, by: 'p-dunne' });
    expect((await to('p-vance')).kind).toBe('passed-on');
    expect((await office.batch(id)).ownerId).toBe('p-vance');
    expect(refusalsIn(await to('p-moreau'))).toEqual(['nyc-1133-f ownerId']);
  });

  it('are on the desk of the records officers while it is open', async () => {
    await office.plateRead();
    const { id } = await office.proposed();
    const desk = await office.records.onDesk('role#records-officer');
    expect(desk.map(({ noun, record }) => [noun, record.id])).toEqual([[dispositions.noun, id]]);
  });
});
