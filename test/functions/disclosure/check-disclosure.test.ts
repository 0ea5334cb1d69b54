import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisions, keptOf } from '../../../functions/decision/contract.ts';
import { changeDisclosure } from '../../../functions/disclosure/change-disclosure.ts';
import { encloseCount } from '../../../functions/disclosure/enclose.ts';
import { askForCompletion } from '../../../functions/disclosure/ask-for-completion.ts';
import { completionOf } from '../../../functions/disclosure/contract.ts';
import { NobodyToSignOff } from '../../../functions/disclosure/faults.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { put } from '../../../functions/records/change.ts';
import { RecordMissing } from '../../../functions/records/faults.ts';
import { waitId, waits } from '../../../functions/records/waits.ts';
import { checkDisclosure } from '../../../functions/disclosure/check-disclosure.ts';
import { refusalsIn } from '../bureau.ts';
import { disclosureIdOf, done, startOffice, type Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.stop());

describe('sending a disclosure', () => {
  it('starts its workflow once, however often it is sent', async () => {
    const { id } = await office.prepared();
    const [one, two] = await Promise.all([office.send(id), office.send(id)]);
    expect(done(one)).toEqual(done(two));
    expect(await office.disclosure(id)).toMatchObject({ state: 'checking', sentAt: office.now, version: 3 });
    expect(await office.acts(id)).toEqual(['disclosure opened', 'enclosure added', 'disclosure sent']);
  });

  it('house-shown-is-decided: asks for what an officer has to see, and where word is sent', async () => {
    const { id, asked } = await office.opened({ about: 'short', aboutWhom: ' ' });
    expect(refusalsIn(await office.send(id))).toEqual([
      'house-characters-of-reason about',
      'house-shown-is-decided aboutWhom',
      'house-shown-is-decided enclosures',
    ]);
    const addressee = { ...asked.addressee, name: '', organization: '', email: 'nobody' };
    const { id: other } = await office.prepared({ addressee });
    expect(refusalsIn(await office.send(other))).toEqual([
      'house-shown-is-decided name',
      'house-shown-is-decided organization',
      'XR26-SAFE-16 email',
    ]);
  });

  it('is for its requester and the privacy office', async () => {
    const { id } = await office.prepared();
    expect(await office.send(id, undefined, 'p-reyes')).toEqual({ kind: 'missing' });
    expect((await office.send(id, undefined, 'p-adler')).kind).toBe('done');
  });
});

