/**
 * Kept records, their cases and holds, and a schedule in force, on whatever records a test brings: for tests of
 * recalculations. Cases and holds are written as their own acts write them, as far as retention is concerned.
 */
import { DEMO_SCHEDULE } from '../../../demo/schedule.ts';
import { caseKey, cases, type Case } from '../../../functions/case/contract.ts';
import { holdKey, holds, type Hold, type HoldScope } from '../../../functions/hold/contract.ts';
import { put, type Put } from '../../../functions/records/change.ts';
import type { Line } from '../../../functions/records/change.ts';
import type { NoteTask } from '../../../functions/records/notes.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import {
  everyFence,
  fencePuts,
  recalculationOwed,
  recalculations,
  retentionCards,
  schedules,
  type JustKept,
  type Recalculation,
  type RecalculationAsked,
  type RetentionCard,
} from '../../../functions/retention/contract.ts';
import { keptWith } from '../../../functions/retention/contract.ts';
import type { RecalculationNeeds } from '../../../functions/retention/needs.ts';
import { calendarDate, type CalendarDate } from '../../../policies/calendar-date.ts';
import { instantOf, type Instant } from '../../../policies/instant.ts';
import type { Schedule } from '../../../policies/retention.ts';
import { filesInMemory, type FilesInMemory } from '../../files-in-memory.ts';

export const CLOSED_ON = calendarDate('2026-05-01');

export class Retained {
  readonly records: Records;
  readonly files: FilesInMemory;
  clock: () => Instant;
  #ids = 0;

  constructor(records: Records, lists?: Map<string, string>) {
    const now = instantOf('2026-11-24T15:00:00Z');
    this.records = records;
    this.clock = () => now;
    this.files = filesInMemory(() => this.now, lists);
  }

  get now(): Instant {
    return this.clock();
  }
  readonly newId = (prefix: string): string => `${prefix}-${String(++this.#ids).padStart(4, '0')}`;
  get needs(): RecalculationNeeds {
    return { records: this.records, files: this.files, now: () => this.now };
  }

  write(
    puts: readonly Put[],
    more: { readonly lines?: readonly Line[]; readonly notes?: readonly NoteTask[] } = {},
    subject = `seed#${this.newId('S')}`,
  ): Promise<void> {
    return this.records.write({
      at: this.now,
      by: { kind: 'system', id: 'test' },
      puts,
      tells: [{ subject, act: 'seeded' }],
      ...more,
    });
  }

  /** In force from the first, without a recalculation. */
  async inForce(schedule: Schedule = DEMO_SCHEDULE): Promise<void> {
    const at = this.now;
    await this.write([
      put(schedules, { id: schedule.id, version: 0, schedule, state: 'in-force', loadedBy: 'p-vance', loadedAt: at }),
      ...fencePuts(await everyFence(this.records), (fence) => ({ ...fence, scheduleId: schedule.id })),
    ]);
  }

