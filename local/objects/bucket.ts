/**
 * What a bucket is told to be: its settings, read from the template's AWS::S3::Bucket properties and written back as
 * the XML of the Get operations.
 *
 * Properties that change nothing here (logging, metrics, inventory) are named once on the console; properties with a
 * shape S3 would refuse stop the deployment with the field's name.
 */
import * as z from 'zod';
import type { PolicyDocument } from '../contract.ts';
import type { Xml } from './answer.ts';

export type LockMode = 'GOVERNANCE' | 'COMPLIANCE';

export interface Sse {
  readonly algorithm: string;
  readonly kmsKeyId?: string | undefined;
  readonly bucketKey?: boolean | undefined;
}

const whole = z.coerce.number().int();
const flag = z.union([z.boolean(), z.stringbool()]);
const strings = z.array(z.string());

const Transition = z.object({
  StorageClass: z.string(),
  TransitionInDays: whole.optional(),
  TransitionDate: z.coerce.date().transform(Number).optional(),
});
const NoncurrentTransition = z.object({
  StorageClass: z.string(),
  TransitionInDays: whole,
  NewerNoncurrentVersions: whole.optional(),
});

const Rule = z
  .object({
    Id: z.string().optional(),
    Status: z.enum(['Enabled', 'Disabled']),
    Prefix: z.string().default(''),
    TagFilters: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
    ObjectSizeGreaterThan: whole.optional(),
    ObjectSizeLessThan: whole.optional(),
    ExpirationInDays: whole.min(1).optional(),
    ExpirationDate: z.coerce.date().transform(Number).optional(),
    ExpiredObjectDeleteMarker: flag.optional(),
    NoncurrentVersionExpiration: z
      .object({ NoncurrentDays: whole.min(1), NewerNoncurrentVersions: whole.optional() })
      .optional(),
    NoncurrentVersionExpirationInDays: whole.min(1).optional(),
    AbortIncompleteMultipartUpload: z.object({ DaysAfterInitiation: whole.min(1) }).optional(),
    Transition: Transition.optional(),
    Transitions: z.array(Transition).default([]),
    NoncurrentVersionTransition: NoncurrentTransition.optional(),
    NoncurrentVersionTransitions: z.array(NoncurrentTransition).default([]),
  })
  .transform(
    ({
      Transition: one,
      NoncurrentVersionTransition: noncurrent,
      NoncurrentVersionExpirationInDays: days,
      ...rule
    }) => ({
      ...rule,
      Transitions: one ? [...rule.Transitions, one] : rule.Transitions,
      NoncurrentVersionTransitions: noncurrent
        ? [...rule.NoncurrentVersionTransitions, noncurrent]
        : rule.NoncurrentVersionTransitions,
      NoncurrentVersionExpiration:
        rule.NoncurrentVersionExpiration ??
        (days === undefined ? undefined : { NoncurrentDays: days, NewerNoncurrentVersions: undefined }),
    }),
  );
export type LifecycleRule = z.infer<typeof Rule>;

const DAYS_BEFORE_INFREQUENT = 30;

/** What S3 refuses of a rule though each of its fields is sound. */
function refusalOf(rule: LifecycleRule): string | undefined {
  // Neither an upload nor a marker has tags.
  for (const field of ['AbortIncompleteMultipartUpload', 'ExpiredObjectDeleteMarker'] as const)
    if (rule.TagFilters.length > 0 && rule[field] !== undefined) return `${field} cannot stand beside TagFilters`;
  for (const { StorageClass, TransitionInDays = Infinity } of rule.Transitions) {
    if (StorageClass.endsWith('_IA') && TransitionInDays < DAYS_BEFORE_INFREQUENT)
      return `TransitionInDays ${TransitionInDays} is less than ${DAYS_BEFORE_INFREQUENT}, the least for ${StorageClass}`;
    if (
      TransitionInDays !== Infinity &&
      rule.ExpirationInDays !== undefined &&
      rule.ExpirationInDays <= TransitionInDays
    )
      return `ExpirationInDays ${rule.ExpirationInDays} is not after TransitionInDays ${TransitionInDays}`;
  }
  return undefined;
}

const SoundRule = Rule.check(({ value, issues }) => {
  const message = refusalOf(value);
  if (message !== undefined) issues.push({ code: 'custom', message, input: value });
});

export const CorsRule = z.object({
  Id: z.string().optional(),
  AllowedOrigins: strings.min(1),
  AllowedMethods: z.array(z.enum(['GET', 'PUT', 'HEAD', 'POST', 'DELETE'])).min(1),
  AllowedHeaders: strings.default([]),
  ExposedHeaders: strings.default([]),
  MaxAge: whole.optional(),
});
export type CorsRule = z.infer<typeof CorsRule>;

const Properties = z.object({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  ObjectLockEnabled: flag.optional(),
  ObjectLockConfiguration: z
    .object({
      ObjectLockEnabled: z.literal('Enabled').optional(),
      Rule: z
        .object({
          DefaultRetention: z
            .object({
              Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']),
              Days: whole.min(1).optional(),
              Years: whole.min(1).optional(),
            })
            .refine((given) => (given.Days === undefined) !== (given.Years === undefined), 'give either Days or Years'),
        })
        .optional(),
    })
    .optional(),
  LifecycleConfiguration: z.object({ Rules: z.array(SoundRule) }).optional(),
  CorsConfiguration: z.object({ CorsRules: z.array(CorsRule) }).optional(),
  NotificationConfiguration: z
    .object({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: flag.default(true) }).optional() })
    .optional(),
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z
        .array(
          z.object({
            BucketKeyEnabled: flag.optional(),
            ServerSideEncryptionByDefault: z
              .object({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().optional() })
              .optional(),
          }),
        )
        .min(1),
    })
    .optional(),
  PublicAccessBlockConfiguration: z
    .object({
      RestrictPublicBuckets: flag.optional(),
      BlockPublicPolicy: flag.optional(),
      BlockPublicAcls: flag.optional(),
      IgnorePublicAcls: flag.optional(),
    })
    .optional(),
  OwnershipControls: z.object({ Rules: z.array(z.object({ ObjectOwnership: z.string() })).min(1) }).optional(),
});

