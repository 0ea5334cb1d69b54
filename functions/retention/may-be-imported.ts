/**
 * What may be brought in from older systems. A case is closed only on a ground the policy knows; a record holds what its
 * kind holds; nothing happened on a day to come. A record of a time before its policy is judged by the one in force now.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { noPolicyYet, retentionPolicyAt, retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { unless, type Refusal } from '../../policies/ruling.ts';
import { mustSay } from '../../policies/clause-in.ts';
import { mayACaseBeClosed } from '../../policies/rules/may-a-case-be-closed.ts';
import { factsOf, type Case } from '../case/contract.ts';
import type { ImportedCard, ImportedCase } from './import-shapes.ts';

/** As functions/case/open-case.ts has it: what a case number looks like. */
const NUMBER = /^(?=.*\d)[A-Z0-9][A-Z0-9 ./_-]{0,59}$/;

/** Refusals by the clause that classes a case by its final disposition, as the technology's edition has it. */
const refusing =
  ({ edition }: PublishedPolicy) =>
  (field: string, found: string, expected: string, todo: string): Refusal => ({
    clause: mustSay(edition, 'XR26-RET-06'),
    field,
    found,
    expected,
    todo,
  });

export function whyNotCase(one: Case, given: ImportedCase, now: Instant): readonly Refusal[] {
  const today = nyDate(now);
  const policy = retentionPolicyAt(now);
  const refusal = refusing(policy);
  const notAhead = (field: string, day: CalendarDate | undefined) =>
    unless(!day || day <= today, refusal(field, 'a day to come', 'today or an earlier day', 'correct the day'));
  const { closed, ...open } = one;
  const closing = closed
    ? mayACaseBeClosed({ case: factsOf({ ...open, state: 'open' }), on: closed.on, ground: closed.ground }, policy, now)
    : undefined;
  return [
    ...unless(
      NUMBER.test(one.id),
      refusal('caseNumber', 'something that is no case number', 'a case number, with a digit', 'correct the number'),
    ),
    ...notAhead('openedOn', given.openedOn),
    ...given.dispositions.flatMap(({ on }, index) => notAhead(`dispositions.${index}.on`, on)),
    ...given.statusClasses.flatMap(({ since, endedOn, reclassedOn }, index) => [
      ...notAhead(`statusClasses.${index}.since`, since),
      ...notAhead(`statusClasses.${index}.endedOn`, endedOn),
      ...notAhead(`statusClasses.${index}.reclassedOn`, reclassedOn),
    ]),
    ...given.people.flatMap(({ bornOn, diedOn, lastArrestOn }, index) => [
      ...notAhead(`people.${index}.bornOn`, bornOn),
      ...notAhead(`people.${index}.diedOn`, diedOn),
      ...notAhead(`people.${index}.lastArrestOn`, lastArrestOn),
    ]),
    ...(closing?.kind === 'refused' ? closing.because : []),
  ];
}

export function whyNotCard(given: ImportedCard, now: Instant): readonly Refusal[] {
  const policy = retentionPolicyInForce(given.technology, now);
  if (!policy) return [noPolicyYet(given.technology)];
  const refusal = refusing(policy);
  const below = `kept/records/${given.id}/`;
  const needsFile = given.kind === 'image' || given.kind === 'recording' || given.kind === 'enclosure';
  return [
    ...unless(
      given.keptAt <= now && (!given.capturedAt || given.capturedAt <= now),
      refusal('capturedAt', 'a time to come', 'a time in the past', 'correct it'),
    ),
    ...unless(
      given.capturedAt !== undefined || given.kind === 'personal-file' || given.kind === 'enclosure',
      refusal('capturedAt', 'nothing', 'when it was captured', 'say the moment it was made'),
    ),
    ...unless(
      (given.kind === 'plate-read') === (given.read !== undefined),
      refusal(
        'read',
        given.read ? 'a plate read' : 'nothing',
        'a plate read, of a plate read alone',
        'correct the kind',
      ),
    ),
    ...unless(
      (given.kind === 'personal-file') === (given.person !== undefined),
      refusal(
        'person',
        given.person ? 'a person' : 'nobody',
        'a person, of a personal data file alone',
        'correct the kind',
      ),
    ),
    ...unless(
      given.files.length > 0 || !needsFile,
      refusal('files', 'no file', 'its files', 'put its files into the bucket first'),
    ),
    ...unless(
      given.files.every(({ key }) => key.startsWith(below)),
      {
        clause: HOUSE.largestImage.id,
        field: 'files',
        found: 'a file elsewhere',
        expected: `files below ${below}`,
        todo: 'put its files there first',
      },
    ),
    // Relevance was not asked for when older cameras' images were kept; it is asked for of what is handed in from now on.
  ];
}
