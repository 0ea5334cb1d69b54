/**
 * The page of a delivery for members: the requester of its disclosure, and privacy officers. A role of its own: it can
 * read sealed packages and no passphrase.
 *
 * Called by  ANY /deliveries/{proxy+}
 */
import type { Context } from 'hono';
import type { Refusal } from '../../policies/ruling.ts';
import { page } from '../edge/frame.tsx';
import { formOf, handlerOf, pageApp, signedIn, type PageEnv, type PageNeeds } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { systemNow } from '../edge/system.ts';
import { recordsIn, type Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { visitorsIn } from '../records/visitors.ts';
import { DeliveryPage } from './delivery-page.tsx';
import type { DeliveredFiles } from './delivered-files.ts';
import { deliveredFilesIn } from './delivered-files.aws.ts';
import { packageNameOf } from './names.ts';
import { deliverySeenBy, takeOutPackage } from './take-out-package.ts';
import { linkTo } from './use-opened.ts';

export interface DeliveryPagesNeeds extends PageNeeds {
  readonly records: Records;
  readonly files: Pick<DeliveredFiles, 'link' | 'origin'>;
}

type Ask = Context<PageEnv<DeliveryPagesNeeds>>;

export function deliveryPages(needs: () => DeliveryPagesNeeds) {
  const app = pageApp(needs);

  app.get('/deliveries/:id', (c) => deliveryPage(c));

  app.post('/deliveries/:id', async (c) => {
    const visitor = signedIn(c);
    await formOf(c);
    const { needs: given } = c.var;
    const taken = await untilWritten(() => takeOutPackage(given, { deliveryId: c.req.param('id'), visitor }));
    if (taken.kind === 'missing') return c.notFound();
    if (taken.kind === 'refused') return deliveryPage(c, taken.because);
    const file = taken.delivery.seal!.package;
    const link = await linkTo(given.files, { kind: 'open', file, fileName: packageNameOf(taken.delivery) });
    return c.redirect(link, STATUS.SeeOther);
  });

  return app;
}

async function deliveryPage(c: Ask, refusals?: readonly Refusal[]): Promise<Response> {
  const visitor = signedIn(c);
  const { records, files, now } = c.var.needs;
  const seen = await deliverySeenBy(records, c.req.param('id') ?? '', visitor);
  if (!seen) return c.notFound();
  return page(
    c,
    {
      title: `Delivery ${seen.delivery.id}`,
      above: <a href={`/disclosures/${encodeURIComponent(seen.disclosure.id)}`}>Disclosure {seen.disclosure.id}</a>,
      wide: true,
      // The form that takes the package out is answered with a way to the store, and browsers hold it to this list.
      formOrigin: await files.origin(),
      ...(refusals && { status: STATUS.Refused }),
    },
    <DeliveryPage {...seen} visitor={visitor} now={now()} refusals={refusals} />,
  );
}

const needs = onFirstCall((): DeliveryPagesNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return {
    records,
    files: deliveredFilesIn(readEnv('IMAGES_BUCKET')),
    now: systemNow,
    ...visitorsIn(records, systemNow),
  };
});

export const handler = handlerOf(deliveryPages(needs), 'delivery-pages');
