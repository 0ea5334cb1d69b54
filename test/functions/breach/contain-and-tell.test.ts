/** Containing a breach, assessing it, telling people, and closing it, on a real table. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskOf } from '../../../functions/access/desk.ts';
import { assessHarm } from '../../../functions/breach/assess-harm.ts';
import { closeBreach } from '../../../functions/breach/close-breach.ts';
import { recordConsultation } from '../../../functions/breach/consult.ts';
import { askContainment, doneContainment } from '../../../functions/breach/contain-breach.ts';
import { containmentOf } from '../../../functions/breach/contract.ts';
import { delayNotice, liftDelay } from '../../../functions/breach/delay-notice.ts';
import { determineNotice } from '../../../functions/breach/determine-notice.ts';
import { judgeSecurity } from '../../../functions/breach/judge-security.ts';
import { noticeOf } from '../../../functions/breach/notice-of.ts';
import { addPerson, mailNotice, noteAttempt } from '../../../functions/breach/people-to-tell.ts';
import { policyOf } from '../../../functions/breach/clock-of.ts';
import { whatIsOwed } from '../../../functions/breach/what-is-owed.ts';
import { writeLetter } from '../../../functions/breach/write-letter.ts';
import type { Visitor } from '../../../functions/edge/visitor.ts';
import { plusMinutes } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { refusalsIn } from '../bureau.ts';
import { DEPUTY, NO_HARM, OFFICER, startOffice, type BreachOffice } from './breach-office.ts';

let office: BreachOffice;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office?.stop());

const LETTER = { whatWasDisclosed: 'An x-ray image of a vehicle you were in', toWhom: 'A vendor of the department' };
const ROE = { name: 'Jane Roe', address: '1 Elm Street', email: 'jane@example.org', minorOrNotCompetent: false };
const WHY = 'An arrest is planned for this week';
const CLOSING = { because: 'Everything that was owed is done' };
const HARMFUL = { facts: { ...NO_HARM, contained: false } };

const open = async (id: string) => {
  const breach = await office.breach(id);
  return whatIsOwed(breach, await office.reports(id), policyOf(breach), office.now)
    .filter(({ done }) => !done)
    .map((owed) => owed.id);
};
const notice = async (id: string) => {
  const breach = await office.breach(id);
  return noticeOf(breach, policyOf(breach), office.now);
};
const ledger = async (id: string) => JSON.stringify(await office.records.ledgerOf(`breach#${id}`));
const deskFor = async (id: string) => {
  const { personId, roles } = await office.doer(id);
  return (await deskOf(office.records, { personId, roles } as unknown as Visitor)).waiting;
};
/** A violation that is assessed as harmful, with one person to tell and a letter. */
async function toTell() {
  const { id } = await office.violation();
  await office.must(assessHarm, id, HARMFUL);
  await office.must(writeLetter, id, LETTER);
  const breach = await office.must(addPerson, id, ROE);
  return { id, personRef: breach.people[0]!.personRef };
}

describe('containment', () => {
  it('is asked of a member by mail and on the desk, and done by them', async () => {
    const { id } = await office.violation();
    const { containment } = await office.must(askContainment, id, {
      what: 'Have the vendor delete it',
      askedOf: 'tnovak',
    });
    const task = containment[0]!;
    expect(await office.mailed(id)).toContain('containment-asked p-novak');
    expect(await office.records.linesOf(containmentOf('p-novak'))).toContain(`${id}/${task.id}`);
    expect((await deskFor('p-novak')).map(({ href }) => href)).toContain(`/breaches/${id}/containment/${task.id}`);
    expect(await open(id)).toContain('containment');

    const given = { taskId: task.id, outcome: 'Deleted, and confirmed in writing' };
    expect(refusalsIn(await office.act(doneContainment, id, given, 'p-ortiz')).length).toBeGreaterThan(0);
    expect(refusalsIn(await office.act(doneContainment, id, { ...given, outcome: '' }, 'p-novak'))).toEqual([
      'XR26-EXT-20 outcome',
    ]);
    await office.must(doneContainment, id, given, 'p-novak');
    expect(await office.records.linesOf(containmentOf('p-novak'))).not.toContain(`${id}/${task.id}`);
    expect(await deskFor('p-novak')).toEqual([]);
    expect(await open(id)).not.toContain('containment');
    expect(await ledger(id)).not.toMatch(/delete|Deleted/);
  });

  it('asks once for a form sent twice, and nobody who is not there', async () => {
    const { id } = await office.violation();
    const given = { what: 'Have the vendor delete it', askedOf: 'tnovak' };
    await Promise.all([office.must(askContainment, id, given), office.must(askContainment, id, given)]);
    expect((await office.breach(id)).containment).toHaveLength(1);
    expect(refusalsIn(await office.act(askContainment, id, { ...given, askedOf: 'nobody' }))).toEqual([
      'XR26-EXT-20 askedOf',
    ]);
  });

  it('leaves the desk when it violates nothing after all', async () => {
    const { id } = await office.reported();
    await office.read(id);
    await office.must(askContainment, id, { what: 'Have the vendor delete it', askedOf: 'tnovak' });
    await office.triage(id, { violates: false, because: 'A pre-approval on file covers it' });
    expect((await deskFor('p-novak')).filter(({ about }) => about.includes(id))).toEqual([]);
  });
});

