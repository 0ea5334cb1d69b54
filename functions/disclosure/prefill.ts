/**
 * A form filled in from what is on record, to be changed, or from an address, to be gone on with. An address never
 * answers what a person must weigh: what was confirmed, whether it is lawful, immigration, the ground, and who consented.
 */
import { NEW_YORK, nyDate, type Instant } from '../../policies/instant.ts';
import { formOfFields, type Form } from '../edge/form.ts';
import type { Basis, DisclosureAsked } from './contract.ts';
import { NONE } from './disclosure-form.tsx';
import { VENDOR_CHECKS } from './labels.ts';
import { MOST } from './typed-answers.ts';

const FROM_ADDRESS = [
  'technology',
  'disclosureType',
  'about',
  'aboutWhom',
  'addresseeName',
  'organization',
  'email',
  'askedOn',
  'agency',
  'matter',
  'path',
  'reliedOn',
  'proceeding',
  'purpose',
  'standing',
  'duty',
  'dutyReason',
  'caseNumber',
  'way',
];

/** The form that an address asks for, or undefined when it asks for none. */
export function filledFrom(asked: URLSearchParams): Form | undefined {
  const fields = new URLSearchParams();
  for (const name of FROM_ADDRESS) {
    const given = asked.get(name);
    if (given) fields.set(name, given.slice(0, MOST.text));
  }
  return fields.size > 0 ? formOfFields(fields) : undefined;
}

type Fields = Readonly<Record<string, string | boolean | undefined>>;

/** The form as it would have to be filled in to say what is on record. */
export function formOfAsked(asked: DisclosureAsked): Form {
  const fields = new URLSearchParams();
  const set = (given: Fields): void => {
    for (const [name, value] of Object.entries(given)) {
      const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
      if (text) fields.set(name, text);
    }
  };
  const { technology, disclosureType, askedOn, about, aboutWhom, way } = asked;
  set({ technology, disclosureType, askedOn, about, aboutWhom, way });
  set(addresseeOf(asked));
  set({
    identity: asked.identity?.outcome,
    identityHow: asked.identity?.how,
    affiliation: asked.affiliation?.outcome,
    affiliationHow: asked.affiliation?.how,
    lawfulness: asked.lawfulness?.outcome,
    lawfulnessBecause: asked.lawfulness?.because,
  });
  set(recipientOf(asked));
  for (const { value } of VENDOR_CHECKS)
    if (asked.recipient.kind === 'vendor' && asked.recipient.standing?.[value]) fields.append('vendorChecks', value);
  if (asked.basis) set({ basis: asked.basis.ground, ...basisOf(asked.basis) });
  const { agreement } = asked;
  if (agreement?.kind === 'agreement') set({ agreement: agreement.agreementId });
  if (agreement?.kind === 'no-important-privacy-interest') set({ agreement: NONE, agreementWhy: agreement.why });
  return formOfFields(fields);
}

function addresseeOf({ addressee, immigration }: DisclosureAsked): Fields {
  const { taskForce } = addressee;
  return {
    addresseeName: addressee.name,
    organization: addressee.organization,
    email: addressee.email,
    agency: addressee.agency,
    government: addressee.government,
    iceOrCbp: addressee.iceOrCbp,
    ...(taskForce && { taskForce: true, ...taskForce }),
    immigration: immigration.furthers === 'unanswered' ? undefined : immigration.furthers,
    recipientEnforces: immigration.recipientEnforces,
    otherPurpose: immigration.otherPurpose,
  };
}

function recipientOf({ recipient }: DisclosureAsked): Fields {
  switch (recipient.kind) {
    case 'prosecutor':
      return { matter: recipient.matter?.caseNumber, hasJurisdiction: recipient.matter?.hasJurisdiction };
    case 'law-enforcement':
    case 'city-agency': {
      const { path } = recipient;
      return path?.kind === 'their-request'
        ? { path: path.kind, reliedOn: path.reliedOn }
        : { path: path?.kind, proceeding: path?.proceeding };
    }
    case 'community-leader':
    case 'civic-organization':
    case 'news-media':
      return { purpose: recipient.purpose };
    case 'vendor': {
      const { standing } = recipient;
      return { standing: standing?.contractId, duty: standing?.duty, contractEndsOn: standing?.contractEndsOn };
    }
    case 'agency-unit':
      return { dutyReason: recipient.dutyReason };
    case 'new-jersey-agent': {
      const { search } = recipient;
      return { search: search?.what, through: search?.through, authorizedAgent: search?.authorizedAgent };
    }
    case 'person-or-guardian':
      return {};
  }
}

function basisOf(basis: Basis): Fields {
  switch (basis.ground) {
    case 'consent':
      return Object.assign({}, ...basis.people.map(personOf)) as Fields;
    case 'required-by-law':
      return { law: basis.law };
    case 'mission':
      return { mission: basis.how };
    case 'city-interest':
      return { preApproval: basis.preApprovalId };
    case 'routine':
      return { designation: basis.designationId };
    case 'crime':
      return { caseNumber: basis.caseNumber, credibleInformation: basis.credibleInformation };
    case 'welfare': {
      const { investigation } = basis;
      return {
        investigation: investigation?.reference,
        byCityAgency: investigation?.byCityAgency,
        investigationOpen: investigation?.open,
        welfareOf: investigation?.about,
      };
    }
    case 'exigent':
      return { explanation: basis.explanation, exemption: basis.exemption };
  }
}

function personOf(
  { personRef, capacity, consent }: Extract<Basis, { ground: 'consent' }>['people'][number],
  index: number,
): Fields {
  const row = index === 0 ? '' : String(index + 1);
  return {
    [`consent${row}`]: personRef,
    [`capacity${row}`]: capacity,
    [`signedBy${row}`]: consent?.signedBy,
    ...(consent && timeOf(`signedAt${row}`, consent.at)),
    ...(consent?.withdrawnAt && timeOf(`withdrawnAt${row}`, consent.withdrawnAt)),
  };
}

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: NEW_YORK,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const timeOf = (name: string, at: Instant): Fields => ({
  [`${name}Date`]: nyDate(at),
  [`${name}Time`]: CLOCK.format(new Date(at)),
});
