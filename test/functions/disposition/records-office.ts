/**
 * The records office on any records: the demonstration people and schedule, the fence, cases, and records of every kind
 * that have been kept as long as the schedule asks; a store of files; a clock that is set by hand. Steps are called as the
 * workflow calls them; nothing delivers the outbox unless a test does.
 */
import { PEOPLE } from '../../../demo/people.ts';
import { DEMO_SCHEDULE } from '../../../demo/schedule.ts';
import { cardsLine, cases, factsOf, type Case } from '../../../functions/case/contract.ts';
import { answerDecision, type Answering } from '../../../functions/decision/answer-decision.ts';
import { askForDecision } from '../../../functions/decision/ask-for-decision.ts';
import { decisions, type Decision } from '../../../functions/decision/contract.ts';
import { checkDisposition } from '../../../functions/disposition/check-disposition.ts';
import {
  certificates,
  dispositions,
  type Disposition,
  type ListedRecord,
  type SigningOffice,
} from '../../../functions/disposition/contract.ts';
import { destroyRecords } from '../../../functions/disposition/destroy-records.ts';
import { objectToDisposal } from '../../../functions/disposition/object-to-disposal.ts';
import { proposeDispositions } from '../../../functions/disposition/propose-dispositions.ts';
import { settleDisposition } from '../../../functions/disposition/settle-disposition.ts';
import { newId } from '../../../functions/edge/system.ts';
import { caseLine, hashLine, images, type Image } from '../../../functions/image/contract.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { put } from '../../../functions/records/change.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { persons, type Person } from '../../../functions/records/standing.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import {
  everyFence,
  fencePuts,
  firstCard,
  retentionCards,
  schedules,
  type Fence,
  type RetentionCard,
} from '../../../functions/retention/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { retentionPolicyInForce } from '../../../policies/editions/retention-clauses.ts';
import { instantOf, nyDate, plusHours, type Instant } from '../../../policies/instant.ts';
import { howLongIsItKept } from '../../../policies/rules/how-long-is-it-kept.ts';
import { recordedAnew } from '../recorded-anew.ts';
import { signer } from '../records/signer.ts';
import { FilesInMemory } from './files-in-memory.ts';

export const WHY = 'The period is over and nothing asks for more';
export const SIGNERS: Readonly<Record<SigningOffice, string>> = {
  'records-officer': 'p-dunne',
  'law-department': 'p-moreau',
  'records-commissioner': 'p-ito',
};
const BY = { kind: 'system', id: 'test' } as const;

export class RecordsOffice<Of extends Records = Records> {
  readonly records: Of;
  readonly files: FilesInMemory;
  readonly key = signer();
  /** Set where a host owns the time. */
  clock: (() => Instant) | undefined;
  #now: Instant = instantOf('2026-11-24T15:00:00Z');

  /** `newest` is what a map of a workflow reads its items from, by key. */
  constructor(records: Of, newest?: Map<string, string>) {
    this.records = records;
    this.files = new FilesInMemory(newest);
  }

  get now(): Instant {
    return this.clock?.() ?? this.#now;
  }
  set now(at: Instant) {
    this.#now = at;
  }
  days(count: number): void {
    this.#now = plusHours(this.#now, count * 24);
  }

  get needs() {
    return { records: this.records, files: this.files, now: () => this.now, newId, sign: this.key.sign };
  }

  /** People, the schedule in force and the fence that names it. */
  async furnish(): Promise<void> {
    for (const { personId } of PEOPLE) await recordedAnew(this.needs, personId, {});
    const fences = await everyFence(this.records);
    await this.records.write({
      at: this.now,
      by: BY,
      puts: [
        put(schedules, {
          id: DEMO_SCHEDULE.id,
          version: 0,
          schedule: DEMO_SCHEDULE,
          state: 'in-force',
          loadedBy: 'p-vance',
          loadedAt: this.now,
        }),
        ...fencePuts(fences, (fence) => ({ ...fence, scheduleId: DEMO_SCHEDULE.id })),
      ],
      tells: [{ subject: keyOf('schedule', DEMO_SCHEDULE.id), act: 'schedule in force' }],
    });
  }

  /** Changes every copy of the fence, as placing a hold does. */
  async fence(change: (fence: Fence) => Fence): Promise<void> {
    const copies = await everyFence(this.records);
    await this.records.write({
      at: this.now,
      by: BY,
      puts: fencePuts(copies, change),
      tells: [{ subject: 'fence', act: 'fence changed' }],
    });
  }

