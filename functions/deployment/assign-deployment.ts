/**
 * Assigns operator, device and commander to an approved request. The operator's and the device's diaries are written on
 * condition of their version in the same change, so of two assignments made at once only one can take the time.
 */
import { xrayPolicyInForce } from '../../policies/editions/x-ray.ts';
import type { Policy } from '../../policies/editions/edition.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { isBureauMember, standingText } from '../../policies/rules/executive.ts';
import { whichDeviceMayGo, type DeviceFlag } from '../../policies/rules/which-device-may-go.ts';
import { OPERATOR_COURSE, whoMayOperate } from '../../policies/rules/who-may-operate.ts';
import { devices, type Device } from '../device/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, type Person } from '../records/standing.ts';
import { trainings, type Training } from '../training/contract.ts';
import { useRequests, type UseRequest } from '../use-request/contract.ts';
import { deployments, diaries, diaryOf, type Deployment, type Diary } from './contract.ts';

export interface DeploymentNeeds {
  readonly records: Records;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
}

export interface Assigning {
  readonly requestId: string;
  readonly operatorId: string;
  readonly deviceId: string;
  readonly commanderId: string;
  /** Who assigns; the page has checked the task. */
  readonly by: string;
}

export type Assigned =
  | { readonly kind: 'assigned'; readonly deployment: Deployment; readonly flags: readonly DeviceFlag[] }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] };

export async function assignDeployment(needs: DeploymentNeeds, given: Assigning): Promise<Assigned> {
  const { records } = needs;
  const [request, operator, device, commander] = await Promise.all([
    records.get(useRequests, given.requestId),
    records.get(persons, given.operatorId),
    records.get(devices, given.deviceId),
    records.get(persons, given.commanderId),
  ]);
  const now = needs.now();
  if (!request || request.state !== 'approved') {
    return refused([
      {
        clause: 'XR26-USE-07',
        field: 'request',
        found: request ? `a request that is ${request.state}` : 'no such request',
        expected: 'a request that is approved and not yet assigned',
        todo: 'open the request and see where it stands',
      },
    ]);
  }
  if (now >= request.asked.endsAt) {
    return refused([
      {
        clause: 'XR26-USE-07',
        field: 'request',
        found: 'an approval whose time has passed',
        expected: 'an approval that still stands',
        todo: 'nothing is left to assign; another time needs a new request',
      },
    ]);
  }
  const [trained, operatorDiary, deviceDiary] = await Promise.all([
    operator ? records.ofSubject(trainings, keyOf('person', operator.id)) : { records: [] },
    diaryFor(records, 'person', given.operatorId),
    diaryFor(records, 'device', given.deviceId),
  ]);
  const policy = policyFor(request);
  const facts = { request, operator, device, commander, trainings: trained.records, operatorDiary, deviceDiary };
  const ruling = judged(facts, policy, now);
  if (ruling.because.length > 0) return refused(ruling.because);

  const window = windowOf(request);
  const deployment: Deployment = {
    id: needs.newId('P'),
    version: 0,
    requestId: request.id,
    state: 'assigned',
    operatorId: given.operatorId,
    deviceId: given.deviceId,
    commanderId: given.commanderId,
    assignedBy: given.by,
    assignedAt: now,
    window,
    custody: [],
  };
  const subject = keyOf('use-request', request.id);
  const booked = (diary: Diary) =>
    put(diaries, { ...diary, bookings: [...diary.bookings, { requestId: request.id, ...window }] });
  await records.write({
    at: now,
    by: { kind: 'person', id: given.by },
    puts: [
      put(deployments, deployment),
      put(useRequests, { ...request, state: 'assigned', deploymentId: deployment.id }),
      booked(operatorDiary),
      booked(deviceDiary),
    ],
    tells: [
      {
        subject,
        act: 'operator and device assigned',
        edition: request.edition,
        clauses: ruling.clauses,
        facts: {
          deployment: deployment.id,
          operator: given.operatorId,
          device: given.deviceId,
          commander: given.commanderId,
          flags: ruling.flags.map(({ clause }) => clause),
        },
      },
    ],
    // The people and the device must still be what was judged.
    unchanged: [
      ...[...new Map([operator!, commander!].map(({ id, version }) => [keyOf('person', id), version]))].map(
        ([key, version]) => ({ key, version }),
      ),
      { key: keyOf('device', device!.id), version: device!.version },
    ],
    mails: [
      {
        kind: 'deployment-assigned',
        to: { personId: given.operatorId },
        about: keyOf('deployment', deployment.id),
        subject,
      },
    ],
  });
  return { kind: 'assigned', deployment: { ...deployment, version: 1 }, flags: ruling.flags };
}