describe('the desk of the privacy office', () => {
  it('shows what is to be read, then what is due', async () => {
    const { id } = await office.reported();
    const mine = async () => (await deskFor(OFFICER)).find(({ href }) => href === `/breaches/${id}`);
    expect(await mine()).toMatchObject({ what: 'Read what was reported as a wrongful disclosure' });
    await office.read(id);
    const { awareAt } = await office.breach(id);
    expect(await mine()).toMatchObject({ by: plusMinutes(awareAt!, 24 * 60) });
    await office.triage(id, { violates: false, because: 'A pre-approval on file covers it' });
    expect(await mine()).toBeUndefined();
  });
});

describe('harm and the notice', () => {
  it('XR26-EXT-21: assesses by the rule, keeps the input, and refuses a raise without a reason', async () => {
    const { id } = await office.violation();
    const raisedTo = { level: 'serious' as const, why: 'x' };
    expect(refusalsIn(await office.act(assessHarm, id, { facts: { ...NO_HARM, raisedTo } }))).toEqual([
      'house-characters-of-reason raisedTo',
    ]);
    expect(refusalsIn(await office.act(assessHarm, id, { facts: { ...NO_HARM, people: 1.5 } }))).toEqual([
      'XR26-EXT-21 people',
    ]);
    const { harm } = await office.must(assessHarm, id, { facts: NO_HARM });
    expect(harm!.assessment).toMatchObject({
      level: 'none',
      potentialRisk: false,
      recorded: { breachId: id, ...NO_HARM },
    });
  });

  it('asks for both consultations before anybody determines that nobody is told', async () => {
    const { id } = await office.violation();
    await office.must(assessHarm, id, { facts: NO_HARM });
    const nobody = {
      answer: 'do-not-notify' as const,
      because: 'One recipient destroyed it unread',
      requiredBy: 'none',
    };
    expect(refusalsIn(await office.act(determineNotice, id, nobody))).toEqual(['XR26-EXT-21 answer']);
    const words = { at: office.now, said: 'They agree that nobody be told' };
    await office.must(recordConsultation, id, { with: 'chief-privacy-officer', ...words });
    expect(refusalsIn(await office.act(determineNotice, id, nobody))).toEqual(['XR26-EXT-21 answer']);
    await office.must(recordConsultation, id, { with: 'law-department', ...words });
    expect(
      refusalsIn(
        await office.act(recordConsultation, id, { with: 'law-department', ...words, at: plusMinutes(office.now, 1) }),
      ),
    ).toEqual(['XR26-EXT-21 at']);
    await office.must(determineNotice, id, nobody);
    expect(await notice(id)).toMatchObject({ kind: 'not-owed' });
  });

  it('keeps names and addresses in the record, and knows people by reference elsewhere', async () => {
    const { id, personRef } = await toTell();
    await office.must(mailNotice, id, { personRef });
    expect(await ledger(id)).not.toMatch(/Jane|Elm|jane@/);
    expect(await ledger(id)).toContain(personRef);
    expect(await office.must(addPerson, id, ROE)).toMatchObject({ people: [{ personRef }] });
  });

  it('mails the letter when it is written and owed, once, and hears by itself what became of it', async () => {
    const { id } = await office.violation();
    const [personRef] = (await office.must(addPerson, id, ROE)).people.map((person) => person.personRef) as [string];
    expect(refusalsIn(await office.act(mailNotice, id, { personRef }))).toEqual([
      'XR26-EXT-21 notice',
      'XR26-EXT-21 letter',
    ]);
    await office.must(assessHarm, id, HARMFUL);
    await office.must(writeLetter, id, LETTER);
    await Promise.all([office.must(mailNotice, id, { personRef }), office.must(mailNotice, id, { personRef })]);
    expect(await office.mailed(id)).toEqual(['breach-notice jane@example.org']);
    await office.sendMails(id);
    expect(office.letters.at(-1)!.letter.text).toContain(LETTER.whatWasDisclosed);
    expect(await notice(id)).toMatchObject({ kind: 'owed', state: 'open' });
    await office.hear((await office.mails(id))[0]!.id, 'delivered');
    expect(await notice(id)).toMatchObject({ state: 'done', people: [{ personRef, notice: 'told' }] });
  });

  it('house-attempts-to-reach: counts attempts by different ways, one of them a mail that came back', async () => {
    const { id, personRef } = await toTell();
    await office.must(mailNotice, id, { personRef });
    await office.sendMails(id);
    await office.hear((await office.mails(id))[0]!.id, 'bounced');
    expect(await notice(id)).toMatchObject({ state: 'open' });
    await office.must(noteAttempt, id, { personRef, way: 'registered-post', outcome: 'failed', at: office.now });
    expect(await notice(id)).toMatchObject({ state: 'done', people: [{ notice: 'reasonably-tried' }] });
    const ahead = { personRef, way: 'post' as const, outcome: 'failed' as const, at: plusMinutes(office.now, 1) };
    expect(refusalsIn(await office.act(noteAttempt, id, ahead))).toEqual(['XR26-EXT-21 at']);
  });

  it('writes to a parent or guardian of a minor, and not by mail from here', async () => {
    const { id } = await toTell();
    const { people } = await office.must(addPerson, id, { ...ROE, name: 'June Roe', minorOrNotCompetent: true });
    expect(refusalsIn(await office.act(mailNotice, id, { personRef: people[1]!.personRef }))).toEqual([
      'XR26-EXT-21 way',
    ]);
  });

  it('nyc-23-1204-e: is delayed on the grounds of the statute only, and while it is no letter goes out', async () => {
    const { id, personRef } = await toTell();
    expect(refusalsIn(await office.act(delayNotice, id, { ground: 'other', why: WHY }))).toEqual([
      'nyc-23-1204-e ground',
    ]);
    await office.must(delayNotice, id, { ground: 'investigation', why: WHY });
    expect(await notice(id)).toMatchObject({ state: 'delayed' });
    expect(refusalsIn(await office.act(mailNotice, id, { personRef }))).toEqual(['nyc-23-1204-e delay']);
    await office.must(liftDelay, id, {});
    await office.must(mailNotice, id, { personRef });
  });

  it('nyc-10-502-g: keeps a finding that nobody be told for five years', async () => {
    const { id } = await office.violation();
    const facts = {
      computerized: true,
      personalInformation: true,
      elements: ['driver-or-non-driver-card-number'] as const,
      safelyEncrypted: false,
      lawfullyPublic: false,
      act: 'inadvertent-by-authorized' as const,
      residentsToTell: 3,
      toldUnderStateLaw: false,
      oneNoticeMeetsBoth: true,
      noNoticeFinding: { harmIsUnlikely: true, because: 'One colleague deleted it within the hour', at: office.now },
    };
    const { security } = await office.must(judgeSecurity, id, { facts });
    expect(security!.answer).toMatchObject({
      kind: 'applies',
      tellPeople: 'not-needed',
      keepFindingUntil: '2031-11-24',
    });
    const ahead = { ...facts, noNoticeFinding: { ...facts.noNoticeFinding, at: plusMinutes(office.now, 1) } };
    expect(refusalsIn(await office.act(judgeSecurity, id, { facts: ahead }))).toEqual(['nyc-10-502-g noNoticeFinding']);
    expect(await open(id)).toContain('cyber-command');
    const { noNoticeFinding: _, ...without } = facts;
    await office.must(judgeSecurity, id, { facts: without });
    // The other law asks for a notice now: that is a law that requires one.
    expect(await notice(id)).toEqual({ kind: 'owed-to-nobody-named' });
  });
});

