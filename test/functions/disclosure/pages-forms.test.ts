/** The forms of a disclosure: one for each kind of recipient, read strictly, and never losing what was typed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedIn } from '../../../functions/disclosure/asked-in.ts';
import { DisclosureForm, fieldsFor, ledInto, type OnFile } from '../../../functions/disclosure/disclosure-form.tsx';
import { GROUND_FIELDS } from '../../../functions/disclosure/ground-fields.tsx';
import { filledFrom, formOfAsked } from '../../../functions/disclosure/prefill.ts';
import { RECIPIENT_FIELDS } from '../../../functions/disclosure/recipient-fields.tsx';
import type { DisclosureAsked } from '../../../functions/disclosure/contract.ts';
import { formOfFields } from '../../../functions/edge/form.ts';
import type { Visitor } from '../../../functions/edge/visitor.ts';
import {
  GROUNDS,
  isThirdParty,
  RECIPIENTS,
  type RecipientKind,
} from '../../../policies/editions/disclosure-grounds.ts';
import { instantOf } from '../../../policies/instant.ts';
import { controlsOf, unlabelled } from './controls.ts';
import { ANSWERS, COMMON, CONSENT } from './answers.ts';

const now = instantOf('2026-11-24T15:00:00Z');
const KINDS = RECIPIENTS.map(({ kind }) => kind);
const visitor = { personId: 'p', name: 'P', formSecret: 's' } as Visitor;
const onFile: OnFile = {
  agreements: [{ value: 'A-1', label: 'Use of images' }],
  preApprovals: [{ value: 'E-1', label: 'CPO-7' }],
  designations: [{ value: 'D-1', label: 'Welfare' }],
};

const shown = (kind: RecipientKind, fields: Record<string, string> = {}, refusals = true): string => {
  const form = formOfFields(new URLSearchParams(fields));
  const because = refusals ? askedIn(form, kind, onFile, now).refusals : [];
  return String(DisclosureForm({ visitor, kind, onFile, form, refusals: because }));
};
const read = (kind: RecipientKind, over: Record<string, string> = {}) =>
  askedIn(formOfFields(new URLSearchParams({ ...COMMON, ...ANSWERS[kind], ...over })), kind, onFile, now);

describe('the form for a kind of recipient', () => {
  it.each(KINDS)('%s asks its own questions and no other kind’s', (kind) => {
    const names = new Set(controlsOf(shown(kind, {}, false)).map(({ name }) => name));
    for (const field of RECIPIENT_FIELDS[kind]) expect(names).toContain(field);
    const foreign = KINDS.flatMap((other) => RECIPIENT_FIELDS[other]).filter(
      (field) => !RECIPIENT_FIELDS[kind].includes(field),
    );
    expect(foreign.filter((field) => names.has(field))).toEqual([]);
    expect(names.has('agreement')).toBe(isThirdParty(kind));
    expect(names.has('basis')).toBe(kind !== 'agency-unit');
  });

  it.each(KINDS)('%s has a label for every control, and each id once', (kind) => {
    const html = shown(kind, { consent: 'A', consent2: 'B' });
    expect(unlabelled(html)).toEqual([]);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(KINDS)('%s has somewhere for each error to lead', (kind) => {
    const ids = new Set(
      [
        ...shown(kind, { consent: 'A', signedAtDate: '2026-01-02', signedAtTime: '10:00' }).matchAll(/\sid="([^"]+)"/g),
      ].map(([, id]) => id),
    );
    const rows = /^(consent|capacity|signedBy|signedAt|withdrawnAt)\d*$/;
    const missing = fieldsFor(kind).filter((field) => !ids.has(field) && !rows.test(field));
    const asked = missing.filter((field) => shown(kind).includes(`name="${field}"`));
    expect(asked).toEqual([]);
  });

  it.each(KINDS)('%s says beforehand that a yes to immigration enforcement stops it', (kind) => {
    const html = shown(kind, {}, false);
    expect(html.indexOf('A yes stops it')).toBeGreaterThan(0);
    expect(html.indexOf('A yes stops it')).toBeLessThan(html.indexOf('id="immigration"'));
  });

  it('opens the evidence of the chosen ground, and only that', () => {
    for (const { id } of GROUNDS) {
      const html = shown('prosecutor', { basis: id }, false);
      const open = [...html.matchAll(/<details[^>]*id="ground-([a-z-]+)"[^>]*>/g)].filter(([tag]) => / open/.test(tag));
      expect(open.map(([, ground]) => ground)).toEqual([id]);
    }
  });

  it('keeps everything that was typed when it is refused', () => {
    const typed = {
      ...COMMON,
      ...ANSWERS.prosecutor,
      email: 'no address',
      immigration: 'perhaps',
      about: 'x < y & "z"',
    };
    const html = shown('prosecutor', typed);
    const values = controlsOf(html).flatMap(({ value, checked, type }) => (type !== 'radio' || checked ? [value] : []));
    for (const [name, value] of Object.entries(typed))
      if (name !== 'immigration') expect(values, name).toContain(value);
    expect(html).toContain('href="#email"');
    expect(html).toContain('href="#immigration"');
  });
});

describe('reading a form', () => {
  it.each(KINDS)('takes a whole form for %s without a word', (kind) => {
    expect(read(kind).refusals).toEqual([]);
    expect(read(kind).asked.recipient.kind).toBe(kind);
  });

  it.each(KINDS)('fills a form for %s from the record so that it reads the same', (kind) => {
    for (const { id } of GROUNDS) {
      const { asked } = read(kind, { basis: id, ...CONSENT });
      const again = askedIn(formOfAsked(asked as DisclosureAsked), kind, onFile, now);
      expect(again.refusals).toEqual([]);
      expect(again.asked).toEqual(asked);
    }
  });

  it.each(
    [
      ['technology', 'x-ray'],
      ['disclosureType', 'gossip'],
      ['immigration', 'maybe'],
      ['iceOrCbp', 'who knows'],
      ['identity', 'yes'],
      ['lawfulness', 'probably'],
      ['basis', 'eighth'],
      ['agreement', 'A-9'],
      ['way', 'by hand'],
      ['email', 'a@b'],
      ['askedOn', '2026-02-30'],
      ['about', ''],
      ['addresseeName', ''],
      ['about', 'x'.repeat(4001)],
    ].map(([field, value]) => [field!, value!.length > 40 ? 'too long' : value!, value!] as const),
  )('refuses %s when it is %j, naming the field', (field, _, value) => {
    const { refusals } = read('prosecutor', { [field]: value });
    expect(refusals.map((refusal) => refusal.field)).toEqual([field]);
    expect(refusals[0]).toMatchObject({
      found: expect.any(String),
      expected: expect.any(String),
      todo: expect.any(String),
    });
    if (value.length > 1) expect(JSON.stringify(refusals)).not.toContain(value.slice(0, 40));
  });

  it('takes no answer to the immigration question for a no', () => {
    expect(read('news-media', { immigration: '' }).asked.immigration.furthers).toBe('unanswered');
    expect(read('news-media', { immigration: 'maybe' }).asked.immigration.furthers).toBe('unanswered');
    expect(read('news-media', { immigration: 'registration-documents' }).asked.immigration.furthers).toBe(
      'registration-documents',
    );
  });

  it('takes whoever is or acts for ICE or CBP for one with duties of immigration enforcement', () => {
    const ice = { iceOrCbp: 'yes', recipientEnforces: 'no' };
    expect(read('vendor', ice).asked.immigration.recipientEnforces).toBe(true);
    expect(read('civic-organization', ice).asked.immigration.recipientEnforces).toBe(true);
  });

  it.each(KINDS)('XR26-EXT-06: takes a yes to either question on enforcement from %s, asked or not', (kind) => {
    expect(read(kind, { recipientEnforces: 'yes' }).asked.immigration.recipientEnforces).toBe(true);
    expect(read(kind, { iceOrCbp: 'yes' }).asked.immigration.recipientEnforces).toBe(true);
  });

  it.each(['immigration', 'iceOrCbp', 'recipientEnforces', 'lawfulness'])('takes no answer from two to %s', (field) => {
    const fields = new URLSearchParams({ ...COMMON, ...ANSWERS.prosecutor, [field]: 'no' });
    fields.append(field, 'yes');
    const { refusals } = askedIn(formOfFields(fields), 'prosecutor', onFile, now);
    expect(refusals).toMatchObject([{ field, found: 'more than one answer' }]);
  });

  it('reads the evidence of the chosen ground and of no other', () => {
    const typed = { law: 'A law that says so', mission: 'It helps', explanation: 'At once' };
    expect(read('news-media', { basis: 'mission', ...typed }).asked.basis).toEqual({
      ground: 'mission',
      how: 'It helps',
    });
    expect(read('news-media', { basis: '', ...typed }).asked).not.toHaveProperty('basis');
    expect(read('agency-unit', { basis: 'mission', ...typed }).asked).not.toHaveProperty('basis');
  });

  it('refuses a consent of tomorrow, and one nobody signed', () => {
    const fields = (over: Record<string, string>) =>
      read('person-or-guardian', { basis: 'consent', ...CONSENT, ...over }).refusals.map(({ field }) => field);
    expect(fields({ signedAtDate: '2026-11-25' })).toEqual(['signedAt']);
    expect(fields({ signedBy: '' })).toEqual(['signedBy']);
    expect(fields({ consent2: 'B' })).toEqual(['capacity2']);
  });

  it('leads what the rules say to where it is answered', () => {
    const of = (kind: RecipientKind, field: string) =>
      ledInto(kind, [{ clause: 'c', field, found: 'f', expected: 'e', todo: 't' }])[0]!.field;
    const ruled = [
      'identity',
      'affiliation',
      'lawfulness',
      'immigration',
      'otherPurpose',
      'basis',
      'consent',
      'law',
      'mission',
      'preApproval',
      'recipient',
      'designation',
      'credibleInformation',
      'investigation',
      'explanation',
    ];
    for (const field of ruled) expect(fieldsFor('city-agency')).toContain(of('city-agency', field));
    const own: Partial<Record<RecipientKind, readonly string[]>> = {
      prosecutor: ['matter', 'agreement'],
      'law-enforcement': ['path', 'reliedOn', 'proceeding'],
      'news-media': ['purpose'],
      vendor: ['standing'],
      'agency-unit': ['dutyReason'],
      'new-jersey-agent': ['search', 'recipient'],
    };
    for (const [kind, fields] of Object.entries(own) as [RecipientKind, readonly string[]][])
      for (const field of fields) expect(fieldsFor(kind)).toContain(of(kind, field));
  });

  it('never fails, whatever is typed', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('yes', 'no', 'consent', 'other', '2026-02-30', '25:61'));
    const names = [
      ...new Set([
        ...fieldsFor('vendor'),
        ...Object.values(GROUND_FIELDS).flat().slice(0, 12),
        'signedAtDate',
        'signedAtTime',
      ]),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.dictionary(fc.constantFrom(...names), value), (kind, fields) => {
        const { refusals } = askedIn(formOfFields(new URLSearchParams(fields)), kind, onFile, now);
        for (const { field } of ledInto(kind, refusals)) expect(fieldsFor(kind)).toContain(field);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a form filled in from an address', () => {
  it('never answers what a person must weigh', () => {
    const fields = { ...COMMON, ...ANSWERS.prosecutor, basis: 'crime' };
    const form = filledFrom(new URLSearchParams(fields))!;
    for (const name of ['identity', 'affiliation', 'lawfulness', 'immigration', 'iceOrCbp', 'basis', 'agreement'])
      expect(form.text(name)).toBe('');
    expect(form.text('about')).toBe(COMMON.about);
    expect(filledFrom(new URLSearchParams({ to: 'prosecutor' }))).toBeUndefined();
  });
});
