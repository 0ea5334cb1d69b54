/**
 * Every path of the workflow disclosure, on the real runner with records in memory; the decision's workflow runs inside
 * it. What functions may do, and how pages drive them, is in disclosure.local.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForDecision } from '../../functions/decision/ask-for-decision.ts';
import { checkWhoIsAsked } from '../../functions/decision/check-who-is-asked.ts';
import { deliveries } from '../../functions/delivery/contract.ts';
import { askForCompletion } from '../../functions/disclosure/ask-for-completion.ts';
import { askRecipientToCollect } from '../../functions/disclosure/ask-recipient-to-collect.ts';
import { changeDisclosure } from '../../functions/disclosure/change-disclosure.ts';
import { checkDisclosure } from '../../functions/disclosure/check-disclosure.ts';
import { collectionOf, disclosures, type DisclosureState } from '../../functions/disclosure/contract.ts';
import type { DisclosureAskedDraft } from '../../functions/disclosure/open-disclosure.ts';
import { releaseDisclosure } from '../../functions/disclosure/release-disclosure.ts';
import { revokeDisclosure } from '../../functions/disclosure/revoke-disclosure.ts';
import { withdrawDisclosure } from '../../functions/disclosure/withdraw-disclosure.ts';
import { sweepDeadlines } from '../../functions/deadline/sweep-deadlines.ts';
import { put } from '../../functions/records/change.ts';
import { untilWritten } from '../../functions/records/until-written.ts';
import { fromEpochMs } from '../../policies/instant.ts';
import { CASE, done, furnished, Office } from '../functions/disclosure/office.ts';
import type { RecordsInMemory } from '../records-in-memory.ts';
import { inProcess, type InProcess } from './in-process.ts';

let work: InProcess;
let office: Office<RecordsInMemory>;

beforeAll(async () => {
  const step =
    <Given>(act: (needs: Office['needs'], given: Given) => Promise<unknown>) =>
    (given: Given) =>
      untilWritten(() => act(office.needs, given));
  work = await inProcess(
    ['decision', 'disclosure'],
    (records) => {
      office = new Office(records as RecordsInMemory);
      return {
        CheckDisclosure: step(checkDisclosure),
        AskForCompletion: step(askForCompletion),
        ReleaseDisclosure: step((needs, given: { disclosureId: string }) => stepRelease(needs, given)),
        SealPackage: step(sealed),
        AskRecipientToCollect: step(askRecipientToCollect),
        CheckWhoIsAsked: step(checkWhoIsAsked),
        AskForDecision: step(askForDecision),
      };
    },
    () => office.now,
  );
  office.clock = () => fromEpochMs(work.host.clock.now());
  await furnished(office);
});
afterAll(() => work.stop());

/** What happens in the moment between the check and the release. */
let meanwhile: (() => Promise<unknown>) | undefined;
async function stepRelease(needs: Office['needs'], given: { disclosureId: string }) {
  await meanwhile?.();
  meanwhile = undefined;
  return releaseDisclosure(needs, given);
}

/** As the delivery seals: the package is there, and it is open. */
async function sealed({ records, now }: Office['needs'], { disclosureId }: { disclosureId: string }) {
  const delivery = await office.delivery(await office.disclosure(disclosureId));
  await records.write({
    at: now(),
    by: { kind: 'system', id: 'delivery' },
    puts: [put(deliveries, { ...delivery, state: 'open' })],
    tells: [{ subject: `disclosure#${disclosureId}`, act: 'package sealed' }],
  });
  return { kind: 'collect', seconds: 14 * 24 * 3600 };
}

const CHECKED = ['Check disclosure against policy', 'What is next for the disclosure?'];
const SIGN_OFF = 'Ask a privacy officer to sign off';
const COMPLETE = 'Ask requester to complete it';
const RELEASED = ['Write release in ledger', 'Was it released?'];
const COLLECT = 'Ask recipient to collect';
const ENDED = 'How did it end?';

const crime = { basis: { ground: 'crime', caseNumber: CASE } } as const;

