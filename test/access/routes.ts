/**
 * Every route of postact, read from where it is made: the HTTP API's routes from the synthesized template, and under
 * each the routes of the page app that answers there. What each asks for is told in `expected.ts`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessPages } from '../../functions/access/access-pages.lambda.tsx';
import { breachPages } from '../../functions/breach/breach-pages.lambda.tsx';
import { casePages } from '../../functions/case/case-pages.lambda.tsx';
import { decisionPages } from '../../functions/decision/decision-pages.lambda.tsx';
import { deliveryPages } from '../../functions/delivery/delivery-pages.lambda.tsx';
import { receivePages } from '../../functions/delivery/receive-pages.lambda.tsx';
import { deploymentPages } from '../../functions/deployment/deployment-pages.lambda.tsx';
import { devicePages } from '../../functions/device/device-pages.lambda.tsx';
import { disclosurePages } from '../../functions/disclosure/disclosure-pages.lambda.tsx';
import { enclosurePages } from '../../functions/disclosure/enclosure-pages.lambda.tsx';
import { dispositionPages } from '../../functions/disposition/disposition-pages.lambda.tsx';
import { assetsIn } from '../../functions/edge/assets.lambda.ts';
import { holdPages } from '../../functions/hold/hold-pages.lambda.tsx';
import { imagePages } from '../../functions/image/image-pages.lambda.tsx';
import { ledgerPages } from '../../functions/ledger/ledger-pages.lambda.tsx';
import { quarterlyReportPages } from '../../functions/quarterly-report/quarterly-report-pages.lambda.tsx';
import { registerPages } from '../../functions/register/register-pages.lambda.tsx';
import { retentionPages } from '../../functions/retention/retention-pages.lambda.tsx';
import { trainingPages } from '../../functions/training/training-pages.lambda.tsx';
import { useRequestPages } from '../../functions/use-request/use-request-pages.lambda.tsx';

/** Never called: an app's list of routes needs nothing. */
const none = (): never => {
  throw new Error('a list of routes asked for needs');
};

const APPS = [
  accessPages(none),
  useRequestPages(none),
  decisionPages(none),
  deliveryPages(none),
  receivePages(none),
  deploymentPages(none),
  imagePages(none),
  casePages(none),
  devicePages(none),
  trainingPages(none),
  holdPages(none),
  disclosurePages(none),
  dispositionPages(none),
  quarterlyReportPages(none),
  registerPages(none),
  enclosurePages(none),
  ledgerPages(none),
  retentionPages(none),
  breachPages(none),
  assetsIn(new URL('file:///nowhere/')),
] as readonly { readonly routes: readonly { readonly method: string; readonly path: string }[] }[];

/** As 'GET /requests/:id', without the steps that every page has. */
export const appRoutes = (): readonly string[] =>
  [
    ...new Set(
      APPS.flatMap(({ routes }) =>
        routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
      ),
    ),
  ].toSorted();

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly RouteKey?: string };
}

/** As 'ANY /requests/{proxy+}'. */
export function apiRoutes(assembly: string): readonly string[] {
  const { Resources } = JSON.parse(readFileSync(join(assembly, 'Postact.template.json'), 'utf8')) as {
    readonly Resources: Readonly<Record<string, Resource>>;
  };
  return Object.values(Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::ApiGatewayV2::Route' && Properties.RouteKey ? [Properties.RouteKey] : [],
  );
}

/** The HTTP API's route that carries a page's route, if there is one; of several the most particular, as the API chooses. */
export function carrierOf(route: string, carriers: readonly string[]): string | undefined {
  const [method, path] = route.split(' ') as [string, string];
  const bare = path.replace(/\{[^}]*\}/g, '');
  const fitting = carriers.filter((carrier) => {
    const [served, pattern] = carrier.split(' ') as [string, string];
    const place = pattern.replace(/\{(\w+)\}/g, ':$1');
    const reaches = place.endsWith('/{proxy+}') ? bare.startsWith(place.slice(0, -'{proxy+}'.length)) : bare === place;
    return (served === 'ANY' || served === method) && reaches;
  });
  return fitting.toSorted((a, b) => b.length - a.length)[0];
}
