/**
 * Pages for the recipient of a delivery, who has no account: a link, a one-time code, what is ready, and the receipt.
 *
 * A member's session counts for nothing here. GET, HEAD and OPTIONS change nothing, so a mail scanner that follows the
 * link takes nothing and uses nothing up. Whatever opens nothing is answered with one page, the same to the letter.
 *
 * Called by  ANY /receive/{proxy+}
 */
import type { Context } from 'hono';
import { HOUSE } from '../../policies/editions/house.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { cookieOf, giveCookie, takeCookie } from '../edge/cookies.ts';
import { page } from '../edge/frame.tsx';
import {
  formOf,
  handlerOf,
  pageApp,
  publicFormSecret,
  type Form,
  type PageEnv,
  type PageNeeds,
} from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newSecret, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { askForCode } from './ask-for-code.ts';
import { heldHash } from './contract.ts';
import type { DeliveredFiles } from './delivered-files.ts';
import { deliveredFilesIn } from './delivered-files.aws.ts';
import { enterCode } from './enter-code.ts';
import { FilesPage } from './files-page.tsx';
import { findDelivery, isSameHash, isVisiting, type DeliveryNeeds, type Open } from './find-delivery.ts';
import { openDelivered, type InVisit } from './open-delivered.ts';
import { DoorPage, NothingPage, OverPage, PassphrasePage, ReceivedPage } from './receive-views.tsx';
import { receiveDelivery } from './receive-delivery.ts';
import { linkTo, useOpened } from './use-opened.ts';

export interface ReceivePagesNeeds extends PageNeeds, DeliveryNeeds {
  readonly files: DeliveredFiles;
}

type Ask = Context<PageEnv<ReceivePagesNeeds>>;

export function receivePages(needs: () => ReceivePagesNeeds) {
  const app = pageApp(needs);

  app.get('/receive/done', (c) => page(c, { title: 'Your receipt is on record' }, <ReceivedPage />));

  app.get('/receive/:secret', async (c) => {
    const found = await findDelivery(c.var.needs, secretOf(c));
    return found.kind === 'open' ? doorPage(c, found) : nothing(c);
  });

  app.post('/receive/:secret/code', async (c) => {
    await formOf(c);
    const asked = await untilWritten(() => askForCode(c.var.needs, { secret: secretOf(c), browser: browserOf(c) }));
    if (asked.kind === 'missing') return nothing(c);
    return asked.kind === 'done' ? c.redirect(doorOf(c), STATUS.SeeOther) : doorAgain(c, asked.because);
  });

  app.post('/receive/:secret/enter', async (c) => {
    const form = await formOf(c);
    const given = { secret: secretOf(c), browser: browserOf(c), code: form.text('code') };
    const entered = await untilWritten(() => enterCode(c.var.needs, given));
    if (entered.kind === 'missing') return nothing(c);
    if (entered.kind === 'refused') return doorAgain(c, entered.because);
    giveCookie(c, 'visit', entered.visit, { sameSite: 'Strict', maxAge: HOUSE.minutesOfAVisit.minutes * 60 });
    return c.redirect(`${doorOf(c)}/files`, STATUS.SeeOther);
  });

  app.get('/receive/:secret/files', async (c) => {
    const found = await findDelivery(c.var.needs, secretOf(c));
    if (found.kind !== 'open') return nothing(c);
    if (!isVisiting(found.delivery, cookieOf(c, 'visit'), c.var.needs.now())) return toTheDoor(c);
    return filesPage(c, found);
  });

  app.post('/receive/:secret/open', async (c) => {
    const what = (await formOf(c)).text('what');
    const opened = await untilWritten(() =>
      openDelivered(c.var.needs, { ...visitOf(c), what: what === 'passphrase' ? '' : what }),
    );
    if (opened.kind === 'no-visit') return toTheDoor(c);
    return opened.kind === 'missing' ? nothing(c) : c.redirect(`${doorOf(c)}/file/${opened.token}`, STATUS.SeeOther);
  });

  app.get('/receive/:secret/file/:token', async (c) => {
    const held = await useOpened(c.var.needs, { ...visitOf(c), token: c.req.param('token') });
    if (held.kind === 'missing') return nothing(c);
    if (held.kind === 'no-visit') return toTheDoor(c);
    if (held.kind === 'over')
      return page(c, { title: 'This address is over', status: 410 }, <OverPage door={doorOf(c)} />);
    return c.redirect(await linkTo(c.var.needs.files, held), 302);
  });

  app.post('/receive/:secret/passphrase', async (c) => {
    await formOf(c);
    const opened = await untilWritten(() => openDelivered(c.var.needs, { ...visitOf(c), what: 'passphrase' }));
    if (opened.kind === 'no-visit') return toTheDoor(c);
    const at = opened.kind === 'opened' ? opened.delivery.seal?.passphrase : undefined;
    if (!at) return nothing(c);
    const passphrase = await c.var.needs.files.passphrase(at);
    return page(
      c,
      { title: 'The passphrase of the sealed package' },
      <PassphrasePage door={doorOf(c)} passphrase={passphrase} />,
    );
  });

  app.post('/receive/:secret/receipt', async (c) => {
    const form = await formOf(c);
    const given = { ...visitOf(c), name: form.text('name'), agreed: form.checked('agreed') };
    const received = await untilWritten(() => receiveDelivery(c.var.needs, given));
    if (received.kind === 'no-visit') return toTheDoor(c);
    if (received.kind === 'missing') return nothing(c);
    if (received.kind === 'refused') {
      const found = await findDelivery(c.var.needs, secretOf(c));
      return found.kind === 'open' ? filesPage(c, found, form, received.because) : nothing(c);
    }
    takeCookie(c, 'visit');
    return c.redirect('/receive/done', STATUS.SeeOther);
  });

  return app;
}

