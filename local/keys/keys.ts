/**
 * KMS: keys that sign, encrypt and authenticate, judged by their key policies. Blobs travel as base64, as in the protocol.
 *
 * A ciphertext is: 1 byte version, 36 bytes key id, 12 bytes nonce, 16 bytes tag, then AES-256-GCM over the plaintext
 * with the encryption context as further authenticated data.
 */
import { constants, createCipheriv, createDecipheriv, createHmac, createPublicKey, randomBytes, randomUUID, sign, timingSafeEqual, verify } from 'node:crypto';
import { z } from 'zod';
import { AwsError, type Caller, type Host, type MakePart, type PolicyDocument, type ResourceProvider } from '../contract.ts';
import { keyIdFor, keyStore, type Key, type KeySpec, type KeyUsage } from './key-store.ts';
import { ecdsaSign, ecdsaVerify, pkcs1Sign, pkcs1Verify, pssSign, pssVerify } from './prehashed.ts';

type EncryptionContext = Readonly<Record<string, string>>;
interface OfKey {
  readonly KeyId: string;
}
interface Signing extends OfKey {
  readonly Message: string;
  readonly MessageType?: 'RAW' | 'DIGEST';
  readonly SigningAlgorithm: string;
}

const ALGORITHMS: Readonly<Record<KeySpec, readonly string[]>> = {
  SYMMETRIC_DEFAULT: ['SYMMETRIC_DEFAULT'],
  ECC_NIST_P256: ['ECDSA_SHA_256'],
  RSA_2048: ['RSASSA_PSS_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256'],
  HMAC_256: ['HMAC_SHA_256'],
};
const MOST_BYTES = 4_096;
const HEAD_BYTES = 1 + 36;

