/** The ledger: its pages, and the hourly digest that is signed, chained and locked away. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { DeadLetters } from './dead-letters.ts';
import type { DigestStore } from './digest-store.ts';
import { HourlyCall } from './hourly-call.ts';
import { PostactFunction } from './postact-function.ts';

export class Ledger extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, store: DigestStore) {
    super(scope, id);
    const { keys } = platform;
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'ledger/ledger-pages.lambda.tsx',
      does: 'Shows the ledger; reading it is itself told to it',
      environment: { SITE_URL: platform.site.url },
    });
    platform.site.serve(['/ledger', '/ledger/{proxy+}'], pages);

    const deadLetters = new DeadLetters(this, 'DigestsGivenUp', platform, 'ledger-digest');
    const sign = new PostactFunction(this, 'SignDigest', platform, {
      entry: 'records/sign-ledger-digest.lambda.ts',
      does: 'Signs the hourly digest of all ledger heads',
      environment: { LEDGER_BUCKET: store.bucket.bucketName, DIGEST_KEY: keys.digest.keyArn },
      timeout: Duration.minutes(5),
      deadLetters: deadLetters.queue,
    });
    sign.may(['kms:Sign', 'kms:GetPublicKey'], [keys.digest.keyArn]);
    store.allowReadAndAdd(sign);
    new HourlyCall(this, 'EveryHour', platform, {
      function: sign,
      atMinute: 5,
      deadLetters,
      alarm: 'digest-not-written',
      says: 'The signing of the ledger’s digest has not run in two hours.',
    });
  }
}
