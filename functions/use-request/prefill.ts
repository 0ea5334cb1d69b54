/**
 * A request form filled in from its address, such as a dispatch system's link. It only fills in fields that the visitor
 * then sees, may change and sends. What a person must weigh (the attestation, and the questions about people) is never
 * taken from an address, so that nobody answers it by following a link.
 */
import { epochMs, nyDate, NEW_YORK, plusMinutes, type Instant } from '../../policies/instant.ts';
import { formOfFields, type Form } from '../edge/form.ts';
import { MOST_CHARACTERS } from './too-long.ts';

const FROM_ADDRESS = [
  'targetKind',
  'similarObject',
  'targetDescription',
  'location',
  'nearPublicStreet',
  'startsAtDate',
  'startsAtTime',
  'endsAtDate',
  'endsAtTime',
  'graveRisk',
  'purpose',
  'lawEnforcementReason',
  'eventName',
  'elevatedThreatReason',
  'publicKeptOutHow',
];

const MOST_MINUTES = 60 * 24 * 365;

/**
 * The form that an address asks for, or undefined when it asks for none. `startsInMinutes` and `forMinutes`, whole
 * minutes, stand for a time from `now` on, so that a link need not name a day.
 */
export function filledFrom(asked: URLSearchParams, now: Instant): Form | undefined {
  const fields = new URLSearchParams();
  for (const name of FROM_ADDRESS) {
    const given = asked.get(name);
    if (given) fields.set(name, given.slice(0, MOST_CHARACTERS));
  }
  const startsIn = minutesIn(asked.get('startsInMinutes'));
  if (startsIn !== undefined) {
    const startsAt = plusMinutes(now, startsIn);
    setTime(fields, 'startsAt', startsAt);
    const lasts = minutesIn(asked.get('forMinutes'));
    if (lasts !== undefined) setTime(fields, 'endsAt', plusMinutes(startsAt, lasts));
  }
  return fields.size > 0 ? formOfFields(fields) : undefined;
}

function minutesIn(text: string | null): number | undefined {
  return text && /^\d{1,6}$/.test(text) && Number(text) <= MOST_MINUTES ? Number(text) : undefined;
}

const NEW_YORK_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: NEW_YORK,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** To the full minute after it: a start that the form rounded down could lie in the past. */
function setTime(fields: URLSearchParams, name: string, at: Instant): void {
  const minute = plusMinutes(at, epochMs(at) % 60_000 === 0 ? 0 : 1);
  fields.set(`${name}Date`, nyDate(minute));
  fields.set(`${name}Time`, NEW_YORK_TIME.format(new Date(minute)));
}