export const keys: MakePart = (host) => {
  const store = keyStore(host.journal);
  const arnOf = (key: Key): string => `arn:aws:kms:${host.region}:${host.account}:key/${key.id}`;

  /** The key, if it is there, enabled, of this usage, and the caller may do this with it. */
  function usable(operation: string, input: OfKey, caller: Caller, usage?: KeyUsage, context: Readonly<Record<string, string>> = {}): Key {
    const key = store.find(input.KeyId);
    if (!key) throw new AwsError('NotFoundException', `${input.KeyId.includes('alias/') ? 'Alias' : 'Key'} '${input.KeyId}' does not exist`);
    const alias = input.KeyId.includes('alias/') ? { 'kms:RequestAlias': `alias/${input.KeyId.split('alias/')[1]}` } : {};
    caller.require(`kms:${operation}`, arnOf(key), { ...alias, ...context }, key.policy);
    if (usage && !key.enabled) throw new AwsError('DisabledException', `${arnOf(key)} is disabled.`);
    if (usage && key.usage !== usage) throw new AwsError('InvalidKeyUsageException', `${arnOf(key)} key usage is ${key.usage} which is not valid for ${operation}.`);
    return key;
  }
  function signer(operation: 'Sign' | 'Verify', input: Signing, caller: Caller): { key: Key; message: Buffer; isDigest: boolean } {
    const { SigningAlgorithm, MessageType = 'RAW' } = input;
    const key = usable(operation, input, caller, 'SIGN_VERIFY', { 'kms:SigningAlgorithm': SigningAlgorithm, 'kms:MessageType': MessageType });
    if (!ALGORITHMS[key.spec].includes(SigningAlgorithm)) throw new AwsError('InvalidKeyUsageException', `Algorithm ${SigningAlgorithm} is incompatible with key spec ${key.spec}.`);
    const message = Buffer.from(input.Message, 'base64');
    if (MessageType === 'DIGEST' && message.length !== 32) throw new AwsError('ValidationException', `Digest is invalid length for algorithm ${SigningAlgorithm}: it has ${message.length} bytes, give 32`);
    if (message.length > MOST_BYTES) throw new AwsError('ValidationException', `Message has ${message.length} bytes; give at most ${MOST_BYTES}, or a digest with MessageType DIGEST`);
    return { key, message, isDigest: MessageType === 'DIGEST' };
  }
  const contextOf = (context: EncryptionContext = {}): Record<string, string> => Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]));

  function encrypted(key: Key, plaintext: Buffer, context: EncryptionContext | undefined): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', store.material(key), nonce).setAAD(canonical(context));
    const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return Buffer.concat([Buffer.of(1), Buffer.from(key.id, 'ascii'), nonce, cipher.getAuthTag(), body]);
  }

  function dataKey(operation: string, input: OfKey & { KeySpec?: string; NumberOfBytes?: number; EncryptionContext?: EncryptionContext }, caller: Caller) {
    const key = usable(operation, input, caller, 'ENCRYPT_DECRYPT', contextOf(input.EncryptionContext));
    const plaintext = randomBytes(input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32));
    return { KeyId: arnOf(key), CiphertextBlob: encrypted(key, plaintext, input.EncryptionContext).toString('base64'), Plaintext: plaintext.toString('base64') };
  }

  const described = (key: Key) => ({
    AWSAccountId: host.account,
    KeyId: key.id,
    Arn: arnOf(key),
    CreationDate: key.createdAt / 1_000,
    Enabled: key.enabled,
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.enabled ? 'Enabled' : 'Disabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    KeySpec: key.spec,
    CustomerMasterKeySpec: key.spec,
    ...(key.usage === 'SIGN_VERIFY' ? { SigningAlgorithms: ALGORITHMS[key.spec] } : key.usage === 'ENCRYPT_DECRYPT' ? { EncryptionAlgorithms: ALGORITHMS[key.spec] } : { MacAlgorithms: ALGORITHMS[key.spec] }),
    MultiRegion: false,
  });

  const operations = {
    CreateKey(input: { KeySpec?: string; KeyUsage?: string; Description?: string; Policy?: string }, caller: Caller) {
      caller.require('kms:CreateKey', '*');
      const key = newKey(host, randomUUID(), { ...input, KeyPolicy: input.Policy ? (JSON.parse(input.Policy) as PolicyDocument) : undefined });
      store.put(key);
      return { KeyMetadata: described(key) };
    },
    DescribeKey: (input: OfKey, caller: Caller) => ({ KeyMetadata: described(usable('DescribeKey', input, caller)) }),
    GetKeyPolicy: (input: OfKey, caller: Caller) => ({ Policy: JSON.stringify(usable('GetKeyPolicy', input, caller).policy), PolicyName: 'default' }),
    GetPublicKey(input: OfKey, caller: Caller) {
      const key = usable('GetPublicKey', input, caller, 'SIGN_VERIFY');
      const PublicKey = createPublicKey(store.material(key)).export({ type: 'spki', format: 'der' }).toString('base64');
      return { KeyId: arnOf(key), PublicKey, KeySpec: key.spec, CustomerMasterKeySpec: key.spec, KeyUsage: key.usage, SigningAlgorithms: ALGORITHMS[key.spec] };
    },
    Sign(input: Signing, caller: Caller) {
      const { key, message, isDigest } = signer('Sign', input, caller);
      const material = store.material(key);
      const signature = isDigest
        ? { ECDSA_SHA_256: ecdsaSign, RSASSA_PKCS1_V1_5_SHA_256: pkcs1Sign, RSASSA_PSS_SHA_256: pssSign }[input.SigningAlgorithm]!(material, message)
        : sign('sha256', message, { key: material, ...paddingOf(input.SigningAlgorithm) });
      return { KeyId: arnOf(key), Signature: signature.toString('base64'), SigningAlgorithm: input.SigningAlgorithm };
    },
    Verify(input: Signing & { Signature: string }, caller: Caller) {
      const { key, message, isDigest } = signer('Verify', input, caller);
      const material = store.material(key);
      const signature = Buffer.from(input.Signature, 'base64');
      const valid = isDigest
        ? { ECDSA_SHA_256: ecdsaVerify, RSASSA_PKCS1_V1_5_SHA_256: pkcs1Verify, RSASSA_PSS_SHA_256: pssVerify }[input.SigningAlgorithm]!(material, message, signature)
        : verify('sha256', message, { key: createPublicKey(material), ...paddingOf(input.SigningAlgorithm) }, signature);
      if (!valid) throw new AwsError('KMSInvalidSignatureException', 'the signature does not fit the message, the key or the algorithm');
      return { KeyId: arnOf(key), SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
    },
    Encrypt(input: OfKey & { Plaintext: string; EncryptionContext?: EncryptionContext }, caller: Caller) {
      const key = usable('Encrypt', input, caller, 'ENCRYPT_DECRYPT', contextOf(input.EncryptionContext));
      const plaintext = Buffer.from(input.Plaintext, 'base64');
      if (plaintext.length > MOST_BYTES) throw new AwsError('ValidationException', `Plaintext has ${plaintext.length} bytes; give at most ${MOST_BYTES}, or encrypt with a data key`);
      return { KeyId: arnOf(key), CiphertextBlob: encrypted(key, plaintext, input.EncryptionContext).toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    Decrypt(input: { KeyId?: string; CiphertextBlob: string; EncryptionContext?: EncryptionContext }, caller: Caller) {
      const blob = Buffer.from(input.CiphertextBlob, 'base64');
      const id = blob.subarray(1, HEAD_BYTES).toString('ascii');
      if (blob[0] !== 1 || !store.get(id)) throw new AwsError('InvalidCiphertextException', 'the ciphertext is not one that this host made');
      if (input.KeyId && store.find(input.KeyId)?.id !== id) throw new AwsError('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');
      const key = usable('Decrypt', { KeyId: id }, caller, 'ENCRYPT_DECRYPT', contextOf(input.EncryptionContext));
      try {
        const cipher = createDecipheriv('aes-256-gcm', store.material(key), blob.subarray(HEAD_BYTES, HEAD_BYTES + 12));
        cipher.setAAD(canonical(input.EncryptionContext)).setAuthTag(blob.subarray(HEAD_BYTES + 12, HEAD_BYTES + 28));
        const plaintext = Buffer.concat([cipher.update(blob.subarray(HEAD_BYTES + 28)), cipher.final()]);
        return { KeyId: arnOf(key), Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      } catch (cause) {
        throw Object.assign(new AwsError('InvalidCiphertextException', 'the ciphertext was changed, or the encryption context is not the one it was made with'), { cause });
      }
    },
    GenerateDataKey: (input: OfKey, caller: Caller) => dataKey('GenerateDataKey', input, caller),
    GenerateDataKeyWithoutPlaintext(input: OfKey, caller: Caller) {
      const { KeyId, CiphertextBlob } = dataKey('GenerateDataKeyWithoutPlaintext', input, caller);
      return { KeyId, CiphertextBlob };
    },
    GenerateRandom({ NumberOfBytes }: { NumberOfBytes?: number }, caller: Caller) {
      caller.require('kms:GenerateRandom', '*');
      if (!NumberOfBytes || NumberOfBytes > 1_024) throw new AwsError('ValidationException', `NumberOfBytes is ${NumberOfBytes}; give 1 to 1024`);
      return { Plaintext: randomBytes(NumberOfBytes).toString('base64') };
    },
    GenerateMac(input: OfKey & { Message: string; MacAlgorithm: string }, caller: Caller) {
      const key = usable('GenerateMac', input, caller, 'GENERATE_VERIFY_MAC', { 'kms:MacAlgorithm': input.MacAlgorithm });
      return { KeyId: arnOf(key), Mac: macOf(key, input.Message).toString('base64'), MacAlgorithm: 'HMAC_SHA_256' };
    },
    VerifyMac(input: OfKey & { Message: string; Mac: string; MacAlgorithm: string }, caller: Caller) {
      const key = usable('VerifyMac', input, caller, 'GENERATE_VERIFY_MAC', { 'kms:MacAlgorithm': input.MacAlgorithm });
      const [given, own] = [Buffer.from(input.Mac, 'base64'), macOf(key, input.Message)];
      if (given.length !== own.length || !timingSafeEqual(given, own)) throw new AwsError('KMSInvalidMacException', 'the MAC does not fit the message or the key');
      return { KeyId: arnOf(key), MacValid: true, MacAlgorithm: 'HMAC_SHA_256' };
    },
    EnableKeyRotation(input: OfKey, caller: Caller) {
      store.put({ ...usable('EnableKeyRotation', input, caller), rotates: true });
      return {};
    },
    GetKeyRotationStatus: (input: OfKey, caller: Caller) => ({ KeyRotationEnabled: usable('GetKeyRotationStatus', input, caller).rotates }),
    ListKeys(_input: unknown, caller: Caller) {
      caller.require('kms:ListKeys', '*');
      return { Keys: store.list().map((key) => ({ KeyId: key.id, KeyArn: arnOf(key) })), Truncated: false };
    },
    ListAliases({ KeyId }: { KeyId?: string }, caller: Caller) {
      caller.require('kms:ListAliases', '*');
      const only = KeyId ? store.find(KeyId)?.id : undefined;
      const listed = store.aliases().filter((alias) => !KeyId || alias.key_id === only);
      return { Aliases: listed.map(({ name, key_id }) => ({ AliasName: name, AliasArn: `arn:aws:kms:${host.region}:${host.account}:${name}`, TargetKeyId: key_id })), Truncated: false };
    },
  };
  const macOf = (key: Key, message: string): Buffer => createHmac('sha256', store.material(key)).update(Buffer.from(message, 'base64')).digest();

  return { services: [{ signingName: 'kms', operations }], providers: [providerOf(host, store, arnOf)] };
};

const Properties = z.object({
  KeySpec: z.string().optional(),
  KeyUsage: z.string().optional(),
  Description: z.string().optional(),
  Enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  EnableKeyRotation: z.union([z.boolean(), z.stringbool()]).default(false),
  KeyPolicy: z.custom<PolicyDocument>().optional(),
});
const AliasProperties = z.object({ AliasName: z.string().startsWith('alias/'), TargetKeyId: z.string() });

function providerOf(host: Host, store: ReturnType<typeof keyStore>, arnOf: (key: Key) => string): ResourceProvider {
  return {
    types: ['AWS::KMS::Key', 'AWS::KMS::Alias'],
    deploy({ logicalId, type, properties, physicalId }) {
      if (type === 'AWS::KMS::Alias') {
        const { AliasName, TargetKeyId } = AliasProperties.parse(properties);
        const target = store.find(TargetKeyId);
        if (!target) throw new Error(`alias ${logicalId}: TargetKeyId ${TargetKeyId} is no key of this host; give a key of the template`);
        store.setAlias(AliasName, target.id);
        return { ref: AliasName, attributes: {} };
      }
      const wanted = Properties.parse(properties);
      const id = keyIdFor(physicalId);
      const key = { ...newKey(host, id, wanted), enabled: wanted.Enabled, rotates: wanted.EnableKeyRotation };
      const before = store.get(id);
      if (before && before.spec !== key.spec) throw new Error(`key ${logicalId}: KeySpec is ${key.spec} in the template and ${before.spec} here; a key's spec cannot change, give the resource a new logical id`);
      store.put({ ...key, createdAt: before?.createdAt ?? key.createdAt });
      return { ref: id, attributes: { Arn: arnOf(key), KeyId: id } };
    },
  };
}

function newKey(host: Host, id: string, wanted: { KeySpec?: string | undefined; KeyUsage?: string | undefined; Description?: string | undefined; KeyPolicy?: PolicyDocument | undefined }): Key {
  const spec = (wanted.KeySpec ?? 'SYMMETRIC_DEFAULT') as KeySpec;
  const usage: KeyUsage = spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : spec === 'HMAC_256' ? 'GENERATE_VERIFY_MAC' : 'SIGN_VERIFY';
  if (!(spec in ALGORITHMS)) throw new AwsError('UnsupportedOperationException', `KeySpec is ${spec}; this host has ${Object.keys(ALGORITHMS).join(', ')}`);
  if (wanted.KeyUsage && wanted.KeyUsage !== usage) throw new AwsError('UnsupportedOperationException', `KeyUsage is ${wanted.KeyUsage} on ${spec}; this host has ${usage} for it`);
  const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${host.account}:root` }, Action: 'kms:*', Resource: '*' };
  return { id, spec, usage, description: wanted.Description ?? '', enabled: true, rotates: false, policy: wanted.KeyPolicy ?? { Statement: [root] }, createdAt: host.clock.now() };
}

function paddingOf(algorithm: string) {
  return algorithm === 'RSASSA_PSS_SHA_256' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {};
}

function canonical(context: EncryptionContext = {}): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}
