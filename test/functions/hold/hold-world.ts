/** Kept records, cases and a schedule in force on a real table, for holds to be placed on. */
import { PEOPLE } from '../../../demo/people.ts';
import { cardsLine, cases, type Case } from '../../../functions/case/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import type { HoldAsked } from '../../../functions/hold/asked.ts';
import { holdKey, holds, type Hold, type HoldScope } from '../../../functions/hold/contract.ts';
import { placeHold, type Placing } from '../../../functions/hold/place-hold.ts';
import { releaseHold, type Releasing } from '../../../functions/hold/release-hold.ts';
import { put } from '../../../functions/records/change.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { persons } from '../../../functions/records/standing.ts';
import {
  everyFence,
  fencePuts,
  firstCard,
  retentionCards,
  schedules,
  type RetentionCard,
} from '../../../functions/retention/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { SCHEDULE_XRAY_2021 } from '../../../policies/editions/schedules/index.ts';
import { instantOf, plusHours, type Instant } from '../../../policies/instant.ts';
import type { Schedule } from '../../../policies/retention.ts';
import { recordedAnew } from '../recorded-anew.ts';

const BY = { kind: 'external', id: 'test' } as const;

const { until: _, ...PRINTED } = SCHEDULE_XRAY_2021;
/** The printed classes, as if both offices had approved them, and still in force. */
export const SCHEDULE: Schedule = {
  ...PRINTED,
  id: 'test-schedule',
  from: calendarDate('2020-01-01'),
  approvals: [
    { office: 'law-department', reference: 'test', on: calendarDate('2020-01-01') },
    { office: 'records-department', reference: 'test', on: calendarDate('2020-01-01') },
  ],
};

export class HoldWorld {
  readonly records: Records;
  now: Instant = instantOf('2026-11-24T15:00:00Z');

  constructor(records: Records) {
    this.records = records;
  }

  get needs() {
    return { records: this.records, now: () => this.now, newId };
  }

  later(hours: number): void {
    this.now = plusHours(this.now, hours);
  }

  async person(id: string) {
    const { id: personId, roles, active } = (await this.records.get(persons, id))!;
    return { personId, roles, active };
  }

  /** The card of a kept record that is not on record yet. */
  cardOf(id: string, over: Partial<RetentionCard> = {}): RetentionCard {
    const first = firstCard({
      id,
      kind: 'recording',
      technology: 'portable-electronic-device',
      keptAt: this.now,
      caseNumbers: [],
      files: [],
      ...over,
    });
    return { ...first, ...over };
  }

  /** A kept record. `over` is what differs of its card. */
  async kept(id: string, over: Partial<RetentionCard> = {}): Promise<RetentionCard> {
    const card = this.cardOf(id, over);
    await this.records.write({
      at: this.now,
      by: BY,
      puts: [put(retentionCards, card)],
      lines: card.caseNumbers.map((number) => ({ from: cardsLine(number), to: id })),
      tells: [{ subject: `retention#${id}`, act: 'record kept' }],
    });
    return { ...card, version: 1 };
  }

  /** An open case that is not on record yet. */
  caseOf(id: string, over: Partial<Case> = {}): Case {
    return {
      id,
      version: 0,
      state: 'open',
      openedOn: calendarDate('2020-03-02'),
      openedAt: instantOf('2020-03-02T15:00:00Z'),
      openedBy: 'p-vance',
      dispositions: [],
      statusClasses: [],
      people: [],
      reopened: [],
      mergedFrom: [],
      holdIds: [],
      changedAt: this.now,
      ...over,
    };
  }

  async caseOpened(id: string, over: Partial<Case> = {}): Promise<Case> {
    const one = this.caseOf(id, over);
    await this.records.write({
      at: this.now,
      by: BY,
      puts: [put(cases, one)],
      tells: [{ subject: `case#${id}`, act: 'case opened' }],
    });
    return { ...one, version: 1 };
  }

  /** A misdemeanor case, closed long enough ago that what is kept for it has fallen due. */
  caseClosed(id: string): Promise<Case> {
    return this.caseOpened(id, this.closing());
  }

  closing(): Partial<Case> {
    return {
      state: 'closed',
      dispositions: [
        { id: 'D-1', charged: '165.40', outcome: 'convicted', on: calendarDate('2020-06-01'), classId: 'misdemeanor' },
      ],
      closed: { on: calendarDate('2020-07-01'), ground: 'appeals-exhausted', by: 'p-vance', at: this.now },
    };
  }

  /** Puts the test schedule in force, on every copy of the fence. */
  async scheduleInForce(): Promise<void> {
    const copies = await everyFence(this.records);
    await this.records.write({
      at: this.now,
      by: BY,
      puts: [
        put(schedules, {
          id: SCHEDULE.id,
          version: 0,
          schedule: SCHEDULE,
          state: 'in-force',
          loadedBy: 'p-vance',
          loadedAt: this.now,
        }),
        ...fencePuts(copies, (copy) => ({ ...copy, scheduleId: SCHEDULE.id })),
      ],
      tells: [{ subject: `schedule#${SCHEDULE.id}`, act: 'schedule in force' }],
    });
  }

  asked(scope: HoldScope, over: Partial<HoldAsked> = {}): HoldAsked {
    return {
      kind: 'litigation',
      name: 'Claim 26-1044',
      reason: 'A notice of claim was served on the City',
      authority: 'Notice of claim of 2026-11-20',
      ownerId: 'p-vance',
      custodianIds: [],
      scope,
      ...over,
    };
  }

  async placing(scope: HoldScope, over: Partial<HoldAsked> = {}, by = 'p-vance'): Promise<Placing> {
    return { person: await this.person(by), asked: this.asked(scope, over) };
  }

  /** A hold just placed; throws with the refusals when it was not. */
  async placed(scope: HoldScope, over: Partial<HoldAsked> = {}): Promise<Hold> {
    const answer = await placeHold(this.needs, await this.placing(scope, over));
    if (answer.kind !== 'placed') throw new Error(JSON.stringify(answer.because));
    return answer.hold;
  }

  async released(holdId: string, over: Partial<Releasing> = {}, day?: 'no day') {
    return releaseHold(this.needs, {
      holdId,
      person: await this.person('p-grant'),
      reason: 'The claim was settled and paid',
      ...(day ? {} : { endedOn: calendarDate('2026-11-24') }),
      ...over,
    });
  }

  async hold(id: string): Promise<Hold> {
    return (await this.records.get(holds, id))!;
  }

  async card(id: string): Promise<RetentionCard> {
    return (await this.records.get(retentionCards, id))!;
  }

  async mailsAbout(holdId: string): Promise<readonly Mail[]> {
    return (await this.records.ofSubject(mails, holdKey(holdId))).records;
  }

  async acts(holdId: string): Promise<readonly string[]> {
    return (await this.records.ledgerOf(holdKey(holdId))).map(({ act }) => act);
  }
}

/** Everyone of the demonstration, a schedule in force, and nothing kept yet. */
export async function holdWorldOn(records: Records): Promise<HoldWorld> {
  const world = new HoldWorld(records);
  for (const { personId } of PEOPLE) await recordedAnew(world.needs, personId);
  await world.scheduleInForce();
  return world;
}
