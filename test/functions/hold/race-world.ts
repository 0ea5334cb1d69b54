/**
 * Records that have fallen due, in a batch that three offices have signed, on a real table: everything the destroying
 * transaction asks for, so that what a race decides is the race and nothing else.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { cardsLine, cases, type Case } from '../../../functions/case/contract.ts';
import { decisions, type Decision } from '../../../functions/decision/contract.ts';
import { sweepHold } from '../../../functions/deadline/sweep-hold.ts';
import {
  dispositions,
  membersLine,
  SIGNING_OFFICES,
  type Disposition,
} from '../../../functions/disposition/contract.ts';
import { destroyRecord } from '../../../functions/disposition/destroy-record.ts';
import { hashOfRecord } from '../../../functions/disposition/empty-record.ts';
import { standingIn } from '../../../functions/disposition/standing.ts';
import { idFromDraft } from '../../../functions/edge/system.ts';
import type { Hold, HoldScope } from '../../../functions/hold/contract.ts';
import { placeHold } from '../../../functions/hold/place-hold.ts';
import { put } from '../../../functions/records/change.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { everyFence, fencePuts, retentionCards, type RetentionCard } from '../../../functions/retention/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { instantOf } from '../../../policies/instant.ts';
import { SCHEDULE, type HoldWorld } from './hold-world.ts';

const BY = { kind: 'external', id: 'test' } as const;
const SIGNED = 'f'.repeat(64);

/** One record, where it is killed between the two transactions of its destruction, and the hold that races it. */
export interface Round {
  readonly id: string;
  readonly scope: HoldScope;
  /** Whether it has a file: without one its destruction is a single transaction, with one it is two. */
  readonly file: boolean;
  readonly killed: boolean;
  /** Whether the act that places the hold is cut off right after its change; the sweep goes on from there. */
  readonly cutOff: boolean;
  /** Milliseconds by which the destruction begins later than the hold; earlier when negative. */
  readonly later: number;
}

export interface Outcome {
  readonly card: RetentionCard;
  readonly hold: Hold;
}

class Killed extends Error {}

export class RaceWorld {
  readonly world: HoldWorld;

  constructor(world: HoldWorld) {
    this.world = world;
  }