describe('checking a disclosure', () => {
  it('refuses what policy refuses, says so, and stays refused', async () => {
    const { id } = await office.sent({ lawfulness: { outcome: 'unlawful', because: 'There is no ground for it' } });
    expect(await office.check(id)).toEqual({ kind: 'refused' });
    expect(await office.disclosure(id)).toMatchObject({
      state: 'refused',
      step: 'Disclosure refused',
      refusals: [{ clause: 'XR26-SAFE-16', field: 'lawfulness' }],
    });
    expect(await office.mailKinds(id)).toEqual(['disclosure-refused']);
    const { version } = await office.disclosure(id);
    expect(await office.check(id)).toEqual({ kind: 'refused' });
    expect((await office.disclosure(id)).version).toBe(version);
  });

  it('asks the requester for what only the requester can supply, and judges what comes', async () => {
    const draft = office.asked();
    const { identity: _, ...unconfirmed } = draft;
    const { id } = await office.prepared();
    const person = await office.acting();
    done(await changeDisclosure(office.needs, { disclosureId: id, person, asked: unconfirmed }));
    await office.send(id);
    expect(await office.check(id)).toEqual({ kind: 'complete', seconds: 30 * 24 * 3600 });
    const completing = await office.disclosure(id);
    expect(completing.needs?.map(({ need }) => need)).toEqual(['identity', 'officer-approval']);
    await askForCompletion(office.needs, { disclosureId: id, token: 'token-1' });
    expect(await office.mailKinds(id)).toEqual(['disclosure-to-complete']);
    expect((await office.records.get(waits, waitId(completionOf(id))))?.token).toBe('token-1');
    // Started again by the sweep it waits again, and writes no second letter.
    await askForCompletion(office.needs, { disclosureId: id, token: 'token-2' });
    expect(await office.mailKinds(id)).toEqual(['disclosure-to-complete']);

    done(await changeDisclosure(office.needs, { disclosureId: id, person, asked: draft }));
    await office.send(id);
    expect((await office.disclosure(id)).state).toBe('checking');
    expect((await office.check(id)).kind).toBe('sign-off');
  });

  it('lapses what nobody completes, also what was never sent', async () => {
    const { id } = await office.sent({ basis: { ground: 'required-by-law' } });
    await office.check(id);
    const { id: unsent } = await office.opened();
    office.days(30);
    expect(await office.check(id)).toEqual({ kind: 'lapsed' });
    expect(await office.check(unsent)).toEqual({ kind: 'lapsed' });
    expect(await office.mailKinds(id)).toEqual(['disclosure-lapsed']);
    expect((await office.disclosure(unsent)).state).toBe('lapsed');
  });

  it('XR26-EXT-10: puts it to the privacy office, the officer first, when only the approval is missing', async () => {
    const decision = await office.deciding();
    const id = disclosureIdOf(decision);
    expect(decision).toMatchObject({
      state: 'waiting',
      askInOrder: ['p-okafor', 'p-adler'],
      matter: { question: 'disclosure', disclosureId: id, requesterId: 'p-ortiz', ground: 'required-by-law' },
      shownHash: sha256(decision.shown),
    });
    expect(await office.disclosure(id)).toMatchObject({ state: 'deciding', decisionId: decision.id });
    // A step run twice asks nobody twice.
    expect(await office.check(id)).toEqual({ kind: 'sign-off', decisionId: decision.id });
  });

  it('shows exactly what would leave: each enclosure by itself, the recipient, the ground and who confirmed', async () => {
    const decision = await office.deciding({}, 2);
    expect(decision.shown.map(({ heading }) => heading)).toEqual([
      'What it is about',
      'Image: View 1',
      'Image: View 2',
      'To whom',
      'On which ground',
      'Who confirmed what',
      'What is missing',
    ]);
    const shown = JSON.stringify(decision.shown);
    for (const said of [
      'Ada Prosecutor',
      'CPL 245.20(1)',
      'Sam Ortiz',
      'Called back',
      'MOU-7',
      'The driver',
      'SHA-256',
    ])
      expect(shown).toContain(said);
    expect(decision.shown.flatMap(({ id }) => id ?? [])).toHaveLength(2);
  });

  it('house-not-your-own-disclosure: asks nobody for their own; with nobody to ask it waits', async () => {
    const { id } = await office.prepared({}, 1, 'p-okafor');
    await office.send(id, undefined, 'p-okafor');
    const onward = await office.check(id);
    if (onward.kind !== 'sign-off') throw new Error(onward.kind);
    expect((await office.decision(onward.decisionId)).askInOrder).toEqual(['p-adler']);

    const { id: other } = await office.sent();
    await office.change('p-adler', { roles: ['member'] });
    await office.change('p-okafor', { active: false });
    await expect(checkDisclosure(office.needs, { disclosureId: other })).rejects.toThrow(NobodyToSignOff);
    for (const who of ['p-adler', 'p-okafor']) await office.change(who);
    expect((await office.check(other)).kind).toBe('sign-off');
  });

  it('house-not-your-own-disclosure: asks no officer who changed what is asked or enclosed', async () => {
    const officer = await office.acting('p-okafor');
    const changes = [
      (disclosureId: string) =>
        changeDisclosure(office.needs, {
          disclosureId,
          person: officer,
          asked: office.asked({ identity: { outcome: 'confirmed', how: 'Called back twice' } }),
        }),
      (disclosureId: string) =>
        encloseCount(office.needs, { disclosureId, person: officer, label: 'How many', text: '12 in November' }),
    ];
    for (const change of changes) {
      const { id } = await office.prepared();
      expect(await change(id)).toMatchObject({ kind: 'done', disclosure: { preparedBy: ['p-okafor'] } });
      await office.send(id);
      const onward = await office.check(id);
      if (onward.kind !== 'sign-off') throw new Error(onward.kind);
      expect((await office.decision(onward.decisionId)).askInOrder).toEqual(['p-adler']);
    }
    // Who asked may change it as before, and nobody else is named by it.
    const { id: own } = await office.prepared();
    const ask = { disclosureId: own, person: await office.acting((await office.disclosure(own)).requesterId) };
    const changed = await changeDisclosure(office.needs, {
      ...ask,
      asked: office.asked({ identity: { outcome: 'confirmed', how: 'Called back twice' } }),
    });
    expect(changed).toMatchObject({ kind: 'done' });
    expect((await office.disclosure(own)).preparedBy).toBeUndefined();
  });

  it('throws for a disclosure that is not there', async () => {
    await expect(office.check('X-NONE-NONE')).rejects.toThrow(RecordMissing);
  });
});