  /** Keeps a record of one case, with one file under `kept/`, as whoever keeps it does. */
  async kept(caseNumber: string, more: Partial<JustKept> = {}): Promise<string> {
    const id = more.id ?? this.newId('I');
    const file = this.files.add(`kept/R-1/${id}/original`, `bytes of ${id}`);
    await this.files.setLegalHold(file, true);
    await this.files.tag(file, { record: id, class: 'open-case' });
    await untilWritten(async () => {
      const kept = await keptWith(
        this.records,
        {
          id,
          kind: 'image',
          technology: 'mobile-x-ray',
          keptAt: this.now,
          caseNumbers: [caseNumber],
          files: [file],
          ...more,
        },
        { by: 'test', newId: this.newId },
      );
      await this.records.write({
        at: this.now,
        by: { kind: 'system', id: 'test' },
        puts: kept.puts,
        lines: kept.lines,
        notes: kept.notes,
        unchanged: kept.unchanged,
        tells: [{ subject: `retention#${id}`, act: 'kept' }],
      });
    });
    return id;
  }
  async keptMany(caseNumber: string, count: number): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let one = 0; one < count; one++) ids.push(await this.kept(caseNumber));
    return ids;
  }

  /** A change of a case that moves dates: the case, and the recalculation it owes. Answers that one's id. */
  async changed(
    caseNumber: string,
    change: (one: Case) => Case,
    cause: RecalculationAsked['cause'] = 'case-closed',
  ): Promise<string> {
    const before = (await this.records.get(cases, caseNumber)) ?? blank(caseNumber, this.now);
    const owed = this.owed(cause, { kind: 'case', caseNumber }, caseKey(caseNumber));
    const after = { ...change(before), recalculationId: owed.record.id };
    await this.write([put(cases, after), ...owed.puts], { notes: owed.notes }, caseKey(caseNumber));
    return owed.record.id;
  }
  closed(caseNumber: string, classId = 'misdemeanor', on: CalendarDate = CLOSED_ON): Promise<string> {
    return this.changed(caseNumber, (one) => closing(one, classId, on, this.now));
  }
  reopened(caseNumber: string): Promise<string> {
    return this.changed(caseNumber, ({ closed: _, ...one }) => ({ ...one, state: 'open' }), 'case-reopened');
  }

  /** Places a hold as its act does: the hold, the fence, what works out the dates. Answers both ids. */
  async held(scope: HoldScope, more: Partial<Hold> = {}): Promise<{ readonly holdId: string; readonly id: string }> {
    const holdId = this.newId('H');
    const owed = this.owed('hold-placed', { kind: 'hold', holdId }, holdKey(holdId));
    const entry = {
      holdId,
      ...(scope.kind === 'records' && { cards: scope.ids }),
      ...(scope.kind === 'cases' && { cases: scope.caseNumbers }),
      ...(scope.kind === 'matching' && { matching: scope.matching }),
    };
    const hold: Hold = {
      id: holdId,
      version: 0,
      kind: 'investigation',
      name: 'A hold',
      reason: 'Something is going on',
      authority: 'A letter',
      ownerId: 'p-grant',
      scope,
      placedBy: 'p-grant',
      placedAt: this.now,
      state: 'placing',
      recalculationId: owed.record.id,
      ...more,
    };
    const copies = await everyFence(this.records);
    await this.write(
      [put(holds, hold), ...fencePuts(copies, (copy) => ({ ...copy, holds: [...copy.holds, entry] })), ...owed.puts],
      { notes: owed.notes },
      holdKey(holdId),
    );
    return { holdId, id: owed.record.id };
  }
  async released(holdId: string, endedOn: CalendarDate): Promise<string> {
    const hold = await this.hold(holdId);
    const owed = this.owed('hold-released', { kind: 'hold', holdId }, holdKey(holdId));
    const release = { by: 'p-grant', at: this.now, reason: 'It is over', endedOn };
    const next: Hold = { ...hold, state: 'releasing', recalculationId: owed.record.id, release };
    await this.write([put(holds, next), ...owed.puts], { notes: owed.notes }, holdKey(holdId));
    return owed.record.id;
  }

  owed(cause: RecalculationAsked['cause'], scope: RecalculationAsked['scope'], subject: string) {
    return recalculationOwed({ cause, scope, subject, by: 'test', at: this.now, newId: this.newId });
  }

  card = (id: string): Promise<RetentionCard> => found(this.records.get(retentionCards, id), id);
  case = (id: string): Promise<Case> => found(this.records.get(cases, id), id);
  hold = (id: string): Promise<Hold> => found(this.records.get(holds, id), id);
  recalculation = (id: string): Promise<Recalculation> => found(this.records.get(recalculations, id), id);

  /** What the card says and what the store has, in one line: both must agree whenever nothing is under way. */
  async lockOf(id: string): Promise<string> {
    const { files, lock } = await this.card(id);
    const { legalHold, retainUntil, tags } = this.files.of(files[0]!);
    const store = said(legalHold, retainUntil, tags.class);
    const record = said(lock.legalHold, lock.retainUntil, lock.classId);
    return store === record ? record : `records say ${record}, the store ${store}`;
  }
}

const said = (hold: boolean, until: Instant | undefined, tag: string | undefined): string =>
  `${hold ? 'held' : 'not held'}, ${until?.slice(0, 10) ?? 'no day'}, ${tag}`;

async function found<T>(reading: Promise<T | undefined>, id: string): Promise<T> {
  const one = await reading;
  if (!one) throw new Error(`${id} is not on record`);
  return one;
}

export const closing = (one: Case, classId: string, on: CalendarDate, at: Instant): Case => ({
  ...one,
  state: 'closed',
  closed: { on, ground: 'appeals-exhausted', by: 'p-ortiz', at },
  dispositions: [{ id: 'D-1', charged: 'a charge', outcome: 'convicted', on, classId, appeal: 'exhausted' }],
});

export const blank = (id: string, at: Instant): Case => ({
  id,
  version: 0,
  state: 'open',
  openedOn: calendarDate('2026-01-05'),
  openedAt: at,
  openedBy: 'p-ortiz',
  dispositions: [],
  statusClasses: [],
  people: [],
  reopened: [],
  mergedFrom: [],
  holdIds: [],
  changedAt: at,
});
