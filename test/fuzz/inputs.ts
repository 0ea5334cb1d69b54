/** What nobody types by mistake and somebody types on purpose, for forms, paths, cookies and events. */
import fc from 'fast-check';

/** A seed for this run, printed so that a failure can be run again: FUZZ_SEED=… npx vitest run test/fuzz */
export const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2_147_483_647);

export const announceSeed = (what: string): void => console.log(`fuzz ${what}: FUZZ_SEED=${SEED}`);

const NASTY = [
  '',
  ' ',
  '\u0000',
  '\u0000\u0000\u0000',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '#',
  'a#b',
  '../../etc/passwd',
  '%00',
  '%',
  '%E0%A4%A',
  '<script>alert(1)</script>',
  "'; DROP TABLE records; --",
  '${jndi:ldap://x}',
  '{{7*7}}',
  '\r\nSet-Cookie: a=b',
  '\u202Etxet',
  '\uD83D\uDE00'.repeat(50),
  'İıß',
  'é',
  '\uFFFE\uFFFF',
  '-1',
  '0',
  'NaN',
  '1e309',
  '9'.repeat(400),
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  'yes',
  'no',
  'described',
  'truck',
  'person',
  'p-reyes',
  'p-ortiz',
  'x-ray-1',
  'role#auditor',
  'R-0000-0000',
];

export const WHEN = [
  '0000-01-01',
  '9999-12-31',
  '9999-12-31T25:61',
  '2026-02-29',
  '2026-13-01',
  '2026-11-01',
  '2026-03-08',
  '-271821-04-20',
  '+275760-09-13',
  '2026-11-25',
  '1969-12-31',
  '2026-W01-1',
  '２０２６-11-25',
  '00:00',
  '23:59',
  '24:00',
  '25:61',
  '02:30',
  '01:30',
  '23:59:60',
  '1:2',
  '12:00:00.000',
  '99:99',
];

/** One field's text: nasty, a time that is none, random unicode, or huge. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 3, arbitrary: fc.constantFrom(...WHEN) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1000, max: 9000 }).map((size) => 'x'.repeat(size)) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 1500 }).map((size) => '\u{1F4A3}'.repeat(size)) },
);

const STRANGE_NAMES = ['__proto__', 'constructor', 'form', 'form[]', '', 'a'.repeat(3000), 'startsAt', '\u0000'];

/** A form's fields, some missing, some twice, some that no form has; a few are as they should be. */
export function fieldsOf(
  names: readonly string[],
  lawful: Readonly<Record<string, string>> = {},
): fc.Arbitrary<readonly (readonly [string, string])[]> {
  const field = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(fc.constantFrom(...names), text) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...STRANGE_NAMES), text) },
  );
  const broken = fc.array(field, { maxLength: names.length + 6 });
  return fc.tuple(fc.boolean(), broken).map(([mostlyLawful, some]) => {
    const replaced = new Set(some.map(([name]) => name));
    return mostlyLawful ? [...Object.entries(lawful).filter(([name]) => !replaced.has(name)), ...some] : some;
  });
}

/** A JSON value of any shape, with names that objects should not have, and texts that are not well formed. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(
    fc.constantFrom('people', 'devices', 'trainings', 'by', 'requestId', 'decisionId', 'token', 'imageId', '__proto__'),
    fc.jsonValue({ maxDepth: 3 }),
  ),
);
