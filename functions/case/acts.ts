/**
 * Everything that can be done to a case, by name: the shape of what is given, and the act. Pages read a form into what is
 * given; the case-management system sends it as JSON. Both are judged alike.
 */
import * as z from 'zod/mini';
import { dayTyped, type CalendarDate } from '../../policies/calendar-date.ts';
import { addCharge } from './add-charge.ts';
import { classByStatus, endStatus, reclass } from './class-by-status.ts';
import { closeCase } from './close-case.ts';
import type { CaseActor } from './contract.ts';
import { disposeCharge } from './dispose-charge.ts';
import { addPerson, changePerson } from './keep-person.ts';
import { mergeCases } from './merge-cases.ts';
import { moveRecord } from './move-record.ts';
import { MOST_OF_A_LINE, MOST_OF_A_REASON, type CaseAnswer, type CaseNeeds } from './needs.ts';
import { openCase } from './open-case.ts';
import { recordFinding } from './record-finding.ts';
import { reopenCase } from './reopen-case.ts';

const caseNumber = z.string().check(z.trim(), z.minLength(1), z.maxLength(60));
/** Ids of other systems: letters, digits and marks, no blanks, so that no name fits well. */
const id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/, 'is no id'));
const classId = z.string().check(z.regex(/^[a-z0-9-]{1,60}$/, 'is no class'));
const reason = z.string().check(z.trim(), z.maxLength(MOST_OF_A_REASON));
const day = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, 'is no day written as YYYY-MM-DD'),
  z.refine((text) => dayTyped(text) !== undefined, 'is no day of the years 1900 to 2199'),
) as unknown as z.ZodMiniType<CalendarDate, string>;

const person = {
  caseNumber,
  personId: id,
  part: z.enum(['suspect', 'child-victim', 'juvenile', 'victim', 'witness', 'relative', 'other']),
  bornOn: z.optional(day),
  diedOn: z.optional(day),
  lastArrestOn: z.optional(day),
};

interface Deed<Given> {
  readonly shape: z.ZodMiniType<Given>;
  readonly act: (needs: CaseNeeds, given: Given, by: CaseActor) => Promise<CaseAnswer>;
}
const deed = <Given>(shape: z.ZodMiniType<Given>, act: Deed<Given>['act']): Deed<Given> => ({ shape, act });

export const CASE_ACTS = {
  open: deed(z.strictObject({ caseNumber, openedOn: z.optional(day) }), openCase),
  'add-charge': deed(
    z.strictObject({ caseNumber, chargeId: id, charged: z.string().check(z.trim(), z.maxLength(MOST_OF_A_LINE)) }),
    addCharge,
  ),
  'dispose-charge': deed(
    z.strictObject({
      caseNumber,
      chargeId: id,
      outcome: z.enum(['convicted', 'pleaded', 'acquitted', 'dismissed', 'declined', 'sealed']),
      on: day,
      classId: z.optional(classId),
      appeal: z.optional(z.enum(['none', 'pending', 'exhausted'])),
    }),
    disposeCharge,
  ),
  'record-finding': deed(
    z.strictObject({ caseNumber, finding: z.enum(['no-offense-by-adult', 'juvenile-without-arrest-or-offense']) }),
    recordFinding,
  ),
  'class-by-status': deed(z.strictObject({ caseNumber, classId, since: day }), classByStatus),
  'end-status': deed(z.strictObject({ caseNumber, classId, on: day }), endStatus),
  reclass: deed(z.strictObject({ caseNumber, classId, reclassTo: z.optional(classId), reason }), reclass),
  'add-person': deed(z.strictObject(person), addPerson),
  'change-person': deed(z.strictObject(person), changePerson),
  'move-record': deed(z.strictObject({ caseNumber, recordId: id, to: caseNumber, reason }), moveRecord),
  close: deed(
    z.strictObject({
      caseNumber,
      on: day,
      ground: z.enum(['appeals-exhausted', 'settlement', 'no-arrest', 'restitution-not-sought']),
    }),
    closeCase,
  ),
  reopen: deed(z.strictObject({ caseNumber, reason }), reopenCase),
  merge: deed(z.strictObject({ caseNumber, into: caseNumber, reason }), mergeCases),
} as const;

export type CaseAct = keyof typeof CASE_ACTS;

export const isCaseAct = (name: string): name is CaseAct => Object.hasOwn(CASE_ACTS, name);
