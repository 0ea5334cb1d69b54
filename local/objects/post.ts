/**
 * A browser's upload by presigned POST: the signed policy says what the form may hold, the form must hold nothing else,
 * and whoever signed it must be allowed to put the object. Source: S3 API reference, "POST Policy".
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { basename } from 'node:path/posix';
import { parseXml, refuse, xmlAnswer, type Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import { promisedBy, tapped } from './bytes-in.ts';
import { readForm, type Form } from './form.ts';
import { commit, described, draft, requireDigest, writtenHeaders } from './put.ts';
import type { Store } from './store.ts';
import { tagsIn } from './tags.ts';

/** Fields that need no condition. */
const FREE = new Set(['policy', 'x-amz-signature', 'file', 'awsaccesskeyid', 'signature']);
const LARGEST_OBJECT_BYTES = 5 * 1024 ** 3;

interface Limits {
  readonly smallest: number;
  readonly largest: number;
}

export async function postObject(store: Store, ask: Ask): Promise<Answer> {
  const bucket = store.bucket(ask.bucket);
  const form = await readForm(ask.body, ask.request.headers['content-type'] ?? '');
  const template = form.fields.get('key');
  if (!template)
    throw refuse(
      'UserKeyMustBeSpecified',
      'The bucket POST must contain the specified field name. If it is specified, please check the order of the fields.',
    );
  const key = template.replaceAll('${filename}', () => basename(form.fileName.replaceAll('\\', '/')));
  if (Buffer.byteLength(key) > 1024)
    throw refuse('KeyTooLongError', undefined, { Size: Buffer.byteLength(key), MaxSizeAllowed: 1024 });
  const named = form.fields.get('bucket');
  if (named !== undefined && named !== bucket.name) throw failed(`["eq", "$bucket", "${named}"]`);

  const fields = new Map([...form.fields, ['key', key], ['bucket', bucket.name]]);
  const signer = signerOf(store, form, ask);
  const limits = form.fields.has('policy')
    ? judge(form.fields.get('policy')!, fields, form.fields, store.host.clock.now())
    : { smallest: 0, largest: LARGEST_OBJECT_BYTES };
  const asked = asHeaders({ ...ask, key, caller: signer }, fields);
  const facts = draft(store, asked, bucket);
  const tagging = fields.get('tagging');
  if (tagging !== undefined) store.permit(asked, bucket, 'PutObjectTagging');
  requireDigest(facts, asked.header);

  const body = tapped(within(form.file, limits), promisedBy(asked.header));
  const taken = await store.contents.write(body);
  const version = commit(
    store,
    asked,
    bucket,
    key,
    {
      ...facts,
      ...described(taken, facts.sse),
      ...(tagging === undefined ? {} : { tags: tagsIn(parseXml(tagging, 'Tagging')) }),
    },
    'POST Object',
  );
  const location = `${store.host.endpoint()}/${bucket.name}/${encodeURIComponent(key)}`;
  return success(
    fields,
    { Location: location, Bucket: bucket.name, Key: key, ETag: `"${version.etag}"` },
    { ...writtenHeaders(version), location },
  );
}

