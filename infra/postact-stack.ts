/**
 * The one stack: stores, people, pages, workflows, mail, and what watches them. It names no partition, region or
 * account, so the same template goes to a commercial account, to GovCloud, to an emulator and to the embedded host.
 */
import { CfnOutput, Stack, Tags, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AccessLogs } from './constructs/access-logs.ts';
import { Access } from './constructs/access.ts';
import { Alarms } from './constructs/alarms.ts';
import { Assets } from './constructs/assets.ts';
import { Breach } from './constructs/breach.ts';
import { CaseInterface } from './constructs/case-interface.ts';
import { Case } from './constructs/case.ts';
import { Deadline } from './constructs/deadline.ts';
import { Decision } from './constructs/decision.ts';
import { Delivery } from './constructs/delivery.ts';
import { Deployment } from './constructs/deployment.ts';
import { Device } from './constructs/device.ts';
import { DigestStore } from './constructs/digest-store.ts';
import { Disclosure } from './constructs/disclosure.ts';
import { Disposition } from './constructs/disposition.ts';
import { Hold } from './constructs/hold.ts';
import { ImageStore } from './constructs/image-store.ts';
import { Image } from './constructs/image.ts';
import { Keys } from './constructs/keys.ts';
import { Ledger } from './constructs/ledger.ts';
import { Mail } from './constructs/mail.ts';
import { Outbox } from './constructs/outbox.ts';
import { QuarterlyReport } from './constructs/quarterly-report.ts';
import { RecordsTable } from './constructs/records-table.ts';
import { Reconciliation } from './constructs/reconciliation.ts';
import { Register } from './constructs/register.ts';
import { Retention } from './constructs/retention.ts';
import { RetentionPages } from './constructs/retention-pages.ts';
import { SignIn } from './constructs/sign-in.ts';
import { Site } from './constructs/site.ts';
import { Training } from './constructs/training.ts';
import { UseRequest } from './constructs/use-request.ts';
import type { Platform } from './platform.ts';
import type { Settings } from './settings.ts';

export interface PostactStackProps extends StackProps {
  readonly settings: Settings;
  /** The bundle of an entry point, by its path below functions/. */
  readonly codeOf: Platform['codeOf'];
  /**
   * Where the emulator is that the stack is for, as an address. Then what no emulator serves is left out: termination
   * protection, published versions of the workflows, and time limits in them that are expressions; and the user pool is
   * found there. @default AWS itself
   */
  readonly emulator?: string;
}

export class PostactStack extends Stack {
  constructor(scope: Construct, id: string, { settings, codeOf, emulator, ...props }: PostactStackProps) {
    super(scope, id, {
      description: 'postact: POST Act duties as serverless workflows',
      terminationProtection: !emulator,
      ...props,
    });
    Tags.of(this).add('application', 'postact');
    Tags.of(this).add('agency', settings.agency);

    const keys = new Keys(this, 'Keys');
    const alarms = new Alarms(this, 'Alarms', keys, settings);
    const site = new Site(this, 'Site', { settings, keys, alarms });
    const records = new RecordsTable(this, 'Records', keys);
    const logs = new AccessLogs(this, 'AccessLogs');
    const images = new ImageStore(this, 'Images', { keys, logs, siteUrl: site.url });
    const digests = new DigestStore(this, 'Digests', { keys, logs });
    const signIn = new SignIn(this, 'SignIn', { settings, siteUrl: site.url, ...(emulator && { emulator }) });
    const platform: Platform = { settings, keys, records, site, alarms, codeOf, ...(emulator && { emulator }) };

    new Assets(this, 'Assets', platform);
    const access = new Access(this, 'Access', platform, signIn);
    const decision = new Decision(this, 'Decision', platform);
    const useRequest = new UseRequest(this, 'UseRequest', platform, decision.workflow);
    new Deployment(this, 'Deployment', platform);
    const breach = new Breach(this, 'Breach', platform);
    const image = new Image(this, 'Image', platform, images);
    new Case(this, 'Case', platform);
    const delivery = new Delivery(this, 'Delivery', platform, images);
    const disclosure = new Disclosure(this, 'Disclosure', platform, {
      decision: decision.workflow,
      images,
      sealPackage: delivery.sealPackage,
    });
    const disposition = new Disposition(this, 'Disposition', platform, { decision: decision.workflow, images });
    const retention = new Retention(this, 'Retention', platform, images);
    const device = new Device(this, 'Device', platform);
    const training = new Training(this, 'Training', platform);
    const caseInterface = new CaseInterface(this, 'CaseInterface', platform, images, signIn);
    new QuarterlyReport(this, 'QuarterlyReport', platform);
    const register = new Register(this, 'Register', platform);
    const reconciliation = new Reconciliation(this, 'Reconciliation', platform, images);
    new RetentionPages(this, 'RetentionPages', platform);
    new Hold(this, 'Hold', platform);
    new Ledger(this, 'Ledger', platform, digests);
    new Mail(this, 'Mail', platform);
    new Deadline(this, 'Deadline', platform);
    new Outbox(this, 'Outbox', platform, {
      'use-request': useRequest.workflow,
      decision: decision.workflow,
      'image-intake': image.workflow,
      disclosure: disclosure.workflow,
      breach: breach.workflow,
      disposition: disposition.workflow,
      recalculation: retention.workflow,
      reconciliation: reconciliation.workflow,
    });

    for (const [name, value] of Object.entries({
      SiteUrl: site.url,
      ...(site.aliasOf && { SiteAliasOf: site.aliasOf }),
      TableName: records.table.tableName,
      ImagesBucketName: images.bucket.bucketName,
      LedgerBucketName: digests.bucket.bucketName,
      UserPoolId: signIn.userPool.userPoolId,
      UserPoolClientId: signIn.client.userPoolClientId,
      InterfaceClientId: signIn.machine.userPoolClientId,
      InterfaceTokenUrl: signIn.tokenUrl,
      DigestKeyId: keys.digest.keyId,
      DecisionKeyId: keys.decision.keyId,
      ImportPeopleFunctionName: access.importPeople.function.functionName,
      ImportDevicesFunctionName: device.importDevices.function.functionName,
      ImportTrainingsFunctionName: training.importTrainings.function.functionName,
      ImportRegistersFunctionName: register.importRegisters.function.functionName,
      ImportRecordsFunctionName: caseInterface.importRecords.function.functionName,
    })) {
      new CfnOutput(this, name, { value });
    }
  }
}