  /** Three approvals of one list, after its days of grace. */
  async signatures(): Promise<Disposition['decisions']> {
    const signers = ['p-vance', 'p-moreau', 'p-ito'];
    const given = SIGNING_OFFICES.map((office, place) => ({
      id: `D-race-${office}`,
      version: 0,
      on: 'disposition#B-race',
      state: 'answered',
      openedAt: this.world.now,
      matter: { question: 'disposition', listSha256: SIGNED, office },
      answer: { answer: 'approve', by: signers[place], at: instantOf('2026-11-20T15:00:00Z') },
    }));
    await this.#write(
      given.map((decision) => put(decisions, decision as unknown as Decision)),
      'disposition#B-race',
    );
    return given.map(({ id: decisionId, matter: { office } }) => ({ office, decisionId }));
  }

  batchOf(id: string, signatures: Disposition['decisions']): Disposition {
    return {
      id,
      version: 0,
      // Ended this hour, as far as a hold is concerned that looks for what was gone; what destroys is handed the batch.
      state: 'destroyed',
      endedAt: this.world.now,
      classId: 'misdemeanor',
      scheduleId: SCHEDULE.id,
      technology: 'portable-electronic-device',
      records: 1,
      list: { key: 'list', versionId: '1', sha256: SIGNED },
      proposedAt: instantOf('2026-11-01T15:00:00Z'),
      graceEndsAt: instantOf('2026-11-10T15:00:00Z'),
      disposeBy: calendarDate('2026-12-01'),
      decisions: signatures,
    } as unknown as Disposition;
  }

  /** Writes what a few races begin with, in one change: their records, cases and batches. */
  async prepared(begin: {
    readonly cards: readonly RetentionCard[];
    readonly cases?: readonly Case[];
    readonly batches?: readonly Disposition[];
  }): Promise<void> {
    const { cards, cases: opened = [], batches = [] } = begin;
    await this.world.records.write({
      at: this.world.now,
      by: BY,
      puts: [
        ...cards.map((card) => put(retentionCards, card)),
        ...opened.map((one) => put(cases, one)),
        ...batches.map((batch) => put(dispositions, batch)),
      ],
      lines: [
        ...cards.flatMap(({ id, caseNumbers }) => caseNumbers.map((number) => ({ from: cardsLine(number), to: id }))),
        ...cards.flatMap(({ id, dispositionId }) =>
          dispositionId ? [{ from: membersLine(dispositionId), to: id }] : [],
        ),
      ],
      tells: [{ subject: 'disposition#B-race', act: 'test' }],
    });
  }

  /** As the end of its recalculation does: the next race is not slowed by what this one left. */
  async clearFence(): Promise<void> {
    await this.#write(
      fencePuts(await everyFence(this.world.records), (copy) => ({ ...copy, holds: [] })),
      'fence#all',
    );
  }

  async raced(round: Round, batch: Disposition): Promise<Outcome> {
    const { id, file, killed, later } = round;
    const { records } = this.world;
    const versions = new Map(file ? [[`kept/${id}`, '1']] : []);
    let toKill = killed;
    const card = await this.world.card(id);
    const listed = { id, sha256: hashOfRecord(card) };
    const needs = {
      records,
      now: () => this.world.now,
      files: {
        versionsUnder: async (key: string) => ({
          versions: [...versions]
            .map(([name, versionId]) => ({
              key: name,
              versionId,
              marker: false,
              newest: true,
              bytes: 1,
              at: this.world.now,
            }))
            .filter((one) => one.key === key),
        }),
        deleteVersion: async ({ key }: { readonly key: string }) => {
          if (toKill) throw new Killed();
          versions.delete(key);
          return { kind: 'deleted' } as const;
        },
      },
    };
    const destroy = () => destroyRecord(needs, standingIn(records), batch, listed);
    const [, placed] = await Promise.allSettled([
      wait(Math.max(0, later)).then(destroy),
      wait(Math.max(0, -later)).then(() => this.#placed(round)),
    ]);
    if (placed.status === 'rejected') throw placed.reason;
    const first = (await this.world.card(id)).state;
    // Whoever was killed is started again, and goes on.
    toKill = false;
    await destroy();
    const last = await this.world.card(id);
    if (last.state === 'destroyed' && file && versions.size > 0) throw new Error(`${id} is a tombstone with a file`);
    if (last.state === 'kept' && file && versions.size === 0) throw new Error(`${id} is kept without its file`);
    if (first === 'destroying' && last.state !== 'destroyed') throw new Error(`${id} was going and did not go on`);
    return { card: last, hold: await this.world.hold(placed.value) };
  }

  async #placed({ scope, cutOff, id }: Round): Promise<string> {
    const { world } = this;
    const { records } = world;
    const placing = { ...(await world.placing(scope)), draft: id.padEnd(43, '-') };
    const holdId = idFromDraft('H', `${placing.draft} ${placing.person.personId}`);
    const dying: Records = {
      ...records,
      async write(change) {
        if (change.tells.some(({ act }) => act === 'what was gone before named')) throw new Killed();
        await records.write(change);
      },
    };
    try {
      const answer = await placeHold({ ...world.needs, records: cutOff ? dying : records }, placing);
      if (answer.kind !== 'placed') throw new Error(JSON.stringify(answer.because));
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      await untilWritten(async () => sweepHold(records, await world.hold(holdId), world.now));
    }
    return holdId;
  }

  async #write(puts: Parameters<Records['write']>[0]['puts'], subject: string): Promise<void> {
    await this.world.records.write({ at: this.world.now, by: BY, puts, tells: [{ subject, act: 'test' }] });
  }
}
