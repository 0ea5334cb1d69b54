/**
 * The mobile x-ray impact and use policy updated February 4, 2026: in force now.
 *
 * Retention periods and the rest of oversight join as further files of xray-2026/ when the system takes
 * them on.
 */
import type { Edition } from './edition.ts';
import { XRAY_2026_HEAD, XRAY_2026_OF } from './heads.ts';
import { externalSections } from './xray-2026/external.ts';
import { oversightSections } from './xray-2026/oversight.ts';
import { safeguardSections } from './xray-2026/safeguards.ts';
import { useSections } from './xray-2026/use.ts';
import { doses, DRAFT_TO_FINAL } from './xray-tables.ts';

const of = XRAY_2026_OF;

export const XRAY_2026: Edition = {
  ...XRAY_2026_HEAD,
  revisions: [
    {
      date: XRAY_2026_HEAD.from,
      description: 'Revised to comply with Local Law 56 of 2025, which amended the POST Act.',
    },
  ],
  changes: { describes: 'xray-2021', rows: DRAFT_TO_FINAL },
  sections: [...useSections(of), ...safeguardSections(of), ...externalSections(of), ...oversightSections(of)],
  doses: doses({ fiveFeet: 'XR26-HLT-04', tenFeet: 'XR26-HLT-05' }),
  slips: [
    { clause: 'XR26-RET-03', printed: 'overridden', note: 'Evidently "overwritten".' },
    { clause: 'XR26-SAFE-05', printed: 'recordings', note: 'Evidently "images": the device records nothing else.' },
    {
      clause: 'XR26-SAFE-12',
      printed: 'both in transit and at rest via SSL/TLS',
      note: 'TLS protects data in transit only; at rest the system uses keys of its own.',
    },
  ],
  permittedTargets: ['motor-vehicle', 'truck', 'temporary-enclosed-structure', 'similar-object'],
  manufacturers: ['American Science & Engineering, Inc.'],
  legalBasis: { kind: 'special-needs-exception', clause: 'XR26-USE-11' },
  noRecognition: 'XR26-CAP-04',
  characteristicBars: { when: 'any-reason', clause: 'XR26-USE-14' },
};
