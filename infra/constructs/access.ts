/** Access: signing in, the desk, the policies people work by, and the import of people by an administrator. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';
import type { SignIn } from './sign-in.ts';

export class Access extends Construct {
  /** Called by an administrator, with people to record. */
  readonly importPeople: PostactFunction;

  constructor(scope: Construct, id: string, platform: Platform, signIn: SignIn) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'access/access-pages.lambda.tsx',
      does: 'Shows sign-in, the desk and the policies',
      environment: {
        SITE_URL: platform.site.url,
        OIDC_ISSUER: signIn.issuer,
        OIDC_ADDRESS: signIn.address,
        OIDC_CLIENT_ID: signIn.client.userPoolClientId,
        OIDC_SIGN_OUT_URL: signIn.signOutUrl,
      },
      endsLines: true, // A session that ends leaves the list of its person's sessions.
    });
    platform.site.serve(
      ['/', '/sign-in', '/sign-in/{proxy+}', '/sign-out', '/desk', '/policy', '/policy/{proxy+}'],
      pages,
    );
    this.importPeople = new PostactFunction(this, 'ImportPeople', platform, {
      entry: 'access/import-people.lambda.ts',
      does: 'Records people, their rank, bureau and roles; called by an administrator',
      timeout: Duration.minutes(5),
      endsLines: true, // So does a person who is transferred, with the lists of their old roles.
    });
  }
}