/** Throws AccessDenied, SignatureDoesNotMatch or InvalidAccessKeyId. Without a policy the form speaks for the request's caller. */
function signerOf(store: Store, { fields }: Form, ask: Ask): Ask['caller'] {
  const policy = fields.get('policy');
  if (policy === undefined) return ask.caller;
  const [keyId = '', date = '', region = '', service = '', end = ''] = (fields.get('x-amz-credential') ?? '').split(
    '/',
  );
  const signature = fields.get('x-amz-signature');
  if (fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256' || !signature || !keyId || end !== 'aws4_request') {
    throw refuse(
      'InvalidArgument',
      'A form with a policy needs the fields X-Amz-Algorithm (AWS4-HMAC-SHA256), X-Amz-Credential, X-Amz-Date and X-Amz-Signature',
    );
  }
  const issued = store.host.identities.secretOf(keyId);
  if (issued) {
    const signing = [date, region, service, end].reduce<Buffer | string>(
      (secret, part) => hmac(secret, part),
      `AWS4${issued.secretAccessKey}`,
    );
    const expected = hmac(signing, policy);
    const given = Buffer.from(signature, 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw refuse('SignatureDoesNotMatch', undefined, { AWSAccessKeyId: keyId, StringToSign: policy });
    if (fields.get('x-amz-security-token') !== issued.sessionToken)
      throw refuse('InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
  return store.host.identities.callerOf(keyId);
}

/** Judges the form by the policy. Throws AccessDenied for what the policy does not allow, InvalidPolicyDocument for nonsense. */
function judge(
  encoded: string,
  fields: ReadonlyMap<string, string>,
  sent: ReadonlyMap<string, string>,
  now: number,
): Limits {
  const policy = policyIn(encoded);
  if (now > policy.expiration) throw refuse('AccessDenied', 'Invalid according to Policy: Policy expired.');
  const covered = new Set<string>();
  let limits: Limits = { smallest: 0, largest: LARGEST_OBJECT_BYTES };
  for (const [operator, first, second] of policy.conditions) {
    if (operator === 'content-length-range') {
      limits = {
        smallest: Math.max(limits.smallest, Number(first)),
        largest: Math.min(limits.largest, Number(second)),
      };
      continue;
    }
    const name = String(first).replace(/^\$/, '').toLowerCase();
    const value = fields.get(name);
    covered.add(name);
    const holds =
      value !== undefined && (operator === 'eq' ? value === String(second) : startsWith(name, value, String(second)));
    if (!holds) throw failed(JSON.stringify([operator, `$${name}`, second]));
  }
  const extra = [...sent.keys()].filter(
    (name) => !covered.has(name) && !FREE.has(name) && !name.startsWith('x-ignore-'),
  );
  if (extra.length > 0)
    throw refuse('AccessDenied', `Invalid according to Policy: Extra input fields: ${extra.join(', ')}`);
  return limits;
}

/** For Content-Type and Accept a list separated by commas must begin so in every member. */
function startsWith(name: string, value: string, beginning: string): boolean {
  return (name === 'content-type' ? value.split(',').map((one) => one.trim()) : [value]).every((one) =>
    one.startsWith(beginning),
  );
}

function policyIn(encoded: string): { expiration: number; conditions: (readonly [string, unknown, unknown])[] } {
  const invalid = (why: string) => refuse('InvalidPolicyDocument', `Invalid Policy: ${why}`);
  let read: { expiration?: unknown; conditions?: unknown };
  try {
    read = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as typeof read;
  } catch {
    throw invalid('Invalid JSON.');
  }
  if (typeof read !== 'object' || read === null) throw invalid('Invalid JSON.');
  const expiration =
    typeof read.expiration === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(read.expiration)
      ? Date.parse(read.expiration)
      : NaN;
  if (Number.isNaN(expiration)) throw invalid("Invalid 'expiration' value: give an ISO 8601 instant in UTC");
  if (!Array.isArray(read.conditions)) throw invalid("Missing 'conditions'.");
  const conditions = read.conditions.flatMap((one: unknown): (readonly [string, unknown, unknown])[] => {
    if (Array.isArray(one)) {
      const [name, first, second] = one as unknown[];
      const operator = String(name).toLowerCase();
      const ranged =
        operator === 'content-length-range' && Number.isFinite(Number(first)) && Number.isFinite(Number(second));
      if (
        one.length !== 3 ||
        !(ranged || ((operator === 'eq' || operator === 'starts-with') && String(first).startsWith('$')))
      )
        throw invalid(`Invalid Condition: ${JSON.stringify(one)}`);
      return [[operator, first, second]];
    }
    if (typeof one !== 'object' || one === null) throw invalid(`Invalid Condition: ${JSON.stringify(one)}`);
    return Object.entries(one).map(([name, value]) => ['eq', `$${name}`, value] as const);
  });
  return { expiration, conditions };
}

/** The form's fields take the place of headers for everything that follows. */
function asHeaders(ask: Ask, fields: ReadonlyMap<string, string>): Ask {
  const acl = fields.get('acl');
  return {
    ...ask,
    signedBy: 'POST',
    names: [...fields.keys()],
    header: (name) => (name === 'x-amz-content-sha256' ? undefined : name === 'x-amz-acl' ? acl : fields.get(name)),
  };
}

/** Lets bytes through as far as the policy's range. Throws EntityTooLarge at the first byte too many, EntityTooSmall at the end. */
async function* within(file: AsyncIterable<Uint8Array>, { smallest, largest }: Limits): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of file) {
    size += chunk.length;
    if (size > largest) throw refuse('EntityTooLarge', undefined, { ProposedSize: size, MaxSizeAllowed: largest });
    yield chunk;
  }
  if (size < smallest) throw refuse('EntityTooSmall', undefined, { ProposedSize: size, MinSizeAllowed: smallest });
}

function success(
  fields: ReadonlyMap<string, string>,
  made: Record<string, string>,
  headers: Answer['headers'],
): Answer {
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect && URL.canParse(redirect)) {
    const to = new URL(redirect);
    for (const [name, value] of [
      ['bucket', made['Bucket']!],
      ['key', made['Key']!],
      ['etag', made['ETag']!],
    ] as const)
      to.searchParams.append(name, value);
    return { status: 303, headers: { ...headers, location: to.href } };
  }
  const status = fields.get('success_action_status');
  if (status === '201') return xmlAnswer('PostResponse', made, headers, 201);
  return { status: status === '200' ? 200 : 204, headers: headers ?? {} };
}

function failed(condition: string): Error {
  return refuse('AccessDenied', `Invalid according to Policy: Policy Condition failed: ${condition}`);
}

function hmac(secret: Buffer | string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}
