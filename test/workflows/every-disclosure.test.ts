/**
 * What becomes of every disclosure there can be: each edition with each recipient, ground or none, and state of evidence
 * goes through the workflow, and ends where the table written by hand says. The rules are held to the same table in
 * test/policies/data/every-disclosure.test.ts.
 *
 * Stopped is stopped at the form, where nothing is opened; refused is refused by the first check. Where something is
 * missing its requester is asked for it, and where only the approval is, the privacy officer.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisions, type Decision } from '../../functions/decision/contract.ts';
import { deliveries, type Delivery } from '../../functions/delivery/contract.ts';
import {
  disclosures,
  immigrationRequests,
  immigrationRequestsOfQuarter,
  provisionsOfQuarter,
  type Disclosure,
  type ImmigrationRequest,
} from '../../functions/disclosure/contract.ts';
import type { Entity, Kept } from '../../functions/records/entity.ts';
import { mails } from '../../functions/records/mail-owed.ts';
import { quarterOf } from '../../policies/calendar-date.ts';
import { clauseIn } from '../../policies/clause-in.ts';
import { everyDisclosure, type DisclosureCase } from '../../policies/data/every-disclosure.ts';
import { PUBLISHED_EDITIONS } from '../../policies/editions/index.ts';
import { nyDate } from '../../policies/instant.ts';
import {
  expectedInWorkflow,
  groundClauses,
  named,
  needClause,
  needing,
  refusalClauses,
  waitsForOfficer,
  type Outcome,
} from '../policies/data/expected-disclosure.ts';
import { breaksAmong } from '../whole-ledger.ts';
import { walkThrough, type Walk, type Walked } from './disclosure-walk.ts';

const CHECKED = ['Check disclosure against policy', 'What is next for the disclosure?'];
const SIGN_OFF = 'Ask a privacy officer to sign off';
const RELEASED = ['Write release in ledger', 'Was it released?', 'Ask recipient to collect'];

/** Where a disclosure stands when it came out so. */
const stateFor = (outcome: Outcome): Disclosure['state'] =>
  outcome === 'allowed'
    ? 'released'
    : outcome === 'needs officer-approval'
      ? 'deciding'
      : outcome.startsWith('needs')
        ? 'completing'
        : 'refused';

function pathFor(one: DisclosureCase, outcome: Outcome): readonly string[] {
  const state = stateFor(outcome);
  if (state === 'refused') return [...CHECKED, 'Disclosure refused'];
  if (state === 'completing') return [...CHECKED, 'Ask requester to complete it'];
  const asked = waitsForOfficer(one) ? [...CHECKED, SIGN_OFF] : [];
  return state === 'deciding' ? asked : [...asked, ...CHECKED, ...RELEASED];
}

/** All that were compared with the table, over every edition. */
const compared = new Set<string>();

