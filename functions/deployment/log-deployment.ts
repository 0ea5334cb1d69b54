/**
 * The deployment as it takes place: started, custody handed over, ended. The log is people's word; each line is a change
 * with its ledger entry. The close is the commander's (close-deployment.ts).
 */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { whoMayTakeCustody } from '../../policies/rules/who-may-take-custody.ts';
import { keyOf } from '../records/entity.ts';
import { persons } from '../records/standing.ts';
import { useRequests } from '../use-request/contract.ts';
import { policyFor, type DeploymentNeeds } from './assign-deployment.ts';
import { deployments, diaries, diaryOf, type Deployment } from './contract.ts';
import { LOG, onRecord, refusal, tooLong, write, type Logged } from './deployment-log.ts';

/** The operator takes the device out. Custody begins with the operator. */
export async function startDeployment(
  needs: DeploymentNeeds,
  given: { readonly deploymentId: string; readonly personId: string },
): Promise<Logged> {
  const found = await onRecord(needs, given.deploymentId);
  if ('kind' in found) return found;
  const { deployment, request } = found;
  const now = needs.now();
  if (deployment.state !== 'assigned')
    return refusal(
      LOG,
      'state',
      `a deployment that is ${deployment.state}`,
      'one that is assigned and not started',
      'look at its log',
    );
  if (deployment.operatorId !== given.personId)
    return refusal(
      'XR26-USE-09',
      'operator',
      'someone else than the assigned operator',
      'the assigned operator',
      'ask the bureau to assign you, or leave it to the operator',
    );
  if (now < deployment.window.from)
    return refusal(
      'XR26-USE-07',
      'window',
      'a start before the approved time',
      'a start within the approved time',
      'wait for the approved time; another time needs a new request',
    );
  if (now >= deployment.window.to)
    return refusal(
      'XR26-USE-07',
      'window',
      'a start after the approved time',
      'a start within the approved time',
      'the approval has run out; make a new request',
    );
  if (await isStillOut(needs, deployment))
    return refusal(
      LOG,
      'device',
      'a device that is still out on another deployment',
      'a device that is back',
      'have its operator end that deployment first',
    );
  const next: Deployment = {
    ...deployment,
    state: 'under-way',
    startedAt: now,
    custody: [{ custodianId: given.personId, from: now }],
  };
  return write(
    needs,
    next,
    given.personId,
    now,
    { act: 'deployment started', clauses: ['XR26-USE-09', LOG], facts: { custodian: given.personId } },
    request,
    { state: 'under-way', dueAt: deployment.window.to },
  );
}

/** A deployment that is late keeps its booking until it is closed, and its device until it is ended. */
async function isStillOut({ records }: DeploymentNeeds, { deviceId, requestId }: Deployment): Promise<boolean> {
  const diary = await records.get(diaries, diaryOf('device', deviceId));
  const others = await Promise.all(
    (diary?.bookings ?? [])
      .filter((booking) => booking.requestId !== requestId)
      .map((booking) => records.get(useRequests, booking.requestId)),
  );
  const running = await Promise.all(
    others.map((other) =>
      other?.state === 'under-way' && other.deploymentId ? records.get(deployments, other.deploymentId) : undefined,
    ),
  );
  return running.some((other) => other?.state === 'under-way' && !other.endedAt);
}

