/**
 * Pages of what a disclosure encloses: choosing it, sending its files, and taking it out again. Apart from the other
 * pages of a disclosure, because these alone reach files.
 *
 * Called by  ANY /disclosures/{id}/enclosures, images, counts and files, and below them
 */
import type { Context } from 'hono';
import type { Instant } from '../../policies/instant.ts';
import { siteOf } from '../edge/cookies.ts';
import { page } from '../edge/frame.tsx';
import { formOf, handlerOf, pageApp, signedIn, type Form, type PageEnv } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newId, systemNow } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { visitorsIn } from '../records/visitors.ts';
import { isOpenToChange, isTended, type DisclosureSeen } from './disclosure-seen.ts';
import { encloseCount, encloseImage, leaveOut, type Enclosed } from './enclose.ts';
import { enclosuresIn } from './enclosures.aws.ts';
import { EnclosuresPage, nameOf, type EncloseForm, type EnclosuresPageProps } from './enclosure-forms.tsx';
import { EnclosureUpload } from './enclosure-upload.tsx';
import { keptImagesFor } from './kept-images.ts';
import { seenOf, type EnclosurePagesNeeds } from './page-needs.ts';
import { answersIn } from './typed-answers.ts';
import { beginEnclosure, enclosureForm, takeEnclosure } from './upload-enclosure.ts';

type Ask = Context<PageEnv<EnclosurePagesNeeds>>;

export function enclosurePages(needs: () => EnclosurePagesNeeds) {
  const app = pageApp(needs);

  app.get('/disclosures/:id/enclosures', async (c) => {
    const view = await seenOf(c);
    if (!view) return c.notFound();
    return mayEnclose(view)
      ? enclosuresPage(c, view, c.req.query('case') ?? '')
      : c.redirect(`/disclosures/${view.disclosure.id}`, STATUS.SeeOther);
  });

  app.post('/disclosures/:id/images', async (c) =>
    enclosing(c, 'image', await signedForm(c), ({ text, given }) =>
      encloseImage(c.var.needs, { ...given, imageId: text('imageId'), label: text('label') }),
    ),
  );

  app.post('/disclosures/:id/counts', async (c) =>
    enclosing(c, 'count', await signedForm(c), ({ text, given }) =>
      encloseCount(c.var.needs, { ...given, label: text('label'), text: text('text') }),
    ),
  );

  app.post('/disclosures/:id/files', async (c) => {
    const form = await signedForm(c);
    if (form.text('kind') === 'redacted-copy') {
      return enclosing(c, 'copy', form, ({ text, given }) => {
        const about = { madeOf: text('madeOf'), whatWasRedacted: text('whatWasRedacted') };
        const names = { label: text('label'), fileName: text('fileName') };
        return beginEnclosure(c.var.needs, { ...given, kind: 'redacted-copy', ...about, ...names });
      });
    }
    return enclosing(c, 'record', form, ({ text, given, capturedAt }) => {
      const about = { system: text('system'), reference: text('reference'), ...(capturedAt && { capturedAt }) };
      const names = { label: text('label'), fileName: text('fileName') };
      return beginEnclosure(c.var.needs, { ...given, kind: 'record', ...about, ...names });
    });
  });

  app.get('/disclosures/:id/files/:enclosureId', async (c) => {
    const view = await seenOf(c);
    return view ? uploadPage(c, view) : c.notFound();
  });

  app.post('/disclosures/:id/files/:enclosureId', (c) => tending(c, (given) => takeEnclosure(c.var.needs, given)));

  app.post('/disclosures/:id/enclosures/:enclosureId/leave-out', (c) =>
    tending(c, (given) => leaveOut(c.var.needs, given)),
  );
  return app;
}

/** Who is not signed in is told so before the form is looked at. */
function signedForm(c: Ask): Promise<Form> {
  signedIn(c);
  return formOf(c);
}

const mayEnclose = (view: DisclosureSeen): boolean => isTended(view) && isOpenToChange(view.disclosure);

interface Given {
  readonly disclosureId: string;
  readonly person: Visitor;
}

interface Typed {
  /** By the act's name for the field. */
  readonly text: (field: string) => string;
  readonly given: Given;
  readonly capturedAt?: Instant | undefined;
}

