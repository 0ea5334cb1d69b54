/**
 * Kinds of disclosure, as pre-approvals and routine designations name them. The law gives no list; this is the house's,
 * so that an approval in advance covers something that can be told apart.
 *
 * Source  nyc-23-1202-c-2-a, nyc-23-1202-c-2-b; house-kinds-of-disclosure
 */
export const DISCLOSURE_TYPES = [
  { id: 'evidence-for-prosecution', label: 'Evidence for a prosecution, on to the defence under discovery law' },
  { id: 'investigative-lead', label: 'A lead or evidence for another investigation' },
  { id: 'civil-litigation', label: 'Material for civil litigation' },
  { id: 'disciplinary-proceeding', label: 'Material for a disciplinary proceeding' },
  { id: 'welfare-of-a-person', label: 'Material on the welfare of a minor or incompetent person' },
  { id: 'appeal-to-the-public', label: 'An appeal to the public, or word of an incident' },
  { id: 'answer-to-the-person', label: 'What the department holds on the person who asks' },
  { id: 'service-of-equipment', label: 'Service, repair or testing of equipment' },
  { id: 'plate-search', label: 'The result of a search for one plate' },
  { id: 'duty-of-another-unit', label: 'A lawful duty of another unit of the department' },
  { id: 'statistics', label: 'Numbers that identify nobody' },
  { id: 'other', label: 'Something else' },
] as const;

export type DisclosureType = (typeof DISCLOSURE_TYPES)[number]['id'];

export const isDisclosureType = (id: string): id is DisclosureType => DISCLOSURE_TYPES.some((one) => one.id === id);
