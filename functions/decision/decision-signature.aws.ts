/**
 * The door to the key that signs the answers of the privacy office. Its private half never leaves the key service.
 *
 * Faults  AnswerNotSigned (retry): the service was busy or out of reach
 */
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { createHash } from 'node:crypto';
import { mayPass } from '../records/may-pass.ts';
import type { Sign } from './answer-signature.ts';
import { AnswerNotSigned } from './faults.ts';

export interface AnswerKey {
  readonly sign: Sign;
  /** The public key as SPKI, PEM, and the name that signatures give it. */
  publicKey(): Promise<{ readonly pem: string; readonly keyId: string }>;
}

export function answerKeyAt(key: string, kms: KMSClient = new KMSClient({})): AnswerKey {
  return {
    async sign(text) {
      const Message = createHash('sha256').update(text).digest();
      try {
        const signed = await kms.send(
          new SignCommand({ KeyId: key, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }),
        );
        return { signature: Buffer.from(signed.Signature!).toString('base64'), keyId: signed.KeyId! };
      } catch (error) {
        throw inOurWords(error);
      }
    },
    async publicKey() {
      const { PublicKey, KeyId } = await kms.send(new GetPublicKeyCommand({ KeyId: key }));
      return {
        pem: `-----BEGIN PUBLIC KEY-----\n${Buffer.from(PublicKey!)
          .toString('base64')
          .replace(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`,
        keyId: KeyId!,
      };
    },
  };
}

/** A missing right or a disabled key is ours to repair and is thrown as it is. */
function inOurWords(error: unknown): unknown {
  const busy = mayPass(error);
  return busy
    ? new AnswerNotSigned(`the key did not sign (${busy}); nothing was written, send the answer again`, {
        cause: error,
      })
    : error;
}