async function sent(over: Partial<DisclosureAskedDraft> = {}, count = 1): Promise<string> {
  const { id } = await office.sent(over, count);
  await work.settle();
  return id;
}
const states = async (id: string): Promise<readonly string[]> => (await work.pathOf('disclosure', id)).states;
const state = async (id: string): Promise<DisclosureState> => (await office.disclosure(id)).state;
/** And a minute: a wait is rounded up to whole seconds. */
const days = async (count: number): Promise<void> => {
  await work.host.clock.advance(count * 24 * 3_600_000 + 60_000);
  await work.settle();
};

async function answer(id: string, over: Parameters<Office['answer']>[1] = {}): Promise<void> {
  const { decisionId } = await office.disclosure(id);
  const answered = await office.answer(await office.decision(decisionId!), over);
  if (answered.kind !== 'answered') throw new Error(JSON.stringify(answered.because));
  await work.settle();
}

/** The recipient confirms receipt, as the delivery writes it. */
async function receive(id: string): Promise<void> {
  const disclosure = await office.disclosure(id);
  const delivery = await office.delivery(disclosure);
  await office.records.write({
    at: office.now,
    by: { kind: 'external', id: delivery.id },
    puts: [
      put(deliveries, { ...delivery, state: 'received', receipt: { name: 'Ada', at: office.now } }),
      put(disclosures, { ...disclosure, state: 'received', endedAt: office.now, step: 'Disclosure received' }),
    ],
    tells: [{ subject: `disclosure#${id}`, act: 'disclosure received' }],
    notes: [{ kind: 'wake', waiting: collectionOf(id), output: { kind: 'received' } }],
  });
  await work.settle();
}

const tending = async (disclosureId: string) => ({ disclosureId, person: await office.acting() });
async function withdraw(id: string): Promise<void> {
  const given = { ...(await tending(id)), reason: 'No longer needed' };
  done(await untilWritten(() => withdrawDisclosure(office.needs, given)));
  await work.settle();
}

