import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../../local/keys/keys.ts';
import { owner, roleThatMay, smallHost, type SmallHost } from '../tables/small-host.ts';

let host: SmallHost;
beforeEach(async () => {
  host = await smallHost([keys]);
});
afterEach(() => host.stop());

const call = (operation: string, input: object, as = owner) =>
  host.call('kms', operation, input, as) as Promise<Record<string, string>>;
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const key = async (spec: string) => (await host.deploy('AWS::KMS::Key', `Key${spec}`, { KeySpec: spec })).ref;

describe('a key that signs', () => {
  const message = 'the hourly digest of all heads';
  const digest = createHash('sha256').update(message).digest();

  it.each([
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'RAW'],
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'DIGEST'],
    ['RSA_2048', 'RSASSA_PSS_SHA_256', 'RAW'],
    ['RSA_2048', 'RSASSA_PSS_SHA_256', 'DIGEST'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'RAW'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST'],
  ])(
    '%s by %s over %s is verified by the public key alone, and both ways here',
    async (spec, SigningAlgorithm, MessageType) => {
      const KeyId = await key(spec);
      const { PublicKey } = await call('GetPublicKey', { KeyId });
      const publicKey = createPublicKey({ key: Buffer.from(PublicKey!, 'base64'), format: 'der', type: 'spki' });
      for (let time = 0; time < 8; time++) {
        const { Signature } = await call('Sign', {
          KeyId,
          SigningAlgorithm,
          MessageType,
          Message: base64(MessageType === 'RAW' ? message : digest),
        });
        const signature = Buffer.from(Signature!, 'base64');
        expect(
          verify(
            'sha256',
            Buffer.from(message),
            SigningAlgorithm.includes('PSS') ? { key: publicKey, padding: 6, saltLength: 32 } : publicKey,
            signature,
          ),
        ).toBe(true);
        for (const [type, Message] of [
          ['RAW', base64(message)],
          ['DIGEST', base64(digest)],
        ]) {
          expect(
            await call('Verify', { KeyId, SigningAlgorithm, MessageType: type, Message, Signature }),
          ).toMatchObject({ SignatureValid: true });
        }
        signature[signature.length - 1]! ^= 1;
        for (const [type, Message] of [
          ['RAW', base64(message)],
          ['DIGEST', base64(digest)],
        ]) {
          await expect(async () =>
            call('Verify', { KeyId, SigningAlgorithm, MessageType: type, Message, Signature: base64(signature) }),
          ).rejects.toMatchObject({ code: 'KMSInvalidSignatureException' });
        }
      }
    },
  );

  it('refuses a digest of the wrong length, another algorithm, and to encrypt', async () => {
    const KeyId = await key('ECC_NIST_P256');
    await expect(async () =>
      call('Sign', { KeyId, SigningAlgorithm: 'ECDSA_SHA_256', MessageType: 'DIGEST', Message: base64('short') }),
    ).rejects.toThrow('give 32');
    await expect(async () =>
      call('Sign', { KeyId, SigningAlgorithm: 'RSASSA_PSS_SHA_256', Message: '' }),
    ).rejects.toMatchObject({ code: 'InvalidKeyUsageException' });
    await expect(async () => call('Encrypt', { KeyId, Plaintext: '' })).rejects.toMatchObject({
      code: 'InvalidKeyUsageException',
    });
  });
});

describe('a key that encrypts', () => {
  it('gives back what was put in, for the same context only', async () => {
    const KeyId = await key('SYMMETRIC_DEFAULT');
    const { CiphertextBlob } = await call('Encrypt', {
      KeyId,
      Plaintext: base64('secret'),
      EncryptionContext: { a: '1', b: '2' },
    });
    expect(await call('Decrypt', { CiphertextBlob, EncryptionContext: { b: '2', a: '1' } })).toMatchObject({
      Plaintext: base64('secret'),
    });
    await expect(async () => call('Decrypt', { CiphertextBlob, EncryptionContext: { a: '1' } })).rejects.toMatchObject({
      code: 'InvalidCiphertextException',
    });
  });

  it('is found by alias, and makes data keys', async () => {
    const TargetKeyId = await key('SYMMETRIC_DEFAULT');
    await host.deploy('AWS::KMS::Alias', 'Alias', { AliasName: 'alias/records', TargetKeyId });
    const { CiphertextBlob, Plaintext } = await call('GenerateDataKey', { KeyId: 'alias/records', KeySpec: 'AES_256' });
    expect(Buffer.from(Plaintext!, 'base64')).toHaveLength(32);
    expect(await call('Decrypt', { CiphertextBlob })).toMatchObject({ Plaintext });
    expect(await call('ListAliases', {})).toMatchObject({ Aliases: [{ AliasName: 'alias/records', TargetKeyId }] });
  });
});

it('a key that authenticates knows its own codes', async () => {
  const KeyId = await key('HMAC_256');
  const { Mac } = await call('GenerateMac', { KeyId, Message: base64('m'), MacAlgorithm: 'HMAC_SHA_256' });
  expect(await call('VerifyMac', { KeyId, Message: base64('m'), Mac, MacAlgorithm: 'HMAC_SHA_256' })).toMatchObject({
    MacValid: true,
  });
  await expect(async () =>
    call('VerifyMac', { KeyId, Message: base64('n'), Mac, MacAlgorithm: 'HMAC_SHA_256' }),
  ).rejects.toMatchObject({ code: 'KMSInvalidMacException' });
});

describe('keys', () => {
  it('are the same after the host comes back, and readable by their owner only', async () => {
    const KeyId = await key('ECC_NIST_P256');
    const before = await call('GetPublicKey', { KeyId });
    for (const file of readdirSync(join(host.folder, 'keys')))
      expect(statSync(join(host.folder, 'keys', file)).mode & 0o777).toBe(0o600);
    const { folder } = host;
    await host.stop('keep');
    host = await smallHost([keys], { folder });
    expect(await key('ECC_NIST_P256')).toBe(KeyId);
    expect(await call('GetPublicKey', { KeyId })).toEqual(before);
  });

  it('are judged: signing needs kms:Sign on the key', async () => {
    const KeyId = await key('ECC_NIST_P256');
    const Sign = { KeyId, SigningAlgorithm: 'ECDSA_SHA_256', Message: base64('m') };
    await expect(async () => call('Sign', Sign, roleThatMay())).rejects.toThrow('kms:Sign');
    await call('Sign', Sign, roleThatMay(`kms:Sign on arn:aws:kms:us-east-1:000000000000:key/${KeyId}`));
  });

  it('that are not there are not found', async () => {
    await expect(async () => call('DescribeKey', { KeyId: 'alias/none' })).rejects.toMatchObject({
      code: 'NotFoundException',
    });
  });
});
