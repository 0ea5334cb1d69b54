/**
 * Pages of the noun image: filing, sending the file, an image's record, and opening it.
 *
 * Called by  ANY /images, /images/{proxy+}
 */
import type { Context } from 'hono';
import type { Refusal } from '../../policies/ruling.ts';
import { mayDo } from '../../policies/roles.ts';
import { deployments } from '../deployment/contract.ts';
import { devices } from '../device/contract.ts';
import { siteOf } from '../edge/cookies.ts';
import { ClauseLink, Notice } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import {
  formOf,
  handlerOf,
  mustBeAble,
  pageApp,
  signedIn,
  type Form,
  type PageEnv,
  type PageNeeds,
} from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newId, newSecret, systemNow } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { recordsIn, type Records } from '../records/records.aws.ts';
import { visitorsIn } from '../records/visitors.ts';
import { useRequests } from '../use-request/contract.ts';
import { beginUpload, uploadFormFor } from './begin-upload.ts';
import { images, type Image } from './contract.ts';
import { fileImage } from './file-image.ts';
import { FilingForm, filedIn } from './image-form.tsx';
import { ImageList, listFor } from './image-list.tsx';
import { ImagePage, STATES } from './image-page.tsx';
import { imageView } from './image-view.ts';
import { openView } from './open-view.ts';
import type { Originals } from './originals.ts';
import { originalsIn } from './originals.aws.ts';
import { shareImage } from './share-image.ts';
import { linkFor, useView } from './use-view.ts';
import { ViewerPage } from './viewer-page.tsx';
import { whyNotRead } from './who-may-read.ts';

export interface ImagePagesNeeds extends PageNeeds {
  readonly records: Records;
  readonly originals: Originals;
  newImageId(): string;
  newViewId(): string;
}

type Ask = Context<PageEnv<ImagePagesNeeds>>;

export function imagePages(needs: () => ImagePagesNeeds) {
  const app = pageApp(needs);

  app.get('/images', async (c) => {
    const visitor = signedIn(c);
    const listing = await listFor(c.var.needs, visitor, c.req.query('case') ?? '');
    return page(
      c,
      { title: 'Images', ...(listing.refusal && { status: STATUS.Forbidden }) },
      <ImageList {...listing} />,
    );
  });

  app.get('/images/new', (c) => filingPage(c, mustBeAble(c, 'upload-image'), c.req.query('request') ?? ''));

  app.post('/images', async (c) => {
    const visitor = mustBeAble(c, 'upload-image');
    const form = await formOf(c);
    const requestId = form.text('request');
    const { filed, refusals } = filedIn(form, c.var.needs.now());
    const answer = await fileImage(c.var.needs, { requestId, filed, refusals, uploader: visitor });
    if (answer.kind === 'filed') return c.redirect(`/images/${answer.imageId}`, STATUS.SeeOther);
    return answer.kind === 'refused' ? filingPage(c, visitor, requestId, form, answer.because) : c.notFound();
  });

  app.get('/images/:id', async (c) => {
    const read = await readable(c, signedIn(c));
    if (!('image' in read)) return read.answer;
    if (c.req.header('accept') === 'application/json')
      return c.json({ state: read.image.state, label: STATES[read.image.state][0] });
    return imagePage(c, read.visitor, read.image);
  });

  // Answers a script of ours: the form to send the file with, for the file whose size and SHA-256 it has read.
  app.post('/images/:id/retry', async (c) => {
    const visitor = mustBeAble(c, 'upload-image');
    const form = await formOf(c);
    const answer = await beginUpload(c.var.needs, {
      imageId: c.req.param('id'),
      personId: visitor.personId,
      sha256: form.text('sha256'),
      bytes: Number(form.text('bytes')),
    });
    if (answer.kind === 'ready') return c.json(answer.form);
    return answer.kind === 'refused'
      ? c.json({ because: answer.because }, STATUS.Refused)
      : c.json({ because: [] }, STATUS.NotFound);
  });

  app.post('/images/:id/views', async (c) => {
    const visitor = signedIn(c);
    const form = await formOf(c);
    const imageId = c.req.param('id');
    const answer = await openView(c.var.needs, {
      imageId,
      operation: form.text('operation'),
      purpose: form.text('purpose'),
      need: form.text('need').slice(0, 2000),
      caseNumber: form.text('caseNumber').slice(0, 200),
      viewer: visitor,
    });
    if (answer.kind === 'missing') return c.notFound();
    if (answer.kind === 'allowed')
      return c.redirect(
        `/images/${imageId}/${answer.view.use === 'view' ? 'viewer' : 'file'}?view=${answer.view.id}`,
        STATUS.SeeOther,
      );
    const read = await readable(c, visitor);
    const correctable =
      'image' in read && answer.because.every(({ field }) => ['purpose', 'need', 'caseNumber'].includes(field));
    return correctable ? imagePage(c, visitor, read.image, form, answer.because) : refusedPage(c, answer.because);
  });

  app.post('/images/:id/shares', async (c) => {
    const visitor = signedIn(c);
    const form = await formOf(c);
    const answer = await shareImage(c.var.needs, {
      imageId: c.req.param('id'),
      by: visitor,
      recipient: form.text('recipient').slice(0, 200),
      dutyReason: form.text('dutyReason').slice(0, 2000),
    });
    if (answer.kind === 'missing') return c.notFound();
    if (answer.kind === 'shared') return c.redirect(`/images/${c.req.param('id')}`, STATUS.SeeOther);
    const read = await readable(c, visitor);
    return 'image' in read ? imagePage(c, visitor, read.image, form, answer.because) : read.answer;
  });

  app.get('/images/:id/viewer', async (c) => {
    const used = await useView(c.var.needs, viewAsked(c));
    if (used.kind === 'missing') return c.notFound();
    if (used.kind === 'refused') return refusedPage(c, used.because);
    const origin = await c.var.needs.originals.origin();
    // A TIFF is fetched by the script, so the bucket is a place to connect to as well as one that images come from.
    return page(
      c,
      { title: `Image ${used.image.id}`, wide: true, imageOrigin: origin, uploadOrigin: origin, script: 'viewer.js' },
      <ViewerPage image={used.image} view={used.view} now={c.var.needs.now()} />,
    );
  });

  app.get('/images/:id/file', async (c) => {
    const used = await useView(c.var.needs, viewAsked(c));
    if (used.kind === 'missing') return c.notFound();
    return used.kind === 'refused'
      ? refusedPage(c, used.because)
      : c.redirect(await linkFor(c.var.needs.originals, used), 302);
  });

  return app;
}

