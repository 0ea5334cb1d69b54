/** What helps immigration enforcement, or might, with anything in every other field; for tests that try it all ways. */
import fc from 'fast-check';
import type { DisclosureAskedDraft } from '../../../functions/disclosure/open-disclosure.ts';
import { GROUNDS, IMMIGRATION_PURPOSES, RECIPIENTS } from '../../../policies/editions/disclosure-grounds.ts';
import { DISCLOSURE_TYPES } from '../../../policies/editions/disclosure-types.ts';
import { evidenceOf, recipientOf } from '../../policies/disclosure-facts.ts';
import { NOW } from '../../policies/facts.ts';
import { AGREEMENT } from './office.ts';

export const PURPOSES = IMMIGRATION_PURPOSES.map(({ id }) => id);
export const KINDS = RECIPIENTS.map(({ kind }) => kind);
const TECHNOLOGIES = ['mobile-x-ray', 'portable-electronic-device', 'digital-camera', 'license-plate-reader'] as const;

/** Nearly a no: another case, other letters that look alike, something invisible beside it, another word for it. */
const NEARLY_NO = [
  'No',
  'NO',
  'n0',
  'n\u043E',
  '\u043Fo',
  '\uFF4E\uFF4F',
  '\u{1D427}\u{1D428}',
  'n\u200Bo',
  'no\u200B',
  '\u2060no',
  'no\u00AD',
  '\u202Eon',
  'n\u0302o',
  'no.',
  '"no"',
  'no,no',
  'none',
  'non',
  'nein',
  'false',
  '0',
  'null',
  'yes',
  '__proto__',
  'toString',
];
/** Says nothing that could be read: too short, blank, or invisible. */
const NO_PURPOSE = ['', ' ', 'x', 'a case', ' \t\n '.repeat(20), '\u200B'.repeat(80), '\u2060\u00AD\uFEFF'.repeat(30)];
const STATED = 'A federal drug case before the court in the Bronx';

const words = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('no', 'It helps an open case', 'x'.repeat(5000)));
const outcome = fc.record({ outcome: fc.constantFrom('confirmed', 'not-confirmed'), how: words });

/** Anything in every other field, a few as they should be. */
export const others = fc.record(
  {
    technology: fc.constantFrom(...TECHNOLOGIES),
    disclosureType: fc.constantFrom(...DISCLOSURE_TYPES.map(({ id }) => id), 'gossip' as 'other'),
    about: words,
    aboutWhom: words,
    recipient: fc.constantFrom(...KINDS.flatMap((kind) => [recipientOf(kind), { kind }])),
    basis: fc.constantFrom(
      undefined,
      ...GROUNDS.map(({ id }) => (id === 'consent' ? { ground: id, people: [] } : { ground: id })),
      ...GROUNDS.map(({ id }) => evidenceOf(id, NOW)).filter(
        ({ ground }) => ground !== 'city-interest' && ground !== 'routine',
      ),
    ),
    identity: outcome,
    affiliation: outcome,
    lawfulness: fc.record({ outcome: fc.constantFrom('lawful', 'unlawful'), because: words }),
    agreement: fc.constantFrom(
      { kind: 'agreement', agreementId: AGREEMENT },
      { kind: 'no-important-privacy-interest', why: STATED },
    ),
    way: fc.constantFrom('page', 'sealed-package'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<DisclosureAskedDraft>>;

export interface Tried {
  readonly immigration: DisclosureAskedDraft['immigration'];
  readonly iceOrCbp: boolean;
}

/** Every answer but a plain no; and a no beside somebody who enforces, without another purpose that is stated. */
export const tried: fc.Arbitrary<Tried> = fc.oneof(
  fc.record({
    immigration: fc.record({
      furthers: fc.oneof(
        fc.constantFrom<unknown>(...PURPOSES, ...NEARLY_NO, '', ' no', null, undefined, 0, false, true, ['no'], [], {
          no: 'no',
        }),
        fc.string().filter((text) => text !== 'no' && text !== 'unanswered'),
      ) as fc.Arbitrary<'no'>,
      recipientEnforces: fc.boolean(),
      otherPurpose: fc.constantFrom(...NO_PURPOSE, STATED),
    }),
    iceOrCbp: fc.boolean(),
  }),
  fc
    .record({
      furthers: fc.constantFrom('no' as const, 'unanswered' as const),
      who: fc.constantFrom(
        ...([
          [true, true],
          [true, false],
          [false, true],
        ] as const),
      ),
      otherPurpose: fc.constantFrom(undefined, ...NO_PURPOSE),
    })
    .map(({ furthers, who: [recipientEnforces, iceOrCbp], otherPurpose }) => ({
      immigration: { furthers, recipientEnforces, ...(otherPurpose !== undefined && { otherPurpose }) },
      iceOrCbp,
    })),
);

/** What a post may say that no form offers, and that is no plain no. */
export const posted: fc.Arbitrary<Readonly<Record<string, string | readonly string[]>>> = fc.oneof(
  fc
    .constantFrom<string | readonly string[]>(
      ...PURPOSES,
      ...NEARLY_NO,
      '',
      ...PURPOSES.flatMap((id) => [['no', id], [id, 'no'], ['', id], ['no', 'no', id], ['NO', id], [id.toUpperCase()]]),
      [],
    )
    .map((immigration) => ({ immigration })),
  fc
    .record({
      field: fc.constantFrom('recipientEnforces', 'iceOrCbp'),
      typed: fc.constantFrom<string | readonly string[]>(
        'yes',
        'YES',
        'yes\u200B',
        'y\u0435s',
        ['no', 'yes'],
        ['yes', 'no'],
        ['', 'yes'],
        'true',
        'on',
      ),
      otherPurpose: fc.constantFrom(...NO_PURPOSE),
    })
    .map(({ field, typed, otherPurpose }) => ({ [field]: typed, otherPurpose })),
);

/** Other fields of a post, answered at random. */
export const otherFields = fc.dictionary(
  fc.constantFrom(
    'about',
    'aboutWhom',
    'basis',
    'technology',
    'identity',
    'lawfulness',
    'agreement',
    'way',
    'otherPurpose',
    'agency',
  ),
  fc.constantFrom('', 'no', 'none', 'crime', 'exigent', 'digital-camera', 'confirmed', 'federal', STATED),
);
