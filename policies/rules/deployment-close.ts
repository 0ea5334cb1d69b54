/**
 * When may a deployment be closed?
 *
 * When it has ended, the responsible commander of the Counterterrorism Bureau who is named on it has
 * confirmed in person whether the use was proper, every downloaded image is accounted for, and the
 * custody log has no hole. A use that was not proper closes only with a misuse report.
 *
 * Units   instants are UTC
 * Answers allowed or refused
 * Throws  FactMalformed when the custody log runs backwards
 * Source  XR26-USE-10, XR26-USE-15, XR26-SAFE-08, XR26-RET-02, XR26-EXT-03 and their 2021 twins
 */
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import { isAfter, type Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { isBlank, ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { custodyEveryMinute, type CustodySpan } from './custody-every-minute.ts';
import { isBureauMember, standingText, type Standing } from './executive.ts';

export interface ProperUseConfirmation {
  readonly by: Standing & { readonly personId: string };
  readonly proper: boolean;
  /** Required when the use was not proper. */
  readonly misuseReportId?: string;
}

export interface DeploymentFacts {
  readonly deploymentId: string;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  /** The responsible commander named when the use was opened. */
  readonly commanderId?: string;
  readonly confirmation?: ProperUseConfirmation;
  /** How many images the operators say they downloaded. */
  readonly imagesDownloaded: number;
  /** What became of each image that is on record. */
  readonly images: readonly ('kept' | 'refused' | 'waiting')[];
  readonly custody: readonly CustodySpan[];
}

export function deploymentClose(deployment: DeploymentFacts, policy: Policy, now: Instant): Ruling {
  const { edition } = policy;
  const commanders = mustSay(edition, 'XR26-USE-10');
  const ended = deployment.endedAt !== undefined && !isAfter(deployment.endedAt, now);
  const custody = deployment.endedAt
    ? custodyEveryMinute(
        { ...deployment, startsAt: deployment.startedAt, endsAt: deployment.endedAt, spans: deployment.custody },
        policy,
        now,
      )
    : undefined;
  const because = [
    ...unless(ended, {
      clause: commanders,
      field: 'endedAt',
      found: deployment.endedAt ? 'an end that lies ahead' : 'no end on record',
      expected: 'a deployment that has ended',
      todo: 'record when the device was switched off and taken back',
    }),
    ...confirmation(deployment, policy),
    ...images(deployment, policy),
    ...(custody?.kind === 'refused' ? custody.because : []),
  ];
  return ruled(
    [commanders, mustSay(edition, 'XR26-RET-02'), mustSay(edition, 'XR26-EXT-03'), mustSay(edition, 'XR26-SAFE-08')],
    because,
  );
}

function confirmation({ commanderId, confirmation: given }: DeploymentFacts, { edition }: Policy): readonly Refusal[] {
  const clause = mustSay(edition, 'XR26-USE-10');
  const named = unless(commanderId !== undefined, {
    clause,
    field: 'commanderId',
    found: 'no responsible commander',
    expected: 'a commander of the Counterterrorism Bureau named on the deployment',
    todo: 'name the commander who answers for it',
  });
  if (!given) {
    const missing: Refusal = {
      clause,
      field: 'confirmation',
      found: 'no confirmation of proper use',
      expected: 'one by the responsible commander',
      todo: 'ask the commander to confirm whether the use was proper',
    };
    return [...named, missing];
  }
  return [
    ...named,
    ...unless(commanderId === undefined || given.by.personId === commanderId, {
      clause,
      field: 'confirmation.by',
      found: 'someone other than the responsible commander',
      expected: 'the commander named on the deployment',
      todo: 'ask that commander, or name another one first',
    }),
    ...unless(isBureauMember(given.by), {
      clause,
      field: 'confirmation.by',
      found: standingText(given.by),
      expected: 'an active member of the Counterterrorism Bureau',
      todo: 'name a commander of the bureau',
    }),
    ...unless(mayDo(given.by.roles, 'confirm-proper-use'), {
      clause: mustSay(edition, 'XR26-SAFE-08'),
      field: 'confirmation.by',
      found: 'no role that may confirm proper use',
      expected: 'the role of a commander of the Counterterrorism Bureau',
      todo: 'ask the system administrator for the role',
    }),
    ...unless(given.proper || !isBlank(given.misuseReportId), {
      clause: mustSay(edition, 'XR26-USE-15'),
      field: 'confirmation.misuseReportId',
      found: 'a use that was not proper, and no misuse report',
      expected: 'the report that goes with it',
      todo: 'file a misuse report and name it here',
    }),
  ];
}

function images({ imagesDownloaded, images: onRecord }: DeploymentFacts, { edition }: Policy): readonly Refusal[] {
  const clause = mustSay(edition, 'XR26-RET-02');
  const waiting = onRecord.filter((fate) => fate === 'waiting').length;
  return [
    ...unless(imagesDownloaded === onRecord.length, {
      clause,
      field: 'imagesDownloaded',
      found: `${imagesDownloaded} downloaded, ${onRecord.length} on record`,
      expected: 'a record for every downloaded image',
      todo: 'upload what is missing, or correct the number',
    }),
    ...unless(waiting === 0, {
      clause,
      field: 'images',
      found: `${waiting} image${waiting === 1 ? '' : 's'} neither kept nor refused`,
      expected: 'each image kept or refused',
      todo: 'file each of them, or wait until intake has answered',
    }),
  ];
}