  /** Closed long ago with a plea to a misdemeanor: five years. */
  async closedCase(id: string, over: Partial<Case> = {}): Promise<Case> {
    const closedOn = calendarDate('2021-06-01');
    const one: Case = {
      id,
      version: 0,
      state: 'closed',
      openedOn: calendarDate('2020-01-02'),
      openedAt: instantOf('2020-01-02T12:00:00Z'),
      openedBy: 'p-vance',
      dispositions: [
        {
          id: 'd-1',
          charged: 'PL 120.00',
          outcome: 'pleaded',
          on: calendarDate('2021-03-01'),
          classId: 'misdemeanor',
          appeal: 'exhausted',
        },
      ],
      statusClasses: [],
      people: [],
      closed: { on: closedOn, ground: 'appeals-exhausted', by: 'p-vance', at: this.now },
      reopened: [],
      mergedFrom: [],
      holdIds: [],
      changedAt: this.now,
      ...over,
    };
    await this.write(put(cases, one), keyOf('case', id));
    return { ...one, version: 1 };
  }

  async changeCase(id: string, over: Partial<Case>): Promise<void> {
    const one = (await this.records.get(cases, id))!;
    await this.write(put(cases, { ...one, ...over }), keyOf('case', id));
  }

  /** A plate read of more than five years ago. */
  async plateRead(id = newId('LPR'), over: Partial<RetentionCard> = {}): Promise<RetentionCard> {
    const capturedAt = instantOf('2021-05-05T16:00:00Z');
    return this.keep({
      ...firstCard({
        id,
        kind: 'plate-read',
        technology: 'license-plate-reader',
        keptAt: capturedAt,
        caseNumbers: [],
        capturedAt,
        read: { plate: 'ABC1234', state: 'NY', place: 'First Avenue' },
        files: [],
      }),
      ...over,
    });
  }

  /** An x-ray image of a closed case, with its record and its file of two versions. */
  async image(caseNumber: string, id = newId('X')): Promise<RetentionCard> {
    const key = `kept/R-1/${id}/original`;
    this.files.add(key, `first of ${id}`);
    const versionId = this.files.add(key, `original of ${id}`);
    const keptAt = instantOf('2020-02-03T12:00:00Z');
    const hash = sha256(`original of ${id}`);
    const image = imageOf(id, { key, versionId, hash, caseNumber, at: keptAt });
    await this.records.write({
      at: this.now,
      by: BY,
      puts: [put(images, image)],
      tells: [{ subject: keyOf('image', id), act: 'image kept' }],
      lines: [
        { from: caseLine(caseNumber), to: id },
        { from: hashLine(hash), to: id },
      ],
    });
    return this.keep(
      firstCard({
        id,
        kind: 'image',
        technology: 'mobile-x-ray',
        about: keyOf('image', id),
        keptAt,
        capturedAt: keptAt,
        caseNumbers: [caseNumber],
        deviceId: 'x-ray-1',
        files: [{ key, versionId, sha256: hash, bytes: 100 }],
      }),
    );
  }

  /** Writes a card with its dates worked out by the rule, as a recalculation leaves it. */
  async keep(card: RetentionCard): Promise<RetentionCard> {
    const of = await Promise.all(card.caseNumbers.map((one) => this.records.get(cases, one)));
    const keeping = howLongIsItKept(
      {
        kind: card.kind,
        technology: card.technology,
        ...(card.capturedAt && { capturedOn: nyDate(card.capturedAt) }),
        cases: of.map((one) => factsOf(one!)),
        holds: [],
        schedule: DEMO_SCHEDULE,
      },
      retentionPolicyInForce(card.technology, this.now)!,
      this.now,
    );
    const worked: RetentionCard = {
      ...card,
      keeping,
      workedOutFrom: { cases: {}, scheduleId: DEMO_SCHEDULE.id, at: this.now },
      lock: { legalHold: false, classId: keeping.classId },
    };
    await this.records.write({
      at: this.now,
      by: BY,
      puts: [put(retentionCards, worked)],
      tells: [{ subject: keyOf('retention', card.id), act: 'dates worked out' }],
      lines: card.caseNumbers.map((one) => ({ from: cardsLine(one), to: card.id })),
    });
    return { ...worked, version: card.version + 1 };
  }

  propose = () => proposeDispositions(this.needs);

  async batches(): Promise<readonly Disposition[]> {
    const found = await Promise.all(
      ['open', 'ended'].map((which) => this.records.ofSubject(dispositions, `dispositions#${which}`)),
    );
    return found.flatMap(({ records }) => records);
  }

  /** The one batch that is proposed of what is due. */
  async proposed(): Promise<Disposition> {
    await this.propose();
    const open = (await this.batches()).filter(({ state }) => state === 'proposed');
    if (open.length !== 1) throw new Error(`${open.length} batches are proposed`);
    return open[0]!;
  }

