import { describe, expect, it } from 'vitest';
import { plusDays } from '../../../policies/calendar-date.ts';
import { clauseIn, mustSay } from '../../../policies/clause-in.ts';
import { ALL_CLAUSES, clauseById, twins } from '../../../policies/editions/all-clauses.ts';
import { clausesOf, editionInForce, EDITIONS, policyInForce } from '../../../policies/editions/index.ts';
import { xrayEditionById } from '../../../policies/editions/x-ray.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { FactMalformed } from '../../../policies/faults.ts';
import { instantOf } from '../../../policies/instant.ts';
import { agrees, microrem } from '../../../policies/radiation.ts';
import { day, UNDER_2021, UNDER_2026 } from '../facts.ts';

const edition2021 = UNDER_2021.edition;
const edition2026 = UNDER_2026.edition;

describe('the edition in force', () => {
  it.each([
    ['2021-04-11', 'xray-2021'],
    ['2026-02-03', 'xray-2021'],
    ['2026-02-04', 'xray-2026'],
    ['2030-01-01', 'xray-2026'],
  ])('XR26-REV-02, XR21-REV-01: on %s it is %s', (date, id) => {
    expect(editionInForce('mobile-x-ray', day(date))?.id).toBe(id);
  });

  it('XR21-REV-01: before the first edition there is none', () => {
    expect(editionInForce('mobile-x-ray', day('2021-04-10'))).toBeUndefined();
    expect(policyInForce('mobile-x-ray', instantOf('2021-04-11T03:59:59Z'))).toBeUndefined();
  });

  it('XR26-REV-02: changes at midnight in New York, not in Greenwich', () => {
    expect(policyInForce('mobile-x-ray', instantOf('2026-02-04T04:59:59.999Z'))?.edition.id).toBe('xray-2021');
    expect(policyInForce('mobile-x-ray', instantOf('2026-02-04T05:00:00.000Z'))?.edition.id).toBe('xray-2026');
  });

  it('follows the one before it without a gap', () => {
    for (const [index, edition] of EDITIONS.entries()) {
      const next = EDITIONS[index + 1];
      expect(edition.until).toBe(next && plusDays(next.from, -1));
    }
  });

  it('is found by its id', () => {
    expect(xrayEditionById('xray-2021')).toBe(edition2021);
  });
});

describe('the clauses', () => {
  it('each have an id of their own', () => {
    expect(new Set(ALL_CLAUSES.map((clause) => clause.id)).size).toBe(ALL_CLAUSES.length);
  });

  it('hold the families of both editions that are in scope', () => {
    const counts = (clauses: readonly { id: string }[]) =>
      Object.fromEntries(
        Object.entries(Object.groupBy(clauses, (clause) => clause.id.slice(5, -3))).map(([family, of]) => [
          family,
          of!.length,
        ]),
      );
    expect(counts(clausesOf(edition2026))).toEqual({
      REV: 2,
      ABS: 3,
      CAP: 5,
      USE: 16,
      SAFE: 17,
      RET: 4,
      EXT: 22,
      TRN: 1,
      AUD: 1,
      HLT: 5,
      DSP: 5,
    });
    expect(counts(clausesOf(edition2021))).toEqual({
      REV: 1,
      ABS: 2,
      CAP: 2,
      USE: 6,
      SAFE: 2,
      RET: 1,
      EXT: 10,
      TRN: 1,
      AUD: 1,
      HLT: 2,
      DSP: 3,
    });
  });

  it.each(ALL_CLAUSES.map((clause) => [clause.id, clause] as const))(
    '%s says something and where it comes from',
    (_id, clause) => {
      expect(clause.text.length).toBeGreaterThan(20);
      expect(clause.text).toMatch(/\.\)?$/);
      expect(clause.cite).not.toBe('');
      expect(clauseById(clause.id)).toBe(clause);
    },
  );

  it('of an edition bind from its first day to its last', () => {
    for (const edition of EDITIONS) {
      for (const clause of clausesOf(edition))
        expect([clause.from, clause.until]).toEqual([edition.from, edition.until]);
    }
  });

  it('name twins that exist, in another edition', () => {
    for (const edition of EDITIONS) {
      const own = new Set(clausesOf(edition).map((clause) => clause.id));
      for (const clause of clausesOf(edition)) {
        for (const twin of clause.sameAs) {
          expect(clauseById(twin), `${clause.id} names ${twin}`).toBeDefined();
          expect(own.has(twin)).toBe(false);
        }
      }
    }
  });

  it('are twins both ways, and not through a clause that restates several', () => {
    expect(twins('XR26-USE-05')).toEqual(['XR21-USE-02']);
    expect(twins('XR21-USE-02')).toContain('XR26-USE-05');
    expect(twins('XR26-USE-05')).not.toContain('XR26-USE-09');
    expect(twins('XR26-USE-06')).toEqual(['XR21-EXT-01', 'XR21-USE-02']);
    expect(twins('XR26-USE-12')).toEqual([]);
    expect(twins('no-such-clause')).toEqual([]);
  });
});

