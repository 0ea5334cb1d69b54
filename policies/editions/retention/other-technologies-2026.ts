/** How long the policies of 2026 on portable devices, digital cameras and plate readers keep what is collected. */
import { section } from '../edition.ts';
import { DIGITAL_CAMERA_2026_OF, PLATE_READER_2026_OF, PORTABLE_DEVICE_2026_OF } from '../heads.ts';
import { RETENTION } from './section.ts';

const BY_SCHEDULE = ['XR26-RET-05', 'XR26-RET-06', 'XR26-RET-07'];
const AS_X_RAY =
  'As for mobile x-ray: the schedule under Charter section 1133(f), (g) and (h) governs, the class follows the final disposition, and a case is closed only on exhausted appeals, settlement, no arrest, or restitution no longer sought.';

export const PORTABLE_DEVICE_2026_RETENTION = section(PORTABLE_DEVICE_2026_OF, RETENTION.id, RETENTION.title, [
  {
    id: 'PED26-RET-01',
    kind: 'capability-fact',
    enforce: 'notify',
    text: 'A portable device keeps its recordings itself. When it is full it records nothing more until memory is cleared, so nothing is overwritten.',
  },
  {
    id: 'PED26-RET-02',
    kind: 'prohibition',
    enforce: 'gate',
    text: 'The augmented reality application shows data that exists already. It records, stores, keeps and creates none.',
  },
  {
    id: 'PED26-RET-03',
    kind: 'prohibition',
    enforce: 'gate',
    text: 'Data of portable devices serves legitimate law enforcement or other official business only; what matters to an investigation is kept in an appropriate system.',
    sameAs: ['XR26-RET-04'],
  },
  { id: 'PED26-RET-04', kind: 'retention', enforce: 'clock', text: AS_X_RAY, sameAs: BY_SCHEDULE },
]);

export const DIGITAL_CAMERA_2026_RETENTION = section(DIGITAL_CAMERA_2026_OF, RETENTION.id, RETENTION.title, [
  {
    id: 'CAM26-RET-01',
    kind: 'capability-fact',
    enforce: 'notify',
    text: 'Images stay on the camera or its card. When memory is full no image can be made until it is cleared, so nothing is overwritten.',
  },
  {
    id: 'CAM26-RET-02',
    kind: 'permission',
    enforce: 'record',
    text: 'Relevant images may be downloaded and kept in the appropriate computer or case management system.',
  },
  {
    id: 'CAM26-RET-03',
    kind: 'prohibition',
    enforce: 'gate',
    text: 'Images of digital cameras serve legitimate law enforcement or other official business only.',
    sameAs: ['XR26-RET-04'],
  },
  { id: 'CAM26-RET-04', kind: 'retention', enforce: 'clock', text: AS_X_RAY, sameAs: [...BY_SCHEDULE, 'PED26-RET-04'] },
]);

/** What is searched for among plate reads (RET-01 to 06) joins when the system takes searches on. */
export const PLATE_READER_2026_RETENTION = section(PLATE_READER_2026_OF, RETENTION.id, RETENTION.title, [
  {
    id: 'LPR26-RET-07',
    kind: 'retention',
    enforce: 'clock',
    text: 'What plate readers collect is kept for 5 years. From when, and what holds for results of the commercial repository, is not said.',
  },
  {
    id: 'LPR26-RET-08',
    kind: 'retention',
    enforce: 'clock',
    text: 'Besides the five years, the schedule under Charter section 1133(f), (g) and (h) governs, the class follows the final disposition, and a case is closed only on one of the same four grounds.',
    sameAs: BY_SCHEDULE,
  },
]);
