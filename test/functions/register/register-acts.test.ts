/** Putting on file and ending, on a real table: every refusal, once however often, and what the ledger tells. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  agreements,
  designations,
  isOnFile,
  preApprovals,
  standingAccesses,
  type OnFile,
} from '../../../functions/register/contract.ts';
import { endOnFile, type FiledKind } from '../../../functions/register/end-on-file.ts';
import { recordAgreement, type AgreementGiven } from '../../../functions/register/record-agreement.ts';
import { recordDesignation, type DesignationGiven } from '../../../functions/register/record-designation.ts';
import { recordPreApproval, type PreApprovalGiven } from '../../../functions/register/record-pre-approval.ts';
import { put } from '../../../functions/records/change.ts';
import { persons } from '../../../functions/records/standing.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import { instantOf } from '../../../policies/instant.ts';
import { refusalsIn, startBureau, type Bureau } from '../bureau.ts';
import { keeperOf, releasedDisclosure } from './released.ts';

let bureau: Bureau;
const START = instantOf('2026-11-24T15:00:00Z');
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());
beforeEach(() => {
  bureau.now = START;
});

const agreement: AgreementGiven = {
  title: 'Agreement of the test',
  with: 'An office',
  reference: 'Paper 1',
  technologies: ['mobile-x-ray', 'digital-camera', 'mobile-x-ray'],
  from: '2026-01-01',
  until: '2026-11-24',
};
const preApproval: PreApprovalGiven = {
  reference: 'CPO-7',
  approvedOn: '2026-11-24',
  until: '',
  kinds: ['welfare-of-a-person'],
  single: '',
};
const designation: DesignationGiven = {
  title: 'Designation of the test',
  why: 'It is asked for in every case that is charged',
  covers: ['evidence-for-prosecution'],
  recipients: ['prosecutor'],
  from: '2026-11-24',
  until: '2026-12-31',
};

async function recorded(over: Partial<AgreementGiven> = {}, who = 'p-okafor') {
  const done = await recordAgreement(bureau.needs, {
    person: await keeperOf(bureau, who),
    given: { ...agreement, ...over },
  });
  if (done.kind !== 'done') throw new Error(JSON.stringify(done.because));
  return done.agreement;
}
const told = async (key: string) => (await bureau.records.ledgerOf(key)).map(({ act, facts }) => ({ act, facts }));

describe('an agreement', () => {
  it('nyc-23-1203-3: is kept as it was given, and told without a name', async () => {
    const { id } = await recorded();
    expect(await bureau.records.get(agreements, id)).toMatchObject({
      title: 'Agreement of the test',
      technologies: ['mobile-x-ray', 'digital-camera'],
      recordedBy: 'p-okafor',
      recordedAt: START,
      version: 1,
    });
    expect(await told(`agreement#${id}`)).toEqual([
      {
        act: 'agreement put on file',
        facts: { technologies: ['mobile-x-ray', 'digital-camera'], from: '2026-01-01', until: '2026-11-24' },
      },
    ]);
  });

  it('is good through its last day in New York and not a moment longer', async () => {
    const one = await recorded();
    expect(isOnFile(one, instantOf('2026-11-24T23:59:59.999-05:00'))).toBe(true);
    expect(isOnFile(one, instantOf('2026-11-25T00:00:00-05:00'))).toBe(false);
    bureau.now = instantOf('2026-11-25T04:59:59Z');
    await recorded();
    bureau.now = instantOf('2026-11-25T05:00:00Z');
    await expect(recorded()).rejects.toThrow('a last day that has passed');
  });

  it('sent twice by one form is one, also at once', async () => {
    const person = await keeperOf(bureau, 'p-okafor');
    const draft = newSecret();
    const send = () => recordAgreement(bureau.needs, { person, draft, given: agreement });
    const done = [...(await Promise.all([send(), send(), send()])), await send()];
    expect(new Set(done.map((one) => (one.kind === 'done' ? one.agreement.id : ''))).size).toBe(1);
    const [first] = done;
    expect(await told(`agreement#${first?.kind === 'done' ? first.agreement.id : ''}`)).toHaveLength(1);
    // The number is the form's and the person's: another's form is another agreement.
    const other = await recordAgreement(bureau.needs, {
      person: await keeperOf(bureau, 'p-adler'),
      draft,
      given: agreement,
    });
    expect(other).not.toEqual(first);
  });

  it.each(['p-stone', 'p-grant', 'p-reyes', 'p-ruiz'])('XR26-SAFE-08: is not for %s to put on file', async (who) => {
    const person = await keeperOf(bureau, who);
    expect(refusalsIn(await recordAgreement(bureau.needs, { person, given: agreement }))).toEqual([
      'XR26-SAFE-08 person',
    ]);
  });

  it('is refused for everything that is amiss at once, and longer than a page shows', async () => {
    const person = await keeperOf(bureau, 'p-okafor');
    const given = { ...agreement, title: 'x'.repeat(201), with: '', technologies: ['telepathy'], until: '2026-11-23' };
    expect(refusalsIn(await recordAgreement(bureau.needs, { person, given }))).toEqual([
      'nyc-23-1203-3 title',
      'nyc-23-1203-3 with',
      'nyc-23-1203-3 technologies',
      'nyc-23-1203-3 until',
    ]);
  });
});

describe('an approval in advance', () => {
  const send = async (over: Partial<PreApprovalGiven> = {}) =>
    recordPreApproval(bureau.needs, { person: await keeperOf(bureau, 'p-okafor'), given: { ...preApproval, ...over } });

  it('nyc-23-1202-c-2-b: names its reference and its day, and covers kinds and single disclosures on record', async () => {
    const disclosure = await releasedDisclosure(bureau);
    const done = await send({ single: ` ${disclosure.id}, ${disclosure.id}` });
    expect(done).toMatchObject({
      kind: 'done',
      preApproval: {
        reference: 'CPO-7',
        approvedAt: '2026-11-24T05:00:00.000Z',
        from: '2026-11-24',
        covers: ['welfare-of-a-person', disclosure.id],
      },
    });
    const { id } = (done as Extract<typeof done, { kind: 'done' }>).preApproval;
    expect(await bureau.records.get(preApprovals, id)).toBeDefined();
  });

  it('is not one of a day to come, of what is on no record, or of nothing', async () => {
    expect(refusalsIn(await send({ approvedOn: '2026-11-25' }))).toEqual(['nyc-23-1202-c-2-b approvedOn']);
    bureau.now = instantOf('2026-11-25T05:00:00Z');
    expect((await send({ approvedOn: '2026-11-25' })).kind).toBe('done');
    expect(refusalsIn(await send({ single: 'X-0000-0000' }))).toEqual(['house-kinds-of-disclosure covers']);
    expect(refusalsIn(await send({ kinds: ['anything'] }))).toEqual(['house-kinds-of-disclosure covers']);
    expect(refusalsIn(await send({ kinds: [] }))).toEqual(['house-kinds-of-disclosure covers']);
    expect(refusalsIn(await send({ reference: 'x'.repeat(201) }))).toEqual(['nyc-23-1202-c-2-b reference']);
  });
});

describe('a routine designation', () => {
  const send = async (who: string, over: Partial<DesignationGiven> = {}) =>
    recordDesignation(bureau.needs, { person: await keeperOf(bureau, who), given: { ...designation, ...over } });

  it.each(['p-okafor', 'p-adler'])('nyc-23-1202-c-2-a: is made by whoever holds the office: %s', async (who) => {
    const done = await send(who);
    expect(done).toMatchObject({ kind: 'done', designation: { recordedBy: who, recipients: ['prosecutor'] } });
    const { id } = (done as Extract<typeof done, { kind: 'done' }>).designation;
    const kept = (await bureau.records.get(designations, id))!;
    // The day it begins counts from midnight in New York.
    expect(isOnFile(kept, instantOf('2026-11-24T04:59:59.999Z'))).toBe(false);
    expect(isOnFile(kept, instantOf('2026-11-24T05:00:00Z'))).toBe(true);
    expect(JSON.stringify(await told(`routine-designation#${id}`))).not.toContain('charged');
  });

  it('house-deputy-signs-off: is none by a deputy whose naming is over, in the very moment it is', async () => {
    const adler = await bureau.person('p-adler');
    const ended = { ...adler.privacyOffice!, heldUntil: instantOf('2026-11-24T15:00:00Z') };
    await bureau.records.write({
      at: bureau.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(persons, { ...adler, privacyOffice: ended })],
      tells: [{ subject: 'person#p-adler', act: 'test' }],
    });
    expect((await send('p-adler')).kind).toBe('done');
    bureau.now = instantOf('2026-11-24T15:00:00.001Z');
    expect(refusalsIn(await send('p-adler'))).toEqual(['house-deputy-signs-off signer']);
  });

  it('is refused without why, kinds and recipients of the lists', async () => {
    const nothing = { title: '', why: '', covers: [], recipients: ['anyone'], from: '', until: 'later' };
    expect(refusalsIn(await send('p-okafor', nothing))).toEqual([
      'nyc-23-1202-c-2-a title',
      'nyc-23-1202-c-2-a why',
      'house-kinds-of-disclosure covers',
      'nyc-23-1202-c-2-a recipients',
      'nyc-23-1202-c-2-a from',
      'nyc-23-1202-c-2-a until',
    ]);
    expect(refusalsIn(await send('p-okafor', { why: 'y'.repeat(4001) }))).toEqual(['nyc-23-1202-c-2-a why']);
  });
});

describe('ending', () => {
  const WHY = 'The partner gave notice';
  const end = async (kind: FiledKind, id: string, over: { who?: string; why?: string } = {}) =>
    endOnFile(bureau.needs, { kind, id, person: await keeperOf(bureau, over.who ?? 'p-okafor'), why: over.why ?? WHY });

  it('keeps the dates, takes effect at once, and is told with the hash of its reason', async () => {
    const one = await recorded();
    bureau.later(10);
    const done = await end('agreement', one.id, { who: 'p-adler' });
    expect(done).toMatchObject({ kind: 'done', onFile: { from: one.from, until: one.until, version: 2 } });
    const after = (await bureau.records.get(agreements, one.id))!;
    expect(after.ended).toEqual({ by: 'p-adler', at: bureau.now, why: WHY });
    expect(isOnFile(after, bureau.now)).toBe(false);
    expect(isOnFile(after, START)).toBe(true);
    const story = await told(`agreement#${one.id}`);
    expect(story.map(({ act }) => act)).toEqual(['agreement put on file', 'agreement ended']);
    expect(JSON.stringify(story)).not.toContain(WHY);
  });

  it('happens once, however often it is asked for, also at once', async () => {
    const one = await recorded();
    const ended = await Promise.all(
      ['p-okafor', 'p-adler', 'p-okafor'].map((who) => end('agreement', one.id, { who })),
    );
    expect(ended.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    const again = await end('agreement', one.id, { why: 'Another reason altogether' });
    expect((again as { onFile: OnFile }).onFile.ended!.why).toBe(WHY);
    expect(await told(`agreement#${one.id}`)).toHaveLength(2);
  });

  it('needs a reason, a keeper, and something that is not over', async () => {
    const one = await recorded();
    expect(refusalsIn(await end('agreement', one.id, { why: '' }))).toEqual(['nyc-23-1203-3 why']);
    expect(refusalsIn(await end('agreement', one.id, { why: 'w'.repeat(4001) }))).toEqual(['nyc-23-1203-3 why']);
    expect(refusalsIn(await end('agreement', one.id, { who: 'p-stone' }))).toEqual(['XR26-SAFE-08 person']);
    expect((await end('agreement', 'AG-0000-0000')).kind).toBe('missing');
    expect((await end('pre-approval', one.id)).kind).toBe('missing');
    bureau.now = instantOf('2026-11-25T05:00:00Z');
    expect(refusalsIn(await end('agreement', one.id))).toEqual(['nyc-23-1203-3 until']);
    expect((await bureau.records.get(agreements, one.id))!.ended).toBeUndefined();
  });

  it('knows each kind by its own records', async () => {
    expect(await bureau.records.get(standingAccesses, 'SA-0000-0000')).toBeUndefined();
    for (const kind of ['agreement', 'pre-approval', 'routine-designation', 'standing-access'] as const)
      expect((await end(kind, 'no-such')).kind).toBe('missing');
  });
});
