/** How an outside agency's access gets into the register: allowed, refused, recorded as one that must end, or stopped. */
import { describe, expect, it } from 'vitest';
import { IMMIGRATION_PURPOSES } from '../../../policies/editions/disclosure-grounds.ts';
import { PUBLISHED_EDITIONS } from '../../../policies/editions/index.ts';
import {
  dayThatJudges,
  howAccessIsRecorded,
  type AccessToRecord,
} from '../../../policies/rules/how-access-is-recorded.ts';
import { momentOf, under } from '../disclosure-facts.ts';
import { day, NOW } from '../facts.ts';

const NO = { furthers: 'no', recipientEnforces: false } as const;
const newJersey: AccessToRecord = {
  access: {
    accessId: 'SA-1',
    agency: 'new-jersey',
    system: 'a search',
    reaches: 'one-plate-search',
    forImmigrationEnforcement: false,
  },
  immigration: NO,
  existing: false,
};
const agency: AccessToRecord = {
  ...newJersey,
  access: {
    ...newJersey.access,
    agency: 'other-government',
    reaches: 'named-system',
    agreement: {
      agreementId: 'AG-1',
      keepsConfidential: true,
      limitsFurtherDisclosure: true,
      tellsOfLegalProcess: true,
    },
  },
};
const recorded = (of: AccessToRecord, editionId: string) =>
  howAccessIsRecorded(of, { policy: under(editionId), current: under(editionId) }, momentOf(editionId));

describe('an outside agency’s access', () => {
  it('LPR26-EXT-01, nyc-14-188-g-2: of New Jersey to one plate is allowed, and a row', () => {
    expect(recorded(newJersey, 'plate-reader-2026')).toMatchObject({
      kind: 'record',
      allowed: true,
      clauses: expect.arrayContaining(['LPR26-EXT-01', 'nyc-14-188-g-2']),
    });
  });

  it.each(PUBLISHED_EDITIONS.filter(({ id }) => id !== 'xray-2021').map(({ id }) => id))(
    'XR26-EXT-01: of another agency is refused under %s, and can be recorded as one that must end',
    (id) => {
      expect(recorded(agency, id)).toMatchObject({ kind: 'refused' });
      const existing = recorded({ ...agency, existing: true }, id);
      expect(existing).toMatchObject({
        kind: 'record',
        allowed: false,
        clauses: expect.arrayContaining(['nyc-14-188-g-2']),
      });
      expect(existing.because.length).toBeGreaterThan(0);
    },
  );

  it('XR21-EXT-05: by an agreement with its three terms was allowed under the edition of 2021', () => {
    expect(recorded(agency, 'xray-2021')).toMatchObject({ kind: 'record', allowed: true });
  });

  it.each(PUBLISHED_EDITIONS.flatMap(({ id }) => IMMIGRATION_PURPOSES.map((purpose) => [id, purpose.id] as const)))(
    'XR26-EXT-06, nyc-10-178-d: under %s for %s is stopped, whatever else is said of it',
    (id, furthers) => {
      for (const of of [newJersey, agency, { ...agency, existing: true }])
        expect(recorded({ ...of, immigration: { ...NO, furthers } }, id)).toMatchObject({ kind: 'stop' });
    },
  );

  it('XR26-EXT-06: of someone who enforces immigration law is stopped unless another purpose is stated', () => {
    const enforces = { ...NO, recipientEnforces: true };
    expect(recorded({ ...newJersey, immigration: enforces }, 'plate-reader-2026').kind).toBe('stop');
    const stated = { ...enforces, otherPurpose: 'searches for stolen vehicles only' };
    expect(recorded({ ...newJersey, immigration: stated }, 'plate-reader-2026').kind).toBe('record');
  });

  it('XR26-EXT-06: is refused while the question is not answered', () => {
    expect(recorded({ ...newJersey, immigration: { ...NO, furthers: 'unanswered' } }, 'plate-reader-2026').kind).toBe(
      'refused',
    );
  });

  it('is judged by its last day, or by today while it is open', () => {
    const today = day('2026-11-24');
    expect(dayThatJudges(undefined, today)).toBe(today);
    expect(dayThatJudges(day('2027-01-01'), today)).toBe(today);
    expect(dayThatJudges(day('2025-01-01'), today)).toBe('2025-01-01');
    expect(NOW.slice(0, 10)).toBe(today);
  });
});
