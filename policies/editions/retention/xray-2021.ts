/**
 * How long the mobile x-ray policy of 2021 keeps records: the only one of the five that prints periods. Each class is
 * also an entry of schedules/xray-2021.ts, which is what rules reckon with; here is what is shown.
 */
import { section } from '../edition.ts';
import { XRAY_2021_OF } from '../heads.ts';
import { RETENTION } from './section.ts';

export const XRAY_2021_RETENTION = section(XRAY_2021_OF, RETENTION.id, RETENTION.title, [
  {
    id: 'XR21-RET-02',
    kind: 'retention',
    enforce: 'configuration',
    text: "Periods are minimums. They come from the State's Retention and Disposition Schedule for New York Local Government Records, issued each year, and the City's Supplemental Schedule, issued by the Department of Records and Information Services with the Law Department.",
  },
  {
    id: 'XR21-RET-03',
    kind: 'retention',
    enforce: 'clock',
    text: 'The class follows the final disposition. A case is closed on exhausted appeals, settlement, no arrest, or restitution no longer sought, and on nothing else.',
    sameAs: ['XR26-RET-06', 'XR26-RET-07'],
  },
  {
    id: 'XR21-RET-04',
    kind: 'retention',
    enforce: 'immutable',
    text: 'Kept permanently: homicide; suicide; arson in the first, second or third degree; missing person, until located; aggravated sexual assault in the first degree; course of sexual conduct against a child in the first degree; active warrant; stolen or missing firearm, until recovered or destroyed.',
  },
  {
    id: 'XR21-RET-05',
    kind: 'retention',
    enforce: 'clock',
    text: 'At least 10 years after closing: arson in the fourth degree, for which the 25 years of other felonies do not count, or "non-fatal (including vehicular accidents)", where the noun is missing in print.',
  },
  {
    id: 'XR21-RET-06',
    kind: 'retention',
    enforce: 'clock',
    text: 'At least 25 years after closing: a felony that no other class takes in.',
  },
  {
    id: 'XR21-RET-07',
    kind: 'retention',
    enforce: 'clock',
    text: 'At least 5 years after closing: a misdemeanor.',
  },
  {
    id: 'XR21-RET-08',
    kind: 'retention',
    enforce: 'clock',
    text: 'At least 1 year after closing: a violation or traffic infraction.',
  },
  {
    id: 'XR21-RET-09',
    kind: 'retention',
    enforce: 'clock',
    text: 'An offense against a child under the Child Victims Act: until the child is at least 55, except the two of them that are permanent.',
  },
  {
    id: 'XR21-RET-10',
    kind: 'retention',
    enforce: 'clock',
    text: 'At least 5 years after closing: the investigation shows that no offense was committed by an adult.',
  },
  {
    id: 'XR21-RET-11',
    kind: 'retention',
    enforce: 'clock',
    text: 'A juvenile, with no arrest or no offense: at least 1 year after turning 18. The clock is the birthday and not the closing.',
  },
  {
    id: 'XR21-RET-12',
    kind: 'retention',
    enforce: 'clock',
    text: 'Data files on criminals and suspects: the shorter of at least 5 years after death, and 90 years after birth provided that there was no arrest in the last 5 years.',
  },
  {
    id: 'XR21-RET-13',
    kind: 'retention',
    enforce: 'clock',
    text: 'Data files on victims, relatives, witnesses and other associated persons: as long as the record of the related case, or as part of it.',
  },
]);
