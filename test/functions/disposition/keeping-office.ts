/**
 * What is kept, on any records: the demonstration people and schedule, the fence, cases, and records of every kind that
 * have been kept as long as the schedule asks; a store of files; a clock that is set by hand.
 */
import { PEOPLE } from '../../../demo/people.ts';
import { DEMO_SCHEDULE } from '../../../demo/schedule.ts';
import { cardsLine, cases, factsOf, type Case } from '../../../functions/case/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { caseLine, hashLine, images, type Image } from '../../../functions/image/contract.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { put } from '../../../functions/records/change.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
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

const BY = { kind: 'system', id: 'test' } as const;

export class KeepingOffice<Of extends Records = Records> {
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
    await this.putInForce();
  }

  async putInForce(): Promise<void> {
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
    await this.store(key, `first of ${id}`);
    const versionId = await this.store(key, `original of ${id}`);
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

  /** Puts a version under a key; answers its id. */
  protected async store(key: string, text: string): Promise<string> {
    return this.files.add(key, text);
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

  async card(id: string): Promise<RetentionCard> {
    return (await this.records.get(retentionCards, id))!;
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
