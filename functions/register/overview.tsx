/** The first page of the registers: how many of each there are, what ends soon, and what must end. */
import { quarterOf } from '../../policies/calendar-date.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { nyDate, nyDateText, type Instant } from '../../policies/instant.ts';
import { isGood } from '../../policies/rules/how-an-entry-stands.ts';
import { holdsOffice } from '../../policies/rules/who-may-sign-off.ts';
import { ClauseLink, Notice, Nothing } from '../edge/fields.tsx';
import type { Records } from '../records/records.aws.ts';
import { mustEnd } from './access-sheet.ts';
import type { OnFile, RegisteredAccess } from './contract.ts';
import { signerOf } from './needs.ts';
import {
  everyAccess,
  everyAgreement,
  everyDesignation,
  everyNaming,
  everyPreApproval,
  officeHolders,
} from './on-file.ts';
import { standingOf } from './on-file-sheets.ts';
import { provisionsOf, quarterText } from './provisions.ts';

interface EndsSoon {
  readonly href: string;
  readonly what: string;
  readonly until: NonNullable<OnFile['until']>;
}

export interface Overview {
  readonly now: Instant;
  readonly quarter: string;
  readonly counts: readonly { readonly name: string; readonly label: string; readonly says: string }[];
  readonly endsSoon: readonly EndsSoon[];
  readonly mustEnd: readonly RegisteredAccess[];
}

export async function overviewOf(records: Records, now: Instant): Promise<Overview> {
  const quarter = quarterOf(nyDate(now));
  const [provisions, agreements, preApprovals, designations, accesses, namings] = await Promise.all([
    provisionsOf(records, quarter),
    everyAgreement(records),
    everyPreApproval(records),
    everyDesignation(records),
    everyAccess(records),
    everyNaming(records),
  ]);
  const office = await officeHolders(records, namings);
  const good = (known: readonly OnFile[]): number => known.filter((one) => isGood(standingOf(one, now))).length;
  const past = (known: readonly OnFile[]): string => {
    const rest = known.length - good(known);
    return rest === 0 ? `${good(known)} good` : `${good(known)} good, ${rest} over, ended or to come`;
  };
  const rows = provisions.filter(({ release }) => release.register.kind === 'row').length;
  const inOffice = office.filter((person) => person.active && holdsOffice(signerOf(person), now)).length;
  const soon = (path: string, known: readonly OnFile[], titleOf: (one: never) => string): readonly EndsSoon[] =>
    known.flatMap((one) =>
      one.until && standingOf(one, now) === 'ends-soon'
        ? [{ href: `/registers/${path}/${encodeURIComponent(one.id)}`, what: titleOf(one as never), until: one.until }]
        : [],
    );
  return {
    now,
    quarter,
    counts: [
      {
        name: 'provisions',
        label: 'Provisions to others',
        says: `${provisions.length} in ${quarterText(quarter)}: ${rows} in the statutory register, ${provisions.length - rows} logged only`,
      },
      { name: 'access', label: 'Direct access of other agencies', says: past(accesses) },
      { name: 'agreements', label: 'Agreements', says: past(agreements) },
      { name: 'pre-approvals', label: 'Approvals in advance', says: past(preApprovals) },
      { name: 'designations', label: 'Routine designations', says: past(designations) },
      { name: 'deputies', label: 'The privacy office', says: `${inOffice} in office` },
    ],
    endsSoon: [
      ...soon('agreements', agreements, ({ title }: { title: string }) => `Agreement: ${title}`),
      ...soon(
        'pre-approvals',
        preApprovals,
        ({ reference }: { reference: string }) => `Approval in advance: ${reference}`,
      ),
      ...soon('designations', designations, ({ title }: { title: string }) => `Routine designation: ${title}`),
      ...soon('access', accesses, ({ agencyName }: { agencyName: string }) => `Direct access: ${agencyName}`),
    ].toSorted((a, b) => (a.until < b.until ? -1 : 1)),
    mustEnd: accesses.filter((one) => mustEnd(one, now)),
  };
}

export function OverviewPage({ overview }: { overview: Overview }) {
  const { counts, endsSoon, mustEnd: toEnd } = overview;
  return (
    <>
      {toEnd.length > 0 && (
        <Notice
          kind="error"
          heading={toEnd.length === 1 ? 'One direct access must end' : `${toEnd.length} direct accesses must end`}
        >
          <p>The policy in force does not allow them. Each stays in the register with its dates once it has ended.</p>
          <ul class="usa-list">
            {toEnd.map(({ id, agencyName }) => (
              <li>
                <a href={`/registers/access/${encodeURIComponent(id)}`}>
                  {agencyName}, {id}
                </a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <ul class="pa-list">
        {counts.map(({ name, label, says }) => (
          <li>
            <p class="pa-list__what">
              <a href={`/registers/${name}`}>{label}</a>
            </p>
            <p class="pa-list__more">{says}</p>
          </li>
        ))}
      </ul>
      <h2>Ends within {HOUSE.daysBeforeAnEnd.days} days</h2>
      <p>
        Renewed means put on file anew; nothing on file is edited. <ClauseLink id={HOUSE.daysBeforeAnEnd.id} />
      </p>
      {endsSoon.length === 0 ? (
        <Nothing>Nothing that is on file ends soon.</Nothing>
      ) : (
        <ul class="pa-list">
          {endsSoon.map(({ href, what, until }) => (
            <li>
              <p class="pa-list__what">
                <a href={href}>{what}</a>
              </p>
              <p class="pa-list__more">Good through {nyDateText(until)}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
