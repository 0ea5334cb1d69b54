/** What the pages of a deployment show, read from the records. */
import { mayDo, type Role } from '../../policies/roles.ts';
import { rankLabel } from '../../policies/editions/ranks.ts';
import { devices } from '../device/contract.ts';
import type { Visitor } from '../edge/visitor.ts';
import { images } from '../image/contract.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, roleLine, type Person } from '../records/standing.ts';
import { trainings } from '../training/contract.ts';
import { useRequests } from '../use-request/contract.ts';
import { judged, policyFor, type DeploymentNeeds } from './assign-deployment.ts';
import type { AssignView, Candidate } from './assign-page.tsx';
import { deployments, diaries, diaryOf } from './contract.ts';
import type { DeploymentView } from './deployment-page.tsx';

const peopleOf = async (records: Records, role: Role): Promise<Person[]> =>
  (await Promise.all((await records.linesOf(roleLine(role))).map((id) => records.get(persons, id)))).filter(
    (person) => person !== undefined,
  );

const labelOf = (person: Person): string => `${person.uniformed ? `${rankLabel(person.rank)} ` : ''}${person.name}`;

/** Undefined when the request does not wait for an assignment. */
export async function assignView(
  { records, now }: DeploymentNeeds,
  requestId: string,
  visitor: Visitor,
): Promise<AssignView | undefined> {
  const request = await records.get(useRequests, requestId);
  if (request?.state !== 'approved') return undefined;
  const [operators, commanders, known] = await Promise.all([
    peopleOf(records, 'ctb-operator'),
    peopleOf(records, 'ctb-commander'),
    records.ofSubject(devices, 'devices'),
  ]);
  const policy = policyFor(request);
  const at = now();
  const free = (id: string) => ({ id, version: 0, bookings: [] });
  const forField = (facts: Parameters<typeof judged>[0], field: string) =>
    judged(facts, policy, at).because.filter((refusal) => refusal.field === field);
  const none = {
    request,
    operator: undefined,
    device: undefined,
    commander: undefined,
    trainings: [],
    operatorDiary: free('-'),
    deviceDiary: free('-'),
  };

  const operatorsOffered = operators.map(async (operator): Promise<Candidate> => {
    const [trained, diary] = await Promise.all([
      records.ofSubject(trainings, keyOf('person', operator.id)),
      records.get(diaries, diaryOf('person', operator.id)),
    ]);
    return {
      id: operator.id,
      label: labelOf(operator),
      because: forField(
        { ...none, operator, trainings: trained.records, operatorDiary: diary ?? free('-') },
        'operatorId',
      ),
    };
  });
  const devicesOffered = known.records.map(async (device): Promise<Candidate> => {
    const diary = await records.get(diaries, diaryOf('device', device.id));
    return {
      id: device.id,
      label: device.label,
      because: forField({ ...none, device, deviceDiary: diary ?? free('-') }, 'deviceId'),
    };
  });
  return {
    request,
    operators: await Promise.all(operatorsOffered),
    devices: await Promise.all(devicesOffered),
    commanders: commanders.filter(({ active }) => active).map((person) => ({ id: person.id, label: labelOf(person) })),
    visitor,
  };
}

/** Undefined when there is none, or the visitor has nothing to do with it. */
export async function deploymentView(
  { records, now }: DeploymentNeeds,
  id: string,
  visitor: Visitor,
): Promise<DeploymentView | undefined> {
  const deployment = await records.get(deployments, id);
  if (!deployment) return undefined;
  const concerned = [
    deployment.operatorId,
    deployment.commanderId,
    deployment.assignedBy,
    ...deployment.custody.map(({ custodianId }) => custodianId),
  ];
  if (
    !concerned.includes(visitor.personId) &&
    !mayDo(visitor.roles, 'read-all-requests') &&
    !mayDo(visitor.roles, 'assign-deployment')
  )
    return undefined;
  const [people, device, filed, operators, custodians] = await Promise.all([
    Promise.all(concerned.map((personId) => records.get(persons, personId))),
    records.get(devices, deployment.deviceId),
    records.ofSubject(images, keyOf('use-request', deployment.requestId)),
    peopleOf(records, 'ctb-operator'),
    peopleOf(records, 'device-custodian'),
  ]);
  const members = new Map(
    [...operators, ...custodians].filter(({ active }) => active).map((person) => [person.id, labelOf(person)]),
  );
  return {
    deployment,
    names: new Map(people.flatMap((person) => (person ? [[person.id, labelOf(person)] as const] : []))),
    deviceLabel: device?.label ?? deployment.deviceId,
    members: [...members].map(([personId, label]) => ({ id: personId, label })),
    imagesOnRecord: filed.records.filter(({ state }) => state !== 'lapsed').length,
    visitor,
    now: now(),
  };
}
