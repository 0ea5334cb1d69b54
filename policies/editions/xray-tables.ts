/**
 * Tables and figures that both mobile x-ray editions print alike: the changes between draft and final,
 * and the doses. Nothing here is corrected; what cannot be right is marked as such.
 *
 * Source  XR21-REV-01, XR26-REV-01, XR21-HLT-01, XR26-HLT-04, XR26-HLT-05
 */
import type { DoseFigure } from './edition.ts';

/** In our own words; the 2026 edition prints the 2021 rows again without a change. */
export const DRAFT_TO_FINAL = [
  {
    update: 'The sentence that the technology uses no artificial intelligence or machine learning was taken out.',
    description: 'Commenters pointed out that the industry has no settled definition of either.',
  },
  { update: 'Capabilities extended.', description: 'Wording that makes the capabilities clearer.' },
  { update: 'Rules of use extended.', description: 'Wording that makes the rules of use clearer.' },
  {
    update: 'Safeguards and security extended.',
    description: 'Information security, and the end of access when duties no longer need it.',
  },
  { update: 'Retention extended.', description: 'The duties under federal, state and local laws on keeping records.' },
  { update: 'External entities extended.', description: "The duties under the City's privacy laws." },
  {
    update: 'Health and safety extended.',
    description: 'Exposure measured at 5 and at 10 feet from the center of the device.',
  },
  { update: 'Grammar.', description: 'Small corrections of syntax.' },
] as const;

/** The doses of an edition; `clauses` are the ids under which it prints the 5-foot and the 10-foot figure. */
export const doses = (clauses: { readonly fiveFeet: string; readonly tenFeet: string }): readonly DoseFigure[] => [
  {
    clause: clauses.fiveFeet,
    feet: 5,
    seconds: 10,
    upper: { mrem: 0.016, printed: { amount: 16, unit: 'urem' }, consistent: true },
    lower: {
      mrem: 0.009,
      printed: { amount: 3, unit: 'urem' },
      consistent: false,
      note: 'The two printed values disagree: 0.009 mrem is 9 microrem. Shown as published; the Radiation Safety Officer has to say which is right.',
    },
  },
  {
    clause: clauses.tenFeet,
    feet: 10,
    seconds: 10,
    upper: { mrem: 0.004, printed: { amount: 4, unit: 'urem' }, consistent: true },
    lower: {
      mrem: 0.003,
      printed: { amount: 0.3, unit: 'uR' },
      consistent: false,
      note: 'The two printed values disagree: 0.003 mrem is 3 microrem, and uR measures exposure in air, not dose. Shown as published; the Radiation Safety Officer has to say which is right.',
    },
  },
];
