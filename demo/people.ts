/**
 * Demonstration people. None is real. Between them they walk the whole main job, and show who is refused: a lieutenant
 * may not ask, an operator may not decide.
 */
import type { Role } from '../policies/roles.ts';

export interface DemoPerson {
  readonly personId: string;
  readonly directoryName: string;
  readonly name: string;
  readonly uniformed: boolean;
  readonly rank: string;
  readonly bureau: string;
  readonly command: string;
  readonly roles: readonly Role[];
  readonly rotaOrder?: number;
  readonly privacyOffice?: {
    readonly office: 'agency-privacy-officer' | 'deputy';
    readonly heldFrom: string;
    readonly namedBy?: string;
  };
  /** What the sign-in page says beside the name. */
  readonly title: string;
}

const CTB = 'counterterrorism-bureau';

export const PEOPLE: readonly DemoPerson[] = [
  {
    personId: 'p-reyes',
    directoryName: 'dreyes',
    name: 'Dana Reyes',
    title: 'Captain, asks',
    uniformed: true,
    rank: 'captain',
    bureau: 'patrol-borough-manhattan-south',
    command: 'Midtown South Precinct',
    roles: ['member', 'executive'],
  },
  {
    personId: 'p-lee',
    directoryName: 'mlee',
    name: 'Morgan Lee',
    title: 'Deputy Inspector, Counterterrorism: decides first',
    uniformed: true,
    rank: 'deputy-inspector',
    bureau: CTB,
    command: 'Counterterrorism Bureau',
    roles: ['member', 'executive', 'ctb-executive'],
    rotaOrder: 1,
  },
  {
    personId: 'p-shah',
    directoryName: 'pshah',
    name: 'Priya Shah',
    title: 'Inspector, Counterterrorism: decides next',
    uniformed: true,
    rank: 'inspector',
    bureau: CTB,
    command: 'Counterterrorism Bureau',
    roles: ['member', 'executive', 'ctb-executive'],
    rotaOrder: 2,
  },
  {
    personId: 'p-brandt',
    directoryName: 'jbrandt',
    name: 'Jo Brandt',
    title: 'Captain, Counterterrorism: commander who assigns',
    uniformed: true,
    rank: 'captain',
    bureau: CTB,
    command: 'Counterterrorism Bureau',
    roles: ['member', 'executive', 'ctb-commander'],
  },
  {
    personId: 'p-ortiz',
    directoryName: 'sortiz',
    name: 'Sam Ortiz',
    title: 'Detective, Counterterrorism: operates',
    uniformed: true,
    rank: 'detective',
    bureau: CTB,
    command: 'Counterterrorism Bureau',
    roles: ['member', 'ctb-operator', 'investigator'],
  },
  {
    personId: 'p-kim',
    directoryName: 'akim',
    name: 'Alex Kim',
    title: 'Detective, Counterterrorism: operates too',
    uniformed: true,
    rank: 'detective',
    bureau: CTB,
    command: 'Counterterrorism Bureau',
    roles: ['member', 'ctb-operator'],
  },
  {
    personId: 'p-wu',
    directoryName: 'cwu',
    name: 'Casey Wu',
    title: 'Sergeant, Counterterrorism: inspects devices, records training',
    uniformed: true,
    rank: 'sergeant',
    bureau: CTB,
    command: 'Counterterrorism Bureau',
    roles: ['member', 'supervisor', 'device-custodian', 'training-officer'],
  },
  {
    personId: 'p-novak',
    directoryName: 'tnovak',
    name: 'Terry Novak',
    title: 'Lieutenant: may not ask',
    uniformed: true,
    rank: 'lieutenant',
    bureau: 'patrol-borough-manhattan-south',
    command: 'Midtown South Precinct',
    roles: ['member'],
  },
  {
    personId: 'p-hale',
    directoryName: 'rhale',
    name: 'Robin Hale',
    title: 'Confirms outside entities',
    uniformed: false,
    rank: 'civilian',
    bureau: CTB,
    command: 'Counterterrorism Bureau',
    roles: ['member', 'external-intake'],
  },
  {
    personId: 'p-stone',
    directoryName: 'astone',
    name: 'Avery Stone',
    title: 'Auditor',
    uniformed: false,
    rank: 'civilian',
    bureau: 'legal-bureau',
    command: 'Legal Bureau',
    roles: ['member', 'auditor'],
  },
  {
    personId: 'p-okafor',
    directoryName: 'eokafor',
    name: 'Ebere Okafor',
    title: 'Agency Privacy Officer',
    uniformed: false,
    rank: 'civilian',
    bureau: 'legal-bureau',
    command: 'Legal Bureau',
    roles: ['member', 'privacy-officer'],
    rotaOrder: 1,
    privacyOffice: { office: 'agency-privacy-officer', heldFrom: '2024-01-02T05:00:00.000Z' },
  },
  {
    personId: 'p-adler',
    directoryName: 'nadler',
    name: 'Noa Adler',
    title: 'Deputy privacy officer',
    uniformed: false,
    rank: 'civilian',
    bureau: 'legal-bureau',
    command: 'Legal Bureau',
    roles: ['member', 'privacy-officer'],
    rotaOrder: 2,
    privacyOffice: { office: 'deputy', heldFrom: '2024-01-02T05:00:00.000Z', namedBy: 'p-okafor' },
  },
  {
    personId: 'p-grant',
    directoryName: 'hgrant',
    name: 'Harper Grant',
    title: 'Chief of the Legal Bureau',
    uniformed: false,
    rank: 'civilian',
    bureau: 'legal-bureau',
    command: 'Legal Bureau',
    roles: ['member', 'legal-bureau-chief'],
  },
  {
    personId: 'p-ruiz',
    directoryName: 'lruiz',
    name: 'Lou Ruiz',
    title: 'System administrator',
    uniformed: false,
    rank: 'civilian',
    bureau: 'information-technology-bureau',
    command: 'Information Technology Bureau',
    roles: ['member', 'system-administrator', 'personnel-officer'],
  },
  {
    personId: 'p-vance',
    directoryName: 'rvance',
    name: 'Robin Vance',
    title: 'Records officer: answers for retention, signs for the department',
    uniformed: false,
    rank: 'civilian',
    bureau: 'support-services-bureau',
    command: 'Records Management',
    roles: ['member', 'records-officer'],
  },
  {
    personId: 'p-dunne',
    directoryName: 'kdunne',
    name: 'Kit Dunne',
    title: 'Records officer: the second person',
    uniformed: false,
    rank: 'civilian',
    bureau: 'support-services-bureau',
    command: 'Records Management',
    roles: ['member', 'records-officer'],
  },
  {
    personId: 'p-moreau',
    directoryName: 'cmoreau',
    name: 'Claude Moreau',
    title: 'Law Department: signs for the Corporation Counsel',
    uniformed: false,
    rank: 'civilian',
    bureau: 'law-department',
    command: 'Law Department',
    roles: ['law-department'],
  },
  {
    personId: 'p-ito',
    directoryName: 'nito',
    name: 'Noor Ito',
    title: 'Department of Records: signs for its commissioner',
    uniformed: false,
    rank: 'civilian',
    bureau: 'records-department',
    command: 'Department of Records and Information Services',
    roles: ['records-commissioner'],
  },
];

export const mailOf = (person: Pick<DemoPerson, 'directoryName'>): string => `${person.directoryName}@example.gov`;