async function enclosing(
  c: Ask,
  which: EncloseForm,
  form: Form,
  act: (typed: Typed) => Promise<Enclosed>,
): Promise<Response> {
  const visitor = signedIn(c);
  const view = await seenOf(c);
  if (!view) return c.notFound();
  const { id } = view.disclosure;
  const answers = answersIn(form, 'house-shown-is-decided', view.now);
  const capturedAt = which === 'record' ? answers.pastTime('capturedAt') : undefined;
  const text = (field: string): string => answers.text(nameOf(which, field));
  const typed = { text, given: { disclosureId: id, person: visitor }, capturedAt };
  const done =
    answers.refusals.length > 0
      ? { kind: 'refused' as const, because: answers.refusals }
      : await untilWritten(() => act(typed));
  if (done.kind === 'missing') return c.notFound();
  if (done.kind === 'refused')
    return enclosuresPage(c, view, form.text('case'), { which, form, because: done.because });
  const { enclosure } = done;
  const next =
    enclosure.kind === 'redacted-copy' || enclosure.kind === 'record' ? `files/${enclosure.id}` : 'enclosures';
  return c.redirect(`/disclosures/${id}/${next}`, STATUS.SeeOther);
}

async function enclosuresPage(
  c: Ask,
  view: DisclosureSeen,
  caseNumber: string,
  refused?: EnclosuresPageProps['refused'],
): Promise<Response> {
  return page(
    c,
    {
      title: 'What is enclosed',
      above: <a href={`/disclosures/${view.disclosure.id}`}>Disclosure {view.disclosure.id}</a>,
      lead: 'Each thing that would leave, named as what it is. Originals are never changed: a copy with parts taken out is another file.',
      ...(refused && { status: STATUS.Refused }),
    },
    <EnclosuresPage
      view={view}
      images={await keptImagesFor(c.var.needs.records, view.visitor, caseNumber)}
      refused={refused}
    />,
  );
}

/** Takes a file in, or takes something out; what is in the way is shown where things are enclosed. */
async function tending(
  c: Ask,
  act: (given: Given & { readonly enclosureId: string }) => Promise<Enclosed>,
): Promise<Response> {
  const person = signedIn(c);
  const form = await formOf(c);
  const view = await seenOf(c);
  if (!view) return c.notFound();
  const { id } = view.disclosure;
  const enclosureId = c.req.param('enclosureId') ?? '';
  const done = await untilWritten(() => act({ disclosureId: id, person, enclosureId }));
  if (done.kind === 'missing') return c.notFound();
  if (done.kind === 'refused') return enclosuresPage(c, view, '', { which: 'copy', form, because: done.because });
  return c.redirect(`/disclosures/${id}/enclosures`, STATUS.SeeOther);
}

async function uploadPage(c: Ask, view: DisclosureSeen): Promise<Response> {
  const { needs } = c.var;
  const { id, enclosures } = view.disclosure;
  const enclosure = enclosures.find((one) => one.id === c.req.param('enclosureId'));
  if (!enclosure || (enclosure.kind !== 'redacted-copy' && enclosure.kind !== 'record')) return c.notFound();
  const path = `/disclosures/${id}/files/${enclosure.id}`;
  const given = { disclosureId: id, person: view.visitor, enclosureId: enclosure.id };
  const form =
    mayEnclose(view) && !enclosure.file
      ? await enclosureForm(needs, { ...given, backTo: new URL(path, siteOf(c)).href })
      : undefined;
  if (!form) return c.redirect(`/disclosures/${id}`, STATUS.SeeOther);
  const arrived = await needs.enclosed.arrived(enclosure.incomingKey);
  return page(
    c,
    {
      title: `Send the file: ${enclosure.label}`,
      above: <a href={`/disclosures/${id}`}>Disclosure {id}</a>,
      uploadOrigin: await needs.enclosed.origin(),
    },
    <EnclosureUpload
      disclosureId={id}
      enclosure={enclosure}
      form={form}
      arrived={arrived?.bytes}
      visitor={view.visitor}
    />,
  );
}

const needs = onFirstCall((): EnclosurePagesNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return {
    records,
    enclosed: enclosuresIn(readEnv('IMAGES_BUCKET')),
    now: systemNow,
    newId,
    ...visitorsIn(records, systemNow),
  };
});

export const handler = handlerOf(enclosurePages(needs), 'enclosure-pages');
