/** The signature of the privacy office's answers: what it covers, whom it convinces, and what a failed one leaves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDecision, type Answering } from '../../../functions/decision/answer-decision.ts';
import { signedText, verifySignature } from '../../../functions/decision/answer-signature.ts';
import { answerKeyAt } from '../../../functions/decision/decision-signature.aws.ts';
import { keptOf, type Decision, type DisclosureMatter } from '../../../functions/decision/contract.ts';
import { AnswerNotSigned } from '../../../functions/decision/faults.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import { plusMs } from '../../../policies/instant.ts';
import { startBureau, type Bureau } from '../bureau.ts';
import { signer } from '../records/signer.ts';
import { answering, asked, SHOWN, WHY } from './signing-off.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());

const answer = async (on: Decision, over: Partial<Answering> = {}) => {
  const given = await answering(bureau, on, over);
  return untilWritten(() => answerDecision(bureau.needs, given));
};
const wakes = async (on: Decision) => (await bureau.notesFor(on.id)).filter(({ kind }) => kind === 'wake');

describe('the signature', () => {
  const signed = async (over: Partial<Answering> = {}): Promise<Decision> => {
    const own = await asked(bureau);
    await answer(own, over);
    return bureau.decision(own.id);
  };

  it.each<[string, Partial<Answering>]>([
    ['an approval', {}],
    ['a narrowed approval', { kept: ['E-2'] }],
    ['a decline', { answer: 'decline' }],
    ['a question back', { answer: 'ask-back' }],
  ])('of %s is verified with the public key alone', async (_, over) => {
    const own = await signed(over);
    expect(own.answer!.signature).toMatchObject({
      keyId: bureau.key.keyId,
      of: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(verifySignature(bureau.key.pem, own)).toBe(true);
  });

  it('fails when anything of the answer is changed', async () => {
    const own = await signed({ kept: ['E-1', 'E-2'] });
    const { answer: given, matter } = own as Decision & { readonly matter: DisclosureMatter };
    const was = given!;
    const changed = (over: object): Decision => ({ ...own, answer: { ...was, ...over } });
    const forged: Readonly<Record<string, Decision>> = {
      decisionId: { ...own, id: 'D-other' },
      on: { ...own, on: 'disclosure#X-other' },
      ground: { ...own, matter: { ...matter, ground: 'consent' } },
      question: { ...own, matter: { question: 'x-ray-use', route: 'executive', publicKeptOutHow: '' } },
      answer: changed({ answer: 'decline' }),
      reason: changed({ reason: `${was.reason}.` }),
      kept: changed({ kept: ['E-1'] }),
      keptAll: changed({ kept: undefined }),
      keptInAnotherOrder: changed({ kept: ['E-2', 'E-1'] }),
      shownHash: changed({ shownHash: own.shownHash }),
      keptAndItsHash: changed({ kept: ['E-1'], shownHash: sha256(keptOf(SHOWN, ['E-1'])) }),
      shown: { ...own, shown: SHOWN.map((part) => (part.id === 'E-1' ? { ...part, heading: 'Image E-9' } : part)) },
      by: changed({ by: 'p-adler' }),
      office: changed({ signer: { ...was.signer!, office: 'deputy' } }),
      at: changed({ at: plusMs(was.at, 1) }),
      clauses: changed({ clauses: was.clauses.slice(1) }),
      of: changed({ signature: { ...was.signature!, of: sha256('another text') } }),
      value: changed({ signature: { ...was.signature!, value: 'AAAA' } }),
      none: changed({ signature: undefined }),
    };
    expect(Object.entries(forged).filter(([, one]) => verifySignature(bureau.key.pem, one))).toEqual([]);
    expect(verifySignature(bureau.key.pem, own)).toBe(true);
  });

  it('fails under another key, and of another answer', async () => {
    const [own, other] = [await signed(), await signed()];
    expect(verifySignature(signer().pem, own)).toBe(false);
    expect(
      verifySignature(bureau.key.pem, { ...own, answer: { ...own.answer!, signature: other.answer!.signature! } }),
    ).toBe(false);
  });

  it('names no person and holds no word of the reason', async () => {
    const own = await signed();
    const text = signedText(own, own.matter as DisclosureMatter, own.answer!);
    for (const word of [WHY, 'Okafor', 'Quill', 'box truck']) expect(text).not.toContain(word);
  });

  it('that cannot be made leaves nothing behind: no answer, no entry, no wake, and the same answer is taken later', async () => {
    const own = await asked(bureau);
    const before = (await bureau.records.ledgerOf(own.on)).length;
    const sign = async (): Promise<never> => {
      throw new AnswerNotSigned('the key did not sign');
    };
    const given = await answering(bureau, own);
    await expect(answerDecision({ ...bureau.needs, sign }, given)).rejects.toMatchObject({
      name: 'AnswerNotSigned',
      retryable: true,
    });
    expect(await bureau.decision(own.id)).toEqual(own);
    expect([(await bureau.records.ledgerOf(own.on)).length, await wakes(own)]).toEqual([before, []]);
    expect((await answer(own)).kind).toBe('answered');
  });

  it('is asked for no refused answer, and for no use of mobile x-ray', async () => {
    let times = 0;
    const sign = async (): Promise<never> => {
      times++;
      throw new Error('signed');
    };
    await answerDecision({ ...bureau.needs, sign }, await answering(bureau, await asked(bureau), { reason: '' }));
    const use = await bureau.deciding();
    expect((await answerDecision({ ...bureau.needs, sign }, await bureau.answering(use))).kind).toBe('answered');
    expect([times, (await bureau.decision(use.id)).answer]).toEqual([
      0,
      expect.not.objectContaining({ signature: expect.anything() }),
    ]);
  });
});

describe('the key', () => {
  const answeringWith = (send: () => Promise<unknown>) => answerKeyAt('key', { send } as never).sign('text');

  it('signs the SHA-256 of the text, and says which key it was', async () => {
    const sent: unknown[] = [];
    const kms = {
      send: async ({ input }: { readonly input: unknown }) => {
        sent.push(input);
        return { Signature: Buffer.from('signature'), KeyId: 'arn:of:key' };
      },
    };
    expect(await answerKeyAt('key', kms as never).sign('text')).toEqual({
      signature: Buffer.from('signature').toString('base64'),
      keyId: 'arn:of:key',
    });
    expect(sent).toEqual([
      {
        KeyId: 'key',
        Message: Buffer.from(sha256('text'), 'hex'),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      },
    ]);
  });

  it.each(['ThrottlingException', 'KMSInternalException', 'KeyUnavailableException', 'TimeoutError'])(
    'that fails with %s may be asked again',
    async (name) => {
      const busy = answeringWith(async () => {
        throw Object.assign(new Error('busy'), { name });
      });
      await expect(busy).rejects.toMatchObject({ name: 'AnswerNotSigned', retryable: true });
    },
  );

  it.each(['AccessDeniedException', 'DisabledException', 'NotFoundException'])(
    'that fails with %s is for us to repair',
    async (name) => {
      const ours = answeringWith(async () => {
        throw Object.assign(new Error('no'), { name });
      });
      await expect(ours).rejects.toMatchObject({ name });
    },
  );
});
