/**
 * The characteristics two clauses list, which are not the same list: ethnicity is on the profiling
 * list (XR26-DSP-05) and not on the police-action list (XR26-USE-14). Identical in both editions.
 */
export interface Characteristic {
  readonly id: string;
  readonly label: string;
  /** On the list of characteristics that no police action may be taken because of. */
  readonly barsPoliceAction: boolean;
  /** On the list of those that may not motivate enforcement even in part. */
  readonly barsProfiling: boolean;
}

const listed = (id: string, label: string, barsProfiling = false): Characteristic => ({
  id,
  label,
  barsPoliceAction: true,
  barsProfiling,
});

export const CHARACTERISTICS: readonly Characteristic[] = [
  listed('race', 'Race', true),
  listed('color', 'Color', true),
  { id: 'ethnicity', label: 'Ethnicity', barsPoliceAction: false, barsProfiling: true },
  listed('religion-or-creed', 'Religion or creed'),
  listed('age', 'Age'),
  listed('national-origin', 'National origin', true),
  listed('alienage', 'Alienage'),
  listed('citizenship-status', 'Citizenship status'),
  listed('gender', 'Gender, gender identity included'),
  listed('sexual-orientation', 'Sexual orientation'),
  listed('disability', 'Disability'),
  listed('marital-status', 'Marital status'),
  listed('partnership-status', 'Partnership status'),
  listed('military-status', 'Military status'),
  listed('political-affiliation-or-beliefs', 'Political affiliation or beliefs'),
];

/** Parts of a suspect description that do not, alone or together, make it specific (XR26-DSP-05). */
export const NOT_ENOUGH_TO_DESCRIBE: readonly string[] = ['race', 'age', 'gender'];
