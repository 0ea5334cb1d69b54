/**
 * The deployment as it takes place: started, custody handed over, ended, closed. The log is people's word; each line is
 * a change with its ledger entry. The close is the commander's and wakes the request's workflow.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal, Ruling } from '../../policies/ruling.ts';
import { deploymentClose } from '../../policies/rules/deployment-close.ts';
import { whoMayTakeCustody } from '../../policies/rules/who-may-take-custody.ts';
import { images, type Image } from '../image/contract.ts';
import { put, type Change } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import type { Told } from '../records/ledger.ts';
import { persons, type Person } from '../records/standing.ts';
import { useRequests, type UseRequest } from '../use-request/contract.ts';
import { policyFor, type DeploymentNeeds } from './assign-deployment.ts';
import { deployments, diaries, diaryOf, type Deployment } from './contract.ts';

export type Logged = { readonly kind: 'logged'; readonly deployment: Deployment } | { readonly kind: 'refused'; readonly because: readonly Refusal[] };

interface OnRecord {
  readonly deployment: Deployment;
  readonly request: UseRequest;
}

const LOG = 'XR26-EXT-03';
const refusal = (clause: string, field: string, found: string, expected: string, todo: string): Logged => ({ kind: 'refused', because: [{ clause, field, found, expected, todo }] });

async function onRecord(needs: DeploymentNeeds, deploymentId: string): Promise<OnRecord | Logged> {
  const deployment = await needs.records.get(deployments, deploymentId);
  const request = deployment && (await needs.records.get(useRequests, deployment.requestId));
  return deployment && request ? { deployment, request } : refusal(LOG, 'deployment', 'no such deployment', 'an assigned deployment', 'open it from your desk');
}

/** The operator takes the device out. Custody begins with the operator. */
export async function startDeployment(needs: DeploymentNeeds, given: { readonly deploymentId: string; readonly personId: string }): Promise<Logged> {
  const found = await onRecord(needs, given.deploymentId);
  if ('kind' in found) return found;
  const { deployment, request } = found;
  const now = needs.now();
  if (deployment.state !== 'assigned') return refusal(LOG, 'state', `a deployment that is ${deployment.state}`, 'one that is assigned and not started', 'look at its log');
  if (deployment.operatorId !== given.personId) return refusal('XR26-USE-09', 'operator', 'someone else than the assigned operator', 'the assigned operator', 'ask the bureau to assign you, or leave it to the operator');
  if (now < deployment.window.from) return refusal('XR26-USE-07', 'window', 'a start before the approved time', 'a start within the approved time', 'wait for the approved time; another time needs a new request');
  if (now >= deployment.window.to) return refusal('XR26-USE-07', 'window', 'a start after the approved time', 'a start within the approved time', 'the approval has run out; make a new request');
  if (await isStillOut(needs, deployment)) return refusal(LOG, 'device', 'a device that is still out on another deployment', 'a device that is back', 'have its operator end that deployment first');
  const next: Deployment = { ...deployment, state: 'under-way', startedAt: now, custody: [{ custodianId: given.personId, from: now }] };
  return write(needs, next, given.personId, now, { act: 'deployment started', clauses: ['XR26-USE-09', LOG], facts: { custodian: given.personId } }, request, { state: 'under-way', dueAt: deployment.window.to });
}

/** A deployment that is late keeps its booking until it is closed, and its device until it is ended. */
async function isStillOut({ records }: DeploymentNeeds, { deviceId, requestId }: Deployment): Promise<boolean> {
  const diary = await records.get(diaries, diaryOf('device', deviceId));
  const others = await Promise.all((diary?.bookings ?? []).filter((booking) => booking.requestId !== requestId).map((booking) => records.get(useRequests, booking.requestId)));
  const running = await Promise.all(others.map((other) => (other?.state === 'under-way' && other.deploymentId ? records.get(deployments, other.deploymentId) : undefined)));
  return running.some((other) => other?.state === 'under-way' && !other.endedAt);
}

