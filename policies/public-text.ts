/**
 * Words shown to people that have a clause behind them: the notice at sign-in, the attestation, and the
 * plain labels of what a form offers. A text that was shown is never edited; a change gets a new
 * version, and the ledger records which version a person saw.
 */
import type { ForbiddenTarget, PermittedTarget, TargetKind } from './editions/edition.ts';

export interface PublicText {
  /** Recorded when it was shown or agreed to. */
  readonly version: string;
  readonly clause: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Shown when a session begins; that it was shown is recorded (XR26-AUD-03). */
export const OFFICIAL_BUSINESS_NOTICE: PublicText = {
  version: 'official-business-2026-02-04',
  clause: 'XR26-AUD-03',
  title: 'For official business only',
  paragraphs: [
    'This is a system of the police department. It, and the equipment it keeps records of, are for official business.',
    'What you do here is recorded under your name, and may be reviewed at any time.',
    'Misuse of this system or of the equipment brings administrative penalties and may bring criminal ones.',
  ],
};

/** What a requester attests (XR26-USE-01); who did and when is kept with the request. */
export const LEGAL_CONFORMITY_ATTESTATION: PublicText = {
  version: 'legal-conformity-2026-02-04',
  clause: 'XR26-USE-01',
  title: 'This use is lawful',
  paragraphs: [
    'To my knowledge, the use I ask for conforms to the Constitutions of the United States and of New York State, and to the statutes that apply.',
    'I have weighed what it does for public safety against the privacy of those it may touch.',
  ],
};

/** What a decider acknowledges before approving (XR26-USE-04). */
export const PUBLIC_KEPT_OUT_ACKNOWLEDGEMENT: PublicText = {
  version: 'public-kept-out-2026-02-04',
  clause: 'XR26-USE-04',
  title: 'The public is kept out of the scan',
  paragraphs: [
    'I have read how members of the public will be kept out of the scan, and I find that it avoids screening them.',
  ],
};

/** Shown with every decision: why no warrant is asked for (XR26-USE-11). */
export const LEGAL_BASIS_TEXT: PublicText = {
  version: 'legal-basis-2026-02-04',
  clause: 'XR26-USE-11',
  title: 'Special-needs exception',
  paragraphs: [
    'No court authorization is sought. The use is extremely limited and rests on the special-needs exception to the warrant requirement.',
  ],
};

export const PUBLIC_TEXTS: readonly PublicText[] = [
  OFFICIAL_BUSINESS_NOTICE,
  LEGAL_CONFORMITY_ATTESTATION,
  PUBLIC_KEPT_OUT_ACKNOWLEDGEMENT,
  LEGAL_BASIS_TEXT,
];

/** What a request form offers as the object to be screened. */
export const TARGET_LABELS: Readonly<Record<PermittedTarget, string>> = {
  'motor-vehicle': 'A motor vehicle',
  truck: 'A truck',
  'temporary-enclosed-structure': 'A temporary enclosed structure, such as a tent or a container',
  'similar-object': 'A similar object',
};

/** Offered too, so that someone who means it is told no rather than choosing something near it (XR26-USE-03). */
export const FORBIDDEN_TARGET_LABELS: Readonly<Record<ForbiddenTarget, string>> = {
  person: 'A person',
  home: 'A home',
  building: 'A building',
};

export const ALL_TARGET_LABELS: Readonly<Record<TargetKind, string>> = { ...TARGET_LABELS, ...FORBIDDEN_TARGET_LABELS };

export const USE_PURPOSE_LABELS = {
  'law-enforcement': 'A legitimate law enforcement purpose',
  'other-official-business': 'Other official business',
} as const;

export const USE_KIND_LABELS = {
  described: 'Screening an object for something that gravely endangers public safety',
  other: 'Something else',
} as const;