const secretOf = (c: Ask): string => c.req.param('secret') ?? '';
const doorOf = (c: Ask): string => `/receive/${secretOf(c)}`;
const toTheDoor = (c: Ask): Response => c.redirect(doorOf(c), STATUS.SeeOther);
const visitOf = (c: Ask): InVisit => ({ secret: secretOf(c), visit: cookieOf(c, 'visit') });
/** Whoever posts our form has its cookie: the form would not have been read without. */
const browserOf = (c: Ask): string => cookieOf(c, 'form') ?? '';

/** One page and one status for every link that opens nothing, whatever the reason. */
const nothing = (c: Ask): Promise<Response> =>
  page(c, { title: 'This link opens nothing', status: STATUS.NotFound }, <NothingPage />);

async function doorPage(c: Ask, { delivery }: Open, because?: readonly Refusal[]): Promise<Response> {
  const secret = publicFormSecret(c);
  const browser = cookieOf(c, 'form');
  const asked = delivery.asking && browser && isSameHash(delivery.asking.browser, heldHash(delivery.id, browser));
  return page(
    c,
    { title: 'Something is ready for you', ...(because && { status: STATUS.Refused }) },
    <DoorPage
      door={doorOf(c)}
      secret={secret}
      closesAt={delivery.closesAt}
      now={c.var.needs.now()}
      asked={Boolean(asked)}
      visiting={isVisiting(delivery, cookieOf(c, 'visit'), c.var.needs.now())}
      refusals={because}
    />,
  );
}

async function doorAgain(c: Ask, because: readonly Refusal[]): Promise<Response> {
  const found = await findDelivery(c.var.needs, secretOf(c));
  return found.kind === 'open' ? doorPage(c, found, because) : nothing(c);
}

async function filesPage(c: Ask, found: Open, typed?: Form, because?: readonly Refusal[]): Promise<Response> {
  return page(
    c,
    {
      title: 'What was released to you',
      wide: true,
      // The form that opens a file is answered with a way to the store, and browsers hold it to this list.
      formOrigin: await c.var.needs.files.origin(),
      ...(because && { status: STATUS.Refused }),
    },
    <FilesPage
      door={doorOf(c)}
      secret={publicFormSecret(c)}
      delivery={found.delivery}
      disclosure={found.disclosure}
      now={c.var.needs.now()}
      typed={typed}
      refusals={because}
    />,
  );
}

const needs = onFirstCall((): ReceivePagesNeeds => ({
  records: recordsIn(readEnv('RECORDS_TABLE')),
  files: deliveredFilesIn(readEnv('IMAGES_BUCKET')),
  now: systemNow,
  newSecret,
  visitorOf: () => Promise.resolve(undefined),
}));

export const handler = handlerOf(receivePages(needs), 'receive-pages');
