/**
 * What was released in a quarter, and the filters over it. There is no second list: each register of provisions is these
 * disclosures, left whole or filtered (nyc-14-188-g-1).
 */
import { calendarDate, quarterOf } from '../../policies/calendar-date.ts';
import { RECIPIENTS, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { disclosures, provisionsOfQuarter, type Disclosure } from '../disclosure/contract.ts';
import type { Records } from '../records/records.aws.ts';
import { isTechnology } from './labels.ts';

/** A disclosure that was released. */
export type Provision = Disclosure & { readonly release: NonNullable<Disclosure['release']> };

export interface ProvisionFilter {
  /** Such as `2026-Q4`, by the day in New York. */
  readonly quarter: string;
  readonly technology?: Technology;
  readonly recipient?: RecipientKind;
  /** Only rows of the statutory register, and not what is logged only. */
  readonly statutory: boolean;
  /** Only what rests on this agreement, approval or designation. */
  readonly under?: string;
}

const QUARTER = /^20\d\d-Q[1-4]$/;

/** The filter an address asks for; what it says that cannot be meant is left out. */
export function filterIn(query: (name: string) => string | undefined, now: Instant): ProvisionFilter {
  const [quarter = '', technology = '', recipient = '', under] = ['quarter', 'technology', 'recipient', 'under'].map(
    query,
  );
  const kind = RECIPIENTS.find((one) => one.kind === recipient)?.kind;
  return {
    quarter: QUARTER.test(quarter) ? quarter : quarterOf(nyDate(now)),
    ...(isTechnology(technology) && { technology }),
    ...(kind && { recipient: kind }),
    statutory: query('statutory') === 'yes',
    ...(under && /^[A-Z]{2}-[\w-]{1,40}$/.test(under) && { under }),
  };
}

export function queryOf({ quarter, technology, recipient, statutory, under }: ProvisionFilter): string {
  const fields = { quarter, technology, recipient, statutory: statutory ? 'yes' : undefined, under };
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return `?${new URLSearchParams(given).toString()}`;
}

/** Oldest first. */
export async function provisionsOf(records: Records, quarter: string): Promise<readonly Provision[]> {
  const ids = await records.linesOf(provisionsOfQuarter(quarter));
  const found = await Promise.all(ids.map((id) => records.get(disclosures, id)));
  return found
    .filter((one): one is Provision => one?.release !== undefined)
    .toSorted((a, b) =>
      a.release.at === b.release.at ? (a.id < b.id ? -1 : 1) : a.release.at < b.release.at ? -1 : 1,
    );
}

export const passes = ({ asked, release }: Provision, filter: Omit<ProvisionFilter, 'quarter'>): boolean =>
  (!filter.technology || asked.technology === filter.technology) &&
  (!filter.recipient || asked.recipient.kind === filter.recipient) &&
  (!filter.statutory || release.register.kind === 'row') &&
  (!filter.under || restsOn({ asked }).includes(filter.under));

/** The ids of what is on file that a disclosure rests on: its agreement, and the approval or designation of its ground. */
export function restsOn({ asked: { agreement, basis } }: Pick<Disclosure, 'asked'>): readonly string[] {
  return [
    agreement?.kind === 'agreement' && agreement.agreementId,
    basis?.ground === 'city-interest' && basis.preApprovalId,
    basis?.ground === 'routine' && basis.designationId,
  ].filter((id): id is string => typeof id === 'string' && id !== '');
}

/** The quarter before (`-1`) or after (`1`). */
export function quarterBeside(quarter: string, by: 1 | -1): string {
  const count = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 + by;
  return `${Math.floor(count / 4)}-Q${(count % 4) + 1}`;
}

const MONTHS = ['January to March', 'April to June', 'July to September', 'October to December'];

export const quarterText = (quarter: string): string =>
  `${MONTHS[Number(quarter.slice(6)) - 1]} ${quarter.slice(0, 4)}`;

/** The quarters to choose from, newest first: since the duty began, and a chosen one outside of that. */
export function quartersTo(now: Instant, chosen: string): readonly string[] {
  const quarters: string[] = [];
  const first = quarterOf(calendarDate('2026-02-04'));
  for (let quarter = quarterOf(nyDate(now)); quarter >= first; quarter = quarterBeside(quarter, -1))
    quarters.push(quarter);
  return quarters.includes(chosen) ? quarters : [chosen, ...quarters].toSorted().toReversed();
}