describe.each(PUBLISHED_EDITIONS)('every disclosure under $id, in the workflow', (edition) => {
  let walk: Walk;
  let quarter: string;
  /** What is on record at the end, by id. */
  let kept: <T extends Kept>(of: Entity<T>) => readonly T[];
  let found: ReadonlyMap<string, Disclosure>;
  beforeAll(async () => {
    walk = await walkThrough(edition);
    quarter = quarterOf(nyDate(walk.office.now));
    const items = walk.work.records.items();
    kept = (of) => items.filter(({ noun }) => noun === of.noun).map(({ record }) => record as never);
    found = new Map(kept(disclosures).map((one) => [one.id, one]));
  });
  afterAll(() => walk?.work.stop());

  const here = (clause: string): string => clauseIn(edition, clause) ?? clause;
  const opened = () => walk.all.filter((one): one is Walked & { readonly id: string } => one.id !== undefined);
  const expectedSo = (which: (outcome: Outcome, one: DisclosureCase) => boolean): readonly string[] =>
    opened()
      .filter((one) => which(expectedInWorkflow(one.case), one.case))
      .map(({ id }) => id)
      .toSorted();
  /** Of all of them, those for which something else was found than expected. */
  const wrongAmong = async (
    all: readonly Walked[],
    look: (walked: Walked, outcome: Outcome) => Promise<readonly [is: unknown, wanted: unknown]>,
  ): Promise<readonly object[]> => {
    const looked = await Promise.all(
      all.map(async (walked) => {
        const [is, wanted] = await look(walked, expectedInWorkflow(walked.case));
        return { case: named(walked.case), found: is, expected: wanted };
      }),
    );
    return looked.filter((one) => JSON.stringify(one.found) !== JSON.stringify(one.expected));
  };

  function outcomeOf({ id, stoppedAs }: Walked): string {
    if (!id) return stoppedAs ? 'stopped' : 'not opened';
    const { state, needs = [] } = found.get(id)!;
    if (state === 'released') return 'allowed';
    if (state === 'completing' || state === 'deciding') return needing(needs.map(({ need }) => need));
    return state;
  }

  it('comes out as the clauses say, all of them', async () => {
    const wrong = await wrongAmong(walk.all, async (walked, outcome) => {
      compared.add(named(walked.case));
      return [
        [outcomeOf(walked), walked.id && found.get(walked.id)!.state],
        [outcome, walked.id && stateFor(outcome)],
      ];
    });
    expect(wrong).toEqual([]);
    expect(walk.all).toHaveLength(540);
  });

  it('EXT-08: delivers what may be disclosed and nothing else, and names each provision', async () => {
    const allowed = expectedSo((outcome) => outcome === 'allowed');
    const made: readonly Delivery[] = kept(deliveries);
    expect(made.map(({ disclosureId }) => disclosureId).toSorted()).toEqual(allowed);
    expect(made.filter(({ state, files }) => state !== 'open' || files.length !== 1)).toEqual([]);
    expect((await walk.work.records.linesOf(provisionsOfQuarter(quarter))).toSorted()).toEqual(allowed);
    const letters = kept(mails).filter(({ kind }) => kind === 'delivery-ready');
    expect(letters.map(({ subject }) => subject).toSorted()).toEqual(allowed.map((id) => `disclosure#${id}`));
    expect(
      [...found.values()]
        .filter(({ release }) => release)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(allowed);
  });

  it('EXT-09 to EXT-11: asks the officer of those grounds only, of nothing incomplete, and waits for the answer', () => {
    const asked: readonly Decision[] = kept(decisions);
    const of = (state: Decision['state']) =>
      asked.flatMap((one) => (one.state === state ? [one.on.slice('disclosure#'.length)] : [])).toSorted();
    expect(of('waiting')).toEqual(expectedSo((outcome) => outcome === 'needs officer-approval'));
    expect(of('answered')).toEqual(expectedSo((outcome, one) => outcome === 'allowed' && waitsForOfficer(one)));
    expect(asked.filter(({ asked: [first] }) => first?.personId !== 'p-okafor')).toEqual([]);
  });

  it('EXT-06: puts each that is stopped on record once, opens nothing for it, and stops what slips past the form', async () => {
    const requests: readonly ImmigrationRequest[] = kept(immigrationRequests);
    const stopped = walk.all.filter((one) => expectedInWorkflow(one.case) === 'stopped');
    const slipped = walk.slipped.map(({ id }) => `disclosure#${id}`);
    expect(stopped).toHaveLength(90);
    expect(slipped).toHaveLength(90);
    expect(requests.map(({ on }) => on).toSorted()).toEqual(
      [...stopped.map(({ stoppedAs }) => `immigration-request#${stoppedAs}`), ...slipped].toSorted(),
    );
    const lines = await walk.work.records.linesOf(immigrationRequestsOfQuarter(quarter));
    expect(lines.toSorted()).toEqual(requests.map(({ id }) => id).toSorted());
    expect(
      requests.filter(({ response, clauses }) => response !== 'refused' || !clauses.includes(here('XR26-EXT-06'))),
    ).toEqual([]);
    expect(found.size).toBe(opened().length + slipped.length);
    const wrong = await wrongAmong(walk.slipped, async ({ id }) => {
      const { state, release } = found.get(id!)!;
      const { states } = await walk.work.pathOf('disclosure', id!);
      return [
        [state, release, states],
        ['refused', undefined, [...CHECKED, 'Disclosure refused']],
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('goes through the states that its outcome is reached by, and no run fails', async () => {
    const wrong = await wrongAmong(opened(), async ({ case: one, id }, outcome) => {
      const { states, status } = await walk.work.pathOf('disclosure', id!);
      return [
        [...states, status],
        [...pathFor(one, outcome), outcome === 'refused' ? 'SUCCEEDED' : 'RUNNING'],
      ];
    });
    expect(wrong).toEqual([]);
    const runs = [...(await walk.work.runsOf('disclosure')), ...(await walk.work.runsOf('decision'))];
    expect(runs).toHaveLength(found.size + kept(decisions).length);
    expect(runs.filter(({ status }) => status !== 'RUNNING' && status !== 'SUCCEEDED')).toEqual([]);
  });

  it('tells the ledger the edition, the ground, and the clauses of what became of it', async () => {
    const ACT = {
      released: 'disclosure released',
      refused: 'disclosure refused',
      deciding: 'sign-off asked',
      completing: 'disclosure incomplete',
    };
    const wrong = await wrongAmong(opened(), async ({ case: one, id }, outcome) => {
      const entries = await walk.work.records.ledgerOf(`disclosure#${id}`);
      const state = stateFor(outcome) as keyof typeof ACT;
      const told = entries.filter(({ act }) => act === ACT[state]);
      const missing = outcome.startsWith('needs ') ? outcome.slice('needs '.length).split(', ') : [];
      const wanted =
        state === 'refused'
          ? refusalClauses(one)
          : state === 'released'
            ? groundClauses(one)
            : missing.map((need) => needClause(one, need));
      const clauses = told.flatMap((entry) => entry.clauses ?? []);
      return [
        [
          [...new Set(entries.map((entry) => entry.edition))],
          entries.find(({ act }) => act === 'disclosure sent')?.facts?.['ground'],
          told.length,
          wanted.map(here).filter((clause) => !clauses.includes(clause)),
        ],
        [[edition.id], one.ground, 1, []],
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('leaves a ledger in which every chain holds', () => {
    expect(breaksAmong(walk.work.records.items())).toEqual([]);
  });
});

it('every one of the 2,700 was compared', () => {
  expect([...compared].toSorted()).toEqual(everyDisclosure().map(named).toSorted());
  expect(compared.size).toBe(2700);
});