/** What the journal keeps of a bucket's configuration. */
export interface Settings {
  readonly versioning?: 'Enabled' | 'Suspended' | undefined;
  readonly lock?:
    | { readonly mode?: LockMode | undefined; readonly days?: number | undefined; readonly years?: number | undefined }
    | undefined;
  readonly rules: readonly LifecycleRule[];
  readonly cors: readonly CorsRule[];
  readonly sse: Sse;
  readonly events: boolean;
  readonly closedToPublic: boolean;
  readonly acls: boolean;
}

export interface Bucket extends Settings {
  readonly name: string;
  readonly createdAt: number;
  readonly policy?: PolicyDocument | undefined;
}

/** A bucket nobody said anything about, as S3 makes them since 2023. */
export const PLAIN: Settings = {
  rules: [],
  cors: [],
  sse: { algorithm: 'AES256' },
  events: false,
  closedToPublic: true,
  acls: false,
};

const KNOWN_TO_CHANGE_NOTHING = new Set(['Tags', 'AccessControl', ...Object.keys(Properties.shape)]);

/** Settings of the template, and the names of properties that are not acted on. Throws an Error that names the field. */
export function settingsFrom(
  name: string,
  properties: Record<string, unknown>,
): { settings: Settings; ignored: string[] } {
  const read = Properties.safeParse(properties);
  if (!read.success)
    throw new Error(
      `bucket ${name}: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}; correct it in the template`,
    );
  const given = read.data;
  const locked = given.ObjectLockEnabled === true || given.ObjectLockConfiguration !== undefined;
  if (locked && given.VersioningConfiguration?.Status === 'Suspended')
    throw new Error(`bucket ${name}: VersioningConfiguration.Status is Suspended, but Object Lock needs Enabled`);
  const retention = given.ObjectLockConfiguration?.Rule?.DefaultRetention;
  const encryption = given.BucketEncryption?.ServerSideEncryptionConfiguration[0];
  const notified = Object.keys((properties['NotificationConfiguration'] as object | undefined) ?? {}).filter(
    (key) => key !== 'EventBridgeConfiguration',
  );
  return {
    settings: {
      versioning: locked ? 'Enabled' : given.VersioningConfiguration?.Status,
      lock: locked ? { mode: retention?.Mode, days: retention?.Days, years: retention?.Years } : undefined,
      rules: given.LifecycleConfiguration?.Rules ?? [],
      cors: given.CorsConfiguration?.CorsRules ?? [],
      sse: {
        algorithm: encryption?.ServerSideEncryptionByDefault?.SSEAlgorithm ?? 'AES256',
        kmsKeyId: encryption?.ServerSideEncryptionByDefault?.KMSMasterKeyID,
        bucketKey: encryption?.BucketKeyEnabled,
      },
      events: given.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled ?? false,
      closedToPublic: given.PublicAccessBlockConfiguration
        ? given.PublicAccessBlockConfiguration.RestrictPublicBuckets === true
        : PLAIN.closedToPublic,
      acls:
        given.OwnershipControls !== undefined &&
        given.OwnershipControls.Rules[0]!.ObjectOwnership !== 'BucketOwnerEnforced',
    },
    ignored: [
      ...Object.keys(properties).filter((key) => !KNOWN_TO_CHANGE_NOTHING.has(key)),
      ...notified.map((key) => `NotificationConfiguration.${key}`),
    ],
  };
}

/** The Rule elements of GetBucketLifecycleConfiguration. */
export function lifecycleXml(rules: readonly LifecycleRule[]): Xml {
  const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  return rules.map((rule, index) => {
    const expires = rule.ExpirationInDays ?? rule.ExpirationDate ?? rule.ExpiredObjectDeleteMarker;
    const filter = {
      Prefix: rule.Prefix,
      Tag: rule.TagFilters,
      ObjectSizeGreaterThan: rule.ObjectSizeGreaterThan,
      ObjectSizeLessThan: rule.ObjectSizeLessThan,
    };
    const several =
      rule.TagFilters.length +
        [rule.Prefix || undefined, rule.ObjectSizeGreaterThan, rule.ObjectSizeLessThan].filter(
          (one) => one !== undefined,
        ).length >
      1;
    const single =
      rule.Prefix === '' &&
      (rule.TagFilters.length > 0 || rule.ObjectSizeGreaterThan !== undefined || rule.ObjectSizeLessThan !== undefined)
        ? { ...filter, Prefix: undefined }
        : filter;
    return {
      ID: rule.Id ?? `rule-${index + 1}`,
      Filter: several ? { And: filter } : single,
      Status: rule.Status,
      Expiration:
        expires === undefined
          ? undefined
          : {
              Days: rule.ExpirationInDays,
              Date: iso(rule.ExpirationDate),
              ExpiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker,
            },
      NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration,
      AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
      Transition: rule.Transitions.map((one) => ({
        Days: one.TransitionInDays,
        Date: iso(one.TransitionDate),
        StorageClass: one.StorageClass,
      })),
      NoncurrentVersionTransition: rule.NoncurrentVersionTransitions.map((one) => ({
        NoncurrentDays: one.TransitionInDays,
        NewerNoncurrentVersions: one.NewerNoncurrentVersions,
        StorageClass: one.StorageClass,
      })),
    };
  });
}
