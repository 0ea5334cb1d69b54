/**
 * The devices: how each stands, its inspections, and what may be recorded about it.
 *
 * Called by  ANY /devices, /devices/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Context, Hono } from 'hono';
import { xrayPolicyInForce } from '../../policies/editions/x-ray.ts';
import type { Policy } from '../../policies/editions/edition.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Task } from '../../policies/roles.ts';
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
import { newId, systemNow } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { keyOf } from '../records/entity.ts';
import { recordsIn } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { visitorsIn } from '../records/visitors.ts';
import { assessRadiation } from './assess-radiation.ts';
import { changeService } from './change-service.ts';
import { devices, inspections } from './contract.ts';
import { DeviceList, DeviceView, type Tried } from './device-views.tsx';
import { recordInspection, type DeviceActed, type DeviceNeeds } from './record-inspection.ts';
import { standingOf } from './standing-of-device.ts';

export type DevicePageNeeds = PageNeeds & DeviceNeeds;
type C = Context<PageEnv<DevicePageNeeds>>;

const READERS = [
  'inspect-device',
  'register-device',
  'assess-radiation',
  'operate-device',
  'assign-deployment',
  'read-exceptions',
] as const satisfies readonly Task[];

export function devicePages(needs: () => DevicePageNeeds): Hono<PageEnv<DevicePageNeeds>> {
  const app = pageApp(needs);
  app.get('/devices', async (c) => {
    mustBeAbleToAny(c, READERS);
    const { records, now } = c.var.needs;
    const [at, { records: known }] = [now(), await records.ofSubject(devices, 'devices')];
    return page(
      c,
      { title: 'Devices', lead: 'Whether each may go out now, judged by the policy in force.' },
      <DeviceList devices={known} policy={policyAt(at)} now={at} />,
    );
  });
  app.get('/devices/:id', (c) => devicePage(c, mustBeAbleToAny(c, READERS)));
  app.post('/devices/:id/inspections', async (c) => {
    const visitor = mustBeAble(c, 'inspect-device');
    const form = await formOf(c);
    const given = {
      deviceId: c.req.param('id'),
      by: visitor.personId,
      accountedFor: yesOrNo(form, 'accountedFor'),
      storageNonPublic: yesOrNo(form, 'storageNonPublic'),
      storagePlace: form.text('storagePlace'),
      remarks: form.text('remarks'),
    };
    return afterwards(c, visitor, await recordInspection(c.var.needs, given), { form, which: 'inspection' });
  });
  app.post('/devices/:id/radiation', async (c) => {
    const visitor = mustBeAble(c, 'assess-radiation');
    const form = await formOf(c);
    const given = {
      deviceId: c.req.param('id'),
      by: visitor.personId,
      outcome: form.text('outcome'),
      on: form.text('on'),
    };
    return afterwards(c, visitor, await assessRadiation(c.var.needs, given), { form, which: 'radiation' });
  });
  app.post('/devices/:id/service', async (c) => {
    const visitor = mustBeAble(c, 'register-device');
    const form = await formOf(c);
    const inService = yesOrNo(form, 'inService');
    // No answer is not a no: the page asks again.
    if (inService === undefined) return devicePage(c, visitor);
    const acted = await changeService(c.var.needs, { deviceId: c.req.param('id'), by: visitor.personId, inService });
    return afterwards(c, visitor, acted, { form, which: 'inspection' });
  });
  return app;
}

/** Back to the device, or its page again with what is in the way. */
async function afterwards(
  c: C,
  visitor: Visitor,
  acted: DeviceActed,
  tried: Omit<Tried, 'because'>,
): Promise<Response> {
  if (acted.kind === 'no-such-device') return c.notFound();
  if (acted.kind === 'refused') return devicePage(c, visitor, { ...tried, because: acted.because });
  return c.redirect(`/devices/${encodeURIComponent(c.req.param('id') ?? '')}`, STATUS.SeeOther);
}

async function devicePage(c: C, visitor: Visitor, tried?: Tried): Promise<Response> {
  const { records, now } = c.var.needs;
  const device = await records.get(devices, c.req.param('id') ?? '');
  if (!device) return c.notFound();
  const { records: history } = await records.ofSubject(inspections, keyOf('device', device.id), {
    newestFirst: true,
    most: 50,
  });
  const inspectors = await Promise.all([...new Set(history.map(({ by }) => by))].map((id) => records.get(persons, id)));
  const names = new Map(inspectors.flatMap((person) => (person ? [[person.id, person.name]] : [])));
  const at = now();
  return page(
    c,
    { title: device.label, above: `Device ${device.id}`, status: tried ? STATUS.Refused : STATUS.Ok },
    <DeviceView
      device={device}
      standing={standingOf(device, policyAt(at), at)}
      history={history}
      visitor={visitor}
      names={names}
      tried={tried}
    />,
  );
}

function policyAt(at: Instant): Policy {
  const policy = xrayPolicyInForce(at);
  if (!policy) throw new FactMalformed(`no mobile x-ray policy is in force at ${at}; check the clock`);
  return policy;
}

function yesOrNo(form: Form, name: string): boolean | undefined {
  const answer = form.text(name);
  return answer === 'yes' ? true : answer === 'no' ? false : undefined;
}

const needs = onFirstCall((): DevicePageNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, newId, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(devicePages(needs), 'device-pages');
