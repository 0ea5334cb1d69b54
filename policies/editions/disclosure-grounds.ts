/**
 * The grounds of disclosure, the kinds of recipient, and the purposes the policies list, as data.
 *
 * All five documents print the same seven grounds; the statute has an eighth, exigent circumstances, that
 * none of them prints. Clauses are those of the 2026 x-ray edition; other editions say the same in their own.
 *
 * Source  XR26-EXT-05, EXT-07 to EXT-15 and twins; Admin. Code 23-1201, 23-1202, 10-178
 */
import { PRIVACY_LAW } from './privacy-law.ts';

export const GROUNDS = [
  {
    id: 'consent',
    number: 1,
    clause: 'XR26-EXT-09',
    law: PRIVACY_LAW.approval,
    officer: true,
    label: 'The person, or their parent or guardian, agreed in writing',
  },
  {
    id: 'required-by-law',
    number: 2,
    clause: 'XR26-EXT-10',
    law: PRIVACY_LAW.approval,
    officer: true,
    label: 'The law requires it',
  },
  {
    id: 'mission',
    number: 3,
    clause: 'XR26-EXT-11',
    law: PRIVACY_LAW.approval,
    officer: true,
    label: 'It furthers the mission of the department',
  },
  {
    id: 'city-interest',
    number: 4,
    clause: 'XR26-EXT-12',
    law: PRIVACY_LAW.cityInterest,
    officer: false,
    label: 'The City Chief Privacy Officer approved it beforehand',
  },
  {
    id: 'routine',
    number: 5,
    clause: 'XR26-EXT-13',
    law: PRIVACY_LAW.routineApproved,
    officer: false,
    label: 'It is designated as routine',
  },
  {
    id: 'crime',
    number: 6,
    clause: 'XR26-EXT-14',
    law: PRIVACY_LAW.crime,
    officer: false,
    label: 'A crime was committed, was attempted or is impending',
  },
  {
    id: 'welfare',
    number: 7,
    clause: 'XR26-EXT-15',
    law: PRIVACY_LAW.welfare,
    officer: false,
    label: 'A City agency investigates the welfare of a minor or incompetent person',
  },
  {
    id: 'exigent',
    number: undefined,
    clause: undefined,
    law: PRIVACY_LAW.exigent,
    officer: false,
    label: 'Exigent circumstances',
  },
] as const;

export type GroundId = (typeof GROUNDS)[number]['id'];

export const groundOf = (id: GroundId): (typeof GROUNDS)[number] => GROUNDS.find((one) => one.id === id)!;

/**
 * Whom a disclosure may go to. `thirdParty` is anyone who is neither of the City nor of a contractor that may
 * have the information; a prosecutor may be of the City, of the State or federal, and is taken as one.
 */
export const RECIPIENTS = [
  { kind: 'prosecutor', thirdParty: true, label: 'A prosecutor' },
  { kind: 'law-enforcement', thirdParty: true, label: 'Another law enforcement agency' },
  { kind: 'city-agency', thirdParty: false, label: 'A City agency' },
  { kind: 'person-or-guardian', thirdParty: true, label: 'The person concerned, or their parent or guardian' },
  { kind: 'community-leader', thirdParty: true, label: 'A community leader' },
  { kind: 'civic-organization', thirdParty: true, label: 'A civic organization' },
  { kind: 'news-media', thirdParty: true, label: 'News media' },
  { kind: 'vendor', thirdParty: false, label: 'A vendor or contractor' },
  { kind: 'agency-unit', thirdParty: false, label: 'Another unit of the department' },
  { kind: 'new-jersey-agent', thirdParty: true, label: 'An authorized agent of New Jersey law enforcement' },
] as const;

export type RecipientKind = (typeof RECIPIENTS)[number]['kind'];

export const isThirdParty = (kind: RecipientKind): boolean =>
  RECIPIENTS.some((one) => one.kind === kind && one.thirdParty);

/** What the department may offer images to partners for. */
export const PROCEEDINGS = [
  { id: 'criminal-investigation', label: 'An ongoing criminal investigation' },
  { id: 'civil-litigation', label: 'Civil litigation' },
  { id: 'disciplinary-proceeding', label: 'A disciplinary proceeding' },
] as const;

export type Proceeding = (typeof PROCEEDINGS)[number]['id'];

/** What community leaders, civic organizations and news media may be given images for. */
export const PUBLIC_PURPOSES = [
  { id: 'further-an-investigation', label: 'To further an investigation' },
  { id: 'unusual-incident', label: 'To make people aware of an unusual incident' },
  { id: 'community-concern', label: 'To answer a concern of the community' },
] as const;

export type PublicPurpose = (typeof PUBLIC_PURPOSES)[number]['id'];

/** What immigration enforcement is, in the wide meaning of Local Law 63 of 2026. */
export const IMMIGRATION_PURPOSES = [
  { id: 'civil-provisions', label: 'Civil provisions of the immigration laws' },
  { id: 'presence-entry-departure', label: 'Federal laws that punish presence, entry, re-entry or failure to depart' },
  { id: 'registration-documents', label: 'Federal laws on registration and travel documents of foreigners' },
  { id: 'designated-proxy', label: 'A proxy for any of these that the mayor has designated' },
] as const;

export type ImmigrationPurpose = (typeof IMMIGRATION_PURPOSES)[number]['id'];

/** When an exigent disclosure need not be explained to the Chief Privacy Officer. */
export const EXIGENT_EXEMPTIONS = [
  { id: 'police-investigation', label: 'By or to the police in an open investigation of criminal activity' },
  { id: 'welfare-investigation', label: 'In an open investigation of the welfare of a minor or incompetent person' },
  {
    id: 'powers-in-normal-course',
    label: 'By or to an employee using law enforcement or public health or safety powers in the normal course',
  },
] as const;

export type ExigentExemption = (typeof EXIGENT_EXEMPTIONS)[number]['id'];
