/**
 * What a kept image may be opened for. The same in both editions; wider than what the device may be
 * used for, which leaves out other official business.
 *
 * Source  XR26-RET-04, XR21-RET-01
 */
export const VIEW_PURPOSES = [
  { id: 'criminal-investigation', label: 'A criminal investigation', belongsToCase: true },
  { id: 'civil-litigation', label: 'Civil litigation', belongsToCase: true },
  { id: 'disciplinary-proceeding', label: 'A disciplinary proceeding', belongsToCase: true },
  { id: 'other-law-enforcement', label: 'Another legitimate law enforcement purpose', belongsToCase: false },
  { id: 'other-official-business', label: 'Other official business of the department', belongsToCase: false },
] as const;

export type ViewPurpose = (typeof VIEW_PURPOSES)[number]['id'];
