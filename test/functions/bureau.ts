/**
 * A bureau on a real table, for tests of acts: the demonstration people, devices and trainings, a clock that is set by
 * hand, and a request brought as far as a test needs it. The workflows' steps are called as the workflows call them;
 * nothing delivers the outbox, so a test sees each note as it was written.
 */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { devicesOn, trainingsOn } from '../../demo/equipment.ts';
import { PEOPLE } from '../../demo/people.ts';
import { answerDecision, type Answering } from '../../functions/decision/answer-decision.ts';
import { askForDecision } from '../../functions/decision/ask-for-decision.ts';
import { decisions, type Decision } from '../../functions/decision/contract.ts';
import { assignDeployment, type Assigning } from '../../functions/deployment/assign-deployment.ts';
import { importDevices, type DeviceImport } from '../../functions/device/import-devices.ts';
import { newId } from '../../functions/edge/system.ts';
import { importTrainings, type TrainingsImport } from '../../functions/training/import-trainings.ts';
import { mails, type Mail } from '../../functions/records/mail-owed.ts';
import type { Note, NoteTask } from '../../functions/records/notes.ts';
import { persons, type Person } from '../../functions/records/standing.ts';
import { untilWritten } from '../../functions/records/until-written.ts';
import { askBureauToDeploy } from '../../functions/use-request/ask-bureau-to-deploy.ts';
import { checkUseRequest } from '../../functions/use-request/check-use-request.ts';
import { useRequests, type Asked, type AskedBy, type UseRequest } from '../../functions/use-request/contract.ts';
import { submitUseRequest, type Submission } from '../../functions/use-request/submit-use-request.ts';
import { instantOf, plusHours, plusMinutes, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { recordedAnew } from './recorded-anew.ts';
import { startTable, TABLE, type TestTable } from '../records-table.ts';
import { signer } from './records/signer.ts';

export type Liaison = Extract<AskedBy, { kind: 'external' }>;

export const LIAISON: Liaison = {
  kind: 'external',
  entityName: 'Harbor Agency',
  entityKind: 'federal-agency',
  liaisonName: 'Pat Quill',
  liaisonTitle: 'Agent',
  liaisonEmail: 'pat.quill@harbor.example',
  liaisonPhone: '212-555-0100',
};

export const REASON = 'The risk is specific and the plan keeps the public out';

export class Bureau {
  readonly table: TestTable;
  /** Signs the answers of the privacy office. */
  readonly key = signer();
  now: Instant = instantOf('2026-11-24T15:00:00Z');

  constructor(table: TestTable) {
    this.table = table;
  }

  get records() {
    return this.table.records;
  }

  get needs() {
    return { records: this.records, now: () => this.now, newId, sign: this.key.sign };
  }

  later(minutes: number): void {
    this.now = plusMinutes(this.now, minutes);
  }

  /** What a lawful request says, for a use in three hours that lasts four. */
  asked(over: Partial<Asked> = {}): Asked {
    const startsAt = over.startsAt ?? plusHours(this.now, 3);
    return {
      targetKind: 'truck',
      targetDescription: 'White box truck',
      nearPublicStreet: true,
      location: 'First Avenue',
      graveRisk: 'Credible word of explosives in the cargo area',
      purpose: 'law-enforcement',
      lawEnforcementReason: 'Secure the approach to the assembly',
      publicKeptOutHow: 'Cordon of thirty feet',
      politicalActivity: false,
      immigrationEnforcement: false,
      basisCharacteristics: [],
      useKind: 'described',
      startsAt,
      endsAt: plusHours(startsAt, 4),
      attested: true,
      ...over,
    };
  }

  async person(id: string): Promise<Person> {
    return (await this.records.get(persons, id))!;
  }

  /** Records a demonstration person anew, with these changes. */
  change(id: string, over: Record<string, unknown> = {}): Promise<void> {
    return recordedAnew(this.needs, id, over);
  }

  async submission(who: string | Liaison = 'p-reyes', over: Partial<Asked> = {}): Promise<Submission> {
    // Each liaison writes from an address of their own: one address may ask a few times a day only.
    const askedBy =
      typeof who === 'string'
        ? { kind: 'member' as const, personId: who, standing: await this.person(who) }
        : { ...who, liaisonEmail: `${newId('liaison')}@harbor.example` };
    return { askedBy, asked: this.asked(over) };
  }

  /** A request just submitted; throws with the refusals when it was not taken. */
  async submitted(who: string | Liaison = 'p-reyes', over: Partial<Asked> = {}): Promise<UseRequest> {
    const answer = await submitUseRequest(this.needs, await this.submission(who, over));
    if (answer.kind !== 'submitted') throw new Error(JSON.stringify(answer.because));
    return answer.request;
  }

  /** A request put to its first executive, whose workflow waits with the token `token`. */
  async deciding(who: string | Liaison = 'p-reyes', over: Partial<Asked> = {}): Promise<Decision> {
    const { id } = await this.submitted(who, over);
    return this.asking(id);
  }

  async asking(requestId: string): Promise<Decision> {
    const onward = await checkUseRequest(this.needs, { requestId });
    if (onward.kind !== 'decide') throw new Error(`the check answered ${onward.kind}`);
    await askForDecision(this.needs, { decisionId: onward.decisionId, token: 'token' });
    return this.decision(onward.decisionId);
  }

  /** An answer of the first executive asked, from the desk, as its page would send it. */
  async answering(decision: Decision, over: Partial<Answering> = {}): Promise<Answering> {
    const person = await this.person(decision.asked[0]?.personId ?? 'p-lee');
    return {
      decisionId: decision.id,
      person: { ...person, personId: person.id },
      door: { kind: 'desk' },
      answer: 'approve',
      reason: REASON,
      acknowledgesPublicKeptOut: true,
      shownHash: decision.shownHash,
      ...over,
    };
  }

  /** A request approved, waiting for its assignment. */
  async approved(over: Partial<Asked> = {}, who: string | Liaison = 'p-reyes'): Promise<UseRequest> {
    const decision = await this.deciding(who, over);
    const answered = await answerDecision(this.needs, await this.answering(decision));
    if (answered.kind !== 'answered') throw new Error(JSON.stringify(answered.because));
    const requestId = requestIdOf(decision);
    await askBureauToDeploy(this.needs, { requestId, token: 'deploy-token' });
    return this.request(requestId);
  }

  assign(requestId: string, over: Partial<Assigning> = {}) {
    return untilWritten(() =>
      assignDeployment(this.needs, {
        requestId,
        operatorId: 'p-ortiz',
        deviceId: 'x-ray-1',
        commanderId: 'p-brandt',
        by: 'p-brandt',
        ...over,
      }),
    );
  }

  async request(id: string): Promise<UseRequest> {
    return (await this.records.get(useRequests, id))!;
  }

  async decision(id: string): Promise<Decision> {
    return (await this.records.get(decisions, id))!;
  }

  async mailsAbout(requestId: string): Promise<readonly Mail[]> {
    return (await this.records.ofSubject(mails, `use-request#${requestId}`)).records;
  }

  /** The acts the ledger tells of a request, oldest first. */
  async acts(requestId: string): Promise<readonly string[]> {
    return (await this.records.ledgerOf(`use-request#${requestId}`)).map(({ act }) => act);
  }

  /** Every item of the table, as it lies there. */
  async items(): Promise<readonly Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.table.client.send(
        new ScanCommand({ TableName: TABLE, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
      );
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  /** What the outbox holds for one record, by its key or its id. */
  async notesFor(about: string): Promise<readonly NoteTask[]> {
    const tasks = (await this.items()).filter(({ noun }) => noun === 'note').map(({ record }) => (record as Note).task);
    return tasks.filter((task) => JSON.stringify(task).includes(about));
  }

  stop(): Promise<void> {
    return this.table.stop();
  }
}

export async function startBureau(): Promise<Bureau> {
  const bureau = new Bureau(await startTable());
  const day = new Date(bureau.now);
  for (const { personId } of PEOPLE) await bureau.change(personId);
  await importDevices(bureau.needs, { by: 'test', devices: devicesOn(day) as DeviceImport['devices'] });
  await importTrainings(bureau.needs, { by: 'test', trainings: trainingsOn(day) as TrainingsImport['trainings'] });
  return bureau;
}

export const requestIdOf = ({ on }: Pick<Decision, 'on'>): string => on.slice('use-request#'.length);

/** Clause ids with their fields, as 'XR26-USE-05 requester'; empty when nothing was refused. */
export const refusalsIn = (answer: {
  readonly kind: string;
  readonly because?: readonly Refusal[];
}): readonly string[] =>
  answer.kind === 'refused' ? (answer.because ?? []).map(({ clause, field }) => `${clause} ${field}`) : [];
