/**
 * Does the basis of an act rest on a characteristic that may not be its reason?
 *
 * Two clauses ask this differently. On police action, the 2026 edition bars a listed characteristic as
 * any of the reasons, the 2021 edition only as the sole one. On profiling, both editions bar race,
 * color, ethnicity and national origin as a reason even in part, unless the officer relies on a
 * specific and reliable description of a suspect that goes beyond race, age and gender.
 *
 * Units   none
 * Answers the refusals, none when the basis may stand
 * Throws  nothing; a characteristic that is on no list is refused as unknown rather than let through
 * Source  XR26-USE-14, XR21-USE-04, XR26-DSP-05, XR21-DSP-03
 */
import { mustSay } from '../clause-in.ts';
import type { Edition } from '../editions/edition.ts';
import { CHARACTERISTICS, NOT_ENOUGH_TO_DESCRIBE } from '../editions/protected-characteristics.ts';
import { isBlank, type Refusal } from '../ruling.ts';

export interface SuspectDescription {
  readonly specificAndReliable: boolean;
  /** Where the description came from; required, so that it can be reviewed. */
  readonly source: string;
  /** Kinds of identifying detail in it, such as 'race', 'age', 'gender', 'clothing', 'tattoo'. */
  readonly details: readonly string[];
}

export interface Basis {
  /** Ids of editions/protected-characteristics.ts that play a part in the reasons. */
  readonly basisCharacteristics: readonly string[];
  /** Whether any other reason is stated. */
  readonly otherReason: boolean;
  readonly suspectDescription?: SuspectDescription;
}

const FIELD = 'basisCharacteristics';

export function biasIn(basis: Basis, edition: Edition): readonly Refusal[] {
  const bars = edition.characteristicBars;
  const named = basis.basisCharacteristics;
  const listed = CHARACTERISTICS.filter((one) => named.includes(one.id));
  const unknown = named.filter((id) => !CHARACTERISTICS.some((one) => one.id === id));

  const policeAction = listed.filter((one) => one.barsPoliceAction);
  const barred = bars.when === 'any-reason' || !basis.otherReason;
  const profiling = describes(basis.suspectDescription) ? [] : listed.filter((one) => one.barsProfiling);

  const refusals: Refusal[] = [];
  if (unknown.length > 0) {
    refusals.push({
      clause: bars.clause,
      field: FIELD,
      found: `${unknown.length} characteristic${unknown.length === 1 ? '' : 's'} that the list does not have`,
      expected: 'characteristics from the list, or none',
      todo: 'choose from the list',
    });
  }
  if (policeAction.length > 0 && barred) {
    refusals.push({
      clause: bars.clause,
      field: FIELD,
      found: policeAction.map((one) => one.id).join(', '),
      expected:
        bars.when === 'any-reason'
          ? 'no listed characteristic among the reasons'
          : 'another reason than a listed characteristic',
      todo: 'do not go on with this basis; the matter is referred for review',
    });
  }
  if (profiling.length > 0) {
    refusals.push({
      clause: mustSay(edition, 'XR26-DSP-05'),
      field: FIELD,
      found: profiling.map((one) => one.id).join(', '),
      expected:
        'none of these, or a specific and reliable suspect description with its source and a detail beyond race, age and gender',
      todo: 'state such a description, or do not go on with this basis',
    });
  }
  return refusals;
}

function describes(description: SuspectDescription | undefined): boolean {
  if (!description?.specificAndReliable || isBlank(description.source)) return false;
  return description.details.some((detail) => !isBlank(detail) && !NOT_ENOUGH_TO_DESCRIBE.includes(detail));
}
