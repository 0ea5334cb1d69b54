/** Every sheet by its name, made afresh from the records at each look. */
import { quarterOf } from '../../policies/calendar-date.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import type { Records } from '../records/records.aws.ts';
import { accessSheet } from './access-sheet.ts';
import {
  everyAccess,
  everyAgreement,
  everyDesignation,
  everyNaming,
  everyPreApproval,
  namesOf,
  officeHolders,
} from './on-file.ts';
import { agreementSheet, deputySheet, designationSheet, preApprovalSheet } from './on-file-sheets.ts';
import { provisionSheet } from './provision-sheet.ts';
import { filterIn, passes, provisionsOf, type Provision } from './provisions.ts';
import type { Sheet } from './sheet.ts';

export const SHEET_NAMES = ['provisions', 'access', 'agreements', 'pre-approvals', 'designations', 'deputies'] as const;
export type SheetName = (typeof SHEET_NAMES)[number];

export interface Look {
  readonly records: Records;
  readonly now: Instant;
  readonly query: (name: string) => string | undefined;
}

const deciders = (provisions: readonly Provision[]): readonly string[] =>
  provisions.flatMap(({ approval }) => approval?.signer.personId ?? []);

const thisQuarter = ({ records, now }: Look): Promise<readonly Provision[]> =>
  provisionsOf(records, quarterOf(nyDate(now)));

const MAKERS: Readonly<Record<SheetName, (look: Look) => Promise<Sheet>>> = {
  async provisions({ records, now, query }) {
    const filter = filterIn(query, now);
    const provisions = (await provisionsOf(records, filter.quarter)).filter((one) => passes(one, filter));
    return provisionSheet(provisions, filter, await namesOf(records, deciders(provisions)));
  },
  access: async ({ records, now }) => accessSheet(await everyAccess(records), now),
  async agreements(look) {
    const [known, provisions] = await Promise.all([everyAgreement(look.records), thisQuarter(look)]);
    return agreementSheet(known, { now: look.now, provisions });
  },
  async 'pre-approvals'(look) {
    const [known, provisions] = await Promise.all([everyPreApproval(look.records), thisQuarter(look)]);
    return preApprovalSheet(known, { now: look.now, provisions });
  },
  async designations(look) {
    const [known, provisions] = await Promise.all([everyDesignation(look.records), thisQuarter(look)]);
    const names = await namesOf(
      look.records,
      known.map(({ recordedBy }) => recordedBy),
    );
    return designationSheet(known, { now: look.now, provisions, names });
  },
  async deputies({ records, now }) {
    const namings = await everyNaming(records);
    const office = await officeHolders(records, namings);
    const namers = office.flatMap(({ privacyOffice: held }) => held?.namedBy ?? []);
    const names = await namesOf(records, [...namers, ...namings.flatMap((one) => [one.deputyId, one.recordedBy])]);
    return deputySheet(office, namings, { now, names });
  },
};

export const sheetOf = (name: SheetName, look: Look): Promise<Sheet> => MAKERS[name](look);
