import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, startS3, type S3Host } from './s3-host.ts';

let host: S3Host;
let s3: S3Client;
const Bucket = 'ruled';

beforeEach(async () => {
  host = await startS3();
  s3 = host.client();
});
afterEach(() => host.stop());

const rules = (Rules: object[], more: object = {}) =>
  host.deploy('AWS::S3::Bucket', 'Ruled', {
    BucketName: Bucket,
    LifecycleConfiguration: { Rules: Rules.map((rule) => ({ Status: 'Enabled', ...rule })) },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    ...more,
  });
const put = (Key: string, more: object = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'body', ...more }));
const keys = async () => ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map((one) => one.Key);
const versions = async () => {
  const listed = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  return {
    versions: (listed.Versions ?? []).map((one) => one.VersionId),
    markers: (listed.DeleteMarkers ?? []).length,
  };
};
const versioned = { VersioningConfiguration: { Status: 'Enabled' } };

describe('expiry', () => {
  it('comes at the first midnight UTC after the days have passed, for what the filter names', async () => {
    await rules([{ Prefix: 'incoming/', ExpirationInDays: 1 }]);
    await put('incoming/a');
    await put('other/a');
    const midnight = Math.ceil((host.clock.now() + DAY_MS) / DAY_MS) * DAY_MS;
    await host.clock.advanceTo(midnight - 60_000);
    expect(await keys()).toEqual(['incoming/a', 'other/a']);
    await host.clock.advanceTo(midnight + 60_000);
    expect(await keys()).toEqual(['other/a']);
    expect(
      host.events
        .map((one) => JSON.parse(one.Detail) as { reason: string })
        .filter((one) => one.reason === 'Lifecycle Expiration'),
    ).toHaveLength(1);
  });

  it('is judged by tag and size, also when the tag comes later', async () => {
    await rules([{ TagFilters: [{ Key: 'class', Value: 'short' }], ObjectSizeGreaterThan: 2, ExpirationInDays: 3 }]);
    await put('tagged', { Tagging: 'class=short' });
    await put('small', { Tagging: 'class=short', Body: 'x' });
    await put('late');
    await host.clock.advance(5 * DAY_MS);
    expect(await keys()).toEqual(['late', 'small']);
    await s3.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'late', Tagging: { TagSet: [{ Key: 'class', Value: 'short' }] } }),
    );
    await host.clock.advance(DAY_MS);
    expect(await keys()).toEqual(['small']);
  });

  it('of versions leaves a marker, then removes the noncurrent version, then the lone marker', async () => {
    await rules([{ ExpirationInDays: 10, NoncurrentVersionExpiration: { NoncurrentDays: 5 } }], versioned);
    await put('a');
    await host.clock.advance(11 * DAY_MS);
    expect(await versions()).toEqual({ versions: [expect.any(String)], markers: 1 });
    await host.clock.advance(6 * DAY_MS);
    expect((await versions()).versions).toEqual([]);
    await host.clock.advance(11 * DAY_MS);
    expect(await versions()).toEqual({ versions: [], markers: 0 });
  });

  it('keeps the newest noncurrent versions that the rule spares', async () => {
    await rules([{ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 } }], versioned);
    const made = [];
    for (let n = 0; n < 4; n++) made.unshift((await put('a')).VersionId);
    await host.clock.advance(3 * DAY_MS);
    expect((await versions()).versions).toEqual(made.slice(0, 2));
  });

  it('never takes a locked version before its lock ends', async () => {
    await rules([{ NoncurrentVersionExpiration: { NoncurrentDays: 1 } }], { ObjectLockEnabled: true });
    const held = await put('held', { ObjectLockLegalHoldStatus: 'ON' });
    await put('retained', {
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate: new Date(host.clock.now() + 20 * DAY_MS),
    });
    for (const Key of ['held', 'retained']) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await host.clock.advance(19 * DAY_MS);
    expect((await versions()).versions).toHaveLength(2);
    await host.clock.advance(3 * DAY_MS);
    expect((await versions()).versions).toEqual([held.VersionId]);
    await s3.send(
      new PutObjectLegalHoldCommand({ Bucket, Key: 'held', VersionId: held.VersionId!, LegalHold: { Status: 'OFF' } }),
    );
    await host.clock.advance(2 * DAY_MS);
    expect((await versions()).versions).toEqual([]);
  });
});

