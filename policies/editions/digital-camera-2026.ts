/**
 * The impact and use policy on digital cameras updated February 4, 2026: what leaves the department, to whom, and
 * what follows a wrongful disclosure. The rest of the document joins when the system takes the technology on.
 */
import { section, type PublishedEdition } from './edition.ts';
import { DIGITAL_CAMERA_2026_HEAD, DIGITAL_CAMERA_2026_OF } from './heads.ts';

const of = DIGITAL_CAMERA_2026_OF;

const sections = [
  section(of, 'safeguards', 'Safeguard & security measures against unauthorized access', [
    {
      id: 'CAM26-SAFE-06',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Confidential, and passed on, to other members too, only as a lawful duty requires; third parties kept out; identity, affiliation and lawfulness settled before anything is given out; penalties for unauthorized access.',
      sameAs: ['XR26-SAFE-14', 'XR26-SAFE-15', 'XR26-SAFE-16', 'XR26-SAFE-17', 'PED26-SAFE-06'],
    },
  ]),
  section(of, 'external', 'External entities', [
    {
      id: 'CAM26-EXT-01',
      kind: 'prohibition',
      enforce: 'gate',
      text: "Outside entities have no direct access to what the department's digital cameras collect.",
      sameAs: ['XR26-EXT-01', 'PED26-EXT-01'],
    },
    {
      id: 'CAM26-EXT-02',
      kind: 'permission',
      enforce: 'gate',
      text: 'Images related to a criminal case go to the prosecutor with jurisdiction, and on to the defendant; other law enforcement agencies may ask for images; partners get them for the three kinds of proceeding, and community leaders, civic organizations and media for the three purposes.',
      sameAs: ['XR26-EXT-04', 'XR26-EXT-05', 'XR26-EXT-07', 'XR21-EXT-02', 'PED26-EXT-02'],
    },
    {
      id: 'CAM26-EXT-03',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Nothing from digital cameras will be shared in furtherance of immigration enforcement.',
      sameAs: ['XR26-EXT-06', 'XR21-EXT-10', 'PED26-EXT-03'],
    },
    {
      id: 'CAM26-EXT-04',
      kind: 'permission',
      enforce: 'gate',
      text: 'Identifying information goes outside only on one of the same seven grounds: consent and the privacy officer, law and the officer, mission and the officer, pre-approval of the City Chief Privacy Officer, routine designation, crime, welfare.',
      sameAs: [
        'XR26-EXT-08',
        'XR26-EXT-09',
        'XR26-EXT-10',
        'XR26-EXT-11',
        'XR26-EXT-12',
        'XR26-EXT-13',
        'XR26-EXT-14',
        'XR26-EXT-15',
        'XR21-EXT-03',
        'PED26-EXT-04',
      ],
    },
    {
      id: 'CAM26-EXT-05',
      kind: 'obligation',
      enforce: 'gate',
      text: 'The same rules for vendors and contractors: approved, for duties of their contract, least privilege and need to know, reviewed and checked, bound to confidentiality.',
      sameAs: ['XR26-EXT-16', 'XR26-EXT-17', 'XR26-EXT-18', 'XR26-EXT-19', 'XR21-EXT-07', 'PED26-EXT-05'],
    },
    {
      id: 'CAM26-EXT-06',
      kind: 'deadline',
      enforce: 'clock',
      text: 'When information from digital cameras is disclosed in violation of the Identifying Information Law, the Agency Privacy Officer reports it to the NYC Chief Privacy Officer within 24 hours of becoming aware.',
      sameAs: ['XR26-EXT-20', 'PED26-EXT-06'],
    },
    {
      id: 'CAM26-EXT-07',
      kind: 'obligation',
      enforce: 'notify',
      text: 'Reasonable efforts at a written notice to the people affected, on any of the same three triggers.',
      sameAs: ['XR26-EXT-21', 'PED26-EXT-07'],
    },
    {
      id: 'CAM26-EXT-08',
      kind: 'obligation',
      enforce: 'report',
      text: 'The NYC Chief Privacy Officer counts such disclosures each quarter, anonymized, in the report to the Speaker of the Council and online.',
      sameAs: ['XR26-EXT-22', 'PED26-EXT-08'],
    },
  ]),
];

export const DIGITAL_CAMERA_2026: PublishedEdition = {
  ...DIGITAL_CAMERA_2026_HEAD,
  sections,
};