/** Hands the device to another member of the department; never to anyone else. */
export async function handOver(
  needs: DeploymentNeeds,
  given: { readonly deploymentId: string; readonly personId: string; readonly toPersonId: string },
): Promise<Logged> {
  const found = await onRecord(needs, given.deploymentId);
  if ('kind' in found) return found;
  const { deployment, request } = found;
  const to = await needs.records.get(persons, given.toPersonId);
  const ruling = whoMayTakeCustody(
    { deviceId: deployment.deviceId, to: to ? { kind: 'member', active: to.active } : { kind: 'external' } },
    policyFor(request),
    needs.now(),
  );
  if (ruling.kind === 'refused')
    return { kind: 'refused', because: ruling.because.map((one) => ({ ...one, field: 'toPersonId' })) };
  if (deployment.state !== 'under-way' || deployment.endedAt)
    return refusal(LOG, 'state', 'a deployment that is not under way', 'one that is under way', 'look at its log');
  const holder = deployment.custody.at(-1)!.custodianId;
  if (holder !== given.personId)
    return refusal(
      LOG,
      'custodian',
      'someone who does not have the device',
      'the member who has it',
      'ask that member to hand it over',
    );
  if (holder === given.toPersonId)
    return refusal(LOG, 'toPersonId', 'the member who has it already', 'another member', 'choose who takes it');
  const now = needs.now();
  const custody = [
    ...deployment.custody.map((spell, place, all) => (place === all.length - 1 ? { ...spell, to: now } : spell)),
    { custodianId: given.toPersonId, from: now },
  ];
  return write(needs, { ...deployment, custody }, given.personId, now, {
    act: 'custody handed over',
    clauses: ruling.clauses,
    facts: { from: holder, to: given.toPersonId },
  });
}

export interface Ending {
  readonly deploymentId: string;
  readonly personId: string;
  readonly publicKeptOut: string;
  readonly scans: number;
  readonly imagesDownloaded: number;
  readonly notes: string;
}

/** The device is off and back. The commander is asked to confirm proper use. */
export async function endDeployment(needs: DeploymentNeeds, given: Ending): Promise<Logged> {
  const found = await onRecord(needs, given.deploymentId);
  if ('kind' in found) return found;
  const { deployment } = found;
  if (deployment.state !== 'under-way' || deployment.endedAt)
    return refusal(LOG, 'state', 'a deployment that is not under way', 'one that is under way', 'look at its log');
  if (deployment.operatorId !== given.personId)
    return refusal(
      'XR26-USE-09',
      'operator',
      'someone else than the assigned operator',
      'the assigned operator',
      'leave the end to the operator',
    );
  const because: Refusal[] = [];
  const whole = (field: 'scans' | 'imagesDownloaded') => {
    if (!Number.isInteger(given[field]) || given[field] < 0 || given[field] > 100_000)
      because.push({
        clause: 'XR26-RET-02',
        field,
        found: 'no whole number',
        expected: 'a whole number, 0 or more',
        todo: 'enter how many',
      });
  };
  whole('scans');
  whole('imagesDownloaded');
  if (given.imagesDownloaded > given.scans)
    because.push({
      clause: 'XR26-RET-02',
      field: 'imagesDownloaded',
      found: 'more images than scans',
      expected: 'at most one image for each scan',
      todo: 'correct the number of scans or images',
    });
  if (given.publicKeptOut.trim().length < HOUSE.charactersOfReason.count)
    because.push({
      clause: 'XR26-USE-04',
      field: 'publicKeptOut',
      found: 'too little',
      expected: `at least ${HOUSE.charactersOfReason.count} characters`,
      todo: 'say how the public was in fact kept out',
    });
  because.push(...tooLong('XR26-USE-04', given, ['publicKeptOut', 'notes']));
  if (because.length > 0) return { kind: 'refused', because };
  const now = needs.now();
  const custody = deployment.custody.map((spell, place, all) =>
    place === all.length - 1 ? { ...spell, to: now } : spell,
  );
  const next: Deployment = {
    ...deployment,
    custody,
    endedAt: now,
    publicKeptOut: given.publicKeptOut.trim(),
    scans: given.scans,
    imagesDownloaded: given.imagesDownloaded,
    notes: given.notes.trim(),
  };
  const mail = {
    kind: 'deployment-to-close' as const,
    to: { personId: deployment.commanderId },
    about: keyOf('deployment', deployment.id),
    subject: keyOf('use-request', deployment.requestId),
  };
  return write(
    needs,
    next,
    given.personId,
    now,
    {
      act: 'deployment ended',
      clauses: ['XR26-USE-04', 'XR26-RET-02'],
      facts: { scans: given.scans, imagesDownloaded: given.imagesDownloaded },
    },
    undefined,
    undefined,
    { mails: [mail] },
  );
}