const viewAsked = (c: Ask) => ({
  imageId: c.req.param('id') ?? '',
  viewId: c.req.query('view') ?? '',
  personId: signedIn(c).personId,
});

/** The image, if this visitor may read its record; otherwise the answer that says why not. */
async function readable(
  c: Ask,
  visitor: Visitor,
): Promise<{ readonly image: Image; readonly visitor: Visitor } | { readonly answer: Response }> {
  const { records, now } = c.var.needs;
  const image = await records.get(images, c.req.param('id') ?? '');
  if (!image) return { answer: await c.notFound() };
  const why = await whyNotRead(records, visitor, image, now());
  return why ? { answer: await refusedPage(c, [why]) } : { image, visitor };
}

async function imagePage(
  c: Ask,
  visitor: Visitor,
  image: Image,
  typed?: Form,
  refusals?: readonly Refusal[],
): Promise<Response> {
  const { needs } = c.var;
  const now = needs.now();
  const mine =
    image.state === 'awaiting-upload' &&
    image.uploaderId === visitor.personId &&
    mayDo(visitor.roles, 'upload-image') &&
    now < image.uploadEndsAt;
  const upload = mine
    ? await uploadFormFor(needs, image, { backTo: new URL(`/images/${image.id}`, siteOf(c)).href })
    : undefined;
  const waiting = mine || image.state === 'checking';
  return page(
    c,
    {
      title: `Image ${image.id}`,
      wide: true,
      ...(upload && { uploadOrigin: await needs.originals.origin() }),
      // The form that saves the original is answered with a way to the store, and browsers hold it to this list.
      ...(image.stored && mayDo(visitor.roles, 'view-image') && { formOrigin: await needs.originals.origin() }),
      ...(waiting && { script: 'upload.js' }),
      ...(refusals && { status: STATUS.Refused }),
    },
    <ImagePage
      {...await imageView(needs.records, image, visitor, now)}
      upload={upload}
      typed={typed}
      refusals={refusals}
    />,
  );
}

async function filingPage(
  c: Ask,
  visitor: Visitor,
  requestId: string,
  typed?: Form,
  refusals?: readonly Refusal[],
): Promise<Response> {
  const { records, now } = c.var.needs;
  const request = requestId ? await records.get(useRequests, requestId) : undefined;
  if (!request) return c.notFound();
  const deployment = request.deploymentId ? await records.get(deployments, request.deploymentId) : undefined;
  if (!deployment?.startedAt) {
    return page(
      c,
      {
        title: 'No image can be filed yet',
        status: STATUS.Conflict,
        lead: 'An image comes from a deployment, and none has begun under this request.',
      },
      <p>
        <a href={`/requests/${requestId}`}>Back to request {requestId}</a>
      </p>,
    );
  }
  const known = await records.ofSubject(devices, 'devices');
  return page(
    c,
    {
      title: 'File an x-ray image',
      above: `Request ${requestId}, deployment ${deployment.id}`,
      ...(refusals && { status: STATUS.Refused }),
    },
    <FilingForm
      visitor={visitor}
      requestId={requestId}
      deployment={deployment}
      devices={known.records}
      now={now()}
      typed={typed}
      refusals={refusals}
    />,
  );
}

/** A page for what a form cannot put right: another's view, a view that is over, a case that is not one's duty. */
function refusedPage(c: Ask, because: readonly Refusal[]): Promise<Response> {
  return page(
    c,
    { title: 'This is not open to you', status: STATUS.Forbidden },
    <Notice kind="error" heading="Policy does not allow it">
      <ul class="usa-list">
        {because.map(({ clause, found, expected, todo }) => (
          <li>
            Found {found}; expected {expected}. What to do: {todo}. <ClauseLink id={clause} />
          </li>
        ))}
      </ul>
    </Notice>,
  );
}

const needs = onFirstCall((): ImagePagesNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return {
    records,
    originals: originalsIn(readEnv('IMAGES_BUCKET')),
    now: systemNow,
    newImageId: () => newId('I'),
    newViewId: () => `V-${newSecret()}`,
    ...visitorsIn(records, systemNow),
  };
});

export const handler = handlerOf(imagePages(needs), 'image-pages');