describe('what an edition says', () => {
  it.each([
    ['XR26-USE-05', 'XR21-USE-02'],
    ['XR26-SAFE-17', 'XR21-SAFE-02'],
    ['XR26-SAFE-04', 'XR21-SAFE-01'],
    ['XR26-HLT-02', 'XR21-HLT-01'],
  ])('in 2021 for %s is %s', (id, twin) => {
    expect(clauseIn(edition2021, id)).toBe(twin);
    expect(clauseIn(edition2026, id)).toBe(id);
  });

  it.each(['XR26-ABS-02', 'XR26-CAP-05', 'XR26-USE-12', 'XR26-USE-13', 'XR26-USE-14', 'XR26-USE-16', 'XR26-EXT-01'])(
    'in 2021 holds nothing for %s, which 2026 added or changed',
    (id) => {
      expect(clauseIn(edition2021, id)).toBeUndefined();
      expect(() => mustSay(edition2021, id)).toThrow(FactMalformed);
    },
  );
});

describe('the tables of the editions', () => {
  it('XR26-REV-01: are eight rows that 2026 prints again from 2021, and describe the 2021 draft', () => {
    expect(edition2026.changes.rows).toHaveLength(8);
    expect(edition2026.changes.rows).toEqual(edition2021.changes.rows);
    expect(edition2026.changes.describes).toBe('xray-2021');
  });

  it('XR26-REV-02, XR21-REV-01: hold one revision in 2026, for Local Law 56 of 2025, and none in 2021', () => {
    expect(edition2026.revisions).toEqual([
      { date: '2026-02-04', description: expect.stringContaining('Local Law 56 of 2025') },
    ]);
    expect(edition2021.revisions).toEqual([]);
  });

  it('XR26-USE-11, XR21-USE-03: rest a use on the special-needs exception', () => {
    expect(edition2026.legalBasis).toEqual({ kind: 'special-needs-exception', clause: 'XR26-USE-11' });
    expect(edition2021.legalBasis).toEqual({ kind: 'special-needs-exception', clause: 'XR21-USE-03' });
  });

  it('XR26-DSP-01, XR21-DSP-01: mark "impartial" as a slip of 2021 only', () => {
    expect(edition2021.slips.map((slip) => slip.printed)).toContain('impartial');
    expect(edition2026.slips.map((slip) => slip.printed)).not.toContain('impartial');
    expect(clauseById('XR26-DSP-01')?.text).toContain('partial and biased');
  });

  it('XR26-HLT-03, XR21-HLT-02: say "not used on people" beside the comparisons in 2026 only', () => {
    expect(clauseById('XR26-HLT-03')?.text).toMatch(
      /Though it is not used on people.*short flight.*Rocky Mountains.*trivial/,
    );
    expect(clauseById('XR21-HLT-02')?.text).toMatch(/without the 2026 words/);
  });

  it('XR26-CAP-01: describe reflected low-energy x-ray, a wired monitor and a limited range', () => {
    expect(clauseById('XR26-CAP-01')?.text).toMatch(/low-energy.*reflected.*wired.*range is limited/);
  });
});

describe('the printed doses', () => {
  const pairs = EDITIONS.flatMap((edition) =>
    edition.doses.flatMap((dose) =>
      [dose.upper, dose.lower].map((printed) => [edition.id, dose.feet, printed] as const),
    ),
  );

  it.each([
    [0.016, 16],
    [0.009, 9],
    [0.004, 4],
    [0.003, 3],
    [0, 0],
    [1, 1000],
  ])('XR26-HLT-04: %d mrem is %d urem', (mrem, urem) => {
    expect(microrem(mrem)).toBe(urem);
  });

  it.each(pairs)(
    'XR26-HLT-04, XR26-HLT-05: %s at %i feet marks a pair as consistent exactly when it is: %j',
    (_edition, _feet, dose) => {
      expect(agrees(dose)).toBe(dose.consistent);
      expect(dose.note === undefined).toBe(dose.consistent);
    },
  );

  it('XR26-HLT-04, XR26-HLT-05: are shown as published, not corrected', () => {
    const [five, ten] = edition2026.doses;
    expect(five?.lower).toMatchObject({ mrem: 0.009, printed: { amount: 3, unit: 'urem' }, consistent: false });
    expect(ten?.lower).toMatchObject({ mrem: 0.003, printed: { amount: 0.3, unit: 'uR' }, consistent: false });
  });

  it('XR21-HLT-01: are equal in both editions, and carry the same notes', () => {
    const bare = (edition: typeof edition2026) => edition.doses.map(({ clause: _clause, ...figure }) => figure);
    expect(bare(edition2021)).toEqual(bare(edition2026));
  });
});

describe('the numbers of the house', () => {
  it("are marked as the house's own and cite their decision record", () => {
    for (const clause of Object.values(HOUSE)) {
      expect(clause.authority).toBe('house');
      expect(clause.id).toMatch(/^house-/);
      expect(clause.cite).toBe('docs/adr/0006-house-numbers.md');
    }
  });

  it.each(
    Object.values(HOUSE)
      .filter((clause) => !('bytes' in clause))
      .flatMap((clause) =>
        Object.entries(clause).flatMap(([unit, value]) =>
          typeof value === 'number' && value > 0 ? [[clause.id, unit, value, clause.text] as const] : [],
        ),
      ),
  )('%s says in words what it says in %s: %d', (_id, _unit, value, text) => {
    const inWords = [...text.matchAll(/\d[\d,]*/g)].map(([number]) => Number(number.replaceAll(',', '')));
    expect(inWords).toContain(value);
  });

  it('let a file have 500 MB, decimal', () => {
    expect(HOUSE.largestImage.bytes).toBe(500 * 1000 * 1000);
  });
});
