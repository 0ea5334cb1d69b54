/**
 * Is the ground of a disclosure met?
 *
 * Each of the seven grounds, and the statute's exigent circumstances, is routed as its own text says. What is
 * not there yet is missing; what is there and does not carry the disclosure refuses it.
 *
 * Units   instants are UTC; a designation is valid through its last day in New York
 * Answers what is missing, what refuses, and the clauses of the ground
 * Throws  FactMalformed when a consent or a decision lies in the future
 * Source  XR26-EXT-08 to EXT-15 and their twins; nyc-23-1202-c-1, nyc-23-1202-c-2-a, nyc-23-1202-c-2-b,
 *         nyc-23-1202-c-2-c-1, nyc-23-1202-c-2-c-2, nyc-23-1202-d; house-characters-of-reason
 */
import { clauseIn, mustSay } from '../clause-in.ts';
import { findings, type DisclosureFacts, type Findings, type GroundEvidence, type Need } from '../disclosure.ts';
import { groundOf } from '../editions/disclosure-grounds.ts';
import { isInForce } from '../editions/published.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import { isAfter, isBefore, nyDate, type Instant } from '../instant.ts';
import { isBlank, unless, type Refusal } from '../ruling.ts';
import { hasTheOfficerApproved } from './has-the-officer-approved.ts';
import { statement } from './statement.ts';

interface Asked {
  readonly facts: DisclosureFacts;
  readonly policy: PublishedPolicy;
  readonly now: Instant;
  /** The clause that sets the ground's conditions. */
  readonly clause: string;
}

export function isTheGroundMet(facts: DisclosureFacts, policy: PublishedPolicy, now: Instant): Findings {
  const only = mustSay(policy.edition, 'XR26-EXT-08');
  const { basis } = facts;
  if (!basis) {
    const missing: Need = {
      need: 'ground',
      clause: only,
      field: 'basis',
      found: 'no ground',
      expected: 'one of the grounds',
      todo: 'choose the ground this disclosure rests on',
    };
    return findings({ needs: [missing], clauses: [only] });
  }
  const ground = groundOf(basis.ground);
  const printed = ground.clause && clauseIn(policy.edition, ground.clause);
  const asked: Asked = { facts, policy, now, clause: printed ?? ground.law.id };
  const clauses = [only, ...(printed ? [printed] : []), ground.law.id];
  return findings({ clauses }, evidence(basis, asked), ground.officer ? hasTheOfficerApproved(facts, policy, now) : {});
}

function evidence(basis: GroundEvidence, asked: Asked): Partial<Findings> {
  switch (basis.ground) {
    case 'consent':
      return consent(basis, asked);
    case 'required-by-law':
      return stated('law-cited', 'law', basis.law, 'name the law that requires it', asked);
    case 'mission':
      return stated(
        'mission-stated',
        'mission',
        basis.how,
        "say how it furthers the department's purpose or mission",
        asked,
      );
    case 'city-interest':
      return cityInterest(basis, asked);
    case 'routine':
      return routine(basis, asked);
    case 'crime':
      return crime(basis, asked);
    case 'welfare':
      return welfare(basis, asked);
    case 'exigent':
      return stated(
        'exigency-explained',
        'explanation',
        basis.explanation,
        'explain why circumstances are exigent',
        asked,
      );
  }
}

const missing = (need: Need['need'], because: readonly Refusal[]): Partial<Findings> => ({
  needs: because.map((one) => ({ ...one, need })),
});

const stated = (need: Need['need'], field: string, text: string | undefined, todo: string, { clause, policy }: Asked) =>
  missing(need, statement(field, text, clause, policy, todo));

function consent(
  { people }: Extract<GroundEvidence, { ground: 'consent' }>,
  { facts, clause, now }: Asked,
): Partial<Findings> {
  const field = 'consent';
  const without = people.filter((person) => !person.consent).length;
  const wrongHand = people.filter(
    ({ capacity, consent: given }) =>
      given && given.signedBy !== (capacity === 'adult' ? 'person' : 'parent-or-guardian'),
  ).length;
  const withdrawn = people.filter(
    ({ consent: given }) => given?.withdrawnAt && !isAfter(given.withdrawnAt, now),
  ).length;
  const future = people.find(({ consent: given }) => given && isAfter(given.at, now));
  if (future) {
    throw new FactMalformed(
      `disclosure ${facts.disclosureId} has a consent of ${future.consent?.at}, which is after now (${now}); correct the record`,
    );
  }
  return {
    ...missing('consent', [
      ...unless(people.length > 0 && without === 0, {
        clause,
        field,
        found: people.length === 0 ? 'nobody named' : `${without} of ${people.length} without a written consent`,
        expected: 'a written consent for each person',
        todo: 'get the consent in writing, or choose another ground',
      }),
    ]),
    because: [
      ...unless(wrongHand === 0, {
        clause,
        field,
        found: `${wrongHand} signed by someone who may not consent`,
        expected: 'the person, or the parent or legal guardian of a minor or of someone not legally competent',
        todo: 'get it signed by whoever may consent',
      }),
      ...unless(withdrawn === 0, {
        clause,
        field,
        found: `${withdrawn} withdrawn`,
        expected: 'consents that stand',
        todo: 'give out nothing on this ground',
      }),
    ],
  };
}

