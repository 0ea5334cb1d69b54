/** The choices of the breach forms in the words an officer uses. The values are the ones policies/ judges. */
import { RECIPIENTS, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import type { PrivateElement } from '../../policies/rules/city-breach-law.ts';
import type { Consequence, HarmFacts, HarmLevel } from '../../policies/rules/harm-assessment.ts';
import type { NoticeAttempt, NoticeFacts } from '../../policies/rules/individual-notice.ts';
import type { BreachCause } from '../../policies/rules/quarterly-compilation.ts';
import type { InformationKind } from '../../policies/rules/what-is-identifying.ts';
import type { Choice, TagKind } from '../edge/fields.tsx';
import type { Breach, BreachState } from './contract.ts';

type Labels<Value extends string> = Readonly<Record<Value, string>>;

/** A table of labels as the options of a form, in its own order. */
export const optionsOf = <Value extends string>(labels: Labels<Value>) =>
  Object.entries<string>(labels).map(([value, label]) => ({ value, label })) satisfies readonly Choice[];

/** The value, if it is one of those a table offers. */
export const oneOf = <Value extends string>(labels: Labels<Value>, value: string): Value | undefined =>
  Object.hasOwn(labels, value) ? (value as Value) : undefined;

export const TECHNOLOGY_LABELS: Labels<Technology> = {
  'mobile-x-ray': 'Mobile x-ray',
  'portable-electronic-device': 'Portable electronic device',
  'digital-camera': 'Digital camera',
  'license-plate-reader': 'License plate reader',
};

export const RECIPIENT_LABELS = {
  ...Object.fromEntries(RECIPIENTS.map(({ kind, label }) => [kind, label])),
  unknown: 'Nobody knows, or nobody known',
} as Labels<RecipientKind | 'unknown'>;

export const CAUSE_LABELS: Labels<BreachCause> = {
  'wrong-recipient': 'It went to the wrong recipient',
  'no-ground': 'There was no ground for it',
  'beyond-approval': 'More left than was approved',
  'unauthorized-access': 'Somebody looked who was not allowed to',
  'lost-or-stolen': 'Something was lost or stolen',
  'technical-fault': 'A technical fault',
  other: 'Something else',
};

export const KIND_LABELS: Labels<InformationKind> = {
  'surveillance-system': 'Anything a surveillance system recorded',
  photograph: 'Photographs',
  'license-plate': 'License plates',
  vehicle: 'Vehicles',
  location: 'Where somebody is or was',
  contact: 'Telephone numbers or e-mail addresses',
  address: 'Home or work addresses',
  'height-weight': 'Height or weight',
  'victim-or-witness': 'Who is a victim or a witness',
  'immigration-status': 'Immigration status',
  'arrest-record': 'Arrests or convictions',
  'release-from-custody': 'When somebody is released from custody',
};

export const REACHED_LABELS: Labels<HarmFacts['reached']> = {
  'one-known-recipient': 'One recipient, who is known',
  'several-known-recipients': 'Several, all known',
  'unknown-recipients': 'Recipients nobody knows',
  'the-public': 'The public',
};

export const CONSEQUENCE_LABELS: Labels<Consequence> = {
  'violence-or-retaliation': 'Violence or retaliation',
  'immigration-consequences': 'Consequences for immigration',
  'endangered-investigation-or-witness': 'An investigation or a witness is endangered',
  'stalking-or-harassment': 'Stalking or harassment',
  'identity-theft-or-fraud': 'Identity theft or fraud',
  'loss-of-work-or-housing': 'Loss of work or housing',
  embarrassment: 'Embarrassment',
  other: 'Something else',
};

export const HARM_LABELS: Labels<HarmLevel> = { none: 'No harm', some: 'Some harm', serious: 'Serious harm' };

export const CONSULTED_LABELS: Labels<Breach['consultations'][number]['with']> = {
  'chief-privacy-officer': 'The City’s Chief Privacy Officer',
  'law-department': 'The Law Department',
  'cyber-command': 'Cyber Command',
};

export const DELAY_LABELS: Labels<NonNullable<NoticeFacts['delay']>['ground']> = {
  'privacy-law': 'Telling would violate a law on privacy',
  investigation: 'Telling would interfere with an investigation',
  'public-safety': 'Telling would compromise public safety',
  other: 'Another reason, which the statute does not name',
};

export const WAY_LABELS: Labels<NoticeAttempt['way']> = {
  post: 'By post',
  'registered-post': 'By registered post',
  'e-mail': 'By e-mail',
  'by-hand': 'By hand',
  'through-guardian': 'Through a parent or guardian',
};

export const OUTCOME_LABELS: Labels<NoticeAttempt['outcome']> = {
  delivered: 'It reached the person',
  failed: 'It did not',
  unknown: 'Not known yet',
};

export const ELEMENT_LABELS: Labels<PrivateElement> = {
  'social-security-number': 'Social Security number',
  'driver-or-non-driver-card-number': 'Number of a driver’s or non-driver card',
  'account-number-with-code': 'Account or card number with the code that opens it',
  'account-number-usable-alone': 'Account or card number that can be used by itself',
  'biometric-measurement': 'Biometric measurement, such as a fingerprint or a face template',
  'login-with-password': 'User name or e-mail address with a password or answer',
};

export const ACT_LABELS: Labels<'unauthorized' | 'inadvertent-by-authorized' | 'good-faith-by-personnel'> = {
  unauthorized: 'Somebody who had no right to it',
  'inadvertent-by-authorized': 'By mistake, by somebody authorized',
  'good-faith-by-personnel': 'In good faith by personnel, for a purpose of the department',
};

export const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const;

/** The states of a breach, as people read them. */
export const STATE_LABELS: Readonly<Record<BreachState, readonly [words: string, kind: TagKind]>> = {
  reported: ['Reported, not read yet', 'waiting'],
  triaging: ['Being judged', 'waiting'],
  violation: ['A violation of the law', 'bad'],
  'no-violation': ['No violation of the law', 'plain'],
  closed: ['Closed', 'good'],
};
