/**
 * Takes the report of a suspected disclosure, from anybody of the department, and starts its workflow in the same change.
 *
 * Where whoever reports is the officer or a deputy, the office knows: its clock began when the disclosure was
 * discovered, or at the later moment which that person says they learned of it.
 */
import type { Signer } from '../../policies/disclosure.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import { isAfter, isBefore, nyDate, plusMs, type Instant } from '../../policies/instant.ts';
import { unless, type Refusal, type Refused } from '../../policies/ruling.ts';
import { whoMayHandleABreach } from '../../policies/rules/who-may-handle-a-breach.ts';
import { disclosures } from '../disclosure/contract.ts';
import { idFromDraft } from '../edge/system.ts';
import { sha256 } from '../records/canonical.ts';
import { DELIVERY_GRACE_MS } from '../records/deadlines.ts';
import { persons, type Person } from '../records/standing.ts';
import { TOLD } from './acts.ts';
import { breaches, breachesOfYear, type Breach, type BreachReportGiven } from './contract.ts';
import { awareAs, handlerOf, refused, written } from './handle.ts';
import type { BreachNeeds, Doer } from './needs.ts';
import { said } from './said.ts';

export interface ReportBreach {
  readonly person: Doer;
  readonly given: BreachReportGiven;
  /** Of a reporter who is the officer or a deputy: since when they knew. Absent: since it was discovered. */
  readonly awareSince?: Instant;
  /** What the form itself could not read. */
  readonly refusals?: readonly Refusal[];
  /** The form's own number: the same form sent twice makes one breach. */
  readonly draft?: string;
}

export type Reported = { readonly kind: 'reported'; readonly breach: Breach } | Refused;

export const FIRST_STEP = 'Check what the breach needs';

export async function reportBreach(needs: BreachNeeds, report: ReportBreach): Promise<Reported> {
  const { person, given, draft, refusals = [] } = report;
  const now = needs.now();
  const id = draft ? idFromDraft('B', `${draft} ${person.personId}`) : needs.newId('B');
  const before = draft ? await needs.records.get(breaches, id) : undefined;
  if (before) return { kind: 'reported', breach: before };

  const policy = policyInForce(given.technology, now);
  if (!policy) return refused([...refusals, noEdition('technology', now)]);
  const record = await needs.records.get(persons, person.personId);
  const knows = officeOf(id, person, record, policy, now);
  const awareAt = knows ? (report.awareSince ?? given.discoveredAt) : undefined;
  const slips = new Set(refusals.map(({ field }) => field));
  const found = [
    ...reportRefusals(given, policy, now),
    ...(awareAt ? awarenessRefusals(given, awareAt, now) : []),
    ...(await unknownDisclosure(needs, given, policy)),
  ].filter(({ field }) => !slips.has(field));
  if (refusals.length + found.length > 0) return refused([...refusals, ...found]);

  const judged = (awareAt && policyInForce(given.technology, awareAt)) || policy;
  const breach: Breach = {
    id,
    version: 0,
    state: awareAt ? 'triaging' : 'reported',
    reporterId: person.personId,
    reportedAt: now,
    given: tidied(given),
    edition: judged.edition.id,
    ...(awareAt && knows && { awareAt, aware: awareAs(knows, now) }),
    readersAsked: [],
    reminded: [],
    reportIds: [],
    containment: [],
    consultations: [],
    people: [],
    step: FIRST_STEP,
    // Soon, so that a breach whose workflow was lost before its first step is taken up.
    dueAt: plusMs(now, DELIVERY_GRACE_MS),
  };
  await written(
    needs,
    {
      kind: 'step',
      breach,
      act: TOLD.reported,
      clauses: [judged.edition.breachReport.clause, ...(awareAt ? [HOUSE.firstToKnow.id] : [])],
      facts: {
        technology: given.technology,
        discoveredAt: given.discoveredAt,
        recipient: given.recipient,
        words: sha256([given.what, given.how, given.toWhom]),
        ...(given.occurredAt && { occurredAt: given.occurredAt }),
        ...(given.disclosureId && { disclosure: given.disclosureId }),
        ...(awareAt && { awareAt }),
      },
      lines: [{ from: breachesOfYear(now), to: id }],
      notes: [startOf(id, id)],
    },
    person.personId,
    now,
    awareAt && record,
  );
  return { kind: 'reported', breach: { ...breach, version: 1 } };
}

