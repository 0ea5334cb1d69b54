import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clauseById } from '../../policies/editions/all-clauses.ts';
import { PUBLIC_TEXTS, ALL_TARGET_LABELS, TARGET_LABELS } from '../../policies/public-text.ts';
import { ruleClauses } from '../../policies/rule-clauses.ts';
import { UNDER_2026 } from './facts.ts';

const RULES = new URL('../../policies/rules/', import.meta.url);
const rules = readdirSync(RULES).map((file) => ({
  name: file.replace(/\.ts$/, ''),
  text: readFileSync(new URL(file, RULES), 'utf8'),
}));
const docstring = (text: string) => text.split('*/')[0] ?? '';

/** The ids a docstring cites, with 'XR26-USE-01 to USE-04' and 'XR26-ABS-02, ABS-03' written out. */
function cited(text: string): readonly string[] {
  const source =
    docstring(text)
      .split(/\n \* Source/)[1]
      ?.replace(/\n \*\s*/g, ' ') ?? '';
  let edition = '';
  const ids = [
    ...source.matchAll(
      /(?:((?:XR|PED|CAM|LPR)\d\d)-)?([A-Z]{3,4})-(\d\d)(?: to ([A-Z]{3,4})-(\d\d))?|(?:house|nyc|nysa|usc)-[a-z0-9-]+/g,
    ),
  ].flatMap((match) => {
    const [whole, prefix, family, first, , last] = match;
    if (!family) return [whole];
    edition = prefix ?? edition;
    const numbers = Array.from(
      { length: Number(last ?? first) - Number(first) + 1 },
      (_, index) => Number(first) + index,
    );
    return numbers.map((number) => `${edition}-${family}-${String(number).padStart(2, '0')}`);
  });
  return [...new Set(ids)].toSorted();
}

describe('the table of rules and clauses', () => {
  it('has a line for each rule, and no other', () => {
    expect(Object.keys(ruleClauses).toSorted()).toEqual(rules.map((rule) => rule.name).toSorted());
  });

  it.each(rules)('lists for $name what its docstring cites', ({ name, text }) => {
    expect([...(ruleClauses[name] ?? [])].toSorted()).toEqual(cited(text));
  });

  it.each(rules)('lists for $name every clause its code names', ({ name, text }) => {
    const named = [...text.matchAll(/'((?:(?:XR|PED|CAM|LPR)\d\d-[A-Z]{3,4}-\d\d)|(?:nyc|nysa)-[a-z0-9-]+)'/g)].map(
      ([, id]) => id!,
    );
    expect(named.filter((id) => !ruleClauses[name]?.includes(id))).toEqual([]);
  });

  it.each(Object.entries(ruleClauses))('%s holds clauses that exist', (_name, ids) => {
    expect(ids.filter((id) => !clauseById(id))).toEqual([]);
  });

  it.each(rules)('$name opens with its question, units, answers, faults and source', ({ text }) => {
    const opening = docstring(text);
    expect(opening).toMatch(/^\/\*\*\n \* [^\n]*\?\n \*\n/);
    expect(opening).toMatch(/\n \* Units {3}[\s\S]*\n \* Answers [\s\S]*\n \* Throws {2}[\s\S]*\n \* Source {2}/);
  });

  it.each(rules)('$name reaches for no clock, environment, network or dice', ({ text }) => {
    expect(text).not.toMatch(/Date\.now|new Date\(\)|Temporal\.Now|process\.|fetch\(|Math\.random|from 'node:/);
  });
});

describe('the texts people are shown', () => {
  it.each(PUBLIC_TEXTS.map((text) => [text.version, text] as const))(
    '%s has words and a clause behind it',
    (_version, text) => {
      expect(clauseById(text.clause)).toBeDefined();
      expect(text.paragraphs.join('').length).toBeGreaterThan(40);
    },
  );

  it('each have a version of their own', () => {
    expect(new Set(PUBLIC_TEXTS.map((text) => text.version)).size).toBe(PUBLIC_TEXTS.length);
  });

  it('XR26-AUD-03: say that the system is for official business and that misuse has penalties', () => {
    const notice = PUBLIC_TEXTS.find((text) => text.clause === 'XR26-AUD-03')?.paragraphs.join(' ');
    expect(notice).toMatch(/official business/);
    expect(notice).toMatch(/administrative penalties.*criminal/);
  });

  it('XR26-ABS-01: offer exactly the objects the edition permits, and name what is never allowed', () => {
    expect(Object.keys(TARGET_LABELS)).toEqual(UNDER_2026.edition.permittedTargets);
    expect(Object.keys(ALL_TARGET_LABELS)).toEqual([
      ...UNDER_2026.edition.permittedTargets,
      'person',
      'home',
      'building',
    ]);
  });
});
