/**
 * The interface for the case-management system and for systems of other technologies: behind a token of the user pool's
 * machine client, one function; and the import of what older systems kept, which an administrator calls.
 */
import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import type { ImageStore } from './image-store.ts';
import { PostactFunction } from './postact-function.ts';
import { MACHINE_SCOPES, type SignIn } from './sign-in.ts';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];

export class CaseInterface extends Construct {
  /** Called by an administrator, with cases and records older systems kept. */
  readonly importRecords: PostactFunction;

  constructor(scope: Construct, id: string, platform: Platform, store: ImageStore, signIn: SignIn) {
    super(scope, id);
    const { site } = platform;
    const answers = new PostactFunction(this, 'Answers', platform, {
      entry: 'case/case-interface.lambda.ts',
      does: 'Takes what other systems tell of cases and records, once, and tells how they stand',
      environment: { SITE_URL: site.url, TOKEN_URL: signIn.tokenUrl, IMAGES_BUCKET: store.bucket.bucketName },
      megabytes: 512,
      // Reading the largest file takes longer than the API waits: asked again, the copy that was made is found.
      timeout: Duration.minutes(2),
    });
    // It signs the upload of another system; a signature is worth what its signer may do.
    store.allow(answers, [...READ, 's3:PutObject'], 'incoming/records/*/original');
    store.allow(
      answers,
      [...READ, 's3:PutObject', 's3:PutObjectTagging', 's3:PutObjectLegalHold'],
      'kept/records/*/original',
    );

    const authorizer = new HttpJwtAuthorizer('MachineToken', signIn.issuer, {
      jwtAudience: [signIn.machine.userPoolClientId],
    });
    site.serve(['/api/v1/{proxy+}'], answers, { machines: { authorizer, scopes: MACHINE_SCOPES } });
    site.serve(['/api/v1/openapi.json'], answers, { methods: HttpMethod.GET, isPublic: true });

    this.importRecords = new PostactFunction(this, 'ImportRecords', platform, {
      entry: 'retention/import-records.lambda.ts',
      does: 'Takes in cases and records that older systems kept; called by an administrator',
      timeout: Duration.minutes(5),
    });
  }
}