describe('closing', () => {
  it('lists what is owed until nothing is', async () => {
    const { id } = await office.violation();
    expect(await open(id)).toEqual(['report', 'harm', 'security', 'consultations', 'notice']);
    expect(refusalsIn(await office.act(closeBreach, id, { because: '' }))).toEqual([
      'XR26-EXT-20 report',
      'XR26-EXT-21 harm',
      'nyc-10-502-a security',
      'XR26-EXT-21 consultations',
      'XR26-EXT-21 notice',
      'XR26-EXT-20 because',
    ]);
    await office.told(id);
    await office.settle(id);
    expect(await open(id)).toEqual([]);
    const closed = await office.must(closeBreach, id, CLOSING, DEPUTY);
    expect(closed).toMatchObject({ state: 'closed', step: 'Breach closed', closing: { by: DEPUTY } });
    expect(closed).not.toHaveProperty('dueAt');
    expect(await office.must(closeBreach, id, CLOSING)).toMatchObject({ version: closed.version });
    expect(refusalsIn(await office.act(addPerson, id, ROE))).toEqual(['XR26-EXT-20 state']);
  });

  it('loses to a person who is added in the same moment, or comes first', async () => {
    const { id } = await office.violation();
    await office.told(id);
    await office.settle(id);
    await office.must(assessHarm, id, HARMFUL);
    await office.must(writeLetter, id, LETTER);
    const [first] = (await office.must(addPerson, id, ROE)).people;
    await office.must(noteAttempt, id, {
      personRef: first!.personRef,
      way: 'by-hand',
      outcome: 'delivered',
      at: office.now,
    });
    const [added, closed] = await Promise.all([
      office.act(addPerson, id, { ...ROE, name: 'John Doe' }),
      office.act(closeBreach, id, CLOSING, DEPUTY),
    ]);
    // One of the two saw the other: nobody is left untold in a breach that is closed.
    expect([added.kind, closed.kind].toSorted()).toEqual(['done', 'refused']);
    const breach = await office.breach(id);
    expect([breach.state, breach.people.length]).toEqual(closed.kind === 'done' ? ['closed', 1] : ['violation', 2]);
  });
});

it('leaves a ledger that tells of every record', async () => {
  expect(await breaksIn(office.table.client, TABLE)).toEqual([]);
});
