/**
 * The signature of an answer of the privacy office: what is signed, and how anyone with the public key checks it. A
 * written approval can then be proven to whoever has no access to the table or the ledger.
 *
 * What is signed is the canonical text of the answer (records/canonical.ts): who, in which office, answered what, when,
 * on which ground and by which clauses, with the hash of what was shown or kept of it. The reason goes in as its hash.
 * The three offices that let records be destroyed sign the same way, with the hash of the list in the place of a ground.
 */
import { createPublicKey, verify } from 'node:crypto';
import { canonical, sha256 } from '../records/canonical.ts';
import { keptOf, type Decision, type DisclosureMatter, type DispositionMatter } from './contract.ts';

type Answered = NonNullable<Decision['answer']>;

/** The key service's door: signs a text with ECDSA on P-256 over its SHA-256. */
export type Sign = (text: string) => Promise<{ readonly signature: string; readonly keyId: string }>;

export function signedText(
  { id, on }: Pick<Decision, 'id' | 'on'>,
  matter: DisclosureMatter | DispositionMatter,
  { answer, reason, kept, shownHash, by, signer, at, clauses }: Omit<Answered, 'signature'>,
): string {
  const { question } = matter;
  const reasonHash = sha256(reason);
  if (matter.question === 'disposition') {
    const { office, listSha256 } = matter;
    return canonical({
      schema: 1,
      decisionId: id,
      on,
      question,
      listSha256,
      answer,
      reasonHash,
      shownHash,
      by,
      office,
      at,
      clauses,
    });
  }
  const { ground } = matter;
  const office = signer?.office;
  return canonical({
    schema: 1,
    decisionId: id,
    on,
    question,
    ground,
    answer,
    reasonHash,
    kept,
    shownHash,
    by,
    office,
    at,
    clauses,
  });
}

/** `of` names what was signed; `value` is the signature in base64, as DER, which openssl reads as it is. */
export async function signatureOf(sign: Sign, text: string): Promise<NonNullable<Answered['signature']>> {
  const { signature, keyId } = await sign(text);
  return { of: sha256(text), value: signature, keyId };
}

/**
 * Whether a decision says what its signer signed, and shows what they saw. False when anything of it differs, or there
 * is no signature.
 */
export function verifySignature(
  publicKeyPem: string,
  decision: Pick<Decision, 'id' | 'on' | 'matter' | 'shown' | 'answer'>,
): boolean {
  const { answer, matter, shown } = decision;
  if (!answer?.signature || matter.question === 'x-ray-use') return false;
  const text = signedText(decision, matter, answer);
  return (
    answer.signature.of === sha256(text) &&
    answer.shownHash === sha256(keptOf(shown, answer.kept)) &&
    verify('sha256', Buffer.from(text), createPublicKey(publicKeyPem), Buffer.from(answer.signature.value, 'base64'))
  );
}
