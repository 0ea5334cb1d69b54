/** Mail as an obligation, on a real table: sent once, sent again after a crash, given up visibly, and what comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { linkLine, type Decision } from '../../../functions/decision/contract.ts';
import { askForDecision } from '../../../functions/decision/ask-for-decision.ts';
import { newCode, newSecret } from '../../../functions/edge/system.ts';
import type { Letter } from '../../../functions/mail/letter.tsx';
import { handler } from '../../../functions/mail/note-mail-outcome.lambda.ts';
import { noteMailOutcome, type MailOutcome } from '../../../functions/mail/note-mail-outcome.ts';
import { sendMail } from '../../../functions/mail/send-mail.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import { withdrawUseRequest } from '../../../functions/use-request/withdraw-use-request.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { requestIdOf, startBureau, type Bureau } from '../bureau.ts';

let bureau: Bureau;
let decision: Decision;
let asked: Mail;
let sent: { readonly to: string; readonly letter: Letter; readonly mailId: string }[] = [];
beforeAll(async () => {
  bureau = await startBureau();
});
beforeEach(async () => {
  sent = [];
  decision = await bureau.deciding();
  asked = (await bureau.mailsAbout(requestIdOf(decision)))[0]!;
});
afterAll(() => bureau?.stop());

type Send = Parameters<typeof sendMail>[0]['send'];
const service: Send = async (to, letter, mailId) => `ses-${sent.push({ to, letter, mailId })}`;
const send = (id = asked.id, by: Send = service) =>
  sendMail({ ...bureau.needs, newSecret, newCode, site: 'https://postact.example', send: by }, id);
const mail = async (id = asked.id): Promise<Mail> => (await bureau.records.get(mails, id))!;
const hear = (outcome: MailOutcome['outcome'], mailId = asked.id) => noteMailOutcome(bureau.needs, { mailId, outcome });
const secretIn = ({ letter }: { readonly letter: Letter }): string =>
  /\/decisions\/link\/([\w-]{43})/.exec(letter.text)![1]!;
const lookAgains = async () => (await bureau.notesFor(decision.id)).filter(({ kind }) => kind === 'look-again');

describe('a decision mail', () => {
  it('carries a link whose secret is nowhere on record, only its hash', async () => {
    await send();
    const secret = secretIn(sent[0]!);
    expect((await bureau.decision(decision.id)).links).toEqual([
      { hash: sha256(secret), personId: 'p-lee', sentAt: bureau.now },
    ]);
    expect(await bureau.records.linesOf(linkLine(sha256(secret)))).toEqual([decision.id]);
    expect(JSON.stringify(await bureau.items())).not.toContain(secret);
    expect(await mail()).toMatchObject({ state: 'sent', messageId: 'ses-1', attempts: 1 });
    expect(sent[0]!.letter.html).toContain(secret);
  });

  it('names no person and no place', async () => {
    await send();
    expect(sent[0]!.letter.text).not.toMatch(/Reyes|Lee|First Avenue|truck|explosive/i);
  });

  it('of each kind has a link of its own', async () => {
    bureau.later(31);
    await askForDecision(bureau.needs, { decisionId: decision.id, token: 'token' });
    const reminder = (await bureau.mailsAbout(requestIdOf(decision))).find(({ kind }) => kind === 'decision-reminder')!;
    await send();
    await send(reminder.id);
    expect(new Set(sent.map(secretIn)).size).toBe(2);
    expect((await bureau.decision(decision.id)).links).toHaveLength(2);
  });

  it('is sent once, however often the stream brings it', async () => {
    for (let turn = 0; turn < 3; turn++) await send();
    expect(sent).toHaveLength(1);
  });

  it('goes out again after a crash between its two writes, and either link opens the decision', async () => {
    await expect(send(asked.id, async () => Promise.reject(new Error('the process died')))).rejects.toThrow('died');
    expect((await mail()).state).toBe('owed');
    await send();
    const { links } = await bureau.decision(decision.id);
    expect(links).toHaveLength(2);
    for (const { hash } of links) expect(await bureau.records.linesOf(linkLine(hash))).toEqual([decision.id]);
    expect((await mail()).state).toBe('sent');
  });

  it('is not sent once the request is withdrawn, and makes no link', async () => {
    await withdrawUseRequest(bureau.needs, {
      requestId: requestIdOf(decision),
      personId: 'p-reyes',
      reason: 'The truck has left',
    });
    await send();
    expect([sent, (await bureau.decision(decision.id)).links]).toEqual([[], []]);
    expect(await mail()).toMatchObject({
      state: 'failed',
      outcome: 'what it asks for was settled before the mail was sent',
    });
    expect(await mail()).not.toHaveProperty('dueAt');
  });
});

describe('a mail that reaches nobody', () => {
  const passedOn = async () => {
    expect((await bureau.decision(decision.id)).asked).toEqual([
      expect.objectContaining({ personId: 'p-lee', undeliverableAt: bureau.now }),
    ]);
    expect(await lookAgains()).toHaveLength(1);
    await askForDecision(bureau.needs, { decisionId: decision.id, token: 'token' });
    expect((await bureau.decision(decision.id)).asked.map(({ personId }) => personId)).toEqual(['p-lee', 'p-shah']);
  };

  it.each(['bounced', 'rejected'] as const)(
    'because it %s moves the decision to the next executive at once',
    async (outcome) => {
      await send();
      await hear(outcome);
      expect(await mail()).toMatchObject({ state: 'bounced', outcome });
      await passedOn();
      await hear(outcome);
      expect(await lookAgains()).toHaveLength(1);
    },
  );

  it('because its person is no longer active is given up, and the next executive is asked', async () => {
    await bureau.change('p-lee', { active: false });
    await send();
    await bureau.change('p-lee');
    expect(await mail()).toMatchObject({ state: 'failed', outcome: 'no address on record' });
    await passedOn();
  });

  it('because the service refuses it for good is given up, and the next executive is asked', async () => {
    await send(asked.id, async () => undefined);
    expect(await mail()).toMatchObject({ state: 'failed' });
    await passedOn();
  });

  it('changes nothing in a decision that is settled, nor for another kind of mail', async () => {
    await send();
    await withdrawUseRequest(bureau.needs, {
      requestId: requestIdOf(decision),
      personId: 'p-reyes',
      reason: 'The truck has left',
    });
    await hear('bounced');
    expect((await bureau.decision(decision.id)).state).toBe('withdrawn');
    const told = (await bureau.mailsAbout(requestIdOf(decision))).find(({ kind }) => kind === 'request-withdrawn')!;
    await hear('bounced', told.id);
    expect([(await mail(told.id)).state, await lookAgains()]).toEqual(['bounced', []]);
  });
});

describe('what the mail service says', () => {
  it('before the sending is written counts: a delivered mail stays delivered', async () => {
    await send(asked.id, async (...letter) => {
      await hear('delivered');
      return service(...letter);
    });
    expect(await mail()).toMatchObject({ state: 'delivered', outcome: 'delivered', messageId: 'ses-1' });
    expect(await mail()).not.toHaveProperty('dueAt');
  });

  it('a bounce before the sending is written stays a bounce', async () => {
    await send(asked.id, async (...letter) => {
      await hear('bounced');
      return service(...letter);
    });
    expect((await mail()).state).toBe('bounced');
  });

  it('twice is noted once, and out of order leaves the bad news', async () => {
    await send();
    await hear('bounced');
    const before = (await mail()).version;
    await hear('delivered');
    await hear('bounced');
    expect(await mail()).toMatchObject({ state: 'bounced', version: before });
  });

  it('of a mail that is on no record, or in words nobody knows, changes nothing', async () => {
    await hear('bounced', 'no-such-mail');
    await hear('bounced', 'x'.repeat(5000));
    const event = (name: string) => ({ 'detail-type': name, detail: { mail: { tags: { 'mail-id': [asked.id] } } } });
    // With an empty environment: none of these gets as far as the table.
    for (const name of ['Email Opened', 'constructor', '__proto__', ''])
      await handler(event(name) as never, {} as never);
    expect((await mail()).state).toBe('owed');
  });
});

it('mail leaves a ledger that holds', async () => {
  expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
});