describe('the other rules', () => {
  it('move objects to colder storage, step by step', async () => {
    await rules([
      {
        Transitions: [
          { StorageClass: 'GLACIER_IR', TransitionInDays: 30 },
          { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 365 },
        ],
      },
    ]);
    await put('a');
    const storage = async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents![0]!.StorageClass;
    expect(await storage()).toBe('STANDARD');
    await host.clock.advance(32 * DAY_MS);
    expect(await storage()).toBe('GLACIER_IR');
    await host.clock.advance(365 * DAY_MS);
    expect(await storage()).toBe('DEEP_ARCHIVE');
  });

  it('give up uploads that were never completed', async () => {
    await rules([{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }]);
    await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'a' }));
    await host.clock.advance(DAY_MS);
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toHaveLength(1);
    await host.clock.advance(2 * DAY_MS);
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  it('apply to what is there already when the template changes', async () => {
    await rules([{ Prefix: 'none/', ExpirationInDays: 1 }]);
    await put('a');
    await rules([{ ExpirationInDays: 1 }]);
    await host.clock.advance(3 * DAY_MS);
    expect(await keys()).toEqual([]);
  });

  it('are answered as they stand in the template', async () => {
    await rules([
      {
        Id: 'sweep',
        Prefix: 'incoming/',
        ExpirationInDays: 1,
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: '1' },
      },
      {
        Id: 'cold',
        TagFilters: [
          { Key: 'a', Value: 'b' },
          { Key: 'c', Value: 'd' },
        ],
        Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }],
        NoncurrentVersionExpiration: { NoncurrentDays: 7 },
      },
    ]);
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual([
      {
        ID: 'sweep',
        Status: 'Enabled',
        Filter: { Prefix: 'incoming/' },
        Expiration: { Days: 1 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
      {
        ID: 'cold',
        Status: 'Enabled',
        Filter: {
          And: {
            Prefix: '',
            Tags: [
              { Key: 'a', Value: 'b' },
              { Key: 'c', Value: 'd' },
            ],
          },
        },
        Transitions: [{ Days: 30, StorageClass: 'GLACIER_IR' }],
        NoncurrentVersionExpiration: { NoncurrentDays: 7 },
      },
    ]);
  });

  it('stop the deployment if they make no sense, naming the field', async () => {
    await expect(rules([{ ExpirationInDays: 'soon' }])).rejects.toThrow(
      'LifecycleConfiguration.Rules.0.ExpirationInDays',
    );
  });

  it.each([
    [
      { TagFilters: [{ Key: 'a', Value: 'b' }], AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      'TagFilters',
    ],
    [{ Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 7 }] }, 'less than 30'],
    [{ ExpirationInDays: 90, Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 90 }] }, 'not after'],
  ])('stop the deployment if S3 would refuse them: %j', async (rule, words) => {
    await expect(rules([rule])).rejects.toThrow(words);
  });

  it('of a prefix and a tag apply to what has both, also when the tag comes later', async () => {
    const Tag = { Key: 'class', Value: 'five-years' };
    await rules([
      { Prefix: 'kept/', TagFilters: [Tag], Transitions: [{ StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 180 }] },
    ]);
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules![0]!.Filter).toEqual({
      And: { Prefix: 'kept/', Tags: [Tag] },
    });
    await put('kept/tagged', { Tagging: 'class=five-years&record=r-1' });
    await put('kept/later');
    await put('kept/other', { Tagging: 'class=permanent' });
    await put('elsewhere', { Tagging: 'class=five-years' });
    await host.clock.advance(170 * DAY_MS);
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'kept/later', Tagging: { TagSet: [Tag] } }));
    await host.clock.advance(12 * DAY_MS);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Object.fromEntries(Contents!.map((one) => [one.Key, one.StorageClass]))).toEqual({
      elsewhere: 'STANDARD',
      'kept/later': 'DEEP_ARCHIVE',
      'kept/other': 'STANDARD',
      'kept/tagged': 'DEEP_ARCHIVE',
    });
  });

  it('cost a run per day on which something happens, not one per day that passes', async () => {
    await rules([{ ExpirationInDays: 1825 }]);
    await put('a');
    let runs = 0;
    const fire = host.journal.transaction.bind(host.journal);
    host.journal.transaction = (work) => {
      runs++;
      return fire(work);
    };
    await host.clock.advance(1830 * DAY_MS);
    expect(await keys()).toEqual([]);
    expect(runs).toBeLessThan(10);
  });
});
