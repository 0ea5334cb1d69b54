/**
 * The facts of a quarter, read from what the other nouns put on its lists: breaches whose report was sent in it,
 * exigent disclosures released in it, and requests for help with immigration enforcement.
 *
 * What they mean is the rule's (policies/rules/quarterly-compilation.ts); here they only get its shape.
 */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import type { Instant } from '../../policies/instant.ts';
import { individualNotice } from '../../policies/rules/individual-notice.ts';
import {
  REQUESTING_AGENCIES,
  type Quarter,
  type QuarterFacts,
  type RequestingAgency,
  type ToldBreach,
  type ToldExigent,
  type ToldImmigrationRequest,
} from '../../policies/rules/quarterly-compilation.ts';
import { breaches, breachesToldIn, type Breach } from '../breach/contract.ts';
import {
  disclosures,
  immigrationRequests,
  immigrationRequestsOfQuarter,
  provisionsOfQuarter,
  type Disclosure,
  type ImmigrationRequest,
} from '../disclosure/contract.ts';
import { reports } from '../mail/contract.ts';
import type { Entity, Kept } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { idOf } from './quarter.ts';

type Reading = Pick<Records, 'get' | 'linesOf'>;

export async function gatherQuarter(records: Reading, quarter: Quarter, now: Instant): Promise<QuarterFacts> {
  const id = idOf(quarter);
  const [told, provided, asked] = await Promise.all([
    listed(records, breachesToldIn(id), breaches),
    listed(records, provisionsOfQuarter(id), disclosures),
    listed(records, immigrationRequestsOfQuarter(id), immigrationRequests),
  ]);
  return {
    quarter,
    breaches: defined(await Promise.all(told.map((breach) => toldBreach(records, breach, now)))),
    exigent: defined(provided.map(toldExigent)),
    immigrationRequests: defined(asked.map(toldRequest)),
  };
}

async function listed<T extends Kept>(records: Reading, line: string, kind: Entity<T>): Promise<readonly T[]> {
  const ids = await records.linesOf(line);
  return defined(await Promise.all(ids.map((id) => records.get(kind, id))));
}

const defined = <T>(all: readonly (T | undefined)[]): readonly T[] => all.filter((one) => one !== undefined);

/**
 * Only what was judged to violate the law, from when the Chief Privacy Officer was first told: a report that came back
 * told nobody, and one that was sent again does not count twice.
 */
async function toldBreach(records: Reading, breach: Breach, now: Instant): Promise<ToldBreach | undefined> {
  if (!breach.triage?.violates) return undefined;
  const sent = defined(await Promise.all(breach.reportIds.map((id) => records.get(reports, id))));
  const at = sent
    .filter(({ undeliverableAt }) => !undeliverableAt)
    .flatMap(({ sentAt }) => (sentAt ? [sentAt] : []))
    .toSorted()[0];
  if (!at) return undefined;
  const { technology, recipient } = breach.given;
  return {
    id: breach.id,
    at,
    technology,
    recipient,
    cause: breach.triage.cause ?? 'other',
    notice: noticeOf(breach, now),
  };
}

function noticeOf(breach: Breach, now: Instant): ToldBreach['notice'] {
  const policy = policyInForce(breach.given.technology, breach.awareAt ?? breach.reportedAt);
  return policy ? noticeUnder(breach, policy, now) : 'pending';
}

/** Whoever is not named yet stands in as one person whom nothing has reached: then the notice is pending. */
const NOBODY_NAMED = [{ personRef: 'not named yet', attempts: [] }] as const;

function noticeUnder(breach: Breach, policy: PublishedPolicy, now: Instant): ToldBreach['notice'] {
  const { harm, determination, requiredBy, letter, delay, people } = breach;
  const consulted = (whom: Breach['consultations'][number]['with']): Instant | undefined =>
    breach.consultations.find((one) => one.with === whom)?.at;
  const [office, law] = [consulted('chief-privacy-officer'), consulted('law-department')];
  const notice = individualNotice(
    {
      breachId: breach.id,
      triggers: {
        ...(harm && { potentialRisk: harm.assessment.potentialRisk }),
        ...(determination && {
          determination: {
            answer: determination.answer,
            because: determination.because,
            ...(office && { chiefPrivacyOfficerConsultedAt: office }),
            ...(law && { lawDepartmentConsultedAt: law }),
          },
        }),
        ...(requiredBy !== undefined && { requiredBy }),
      },
      ...(letter && { letter }),
      ...(delay && { delay }),
      people: people.length > 0 ? people : NOBODY_NAMED,
    },
    policy,
    now,
  );
  if (notice.kind === 'not-owed') return 'not-owed';
  return notice.kind === 'owed' && notice.state === 'done' ? 'people-told' : 'pending';
}

/** Whatever became of it afterwards, it was released. What the law exempts from being explained is not counted. */
function toldExigent({ id, release, asked }: Disclosure): ToldExigent | undefined {
  if (!release || asked.basis?.ground !== 'exigent' || asked.basis.exemption) return undefined;
  return { id, at: release.at, technology: asked.technology, recipient: asked.recipient.kind };
}

/** The law counts what agencies ask. What somebody asks who is none is refused and recorded all the same. */
function toldRequest({ id, at, technology, agency, purpose }: ImmigrationRequest): ToldImmigrationRequest | undefined {
  return isAgency(agency) ? { id, at, technology, agency, purpose } : undefined;
}

const isAgency = (agency: string): agency is RequestingAgency =>
  (REQUESTING_AGENCIES as readonly string[]).includes(agency);
