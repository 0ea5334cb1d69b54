/**
 * The mobile x-ray impact and use policy of April 11, 2021, in force through February 3, 2026.
 *
 * Most of it says what the 2026 edition says; those clauses name their twins there. Kept because an act
 * of those years is judged by this edition. Its printed retention periods join as a further file when the
 * system takes them on.
 */
import { section, type Edition } from './edition.ts';
import { XRAY_2021_HEAD, XRAY_2021_OF } from './heads.ts';
import { externalSection } from './xray-2021/external.ts';
import { doses, DRAFT_TO_FINAL } from './xray-tables.ts';

const of = XRAY_2021_OF;

/** Ids of the 2026 edition, written 'USE-01' for short. */
const twins = (...ids: readonly string[]) => ids.map((id) => `XR26-${id}`);

const sections = [
  section(of, 'changes', 'Summary of changes between draft & final policy', [
    {
      id: 'XR21-REV-01',
      kind: 'capability-fact',
      enforce: 'record',
      text: 'Dated April 11, 2021, with eight changes from draft to final and no log of revisions. The edition before that of February 4, 2026.',
    },
  ]),
  section(of, 'abstract', 'Abstract', [
    {
      id: 'XR21-ABS-01',
      kind: 'permission',
      enforce: 'gate',
      text: 'Extremely limited and special circumstances; vehicles, trucks, temporary enclosed structures and similar objects on or near a public street; grave risk to public safety; events with an elevated threat environment.',
      sameAs: twins('ABS-01', 'CAP-03'),
    },
    {
      id: 'XR21-ABS-02',
      kind: 'capability-fact',
      enforce: 'record',
      text: 'Near a person the device will collect a photo-like image of that person. Nothing is said yet about audio, video, location, thermal or biometric information, nor that it is not used on people.',
    },
  ]),
  section(of, 'capabilities', 'Capabilities of the technology', [
    {
      id: 'XR21-CAP-01',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Reflected low-energy x-rays on a wired monitor within a limited range; no wireless, Wi-Fi, streaming or remote access.',
      sameAs: twins('CAP-01', 'CAP-02'),
    },
    {
      id: 'XR21-CAP-02',
      kind: 'prohibition',
      enforce: 'configuration',
      text: 'No license plate reader, no facial recognition and no additional biometric measuring. No maker is named.',
    },
  ]),
  section(of, 'use', 'Rules, processes & guidelines relating to use of the technology', [
    {
      id: 'XR21-USE-01',
      kind: 'prohibition',
      enforce: 'gate',
      text: "Lawful use by the department's own personnel for law enforcement purposes; no screening of people, homes or buildings; the public is kept out.",
      sameAs: twins('USE-01', 'USE-02', 'USE-03', 'USE-04'),
    },
    {
      id: 'XR21-USE-02',
      kind: 'role',
      enforce: 'gate',
      text: 'Uniformed executives from Captain up, or outside entities, ask; an executive of the Counterterrorism Bureau decides case by case and may start a use; trained members of the bureau operate; its commanders answer for proper use.',
      sameAs: twins('USE-05', 'USE-06', 'USE-07', 'USE-08', 'USE-09', 'USE-10'),
    },
    {
      id: 'XR21-USE-03',
      kind: 'permission',
      enforce: 'configuration',
      text: 'No court authorization is sought, by the special-needs exception; misuse brings penalties.',
      sameAs: twins('USE-11', 'USE-15'),
    },
    {
      id: 'XR21-USE-04',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'No police action is taken against a person solely because of a characteristic on the list; the list is that of 2026.',
    },
    {
      id: 'XR21-USE-05',
      kind: 'capability-fact',
      enforce: 'configuration',
      text: 'Nothing is said about political activity, nor about the Intelligence Division.',
    },
    {
      id: 'XR21-USE-06',
      kind: 'capability-fact',
      enforce: 'configuration',
      text: 'Nothing is said about an addendum for a further use.',
    },
  ]),
  section(of, 'safeguards', 'Safeguard & security measures against unauthorized access', [
    {
      id: 'XR21-SAFE-01',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Storage away from the public, periodic inspection and accounting by a supervisor, access on articulable need, and its end with the duty.',
      sameAs: twins('SAFE-01', 'SAFE-02', 'SAFE-03', 'SAFE-04'),
    },
    {
      id: 'XR21-SAFE-02',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Relevant images in an appropriate system, sign-in as one person, limits by need and role, architecture review, directory, second factor, encryption, confidentiality, confirmation before release, penalties.',
      sameAs: twins(...Array.from({ length: 13 }, (_, index) => `SAFE-${String(index + 5).padStart(2, '0')}`)),
    },
  ]),
  section(of, 'retention', 'Policies & procedures relating to retention, access & use of the data', [
    {
      id: 'XR21-RET-01',
      kind: 'retention',
      enforce: 'configuration',
      text: 'No playback; download, then upload; overwriting oldest first; nothing recovered afterwards; law enforcement and other official business only.',
      sameAs: twins('RET-01', 'RET-02', 'RET-03', 'RET-04'),
    },
  ]),
  externalSection(of),
  section(of, 'training', 'Training', [
    {
      id: 'XR21-TRN-01',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Specialised training at command level, and use as policy and training say.',
      sameAs: twins('TRN-01'),
    },
  ]),
  section(of, 'oversight', 'Internal audit & oversight mechanisms', [
    {
      id: 'XR21-AUD-01',
      kind: 'obligation',
      enforce: 'record',
      text: 'Supervisors answer for use and inspect each tour; everyone is told that systems are for official business; misuse is investigated and audits may be asked for.',
      sameAs: twins('AUD-03'),
    },
  ]),
  section(of, 'health', 'Health & safety reporting', [
    {
      id: 'XR21-HLT-01',
      kind: 'figure',
      enforce: 'display',
      text: 'The same standards, third parties, Radiation Safety Officer and printed doses as in 2026, with the same slips of unit.',
      sameAs: twins('HLT-01', 'HLT-02', 'HLT-04', 'HLT-05'),
    },
    {
      id: 'XR21-HLT-02',
      kind: 'figure',
      enforce: 'display',
      text: 'No more than natural background; a person scanned directly is compared to a short flight or a day in the Rocky Mountains, without the 2026 words that it is not used on people.',
    },
  ]),
  section(of, 'impact', 'Disparate impacts of the impact & use policy', [
    {
      id: 'XR21-DSP-01',
      kind: 'obligation',
      enforce: 'display',
      text: 'Safeguards and audits lessen the risk of "impartial" and biased enforcement, as printed. Nothing is said about groups protected by the Human Rights Law.',
    },
    {
      id: 'XR21-DSP-02',
      kind: 'prohibition',
      enforce: 'immutable',
      text: 'Images cannot be changed; the device is apart from databases, scans no plates and uses no GPS.',
      sameAs: twins('DSP-02', 'DSP-03'),
    },
    {
      id: 'XR21-DSP-03',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Profiling is forbidden; race, color, ethnicity and national origin may motivate enforcement only as part of a specific and reliable description of a suspect.',
      sameAs: twins('DSP-04', 'DSP-05'),
    },
  ]),
];

export const XRAY_2021: Edition = {
  ...XRAY_2021_HEAD,
  revisions: [],
  changes: { describes: 'xray-2021', rows: DRAFT_TO_FINAL },
  sections,
  doses: doses({ fiveFeet: 'XR21-HLT-01', tenFeet: 'XR21-HLT-01' }),
  slips: [
    { clause: 'XR21-DSP-01', printed: 'impartial', note: 'Evidently "partial", as the 2026 edition has it.' },
    { clause: 'XR21-RET-01', printed: 'overridden', note: 'Evidently "overwritten".' },
    { clause: 'XR21-SAFE-02', printed: 'recordings', note: 'Evidently "images": the device records nothing else.' },
  ],
  permittedTargets: ['motor-vehicle', 'truck', 'temporary-enclosed-structure', 'similar-object'],
  manufacturers: [],
  legalBasis: { kind: 'special-needs-exception', clause: 'XR21-USE-03' },
  noRecognition: 'XR21-CAP-02',
  characteristicBars: { when: 'sole-reason', clause: 'XR21-USE-04' },
};
