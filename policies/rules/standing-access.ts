/**
 * May an outside agency have standing direct access, and how does the register show it?
 *
 * Under the editions of 2026 nobody has any, but for New Jersey's search of plate reads. Under the x-ray
 * edition of 2021 an agency could have limited access to a named system by a written agreement with three
 * terms; such access ended with that edition. Never for immigration enforcement. Whatever access there is or
 * was is a row of the register of 14-188(g)(2), with how far it reached and its dates.
 *
 * Units   days are days in New York
 * Answers allowed, or refused; an access that outlived its edition is refused today and stays a row
 * Throws  nothing
 * Source  XR26-EXT-01 and its twins, LPR26-EXT-01, LPR26-EXT-02, XR21-EXT-04, XR21-EXT-05, XR21-EXT-06;
 *         XR26-EXT-06 and its twins; nyc-14-188-g-2
 */
import { mustSay } from '../clause-in.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import type { Instant } from '../instant.ts';
import { isBlank, ruled, unless, type Ruling } from '../ruling.ts';

export interface StandingAccess {
  readonly accessId: string;
  readonly agency: 'new-jersey' | 'other-government';
  readonly system: string;
  readonly reaches: 'one-plate-search' | 'named-system' | 'domain-awareness-system';
  readonly forImmigrationEnforcement: boolean;
  readonly agreement?: {
    readonly agreementId: string;
    readonly keepsConfidential: boolean;
    readonly limitsFurtherDisclosure: boolean;
    readonly tellsOfLegalProcess: boolean;
  };
}

const REGISTER = 'nyc-14-188-g-2';

export function standingAccess(access: StandingAccess, { edition }: PublishedPolicy, _now: Instant): Ruling {
  const { to, clause } = edition.directAccess;
  const { agreement } = access;
  const immigration = to === 'agencies-by-agreement' ? 'XR21-EXT-06' : mustSay(edition, 'XR26-EXT-06');
  const granted =
    (to === 'new-jersey-plate-search' && access.agency === 'new-jersey') || to === 'agencies-by-agreement';
  const terms = agreement?.keepsConfidential && agreement.limitsFurtherDisclosure && agreement.tellsOfLegalProcess;
  const byAgreement = to === 'agencies-by-agreement';
  const because = [
    ...unless(!access.forImmigrationEnforcement, {
      clause: immigration,
      field: 'access',
      found: 'access for immigration enforcement',
      expected: 'none',
      todo: 'end it, and report it as a violation',
    }),
    ...unless(granted, {
      clause,
      field: 'agency',
      found: 'direct access of an outside agency',
      expected: 'none under this edition',
      todo: 'end it; the agency may ask for disclosures',
    }),
    ...unless(to !== 'new-jersey-plate-search' || access.reaches === 'one-plate-search', {
      clause: 'LPR26-EXT-02',
      field: 'reaches',
      found: access.reaches,
      expected: 'the search for one plate, and not the Domain Awareness System',
      todo: 'narrow the access',
    }),
    ...unless(!byAgreement || (terms === true && !isBlank(agreement?.agreementId)), {
      clause: 'XR21-EXT-05',
      field: 'agreement',
      found: agreement ? 'an agreement without all three terms' : 'no agreement',
      expected: 'confidentiality, no further disclosure without approval, and word of any legal process',
      todo: 'end the access, or have the agreement completed',
    }),
    ...unless(!byAgreement || (access.reaches === 'named-system' && !isBlank(access.system)), {
      clause: 'XR21-EXT-04',
      field: 'system',
      found: 'no named system',
      expected: 'limited access to one named system',
      todo: 'name the system',
    }),
  ];
  return ruled([clause, immigration, REGISTER, ...(byAgreement ? ['XR21-EXT-05'] : [])], because);
}
