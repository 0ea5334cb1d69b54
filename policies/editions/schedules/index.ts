/** The schedules that are printed in policies. An approved one is loaded by people, and kept among the records. */
import type { Schedule } from '../../retention.ts';
import { SCHEDULE_PLATE_READER_2026 } from './plate-reader-2026.ts';
import { SCHEDULE_XRAY_2021 } from './xray-2021.ts';

export { SCHEDULE_PLATE_READER_2026 } from './plate-reader-2026.ts';
export { SCHEDULE_XRAY_2021 } from './xray-2021.ts';

export const schedules: readonly Schedule[] = [SCHEDULE_XRAY_2021, SCHEDULE_PLATE_READER_2026];
