/** Operations on buckets, and what the template's AWS::S3::Bucket and AWS::S3::BucketPolicy become. */
import type { Deployed, PolicyDocument, ResourceProvider } from '../contract.ts';
import { listOf, parseXml, refuse, textOf, xmlAnswer, type Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import { CorsRule, PLAIN, lifecycleXml, settingsFrom, type Bucket, type Settings } from './bucket.ts';
import { wholeBody } from './bytes-in.ts';
import { corsXml } from './cors.ts';
import type { Store } from './store.ts';

const NAME = /^(?!xn--)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Keeps buckets and policies as the template has them; a change made through the API stays until the template changes. */
export function templateBuckets(store: Store): { readonly provider: ResourceProvider; forgetLostPolicies(): void } {
  const withPolicy = new Set<string>();
  return {
    provider: {
      types: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
      deploy({ type, properties, physicalId }) {
        if (type === 'AWS::S3::Bucket')
          return deployBucket(store, (textOf(properties['BucketName']) ?? physicalId).toLowerCase(), properties);
        const bucket = store.bucket(textOf(properties['Bucket']) ?? '').name;
        withPolicy.add(bucket);
        const policy = JSON.stringify(properties['PolicyDocument']);
        store.host.journal.run(
          'UPDATE s3_buckets SET policy = ?, policy_template = ? WHERE name = ? AND policy_template IS NOT ?',
          policy,
          policy,
          bucket,
          policy,
        );
        return { ref: physicalId, attributes: {} };
      },
    },
    /** Call once everything is deployed: a policy that the template no longer has goes. */
    forgetLostPolicies() {
      for (const { name } of store.host.journal.all<{ name: string }>(
        'SELECT name FROM s3_buckets WHERE policy_template IS NOT NULL',
      )) {
        if (!withPolicy.has(name))
          store.host.journal.run('UPDATE s3_buckets SET policy = NULL, policy_template = NULL WHERE name = ?', name);
      }
    },
  };
}

function deployBucket(store: Store, name: string, properties: Record<string, unknown>): Deployed {
  const { journal, clock, region } = store.host;
  if (!NAME.test(name))
    throw new Error(
      `bucket ${name}: a bucket's name has 3 to 63 of a-z, 0-9, "." and "-"; correct BucketName in the template`,
    );
  const { settings, ignored } = settingsFrom(name, properties);
  const template = JSON.stringify(properties);
  const before = journal.get<{ template: string | null; settings: string }>(
    'SELECT template, settings FROM s3_buckets WHERE name = ?',
    name,
  );
  if (before?.template !== template) {
    const held = before ? (JSON.parse(before.settings) as Settings) : undefined;
    if (held?.lock && !settings.lock)
      throw new Error(
        `bucket ${name}: Object Lock cannot be taken off a bucket; put ObjectLockEnabled back into the template`,
      );
    journal.transaction(() => {
      // As in S3, versioning once begun is suspended, never forgotten.
      const kept = { ...settings, versioning: settings.versioning ?? (held?.versioning ? 'Suspended' : undefined) };
      journal.run(
        'INSERT INTO s3_buckets (name, created_at, template, settings) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET template = excluded.template, settings = excluded.settings',
        name,
        clock.now(),
        template,
        JSON.stringify(kept),
      );
      store.touch(store.bucket(name));
    });
    if (ignored.length > 0) store.host.log(`bucket ${name}: ${ignored.join(', ')} has no effect on this host`);
  }
  return {
    ref: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
    },
  };
}