/** Hands the device to another member of the department; never to anyone else. */
export async function handOver(needs: DeploymentNeeds, given: { readonly deploymentId: string; readonly personId: string; readonly toPersonId: string }): Promise<Logged> {
  const found = await onRecord(needs, given.deploymentId);
  if ('kind' in found) return found;
  const { deployment, request } = found;
  const to = await needs.records.get(persons, given.toPersonId);
  const ruling = whoMayTakeCustody({ deviceId: deployment.deviceId, to: to ? { kind: 'member', active: to.active } : { kind: 'external' } }, policyFor(request), needs.now());
  if (ruling.kind === 'refused') return { kind: 'refused', because: ruling.because.map((one) => ({ ...one, field: 'toPersonId' })) };
  if (deployment.state !== 'under-way' || deployment.endedAt) return refusal(LOG, 'state', 'a deployment that is not under way', 'one that is under way', 'look at its log');
  const holder = deployment.custody.at(-1)!.custodianId;
  if (holder !== given.personId) return refusal(LOG, 'custodian', 'someone who does not have the device', 'the member who has it', 'ask that member to hand it over');
  if (holder === given.toPersonId) return refusal(LOG, 'toPersonId', 'the member who has it already', 'another member', 'choose who takes it');
  const now = needs.now();
  const custody = [...deployment.custody.map((spell, place, all) => (place === all.length - 1 ? { ...spell, to: now } : spell)), { custodianId: given.toPersonId, from: now }];
  return write(needs, { ...deployment, custody }, given.personId, now, { act: 'custody handed over', clauses: ruling.clauses, facts: { from: holder, to: given.toPersonId } });
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
  if (deployment.state !== 'under-way' || deployment.endedAt) return refusal(LOG, 'state', 'a deployment that is not under way', 'one that is under way', 'look at its log');
  if (deployment.operatorId !== given.personId) return refusal('XR26-USE-09', 'operator', 'someone else than the assigned operator', 'the assigned operator', 'leave the end to the operator');
  const because: Refusal[] = [];
  const whole = (field: 'scans' | 'imagesDownloaded') => {
    if (!Number.isInteger(given[field]) || given[field] < 0 || given[field] > 100_000) because.push({ clause: 'XR26-RET-02', field, found: 'no whole number', expected: 'a whole number, 0 or more', todo: 'enter how many' });
  };
  whole('scans');
  whole('imagesDownloaded');
  if (given.imagesDownloaded > given.scans) because.push({ clause: 'XR26-RET-02', field: 'imagesDownloaded', found: 'more images than scans', expected: 'at most one image for each scan', todo: 'correct the number of scans or images' });
  if (given.publicKeptOut.trim().length < HOUSE.charactersOfReason.count) because.push({ clause: 'XR26-USE-04', field: 'publicKeptOut', found: 'too little', expected: `at least ${HOUSE.charactersOfReason.count} characters`, todo: 'say how the public was in fact kept out' });
  because.push(...tooLong('XR26-USE-04', given, ['publicKeptOut', 'notes']));
  if (because.length > 0) return { kind: 'refused', because };
  const now = needs.now();
  const custody = deployment.custody.map((spell, place, all) => (place === all.length - 1 ? { ...spell, to: now } : spell));
  const next: Deployment = { ...deployment, custody, endedAt: now, publicKeptOut: given.publicKeptOut.trim(), scans: given.scans, imagesDownloaded: given.imagesDownloaded, notes: given.notes.trim() };
  const mail = { kind: 'deployment-to-close' as const, to: { personId: deployment.commanderId }, about: keyOf('deployment', deployment.id), subject: keyOf('use-request', deployment.requestId) };
  return write(needs, next, given.personId, now, { act: 'deployment ended', clauses: ['XR26-USE-04', 'XR26-RET-02'], facts: { scans: given.scans, imagesDownloaded: given.imagesDownloaded } }, undefined, undefined, { mails: [mail] });
}

export interface Closing {
  readonly deploymentId: string;
  readonly person: Pick<Person, 'id' | 'active' | 'uniformed' | 'rank' | 'bureau' | 'roles'>;
  readonly proper: boolean;
  readonly statement: string;
  readonly misuseReportId?: string;
}