function cityInterest(
  { preApproval }: Extract<GroundEvidence, { ground: 'city-interest' }>,
  asked: Asked,
): Partial<Findings> {
  const { facts, now, clause } = asked;
  const field = 'preApproval';
  const recipient = unless(facts.recipient.kind === 'city-agency', {
    clause: groundOf('city-interest').law.id,
    field: 'recipient',
    found: 'a recipient that is no City agency',
    expected: 'another City agency',
    todo: 'choose another ground',
  });
  if (!preApproval) {
    const none = {
      clause,
      field,
      found: 'none',
      expected: 'a pre-approval on file',
      todo: 'name the pre-approval, or ask for one first',
    };
    return { ...missing('city-pre-approval', [none]), because: recipient };
  }
  return {
    because: [
      ...recipient,
      ...unless(isBefore(preApproval.approvedAt, now), {
        clause,
        field,
        found: 'an approval that is not earlier than the disclosure',
        expected: 'an approval beforehand',
        todo: 'choose another ground',
      }),
      ...unless(!preApproval.from || preApproval.from <= nyDate(now), {
        clause,
        field,
        found: `a pre-approval that begins ${preApproval.from}`,
        expected: 'one that is valid today',
        todo: 'wait until it begins, or choose another ground',
      }),
      ...unless(!preApproval.until || nyDate(now) <= preApproval.until, {
        clause,
        field,
        found: `a pre-approval that ended ${preApproval.until}`,
        expected: 'one that is valid today',
        todo: 'ask for a new one',
      }),
      ...unless(covers(preApproval.covers, facts), {
        clause,
        field,
        found: 'a pre-approval of other disclosures',
        expected: 'one that covers this disclosure',
        todo: 'name the one that covers it, or choose another ground',
      }),
    ],
  };
}

function routine(
  { designation }: Extract<GroundEvidence, { ground: 'routine' }>,
  { facts, now, clause }: Asked,
): Partial<Findings> {
  const field = 'designation';
  if (!designation) {
    return missing('routine-designation', [
      {
        clause,
        field,
        found: 'none',
        expected: 'a routine designation on file',
        todo: 'name the designation, or choose another ground',
      },
    ]);
  }
  return {
    because: [
      ...unless(isInForce(designation, nyDate(now)), {
        clause,
        field,
        found: `a designation from ${designation.from}${designation.until ? ` to ${designation.until}` : ''}`,
        expected: 'one that is valid on the day of the disclosure',
        todo: 'choose another ground',
      }),
      ...unless(covers(designation.covers, facts) && designation.recipients.includes(facts.recipient.kind), {
        clause,
        field,
        found: 'a designation of other disclosures',
        expected: 'one of this kind of disclosure, to this kind of recipient',
        todo: 'choose another ground',
      }),
    ],
  };
}

function crime(basis: Extract<GroundEvidence, { ground: 'crime' }>, { clause, policy }: Asked): Partial<Findings> {
  const todo = 'enter the case number, or write down the credible information about the crime';
  return !isBlank(basis.caseNumber)
    ? {}
    : missing(
        'crime-or-information',
        statement('credibleInformation', basis.credibleInformation, clause, policy, todo),
      );
}

function welfare(
  { investigation }: Extract<GroundEvidence, { ground: 'welfare' }>,
  { clause }: Asked,
): Partial<Findings> {
  const field = 'investigation';
  if (!investigation) {
    return missing('welfare-investigation', [
      {
        clause,
        field,
        found: 'none',
        expected: 'the investigation it is connected with',
        todo: 'name the City agency and its investigation',
      },
    ]);
  }
  const { byCityAgency, open, about } = investigation;
  const todo = 'choose another ground';
  return {
    because: [
      ...unless(byCityAgency, {
        clause,
        field,
        found: 'an investigation that is not of a City agency',
        expected: 'one of a City agency',
        todo,
      }),
      ...unless(open, { clause, field, found: 'an investigation that is closed', expected: 'an open one', todo }),
      ...unless(about !== 'other', {
        clause,
        field,
        found: 'an investigation about something else',
        expected: 'one about the welfare of a minor or of someone not legally competent',
        todo,
      }),
    ],
  };
}

const covers = (kinds: readonly string[], { disclosureId, disclosureType }: DisclosureFacts) =>
  kinds.includes(disclosureType) || kinds.includes(disclosureId);
