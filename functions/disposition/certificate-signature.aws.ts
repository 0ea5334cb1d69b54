/**
 * The door to the key that signs certificates: the one that signs what the offices answer, so that one public key proves
 * both. Its private half never leaves the key service.
 *
 * Faults  CertificateNotSigned (retry): the service was busy or out of reach
 */
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { createHash } from 'node:crypto';
import { mayPass } from '../records/may-pass.ts';
import { CertificateNotSigned } from './faults.ts';
import type { StepNeeds } from './steps.ts';

export function signerAt(key: string, kms: KMSClient = new KMSClient({})): StepNeeds['sign'] {
  return async (text) => {
    const Message = createHash('sha256').update(text).digest();
    try {
      const signed = await kms.send(
        new SignCommand({ KeyId: key, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }),
      );
      return { signature: Buffer.from(signed.Signature!).toString('base64'), keyId: signed.KeyId! };
    } catch (error) {
      const busy = mayPass(error);
      throw busy ? new CertificateNotSigned(`the key did not sign (${busy}); try again`, { cause: error }) : error;
    }
  };
}

/** The public key as SPKI, PEM: what a downloaded certificate is checked with. */
export async function publicKeyAt(key: string, kms: KMSClient = new KMSClient({})): Promise<string> {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: key }));
  const lines = Buffer.from(PublicKey!)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n');
  return `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`;
}