/** The commander answers for proper use, and the request closes. */
export async function closeDeployment(needs: DeploymentNeeds, given: Closing): Promise<Logged> {
  const found = await onRecord(needs, given.deploymentId);
  if ('kind' in found) return found;
  const { deployment, request } = found;
  if (deployment.state !== 'under-way') return refusal('XR26-USE-10', 'state', `a deployment that is ${deployment.state}`, 'one that is under way and ended', 'look at its log');
  const now = needs.now();
  const [filed, device, person] = await Promise.all([
    imagesOf(needs.records, request.id),
    needs.records.get(diaries, diaryOf('device', deployment.deviceId)),
    needs.records.get(diaries, diaryOf('person', deployment.operatorId)),
  ]);
  const fates = filed.filter(({ state }) => state !== 'lapsed').map(({ state }) => (state === 'kept' || state === 'refused' ? state : ('waiting' as const)));
  const ruling = closeRuling(deployment, given, fates, policyFor(request), now);
  const because: Refusal[] = [
    ...(given.statement.trim().length < 3 ? [{ clause: 'XR26-USE-10', field: 'statement', found: 'nothing', expected: 'a few words', todo: 'say what you looked at' }] : []),
    ...tooLong('XR26-USE-10', given, ['statement', 'misuseReportId']),
    ...(ruling.kind === 'refused' ? ruling.because.map((one) => ({ ...one, field: FORM_FIELD[one.field] ?? one.field })) : []),
  ];
  if (ruling.kind === 'refused' || because.length > 0) return { kind: 'refused', because };
  const misuseReportId = given.proper ? undefined : given.misuseReportId?.trim();
  const properUse = { confirmed: given.proper, statement: given.statement.trim(), ...(misuseReportId && { misuseReportId }), by: given.person.id, at: now };
  const freed = [device, person].flatMap((diary) => (diary ? [put(diaries, { ...diary, bookings: diary.bookings.filter(({ requestId }) => requestId !== request.id) })] : []));
  const subject = keyOf('use-request', request.id);
  return write(
    needs, { ...deployment, state: 'closed', properUse, closedAt: now }, given.person.id, now,
    { act: given.proper ? 'deployment closed' : 'deployment closed as not proper', clauses: ruling.clauses, facts: { statement: sha256(properUse.statement), images: fates.length, proper: given.proper, ...(misuseReportId && { misuseReport: sha256(misuseReportId) }) } },
    request, { state: 'closed', endedAt: now, step: 'Request closed' },
    {
      puts: freed,
      notes: [{ kind: 'wake', waiting: { on: subject, for: 'deployment' }, output: { kind: 'closed' } }],
      mails: [{ kind: 'request-closed', to: request.askedBy.kind === 'member' ? { personId: request.askedBy.personId } : { address: request.askedBy.liaisonEmail }, about: subject, subject }],
    },
  );
}

/** The rule's field names and the form's, where they differ. */
const FORM_FIELD: Readonly<Record<string, string>> = { 'confirmation.misuseReportId': 'misuseReportId' };

/** What one field may hold; the longest record stays far below the table's 400 kB. */
const MOST_CHARACTERS = 4000;

const tooLong = <Name extends string>(clause: string, given: Partial<Readonly<Record<Name, string>>>, fields: readonly Name[]): Refusal[] =>
  fields.flatMap((field) => {
    const { length } = given[field] ?? '';
    return length <= MOST_CHARACTERS ? [] : [{ clause, field, found: `${length} characters`, expected: `at most ${MOST_CHARACTERS}`, todo: 'shorten it' }];
  });

async function imagesOf(records: DeploymentNeeds['records'], requestId: string): Promise<readonly Image[]> {
  const filed: Image[] = [];
  let from: string | undefined;
  do {
    const listing = await records.ofSubject(images, keyOf('use-request', requestId), from ? { from } : {});
    filed.push(...listing.records);
    from = listing.next;
  } while (from);
  return filed;
}

function closeRuling(deployment: Deployment, given: Closing, fates: readonly ('kept' | 'refused' | 'waiting')[], policy: Parameters<typeof deploymentClose>[1], now: Instant): Ruling {
  return deploymentClose(
    {
      deploymentId: deployment.id,
      startedAt: deployment.startedAt!,
      ...(deployment.endedAt && { endedAt: deployment.endedAt }),
      commanderId: deployment.commanderId,
      confirmation: { by: { ...given.person, personId: given.person.id }, proper: given.proper, ...(given.misuseReportId && { misuseReportId: given.misuseReportId }) },
      imagesDownloaded: deployment.imagesDownloaded ?? 0,
      images: fates,
      custody: deployment.custody.map(({ from, to }) => ({ custodian: 'member' as const, from, ...(to && { until: to }) })),
    },
    policy,
    now,
  );
}

/** One line of the log. Where the request's own state goes along, it is written in the same change. */
async function write(
  needs: DeploymentNeeds, next: Deployment, personId: string, now: Instant, told: Omit<Told, 'subject'>,
  request?: UseRequest, requestNext?: Partial<UseRequest>, more: Partial<Pick<Change, 'puts' | 'notes' | 'mails'>> = {},
): Promise<Logged> {
  const requestPut = request && requestNext ? [put(useRequests, withoutDue({ ...request, ...requestNext }))] : [];
  await needs.records.write({
    at: now,
    by: { kind: 'person', id: personId },
    puts: [put(deployments, next), ...requestPut, ...(more.puts ?? [])],
    tells: [{ subject: keyOf('use-request', next.requestId), ...told, facts: { deployment: next.id, ...told.facts } }],
    ...(more.notes && { notes: more.notes }),
    ...(more.mails && { mails: more.mails }),
  });
  return { kind: 'logged', deployment: { ...next, version: next.version + 1 } };
}

function withoutDue(request: UseRequest): UseRequest {
  if (request.state !== 'closed') return request;
  const { dueAt: _, ...ended } = request;
  return ended;
}