/** The note that starts the workflow of a breach, under a name of its own. */
export const startOf = (breachId: string, name: string) =>
  ({ kind: 'start', workflow: 'breach', name, input: { schema: 1, breachId } }) as const;

/** What keeps a moment from being the one the office became aware at. */
export function awarenessRefusals(
  { technology, discoveredAt }: BreachReportGiven,
  awareAt: Instant,
  now: Instant,
): readonly Refusal[] {
  const about = { clause: HOUSE.firstToKnow.id, field: 'awareSince', todo: 'enter when the office first knew' };
  return [
    ...unless(!isAfter(awareAt, now), { ...about, found: 'a moment to come', expected: 'now or earlier' }),
    ...unless(!isBefore(awareAt, discoveredAt), {
      ...about,
      found: 'a moment before it was discovered',
      expected: 'the moment it was discovered, or later',
    }),
    ...(policyInForce(technology, awareAt) ? [] : [noEdition('awareSince', awareAt)]),
  ];
}

/** Whoever reports, if the office is aware of what they are aware of. */
function officeOf(
  breachId: string,
  person: Doer,
  record: Person | undefined,
  policy: PublishedPolicy,
  now: Instant,
): Signer | undefined {
  const handler = record && handlerOf(person, record);
  return handler && whoMayHandleABreach({ breachId, handler }, policy, now).kind === 'allowed' ? handler : undefined;
}

function reportRefusals(given: BreachReportGiven, policy: PublishedPolicy, now: Instant): readonly Refusal[] {
  const { clause } = policy.edition.breachReport;
  const { discoveredAt, occurredAt } = given;
  return [
    ...said('what', given.what, clause, policy, 'say what was disclosed'),
    ...said('how', given.how, clause, policy, 'say how it came about, or that it is not known'),
    ...said('toWhom', given.toWhom, clause, policy, 'say to whom, or that it is not known'),
    ...unless(!isAfter(discoveredAt, now), {
      clause,
      field: 'discoveredAt',
      found: 'a moment to come',
      expected: 'now or earlier',
      todo: 'enter when it was discovered',
    }),
    ...unless(!occurredAt || !isAfter(occurredAt, discoveredAt), {
      clause,
      field: 'occurredAt',
      found: 'a moment after it was discovered',
      expected: 'the moment it was discovered, or earlier',
      todo: 'enter when it happened, or nothing when that is not known',
    }),
  ];
}

async function unknownDisclosure(
  { records }: BreachNeeds,
  { disclosureId }: BreachReportGiven,
  { edition }: PublishedPolicy,
): Promise<readonly Refusal[]> {
  if (!disclosureId || (await records.get(disclosures, disclosureId))) return [];
  return [
    {
      clause: edition.breachReport.clause,
      field: 'disclosureId',
      found: 'a number that no disclosure has',
      expected: 'the number of a disclosure, or nothing',
      todo: 'look the number up, or leave it out',
    },
  ];
}

const noEdition = (field: string, at: Instant): Refusal => ({
  clause: HOUSE.firstToKnow.id,
  field,
  found: `${nyDate(at)}, a day of which no edition for this technology is held`,
  expected: 'a day of which one is',
  todo: 'tell the Legal Bureau, who judge it by the policy of that day',
});

const tidied = (given: BreachReportGiven): BreachReportGiven => ({
  ...given,
  what: given.what.trim(),
  how: given.how.trim(),
  toWhom: given.toWhom.trim(),
});
