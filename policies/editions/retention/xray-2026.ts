/** How long the mobile x-ray policy of 2026 keeps records: by an approved schedule, and no longer by periods in print. */
import { section } from '../edition.ts';
import { XRAY_2026_OF } from '../heads.ts';
import { RETENTION } from './section.ts';

export const XRAY_2026_RETENTION = section(XRAY_2026_OF, RETENTION.id, RETENTION.title, [
  {
    id: 'XR26-RET-05',
    kind: 'retention',
    enforce: 'configuration',
    text: 'Records are kept and disposed of under Charter section 1133(f), (g) and (h), by a schedule that the department developed and the Law Department and the Department of Records and Information Services approved. No period is printed where 2021 printed them.',
  },
  {
    id: 'XR26-RET-06',
    kind: 'retention',
    enforce: 'clock',
    text: 'How long the record of a case is kept depends on its class, and the class on its final disposition: what was convicted of or pleaded to, and not what was charged.',
  },
  {
    id: 'XR26-RET-07',
    kind: 'retention',
    enforce: 'clock',
    text: 'A case is not closed, and no clock runs, until the prosecution is over and appeals are exhausted, there is a settlement, there was no arrest, or restitution is no longer sought.',
  },
]);
