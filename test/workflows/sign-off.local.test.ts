/** Every path of the workflow decision for the sign-off of a disclosure, on the local host, from the mail to the key. */
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifySignature } from '../../functions/decision/answer-signature.ts';
import { decisions, type Decision } from '../../functions/decision/contract.ts';
import { answerKeyAt } from '../../functions/decision/decision-signature.aws.ts';
import { startPostact, type Postact } from '../postact.ts';
import { AT_HOST, disclosureIdOf, openSignOff, recordsOf, signOffLink } from '../sign-off.ts';
import { pathOf } from './path.ts';

let postact: Postact;
beforeAll(async () => {
  postact = await startPostact();
});
afterAll(() => postact?.stop());

const REASON = 'Two of the three images show what the matter needs';
const ONCE = ['Check who is asked next', 'Is anyone still to be asked?', 'Ask for a decision'];
const kept = async ({ id }: Decision) => (await recordsOf(postact).get(decisions, id))!;

/** How often it was waited. On a busy host a wait may end a moment before its stage does, and is then resumed. */
function rounds(states: readonly string[]): number {
  const times = states.length / ONCE.length;
  expect(states).toEqual(Array.from({ length: times }, () => ONCE).flat());
  return times;
}

async function answer(
  personId: string,
  own: Decision,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Promise<string> {
  const link = await signOffLink(postact, personId, own);
  const person = await postact.as(personId);
  await person.go(link);
  await person.send(link, { reason: REASON, ...fields });
  await postact.settled();
  return person.words();
}

describe('the sign-off of a disclosure', () => {
  it('is narrowed and approved from the mail, and its signature is verified with the public key of the host', async () => {
    const own = await openSignOff(postact);
    const [mail] = await postact.mailsTo('p-okafor');
    expect(mail!.subject).toBe(`Sign off disclosure ${disclosureIdOf(own)}`);
    expect(mail!.text).not.toMatch(/Quill|box truck/);
    expect(await answer('p-okafor', own, { answer: 'approve', keep: ['E-1', 'E-2'] })).toContain('2 of 3 things');

    const path = await pathOf(postact, 'decision', own.id);
    expect([path.status, path.states]).toEqual(['SUCCEEDED', ONCE]);
    const answered = await kept(own);
    expect(answered.answer).toMatchObject({ kept: ['E-1', 'E-2'], door: 'mail-link', by: 'p-okafor' });
    const key = answerKeyAt(postact.outputs.DecisionKeyId, new KMSClient(AT_HOST(postact.endpoint)));
    const { pem, keyId } = await key.publicKey();
    expect([verifySignature(pem, answered), answered.answer!.signature!.keyId]).toEqual([true, keyId]);
  });

  it.each([
    ['decline', 'You declined this disclosure'],
    ['ask-back', 'You asked back about this disclosure'],
  ])('ends with %s', async (to, title) => {
    const own = await openSignOff(postact);
    expect(await answer('p-okafor', own, { answer: to })).toContain(title);
    expect(await pathOf(postact, 'decision', own.id)).toMatchObject({ status: 'SUCCEEDED', states: ONCE });
    expect((await kept(own)).answer!.answer).toBe(to);
  });

  it('waits on the officer’s desk, reminds after four hours, and passes on to the deputy after eight', async () => {
    const own = await openSignOff(postact);
    const desk = await postact.as('p-okafor');
    await desk.go('/desk');
    expect(desk.words()).toContain(`Sign off a disclosure Disclosure ${disclosureIdOf(own)}`);
    await postact.advance(4 * 60 + 1);
    expect((await postact.mailsTo('p-okafor'))[0]!.subject).toBe(
      `Reminder: sign off disclosure ${disclosureIdOf(own)}`,
    );
    await postact.advance(4 * 60 + 1);
    expect((await postact.mailsTo('p-adler'))[0]!.text).toContain('put to somebody else first');
    expect(await answer('p-adler', own, { answer: 'approve', keep: ['E-1', 'E-2', 'E-3'] })).toContain('Approved');
    expect((await kept(own)).answer!.signer).toMatchObject({ office: 'deputy' });
    expect(rounds((await pathOf(postact, 'decision', own.id)).states)).toBeGreaterThanOrEqual(3);
  });

  it('house-days-to-sign-off: lapses when nobody answers, and the link then decides nothing', async () => {
    const own = await openSignOff(postact, 60);
    await postact.advance(61);
    expect((await kept(own)).state).toBe('lapsed');
    const { status, states } = await pathOf(postact, 'decision', own.id);
    expect([status, states.slice(-3)]).toEqual(['SUCCEEDED', [...ONCE.slice(0, 2), 'Question closed']]);
    // Asked, reminded, passed on and reminded, in equal shares of the hour.
    expect(rounds(states.slice(0, -3))).toBeGreaterThanOrEqual(4);
    const officer = await postact.as('p-okafor');
    await officer.go(await signOffLink(postact, 'p-okafor', own));
    expect(officer.words()).toContain('This has lapsed and was not approved');
  });
});
