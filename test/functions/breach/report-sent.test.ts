/** The report to the Chief Privacy Officer: composed, reviewed, sent as it was reviewed, proven, sent again, late. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf } from '../../../functions/breach/clock-of.ts';
import { breachesToldIn } from '../../../functions/breach/contract.ts';
import { askContainment } from '../../../functions/breach/contain-breach.ts';
import { describeBreach } from '../../../functions/breach/describe-breach.ts';
import { addPerson } from '../../../functions/breach/people-to-tell.ts';
import { instantOf, plusHours } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { refusalsIn } from '../bureau.ts';
import { ACCOUNT, CPO, DEPUTY, OFFICER, startOffice, type BreachOffice } from './breach-office.ts';

let office: BreachOffice;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office?.stop());

const clock = async (id: string) => clockOf(await office.breach(id), await office.reports(id), office.now);
const wordsOf = async (id: string) => (await office.composed(id)).parts.flatMap(({ lines }) => lines).join('\n');

describe('the report', () => {
  it('says what the record says, by edition and clause, and none of the reporter’s words', async () => {
    const { id } = await office.violation();
    await office.must(askContainment, id, { what: 'Call the vendor and have it deleted', askedOf: 'tnovak' });
    const words = await wordsOf(id);
    for (const said of [
      'Mobile x-ray',
      'xray-2026',
      'Found to violate XR26-EXT-08',
      'Discovered: Tue Nov 24, 2026',
      'The privacy office became aware: Tue Nov 24, 2026',
      'Due under XR26-EXT-20: Wed Nov 25, 2026',
      'photographs; vehicles',
      'an estimated 3 people, no minor among them',
      'To: A vendor or contractor',
      ACCOUNT.summary,
      'Cause: it went to the wrong recipient',
      'Asked to contain it: 1. Done: 0.',
      'Not assessed yet',
      'Whether the people affected are told is not decided yet',
      ACCOUNT.corrective,
    ])
      expect(words).toContain(said);
    expect(words).not.toMatch(/wrong message|by mistake|Call the vendor/);
    expect((await office.composed(id)).answers).toEqual(['XR26-EXT-20', 'nyc-23-1202-c-4']);
  });

  it('reads the same whenever it is composed', async () => {
    const { id } = await office.violation();
    const now = office.now;
    const before = await office.composed(id);
    office.now = plusHours(now, 30);
    expect(await office.composed(id)).toEqual(before);
    office.now = now;
  });

  it('is sent as it was reviewed, by the word of who reviewed it, and names nobody who is on record', async () => {
    const { id } = await office.violation();
    const { sha256 } = await office.composed(id);
    expect(refusalsIn(await office.sendReport(id, { namesNobody: false }))).toEqual(['nyc-23-1204-e namesNobody']);
    await office.must(addPerson, id, { name: 'Jane Roe', address: '1 Elm Street', minorOrNotCompetent: false });
    await office.must(describeBreach, id, {
      account: { ...ACCOUNT, summary: 'The image of Jane Roe was sent to a vendor' },
    });
    expect(refusalsIn(await office.sendReport(id, { shownHash: sha256 }))).toEqual([
      'nyc-23-1204-e namesNobody',
      'house-shown-is-decided shownHash',
    ]);
    await office.must(describeBreach, id, { account: ACCOUNT });
    expect(refusalsIn(await office.sendReport(id, { shownHash: sha256 }))).toEqual([]);
  });

  it('is ordered with its mail, sent, proven, and counted in its quarter', async () => {
    const { id, awareAt } = await office.violation();
    office.later(90);
    await office.sendReport(id);
    const [report] = await office.reports(id);
    expect(report).toMatchObject({
      about: 'breach',
      of: `breach#${id}`,
      orderedBy: OFFICER,
      due: { at: plusHours(awareAt!, 24), by: 'clause' },
    });
    expect(report).not.toHaveProperty('sentAt');
    expect(await clock(id)).toMatchObject({ state: 'running' });
    expect(await office.mailed(id)).toEqual([`report-to-privacy-office ${CPO}`]);

    office.later(1);
    await office.sendMails(id);
    expect(await clock(id)).toMatchObject({ state: 'sent', sentAt: office.now, late: false });
    await office.hear(report!.id, 'delivered');
    expect(await clock(id)).toMatchObject({ state: 'told', late: false });
    expect(await office.records.linesOf(breachesToldIn('2026-Q4'))).toContain(id);
    expect(office.letters.at(-1)!.letter.text).toContain('It is in time.');
  });

  it('is ordered once by two clicks, or by two officers with the same words', async () => {
    const { id } = await office.violation();
    const shownHash = (await office.composed(id)).sha256;
    const acted = await Promise.all([
      office.sendReport(id, { shownHash }),
      office.sendReport(id, { shownHash }, DEPUTY),
      office.sendReport(id, { shownHash }),
    ]);
    expect(acted.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    expect(await office.reports(id)).toHaveLength(1);
    expect(await office.mailed(id)).toHaveLength(1);
  });

  it('may go out before it is judged, and says so; a supplement does not make late what was in time', async () => {
    const { id } = await office.reported();
    expect(refusalsIn(await office.sendReport(id))).toContain('XR26-EXT-20 state');
    await office.read(id);
    expect(refusalsIn(await office.sendReport(id))).toEqual(['XR26-EXT-20 account']);
    await office.must(describeBreach, id, { account: ACCOUNT });
    expect(await wordsOf(id)).toContain('still being judged');
    await office.told(id);
    office.later(60 * 60);
    await office.triage(id);
    expect(await wordsOf(id)).toMatch(/Found to violate XR26-EXT-08. Earlier reports on it: RP-/);
    await office.told(id);
    expect(await office.reports(id)).toHaveLength(2);
    expect(await clock(id)).toMatchObject({ state: 'told', late: false });
  });

  it('tells of no violation too, when it was reported beforehand', async () => {
    const { id } = await office.reported();
    await office.read(id);
    await office.must(describeBreach, id, { account: ACCOUNT });
    await office.told(id);
    await office.triage(id, { violates: false, because: 'A pre-approval on file covers it' });
    expect(await wordsOf(id)).toContain('Found not to violate the law, after it was reported');
    await office.told(id);
    expect(await office.reports(id)).toHaveLength(2);
  });

  it('was not made when it reached nobody: the clock goes on, its sender is told, and it is sent again', async () => {
    const { id } = await office.violation();
    await office.sendReport(id);
    await office.sendMails(id);
    const [first] = await office.reports(id);
    await office.hear(first!.id, 'bounced');
    expect(await clock(id)).toMatchObject({ state: 'running' });
    expect((await office.mailed(id)).toSorted()).toEqual([
      `report-to-privacy-office ${CPO}`,
      `report-undeliverable ${OFFICER}`,
    ]);
    office.later(30 * 60);
    expect(await clock(id)).toMatchObject({ state: 'overdue' });
    await office.told(id);
    expect(await clock(id)).toMatchObject({ state: 'told', late: true });
    expect(office.letters.findLast(({ to }) => to === CPO)!.letter.subject).toMatch(/^LATE: /);
  });

  it('has no time of sending after its outcome, though the outcome is heard first', async () => {
    for (const outcome of ['bounced', 'delivered'] as const) {
      const { id } = await office.violation();
      await office.sendReport(id);
      const mailId = (await office.reports(id))[0]!.id;
      await office.sendMail(mailId, async () => {
        await office.hear(mailId, outcome);
        office.later(1);
      });
      const [report] = await office.reports(id);
      expect(report!.sentAt).toBe(report!.deliveredAt ?? report!.undeliverableAt);
      expect((await clock(id)).state).toBe(outcome === 'delivered' ? 'told' : 'running');
    }
  });

  it('is sent again when the mail service would not even take it', async () => {
    const { id } = await office.violation();
    await office.sendReport(id);
    const [report] = await office.reports(id);
    const { newCode, newSecret } = await import('../../../functions/edge/system.ts');
    const { sendMail } = await import('../../../functions/mail/send-mail.ts');
    const refusing = {
      ...office.needs,
      newCode,
      newSecret,
      site: 'https://postact.example',
      send: async () => undefined,
    };
    await sendMail(refusing, report!.id);
    expect(await clock(id)).toMatchObject({ state: 'running' });
    await office.told(id);
    expect(await clock(id)).toMatchObject({ state: 'told' });
  });

  it('is late when it is really sent late, however early it was ordered', async () => {
    const { id } = await office.violation();
    await office.sendReport(id);
    office.later(25 * 60);
    await office.sendMails(id);
    const [report] = await office.reports(id);
    expect(report).toMatchObject({ sentAt: office.now });
    expect(await clock(id)).toMatchObject({ state: 'sent', late: true });
    expect(office.letters.at(-1)!.letter.text).toMatch(/It is late by 1 h 0 min/);
  });

  it('XR21-EXT-08: of 2023 is judged by the edition of 2021, and nothing of it is late', async () => {
    const now = office.now;
    office.now = instantOf('2023-05-09T14:00:00Z');
    const person = await office.person(OFFICER);
    await office.change(OFFICER, { privacyOffice: { ...person.privacyOffice, heldFrom: '2021-01-04T05:00:00.000Z' } });
    const { id } = await office.reported();
    await office.read(id);
    await office.triage(id, { broken: ['XR21-EXT-02'] });
    await office.must(describeBreach, id, { account: ACCOUNT });
    expect(await wordsOf(id)).toContain(
      'Due under XR21-EXT-08 as soon as practicable; the department aims at Wed May 10, 2023',
    );
    office.later(40 * 60);
    await office.told(id);
    expect((await office.reports(id))[0]).toMatchObject({ due: { by: 'target' } });
    expect(await clock(id)).toMatchObject({ state: 'told', late: false, due: 'target' });
    expect(office.letters.at(-1)!.letter.subject).not.toMatch(/LATE/);
    office.now = now;
    await office.change(OFFICER);
  });
});

it('leaves a ledger that tells of every record', async () => {
  expect(await breaksIn(office.table.client, TABLE)).toEqual([]);
});