describe('the disclosure workflow', () => {
  it('XR26-EXT-10: is signed off, released and received in ten transitions', async () => {
    const id = await sent();
    expect(await state(id)).toBe('deciding');
    await answer(id);
    expect(await state(id)).toBe('released');
    await receive(id);
    const path = await work.pathOf('disclosure', id);
    expect(path.states).toEqual([...CHECKED, SIGN_OFF, ...CHECKED, ...RELEASED, COLLECT, ENDED, 'Disclosure received']);
    expect(path.states).toHaveLength(10);
    expect(path.status).toBe('SUCCEEDED');
  });

  it('XR26-EXT-14: is released without a sign-off where no ground asks for one', async () => {
    const id = await sent(crime);
    expect(await state(id)).toBe('released');
    await receive(id);
    expect(await states(id)).toEqual([...CHECKED, ...RELEASED, COLLECT, ENDED, 'Disclosure received']);
  });

  it('hands over a sealed package after it was sealed', async () => {
    const id = await sent({ ...crime, way: 'sealed-package' });
    expect(await states(id)).toEqual([...CHECKED, ...RELEASED, 'Write sealed package', COLLECT]);
    await receive(id);
    expect(await state(id)).toBe('received');
  });

  it('asks the requester for what is missing, and goes on with it', async () => {
    const id = await sent({ basis: { ground: 'required-by-law' } });
    expect(await state(id)).toBe('completing');
    const asked = office.asked();
    done(await changeDisclosure(office.needs, { ...(await tending(id)), asked }));
    done(await office.send(id));
    await work.settle();
    expect(await state(id)).toBe('deciding');
    expect(await states(id)).toEqual([...CHECKED, COMPLETE, ...CHECKED, SIGN_OFF]);
  });

  it('takes a question back to the requester, and the answer to the officer', async () => {
    const id = await sent();
    await answer(id, { answer: 'ask-back', reason: 'Which of the two trucks is it?' });
    expect(await state(id)).toBe('completing');
    done(await office.send(id, 'The white one, at the light'));
    await work.settle();
    await answer(id);
    expect(await state(id)).toBe('released');
    expect(await states(id)).toEqual([
      ...CHECKED,
      SIGN_OFF,
      ...CHECKED,
      COMPLETE,
      ...CHECKED,
      SIGN_OFF,
      ...CHECKED,
      ...RELEASED,
      COLLECT,
    ]);
  });

  it('house-days-to-complete-disclosure: lapses when nobody completes it', async () => {
    const id = await sent({ basis: { ground: 'required-by-law' } });
    await days(30);
    expect(await state(id)).toBe('lapsed');
    expect(await states(id)).toEqual([...CHECKED, COMPLETE, ...CHECKED, 'Disclosure lapsed']);
  });

  it('house-days-to-sign-off: lapses when nobody signs off; it is never approved by time', async () => {
    const id = await sent();
    await days(14);
    expect(await state(id)).toBe('lapsed');
    expect(await states(id)).toEqual([...CHECKED, SIGN_OFF, ...CHECKED, 'Disclosure lapsed']);
    expect((await office.disclosure(id)).release).toBeUndefined();
  });

  it('is declined', async () => {
    const id = await sent();
    await answer(id, { answer: 'decline', reason: 'The subpoena was quashed' });
    expect(await states(id)).toEqual([...CHECKED, SIGN_OFF, ...CHECKED, 'Disclosure declined']);
  });

  it('is narrowed: what the officer left out does not leave', async () => {
    const id = await sent({}, 3);
    const { enclosures } = await office.disclosure(id);
    await answer(id, { kept: [enclosures[1]!.id] });
    expect(await state(id)).toBe('released');
    const { files } = await office.delivery(await office.disclosure(id));
    expect(files.map(({ enclosureId }) => enclosureId)).toEqual([enclosures[1]!.id]);
  });

  it('is refused by policy', async () => {
    const id = await sent({ lawfulness: { outcome: 'unlawful', because: 'There is no ground for it' } });
    expect(await states(id)).toEqual([...CHECKED, 'Disclosure refused']);
  });

  it('is refused when what it rested on ended in between', async () => {
    const { id } = await office.prepared(crime);
    meanwhile = () => office.agreement({ ended: { by: 'p-okafor', at: office.now, why: 'It was broken' } });
    done(await office.send(id));
    await work.settle();
    expect(await states(id)).toEqual([...CHECKED, ...RELEASED, ...CHECKED, 'Disclosure refused']);
    expect(await state(id)).toBe('refused');
    await office.agreement({ ended: undefined as never });
  });

  it.each(['deciding', 'completing'] as const)('is withdrawn while it is %s', async (where) => {
    const id = await sent(where === 'completing' ? { basis: { ground: 'required-by-law' } } : {});
    await withdraw(id);
    const waited = where === 'completing' ? COMPLETE : SIGN_OFF;
    expect(await states(id)).toEqual([...CHECKED, waited, ...CHECKED, 'Disclosure withdrawn']);
  });

  it('is revoked before it is received', async () => {
    const id = await sent(crime);
    const given = { ...(await tending(id)), reason: 'Sent to the wrong office' };
    done(await revokeDisclosure(office.needs, given));
    await work.settle();
    expect(await states(id)).toEqual([...CHECKED, ...RELEASED, COLLECT, ENDED, 'Disclosure revoked']);
  });

  it('house-days-to-collect: ends when nobody confirms receipt', async () => {
    const id = await sent(crime);
    await days(14);
    expect(await state(id)).toBe('not-collected');
    expect(await states(id)).toEqual([...CHECKED, ...RELEASED, COLLECT, ...CHECKED, 'Disclosure not collected']);
  });

  it('is found by the sweep when its workflow is lost, and goes on where it stands', async () => {
    const { id } = await office.sent(crime);
    const lost = await office.disclosure(id);
    // Another run, as the sweep starts it, finds it released by the first and waits for the same receipt.
    await work.host.clock.advance(45 * 60_000);
    await sweepDeadlines(office.needs);
    await work.settle();
    expect(lost.state).toBe('checking');
    expect(await state(id)).toBe('released');
    expect((await office.acts(id)).filter((act) => act === 'disclosure released')).toHaveLength(1);
    await receive(id);
    expect(await state(id)).toBe('received');
  });
});