const refused = (because: readonly Refusal[]): Assigned => ({ kind: 'refused', because });

const windowOf = ({ asked }: UseRequest): Deployment['window'] => ({ from: asked.startsAt, to: asked.endsAt });

async function diaryFor(records: Records, noun: 'person' | 'device', id: string): Promise<Diary> {
  return (await records.get(diaries, diaryOf(noun, id))) ?? { id: diaryOf(noun, id), version: 0, bookings: [] };
}

export function policyFor(request: Pick<UseRequest, 'id' | 'submittedAt'>): Policy {
  const policy = xrayPolicyInForce(request.submittedAt);
  if (!policy) throw new FactMalformed(`request ${request.id} was submitted before any edition was in force`);
  return policy;
}

interface AssignFacts {
  readonly request: UseRequest;
  readonly operator: Person | undefined;
  readonly device: Device | undefined;
  readonly commander: Person | undefined;
  readonly trainings: readonly Training[];
  readonly operatorDiary: Diary;
  readonly deviceDiary: Diary;
}

/** All that is in the way of an assignment, for the form's fields `operatorId`, `deviceId` and `commanderId`. */
export function judged(facts: AssignFacts, policy: Policy, now: Instant) {
  const { request, operator, device, commander } = facts;
  const { from, to } = windowOf(request);
  const none = (field: string, what: string): Refusal => ({
    clause: 'XR26-USE-09',
    field,
    found: 'nobody and nothing of that id',
    expected: what,
    todo: 'choose from the list',
  });
  const operating =
    operator &&
    whoMayOperate(
      { operator: { kind: 'member', ...operator, trainings: facts.trainings.map(courseOf) }, startsAt: from },
      policy,
      now,
    );
  const going =
    device && whichDeviceMayGo(deviceFacts(device, facts.deviceDiary, { startsAt: from, endsAt: to }), policy, now);
  const busy = facts.operatorDiary.bookings.some((booking) => booking.from < to && from < booking.to);
  const because: Refusal[] = [
    ...(operating
      ? operating.kind === 'refused'
        ? operating.because.map((refusal) => ({ ...refusal, field: 'operatorId' }))
        : []
      : [none('operatorId', 'a member of the bureau')]),
    ...(busy
      ? [
          {
            clause: 'XR26-USE-09',
            field: 'operatorId',
            found: 'a member who is assigned elsewhere at that time',
            expected: 'a member who is free from start to end',
            todo: 'assign another operator',
          },
        ]
      : []),
    ...(going
      ? going.kind === 'refused'
        ? going.because.map((refusal) => ({ ...refusal, field: 'deviceId' }))
        : []
      : [none('deviceId', 'a registered device')]),
    ...(commander && isBureauMember(commander) && mayDo(commander.roles, 'confirm-proper-use')
      ? []
      : [
          {
            clause: 'XR26-USE-10',
            field: 'commanderId',
            found: commander ? standingText(commander) : 'nobody',
            expected: 'a commander of the Counterterrorism Bureau',
            todo: 'name the commander who answers for proper use',
          },
        ]),
  ];
  return {
    because,
    clauses: [
      ...new Set([
        ...(operating?.kind === 'allowed' ? operating.clauses : []),
        ...(going?.kind === 'allowed' ? going.clauses : []),
        'XR26-USE-10',
      ]),
    ],
    flags: going?.kind === 'allowed' ? going.flags : [],
  };
}

const courseOf = ({ specialised, completedOn }: Training) => ({
  course: specialised ? OPERATOR_COURSE : 'general',
  completedOn,
});

function deviceFacts(device: Device, diary: Diary, use: { readonly startsAt: Instant; readonly endsAt: Instant }) {
  return {
    deviceId: device.id,
    manufacturer: device.manufacturer,
    coveredByAddendum: false,
    ...(device.inspectedAt && device.accountedFor && { lastInspectedAt: device.inspectedAt }),
    storage: { publicCanReach: !device.storage.nonPublic },
    outOfService: !device.inService,
    radiation: device.radiationAssessment?.outcome ?? ('not-assessed' as const),
    thirdPartyConfirmations: device.thirdPartyConfirmations ?? 0,
    assignedTo: diary.bookings.map(({ from, to }) => ({ startsAt: from, endsAt: to })),
    use,
  };
}