  /** A batch past its grace, put to the three offices. */
  async signing(): Promise<Disposition> {
    const { id } = await this.proposed();
    this.days(8);
    await this.check(id);
    for (const { decisionId } of (await this.batch(id)).decisions)
      await askForDecision(this.needs, { decisionId, token: `token of ${decisionId}` });
    return this.batch(id);
  }

  check = (dispositionId: string) => untilWritten(() => checkDisposition(this.needs, { dispositionId }));
  settle = (dispositionId: string) => untilWritten(() => settleDisposition(this.needs, { dispositionId }));
  object = (dispositionId: string, cardId: string, reason = 'Asked for by a court', who = 'p-vance') =>
    untilWritten(async () =>
      objectToDisposal(this.needs, {
        dispositionId,
        cardId,
        reason,
        personId: who,
        roles: (await this.person(who)).roles,
      }),
    );

  async answering(disposition: Disposition, office: SigningOffice, over: Partial<Answering> = {}): Promise<Answering> {
    const decision = await this.decisionOf(disposition, office);
    const person = await this.person(SIGNERS[office]);
    return {
      decisionId: decision.id,
      person: { ...person, personId: person.id },
      door: { kind: 'desk' },
      answer: 'approve',
      reason: WHY,
      shownHash: decision.shownHash,
      ...over,
    };
  }
  async sign(disposition: Disposition, office: SigningOffice, over: Partial<Answering> = {}) {
    const given = await this.answering(disposition, office, over);
    return untilWritten(() => answerDecision(this.needs, given));
  }

  /** A batch that all three have signed, whose destruction may begin. */
  async signed(): Promise<Disposition> {
    const disposition = await this.signing();
    for (const office of Object.keys(SIGNERS) as SigningOffice[]) {
      const answered = await this.sign(disposition, office);
      if (answered.kind !== 'answered') throw new Error(JSON.stringify(answered.because));
    }
    await this.check(disposition.id);
    return this.batch(disposition.id);
  }

  /** Every record of the signed list, as the map gives them to its children. */
  async destroy({ id, list }: Disposition) {
    const records = JSON.parse((await this.files.text(list.key))!) as ListedRecord[];
    return destroyRecords(this.needs, { dispositionId: id, records });
  }

  async batch(id: string): Promise<Disposition> {
    return (await this.records.get(dispositions, id))!;
  }
  async card(id: string): Promise<RetentionCard> {
    return (await this.records.get(retentionCards, id))!;
  }
  async person(id: string): Promise<Person> {
    return (await this.records.get(persons, id))!;
  }
  async decisionOf({ decisions: asked }: Disposition, office: SigningOffice): Promise<Decision> {
    return (await this.records.get(decisions, asked.find((one) => one.office === office)!.decisionId))!;
  }
  async certificate(id: string) {
    return this.records.get(certificates, id);
  }
  async mailsAbout(id: string): Promise<readonly Mail[]> {
    return (await this.records.ofSubject(mails, keyOf('disposition', id))).records;
  }
  async acts(subject: string): Promise<readonly string[]> {
    return (await this.records.ledgerOf(subject)).map(({ act }) => act);
  }

  private write(next: ReturnType<typeof put>, subject: string): Promise<void> {
    return this.records.write({ at: this.now, by: BY, puts: [next], tells: [{ subject, act: 'set by a test' }] });
  }
}

interface Stored {
  readonly key: string;
  readonly versionId: string;
  readonly hash: string;
  readonly caseNumber: string;
  readonly at: Instant;
}

function imageOf(id: string, { key, versionId, hash, caseNumber, at }: Stored): Image {
  return {
    id,
    version: 0,
    state: 'kept',
    requestId: 'R-1',
    filed: {
      deploymentId: 'U-1',
      deviceId: 'x-ray-1',
      downloadedBy: 'p-ortiz',
      downloadedAt: at,
      medium: 'USB drive',
      caseNumber,
      relevance: 'Shows the load of Robin Doe',
      personInImage: true,
      personExplanation: 'Robin Doe at the wheel',
      plate: 'ABC1234',
      location: '1 First Avenue',
      fileName: 'doe.png',
      declaredKind: 'png',
    },
    uploaderId: 'p-ortiz',
    uploaderRoles: ['ctb-operator'],
    filedAt: at,
    edition: 'xray-2026',
    incomingKey: `incoming/${id}/original`,
    uploadEndsAt: at,
    stored: {
      bucket: 'images',
      key,
      versionId,
      sha256: hash,
      bytes: 100,
      contentKind: 'png',
      storedAt: at,
      legalHold: false,
    },
    step: 'Image kept',
  };
}
