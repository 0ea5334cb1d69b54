/** Runs the S3 host in a process of its own, to be killed. Prints its address. */
import { startS3 } from './s3-host.ts';

const host = await startS3(process.argv[2]);
await host.deploy('AWS::S3::Bucket', 'Kept', { BucketName: 'kept', VersioningConfiguration: { Status: 'Enabled' } });
console.log(host.endpoint);