describe('what an officer answered', () => {
  it('approves: it may be released, and the approval stands beside it', async () => {
    const { approval, state, enclosures } = await office.approved({}, 2);
    expect(state).toBe('checking');
    expect(approval).toMatchObject({ answer: 'approve', ground: 'required-by-law', signer: { personId: 'p-okafor' } });
    expect(enclosures.every(({ leftOut }) => !leftOut)).toBe(true);
  });

  it('approves less: the rest is left out by the officer, and what remains is what was approved', async () => {
    const decision = await office.deciding({}, 3);
    const [first] = decision.shown.flatMap(({ id }) => id ?? []);
    const answered = await office.answer(decision, { kept: [first!] });
    expect(answered.kind).toBe('answered');
    const id = disclosureIdOf(decision);
    expect(await office.check(id)).toEqual({ kind: 'release' });
    const { enclosures, approval } = await office.disclosure(id);
    expect(enclosures.map((one) => one.leftOut?.by)).toEqual([undefined, 'p-okafor', 'p-okafor']);
    expect(approval?.shownHash).toBe(sha256(keptOf(decision.shown, [first!])));
    expect((await office.release(id)).kind).toBe('collect');
  });

  it('declines: it ends, with the reason', async () => {
    const decision = await office.deciding();
    await office.answer(decision, { answer: 'decline', reason: 'The subpoena was quashed' });
    const id = disclosureIdOf(decision);
    expect(await office.check(id)).toEqual({ kind: 'declined' });
    expect(await office.disclosure(id)).toMatchObject({ state: 'declined', outcomeReason: 'The subpoena was quashed' });
    expect(await office.mailKinds(id)).toContain('disclosure-declined');
  });

  it('asks back: the requester answers, and the officer is asked anew with question and answer in view', async () => {
    const decision = await office.deciding();
    await office.answer(decision, { answer: 'ask-back', reason: 'Which of the two trucks is it?' });
    const id = disclosureIdOf(decision);
    expect((await office.check(id)).kind).toBe('complete');
    expect(await office.disclosure(id)).toMatchObject({
      state: 'completing',
      askedBack: { question: 'Which of the two trucks is it?', by: 'p-okafor' },
    });
    expect(refusalsIn(await office.send(id))).toEqual(['house-shown-is-decided answerToOfficer']);
    const answered = done(await office.send(id, 'The white one, at the light'));
    expect(answered.askedBack).toBeUndefined();
    const again = await office.asking(id);
    expect(again.id).not.toBe(decision.id);
    expect(JSON.stringify(again.shown)).toContain('The white one, at the light');
    expect((await office.answer(again)).kind).toBe('answered');
    expect(await office.check(id)).toEqual({ kind: 'release' });
  });

  it('gives no answer in fourteen days: it lapses', async () => {
    const decision = await office.deciding();
    const { dueAt: _, ...open } = await office.decision(decision.id);
    await office.records.write({
      at: office.now,
      by: { kind: 'system', id: 'decision' },
      puts: [put(decisions, { ...open, state: 'lapsed', endedAt: office.now })],
      tells: [{ subject: decision.on, act: 'decision lapsed' }],
    });
    expect(await office.check(disclosureIdOf(decision))).toEqual({ kind: 'lapsed' });
  });

  it('house-shown-is-decided: approves nothing else; what was changed since is put to the office anew', async () => {
    const { id } = await office.approved({ basis: { ground: 'mission', how: 'It helps to find the vehicle' } });
    // The agreement on file is replaced by another text: the officer was shown the old one.
    await office.agreement({ title: 'Use of evidence, renewed' });
    expect(await office.release(id)).toEqual({ kind: 'look-again' });
    const onward = await office.check(id);
    expect(onward.kind).toBe('sign-off');
    await office.agreement({ title: 'Use of evidence' });
  });
});