export async function createBucket(store: Store, ask: Ask): Promise<Answer> {
  if (!NAME.test(ask.bucket))
    throw refuse('InvalidBucketName', 'The specified bucket is not valid.', { BucketName: ask.bucket });
  await wholeBody(ask);
  ask.caller.require('s3:CreateBucket', `arn:aws:s3:::${ask.bucket}`, undefined, undefined, 'AccessDenied');
  const locked = ask.header('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true';
  const settings: Settings = locked ? { ...PLAIN, versioning: 'Enabled', lock: {} } : PLAIN;
  const made = store.host.journal.run(
    'INSERT INTO s3_buckets (name, created_at, settings) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ask.bucket,
    store.host.clock.now(),
    JSON.stringify(settings),
  );
  if (made === 0) throw refuse('BucketAlreadyOwnedByYou', undefined, { BucketName: ask.bucket });
  return { headers: { location: `/${ask.bucket}` } };
}

export function deleteBucket(store: Store, ask: Ask): Answer {
  const bucket = allowed(store, ask, 'DeleteBucket');
  store.host.journal.transaction(() => {
    for (const table of ['s3_versions', 's3_uploads']) {
      if (store.host.journal.get(`SELECT 1 FROM ${table} WHERE bucket = ?`, bucket.name))
        throw refuse('BucketNotEmpty', undefined, { BucketName: bucket.name });
    }
    store.host.journal.run('DELETE FROM s3_buckets WHERE name = ?', bucket.name);
  });
  return { status: 204 };
}

export function listBuckets(store: Store, ask: Ask): Answer {
  ask.caller.require('s3:ListAllMyBuckets', 'arn:aws:s3:::*', undefined, undefined, 'AccessDenied');
  const prefix = ask.query.get('prefix') ?? '';
  const rows = store.host.journal
    .all<{ name: string; created_at: number }>('SELECT name, created_at FROM s3_buckets ORDER BY name')
    .filter((row) => row.name.startsWith(prefix));
  return xmlAnswer('ListAllMyBucketsResult', {
    Owner: { ID: store.host.account },
    Buckets: {
      Bucket: rows.map((row) => ({
        Name: row.name,
        CreationDate: new Date(row.created_at).toISOString(),
        BucketRegion: store.host.region,
      })),
    },
  });
}

export function headBucket(store: Store, ask: Ask): Answer {
  allowed(store, ask, 'ListBucket');
  return { headers: { 'x-amz-bucket-region': store.host.region } };
}

export function getBucketLocation(store: Store, ask: Ask): Answer {
  allowed(store, ask, 'GetBucketLocation');
  return xmlAnswer('LocationConstraint', store.host.region === 'us-east-1' ? '' : store.host.region);
}

export function getBucketVersioning(store: Store, ask: Ask): Answer {
  return xmlAnswer('VersioningConfiguration', { Status: allowed(store, ask, 'GetBucketVersioning').versioning });
}

export function getBucketLifecycle(store: Store, ask: Ask): Answer {
  const { rules } = allowed(store, ask, 'GetLifecycleConfiguration');
  if (rules.length === 0) throw refuse('NoSuchLifecycleConfiguration');
  return xmlAnswer('LifecycleConfiguration', { Rule: lifecycleXml(rules) });
}

export function getBucketCors(store: Store, ask: Ask): Answer {
  return corsXml(allowed(store, ask, 'GetBucketCORS').cors);
}

export async function putBucketCors(store: Store, ask: Ask): Promise<Answer> {
  const bucket = allowed(store, ask, 'PutBucketCORS');
  const document = parseXml(await wholeBody(ask), 'CORSConfiguration');
  const texts = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));
  const cors = listOf(document['CORSRule']).map((rule) =>
    CorsRule.safeParse({
      Id: rule['ID'],
      MaxAge: rule['MaxAgeSeconds'],
      AllowedOrigins: texts(rule['AllowedOrigin']),
      AllowedMethods: texts(rule['AllowedMethod']),
      AllowedHeaders: texts(rule['AllowedHeader']),
      ExposedHeaders: texts(rule['ExposeHeader']),
    }),
  );
  if (cors.length === 0 || cors.length > 100 || cors.some((one) => !one.success)) throw refuse('MalformedXML');
  const { name: _, createdAt: __, policy: ___, ...settings } = bucket;
  store.host.journal.run(
    'UPDATE s3_buckets SET settings = ? WHERE name = ?',
    JSON.stringify({ ...settings, cors: cors.map((one) => one.data) }),
    bucket.name,
  );
  return {};
}

export function getBucketPolicy(store: Store, ask: Ask): Answer {
  const { policy } = allowed(store, ask, 'GetBucketPolicy');
  if (!policy) throw refuse('NoSuchBucketPolicy', undefined, { BucketName: ask.bucket });
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(policy) };
}

export async function putBucketPolicy(store: Store, ask: Ask): Promise<Answer> {
  allowed(store, ask, 'PutBucketPolicy');
  const text = await wholeBody(ask);
  let policy: Partial<PolicyDocument> | null;
  try {
    policy = JSON.parse(text) as typeof policy;
  } catch {
    throw refuse('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
  }
  if (typeof policy !== 'object' || policy === null || !Array.isArray(policy.Statement))
    throw refuse('MalformedPolicy', 'Missing required field Statement');
  store.host.journal.run('UPDATE s3_buckets SET policy = ? WHERE name = ?', text, ask.bucket);
  return { status: 204 };
}

function allowed(store: Store, ask: Ask, action: string): Bucket {
  const bucket = store.bucket(ask.bucket);
  store.permit(ask, bucket, action);
  return bucket;
}
