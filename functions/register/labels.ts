/** What the registers call things, and the fixed lists their forms offer. */
import { GROUNDS, RECIPIENTS, type GroundId, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import { DISCLOSURE_TYPES } from '../../policies/editions/disclosure-types.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import type { Exemption } from '../../policies/rules/disclosure-register.ts';
import type { RegisteredAccess } from './contract.ts';

export const TECHNOLOGIES: readonly { readonly id: Technology; readonly label: string }[] = [
  { id: 'mobile-x-ray', label: 'Mobile x-ray' },
  { id: 'portable-electronic-device', label: 'Portable electronic devices' },
  { id: 'digital-camera', label: 'Digital cameras' },
  { id: 'license-plate-reader', label: 'License plate readers' },
];

export const isTechnology = (id: string): id is Technology => TECHNOLOGIES.some((one) => one.id === id);

export const technologyLabel = (id: Technology): string => TECHNOLOGIES.find((one) => one.id === id)?.label ?? id;

export const recipientLabel = (kind: RecipientKind): string =>
  RECIPIENTS.find((one) => one.kind === kind)?.label ?? kind;

export const groundLabel = (id: GroundId): string => GROUNDS.find((one) => one.id === id)?.label ?? id;

/** A kind of disclosure in words; the number of a single disclosure as it is. */
export const coverLabel = (cover: string): string => DISCLOSURE_TYPES.find(({ id }) => id === cover)?.label ?? cover;

export const LEVEL_LABELS: Readonly<Record<RegisteredAccess['level'], string>> = {
  local: 'Local',
  state: 'State',
  federal: 'Federal',
  'other-state': 'Another state',
};

export const REACH_LABELS: Readonly<Record<RegisteredAccess['facts']['reaches'], string>> = {
  'one-plate-search': 'A search for one plate at a time',
  'named-system': 'One named system',
  'domain-awareness-system': 'The Domain Awareness System',
};

/** Why a provision is logged and is no row of the statutory register. */
export const EXEMPTION_LABELS: Readonly<Record<Exemption, string>> = {
  'before-the-duty': 'Given before the duty began',
  'inside-the-department': 'Stayed inside the department',
  'freedom-of-information': 'Given under the Freedom of Information Law',
  'press-or-media': 'Given to press or media',
  'academic-research': 'Given for academic research',
  'other-government': 'Given to another government',
  'criminal-task-force':
    'Given to further a criminal investigation, to a task force with members of ICE or CBP that the department does not control alone',
};
