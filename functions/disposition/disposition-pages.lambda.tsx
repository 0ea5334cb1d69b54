/**
 * Batches of records to destroy: what is open and what has ended, one batch with its signatures and records, taking a
 * record out, passing a batch on, and the certificate to read, download and check.
 *
 * Called by  ANY /dispositions, /dispositions/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile, FilesBusy (shown as pages)
 */
import type { Context, Hono } from 'hono';
import type { Task } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { formOfFields } from '../edge/form.ts';
import { page } from '../edge/frame.tsx';
import {
  formOf,
  handlerOf,
  mustBeAble,
  mustBeAbleToAny,
  pageApp,
  type Form,
  type PageEnv,
  type PageNeeds,
} from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { systemNow } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { filesIn } from '../records/files.aws.ts';
import type { Files } from '../records/files.ts';
import { recordsIn, type Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { visitorsIn } from '../records/visitors.ts';
import { schedules } from '../retention/contract.ts';
import { CertificatePage } from './certificate-page.tsx';
import { publicKeyAt } from './certificate-signature.aws.ts';
import type { CertificateFile } from './certificate.ts';
import { certificates, dispositions, type Certificate } from './contract.ts';
import { DispositionList, hrefOf } from './disposition-list.tsx';
import { DispositionPage } from './disposition-page.tsx';
import { dispositionView, namesOf } from './disposition-view.ts';
import { TECHNOLOGIES } from './labels.ts';
import { objectToDisposal } from './object-to-disposal.ts';
import { passOn } from './pass-on.ts';

export interface DispositionPagesNeeds extends PageNeeds {
  readonly records: Records;
  readonly files: Pick<Files, 'text'>;
  readonly publicKey: () => Promise<string>;
}
type C = Context<PageEnv<DispositionPagesNeeds>>;

const READERS = ['read-retention', 'manage-records', 'sign-disposal'] as const satisfies readonly Task[];
const OBJECTORS = ['place-hold', 'manage-records'] as const satisfies readonly Task[];

export function dispositionPages(needs: () => DispositionPagesNeeds): Hono<PageEnv<DispositionPagesNeeds>> {
  const app = pageApp(needs);
  app.get('/dispositions', async (c) => {
    mustBeAbleToAny(c, READERS);
    const { records, now } = c.var.needs;
    const from = c.req.query('ended');
    const [open, ended] = await Promise.all([
      records.ofSubject(dispositions, 'dispositions#open'),
      records.ofSubject(dispositions, 'dispositions#ended', { newestFirst: true, most: 50, ...(from && { from }) }),
    ]);
    return page(
      c,
      {
        title: 'Disposal of records',
        lead: 'What has been kept as long as the schedule asks, and what becomes of it. Nothing is destroyed before three offices have signed.',
      },
      <DispositionList
        open={open.records.toSorted((a, b) => (a.disposeBy < b.disposeBy ? -1 : 1))}
        ended={ended.records}
        next={ended.next}
        now={now()}
      />,
    );
  });
  app.get('/dispositions/:id', (c) => {
    const record = c.req.query('record');
    return show(
      c,
      mustBeAbleToAny(c, READERS),
      c.req.param('id'),
      record ? { form: formOfFields(new URLSearchParams({ cardId: record })), because: [] } : undefined,
    );
  });
  app.post('/dispositions/:id/objections', async (c) => {
    const visitor = mustBeAbleToAny(c, OBJECTORS);
    const dispositionId = c.req.param('id');
    const form = await formOf(c);
    const { personId, roles } = visitor;
    const objected = await untilWritten(() =>
      objectToDisposal(c.var.needs, {
        dispositionId,
        cardId: form.text('cardId'),
        reason: form.text('reason'),
        personId,
        roles,
      }),
    );
    if (objected.kind === 'refused') return show(c, visitor, dispositionId, { form, because: objected.because });
    return c.redirect(`${hrefOf(dispositionId)}?page=${pageOf(c)}#records`, STATUS.SeeOther);
  });
  app.post('/dispositions/:id/owner', async (c) => {
    const visitor = mustBeAble(c, 'manage-records');
    const dispositionId = c.req.param('id');
    const form = await formOf(c);
    const passed = await untilWritten(() =>
      passOn(c.var.needs, { dispositionId, ownerId: form.text('ownerId'), by: visitor.personId }),
    );
    if (passed.kind === 'refused') return show(c, visitor, dispositionId, { form, because: passed.because });
    return c.redirect(hrefOf(dispositionId), STATUS.SeeOther);
  });
  app.get('/dispositions/:id/certificate', async (c) => {
    mustBeAbleToAny(c, READERS);
    const { records } = c.var.needs;
    const certificate = await records.get(certificates, c.req.param('id'));
    if (!certificate) return c.notFound();
    const [names, schedule] = await Promise.all([
      namesOf(
        records,
        certificate.says.signatures.map(({ personId }) => personId),
      ),
      records.get(schedules, certificate.says.scheduleId),
    ]);
    return page(
      c,
      { title: `Certificate ${certificate.id}`, above: <a href={hrefOf(certificate.dispositionId)}>The batch</a> },
      <CertificatePage
        certificate={certificate}
        names={names}
        scheduleTitle={schedule?.schedule.title ?? certificate.says.scheduleId}
      />,
    );
  });
  app.get('/dispositions/:id/certificate/file', async (c) => {
    mustBeAbleToAny(c, READERS);
    const { records, files } = c.var.needs;
    const certificate = await records.get(certificates, c.req.param('id'));
    const list = certificate && (await files.text(certificate.list.key, certificate.list.versionId));
    if (!certificate || list === undefined) return c.notFound();
    return download(c, `certificate-${certificate.id}.json`, 'application/json', textOf(certificate, list));
  });
  app.get('/dispositions/:id/certificate/key', async (c) => {
    mustBeAbleToAny(c, READERS);
    return download(c, 'postact-decision-key.pem', 'application/x-pem-file', await c.var.needs.publicKey());
  });
  return app;
}

const pageOf = (c: C): number => Number.parseInt(c.req.query('page') ?? '1', 10) || 1;

async function show(
  c: C,
  visitor: Visitor,
  id: string,
  tried?: { readonly form: Form; readonly because: readonly Refusal[] },
) {
  const view = await dispositionView(c.var.needs.records, id, pageOf(c));
  if (!view) return c.notFound();
  const { disposition } = view;
  return page(
    c,
    {
      title: `Batch ${disposition.id}`,
      above: <a href="/dispositions">Disposal of records</a>,
      lead: `${TECHNOLOGIES[disposition.technology]}, class ${disposition.classId}.`,
      status: tried && tried.because.length > 0 ? STATUS.Refused : STATUS.Ok,
    },
    <DispositionPage view={view} visitor={visitor} now={c.var.needs.now()} tried={tried} />,
  );
}

/** Exactly what was signed, the signature and the list; `verify-certificate` reads it. */
export function textOf({ says, signature: { of, value } }: Certificate, list: string): string {
  const file: CertificateFile = { schema: 1, says, signature: { of, value }, list };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function download(c: C, name: string, type: string, text: string): Response {
  return c.body(text, 200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="${name.replaceAll(/[^A-Za-z0-9.-]/g, '-')}"`,
  });
}

const needs = onFirstCall((): DispositionPagesNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  const files = filesIn(readEnv('IMAGES_BUCKET'));
  const key = readEnv('DECISION_KEY');
  return { records, files, publicKey: () => publicKeyAt(key), now: systemNow, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(dispositionPages(needs), 'disposition-pages');
