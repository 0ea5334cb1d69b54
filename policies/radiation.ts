/**
 * Units of dose, and whether a printed pair of figures is one amount.
 *
 * The editions print each dose twice, in millirem and in microrem; two of the four pairs cannot both be
 * right. Pages show them as published, with a note. Nothing is ever computed from a printed figure but
 * this comparison.
 *
 * Source  XR26-HLT-04, XR26-HLT-05, XR21-HLT-01
 */
import type { PrintedDose } from './editions/edition.ts';

const MICROREM_PER_MILLIREM = 1000;

/** Millirem in microrem: 0.009 mrem is 9 urem. Rounded to a thousandth, since 0.009 * 1000 is not 9 in binary. */
export function microrem(mrem: number): number {
  return Math.round(mrem * MICROREM_PER_MILLIREM * 1000) / 1000;
}

/** Whether both printed figures are the same amount. 'uR' is a unit of exposure in air, so it never is. */
export function agrees({ mrem, printed }: PrintedDose): boolean {
  return printed.unit === 'urem' && microrem(mrem) === printed.amount;
}
