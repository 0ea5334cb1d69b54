/**
 * The first page, signing in and out, "my desk", and the published policy.
 *
 * Called by  ANY /, /sign-in, /sign-in/{proxy+}, /sign-out, /desk, /policy, /policy/{proxy+}
 * Faults     DirectoryUnreachable, RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Hono } from 'hono';
import { handlerOf, mustBeAble, pageApp, type PageEnv } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newSecret, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { visitorsIn } from '../records/visitors.ts';
import { deskOf } from './desk.ts';
import { deskPage } from './desk-page.tsx';
import { directoryAt } from './directory.ts';
import { firstPage } from './first-page.tsx';
import { addPolicy } from './policy-pages.tsx';
import { addSignIn, type SignInNeeds } from './sign-in-pages.tsx';

export function accessPages(needs: () => SignInNeeds): Hono<PageEnv<SignInNeeds>> {
  const app = pageApp(needs);
  app.get('/', async (c) => (c.var.visitor ? c.redirect('/desk', STATUS.SeeOther) : firstPage(c)));
  app.get('/desk', async (c) => {
    const visitor = mustBeAble(c, 'read-own-requests');
    return deskPage(c, visitor, await deskOf(c.var.needs.records, visitor), c.var.needs.now());
  });
  addSignIn(app);
  addPolicy(app);
  return app;
}

const needs = onFirstCall((): SignInNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  const directory = directoryAt({
    issuer: readEnv('OIDC_ISSUER'),
    address: readEnv('OIDC_ADDRESS'),
    clientId: readEnv('OIDC_CLIENT_ID'),
    addressToSignOut: readEnv('OIDC_SIGN_OUT_URL'),
  });
  return { records, directory, now: systemNow, newSecret, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(accessPages(needs), 'access-pages');
