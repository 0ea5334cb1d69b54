/** Whole answers to the forms of a disclosure, for tests. */
import type { RecipientKind } from '../../../policies/editions/disclosure-grounds.ts';

export const COMMON = {
  technology: 'mobile-x-ray',
  disclosureType: 'investigative-lead',
  about: 'The scan of the white van on First Avenue',
  aboutWhom: 'The driver of the van',
  addresseeName: 'Dana Ross',
  organization: 'Office of Dana Ross',
  email: 'dana.ross@office.example',
  identity: 'confirmed',
  identityHow: 'Called back at the published number',
  affiliation: 'confirmed',
  affiliationHow: 'Letter of the office on file',
  lawfulness: 'lawful',
  lawfulnessBecause: 'The case is open and the scan bears on it',
  immigration: 'no',
  iceOrCbp: 'no',
  basis: 'crime',
  caseNumber: '2026-0042',
  law: 'Criminal Procedure Law article 245',
  mission: 'It helps to protect life and property',
  preApproval: 'E-1',
  designation: 'D-1',
  investigation: 'ACS 77',
  byCityAgency: 'yes',
  investigationOpen: 'yes',
  welfareOf: 'minor',
  explanation: 'A child is missing and time is short',
  agreement: 'A-1',
  way: 'page',
} as const;

export const CONSENT = {
  consent: 'Person 1 of the case file',
  capacity: 'minor',
  signedBy: 'parent-or-guardian',
  signedAtDate: '2026-11-20',
  signedAtTime: '10:30',
} as const;

export const ANSWERS: Readonly<Record<RecipientKind, Readonly<Record<string, string>>>> = {
  prosecutor: { matter: 'IND-1234-26', hasJurisdiction: 'yes', agency: 'other-local', recipientEnforces: 'no' },
  'law-enforcement': { path: 'their-request', reliedOn: 'Executive Law 837', agency: 'state', recipientEnforces: 'no' },
  'city-agency': { path: 'our-offer', proceeding: 'civil-litigation', recipientEnforces: 'no' },
  'person-or-guardian': {},
  'community-leader': { purpose: 'community-concern', government: 'no' },
  'civic-organization': { purpose: 'unusual-incident', government: 'no' },
  'news-media': { purpose: 'further-an-investigation' },
  vendor: {
    standing: 'CT-2026-9',
    duty: 'Repair of the scanner',
    contractEndsOn: '2027-06-30',
    vendorChecks: 'approvedVendor',
    government: 'no',
    recipientEnforces: 'no',
  },
  'agency-unit': { dutyReason: 'The case squad investigates the same van' },
  'new-jersey-agent': {
    search: 'one-complete-plate',
    through: 'plate-search',
    authorizedAgent: 'yes',
    recipientEnforces: 'no',
  },
};
