/**
 * Pages of the noun deployment: assignment by the bureau, the operator's log, the commander's close.
 *
 * Called by  ANY /deployments, /deployments/{proxy+}
 */
import type { Context } from 'hono';
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
import { newId, systemNow } from '../edge/system.ts';
import { Notice } from '../edge/fields.tsx';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { visitorsIn } from '../records/visitors.ts';
import { assignDeployment, type DeploymentNeeds } from './assign-deployment.ts';
import { AssignPage } from './assign-page.tsx';
import { assignView, deploymentView } from './deployment-view.ts';
import { DeploymentPage } from './deployment-page.tsx';
import { closeDeployment } from './close-deployment.ts';
import type { Logged } from './deployment-log.ts';
import { endDeployment, handOver, startDeployment } from './log-deployment.ts';

export type DeploymentPagesNeeds = PageNeeds & DeploymentNeeds;

type Page = Context<PageEnv<DeploymentPagesNeeds>>;

export function deploymentPages(needs: () => DeploymentPagesNeeds) {
  const app = pageApp(needs);

  app.get('/deployments/new', async (c) => {
    const visitor = mustBeAble(c, 'assign-deployment');
    const view = await assignView(c.var.needs, c.req.query('request') ?? '', visitor);
    return view ? page(c, { title: 'Assign operator and device', wide: true }, <AssignPage {...view} />) : settled(c);
  });

  app.post('/deployments/new', async (c) => {
    const visitor = mustBeAble(c, 'assign-deployment');
    const form = await formOf(c);
    const chosen = {
      operatorId: form.text('operatorId'),
      deviceId: form.text('deviceId'),
      commanderId: form.text('commanderId'),
    };
    const result = await untilWritten(() =>
      assignDeployment(c.var.needs, { requestId: form.text('requestId'), ...chosen, by: visitor.personId }),
    );
    if (result.kind === 'assigned') return c.redirect(`/deployments/${result.deployment.id}`, STATUS.SeeOther);
    const view = await assignView(c.var.needs, form.text('requestId'), visitor);
    return view
      ? page(
          c,
          { title: 'Assign operator and device', wide: true, status: STATUS.Refused },
          <AssignPage {...view} refusals={result.because} chosen={chosen} />,
        )
      : settled(c);
  });

  app.get('/deployments/:id', async (c) => {
    const view = await deploymentView(c.var.needs, c.req.param('id'), signedIn(c));
    return view
      ? page(c, { title: `Deployment ${view.deployment.id}`, wide: true }, <DeploymentPage {...view} />)
      : c.notFound();
  });

  const posted = (action: string, act: (c: Page, id: string, form: Form) => Promise<Logged>) =>
    app.post(`/deployments/:id/${action}`, async (c) => {
      const visitor = signedIn(c);
      const form = await formOf(c);
      const id = c.req.param('id') ?? '';
      const result = await untilWritten(() => act(c, id, form));
      if (result.kind === 'logged') return c.redirect(`/deployments/${id}`, STATUS.SeeOther);
      const view = await deploymentView(c.var.needs, id, visitor);
      const shown = view && <DeploymentPage {...view} refusals={result.because} typed={(name) => form.text(name)} />;
      return view ? page(c, { title: `Deployment ${id}`, wide: true, status: STATUS.Refused }, shown) : c.notFound();
    });

  posted('start', (c, deploymentId) =>
    startDeployment(c.var.needs, { deploymentId, personId: mustBeAble(c, 'operate-device').personId }),
  );
  posted('hand-over', (c, deploymentId, form) =>
    handOver(c.var.needs, {
      deploymentId,
      personId: mustBeAble(c, 'log-deployment').personId,
      toPersonId: form.text('toPersonId'),
    }),
  );
  posted('end', (c, deploymentId, form) =>
    endDeployment(c.var.needs, {
      deploymentId,
      personId: mustBeAble(c, 'log-deployment').personId,
      publicKeptOut: form.text('publicKeptOut'),
      notes: form.text('notes'),
      scans: wholeNumber(form.text('scans')),
      imagesDownloaded: wholeNumber(form.text('imagesDownloaded')),
    }),
  );
  posted('close', (c, deploymentId, form) => {
    const { personId: id, ...standing } = mustBeAble(c, 'confirm-proper-use');
    const misuseReportId = form.text('misuseReportId');
    const answered = form.text('proper');
    if (answered !== 'yes' && answered !== 'no') {
      return Promise.resolve({
        kind: 'refused',
        because: [
          {
            clause: 'XR26-USE-10',
            field: 'proper',
            found: 'no answer',
            expected: 'yes or no',
            todo: 'say whether the use was proper',
          },
        ],
      });
    }
    return closeDeployment(c.var.needs, {
      deploymentId,
      person: { id, ...standing },
      proper: answered === 'yes',
      statement: form.text('statement'),
      ...(misuseReportId && { misuseReportId }),
    });
  });
  return app;
}

const wholeNumber = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN);

const settled = (c: Page) =>
  page(
    c,
    { title: 'Nothing to assign', status: STATUS.NotFound },
    <Notice heading="This request does not wait for an assignment">
      <p>It may be assigned already, withdrawn, or lapsed. Open it from your desk to see where it stands.</p>
    </Notice>,
  );

const needs = onFirstCall(() => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, newId, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(deploymentPages(needs), 'deployment-pages');
