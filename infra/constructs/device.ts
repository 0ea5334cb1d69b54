/** Devices: their pages, and their import by an administrator. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';

export class Device extends Construct {
  /** Called by an administrator, with devices to register. */
  readonly importDevices: PostactFunction;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'device/device-pages.lambda.tsx',
      does: 'Registers, inspects and shows devices',
      environment: { SITE_URL: platform.site.url },
    });
    platform.site.serve(['/devices', '/devices/{proxy+}'], pages);
    this.importDevices = new PostactFunction(this, 'ImportDevices', platform, {
      entry: 'device/import-devices.lambda.ts',
      does: 'Registers devices; called by an administrator',
      timeout: Duration.minutes(5),
    });
  }
}
