import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCREENING_TOPICS, type ScreenedField } from '../../../policies/editions/screening-words.ts';
import { clauseById } from '../../../policies/editions/all-clauses.ts';
import { screeningHints } from '../../../policies/rules/screening-hints.ts';
import { whatMayBeAsked } from '../../../policies/rules/what-may-be-asked.ts';
import { NOW, request, UNDER_2026 } from '../facts.ts';

const found = (field: ScreenedField, text: string) =>
  screeningHints({ [field]: text }).map((hint) => `${hint.topic}: ${hint.word}`);

describe('words to look at twice', () => {
  it.each<[string, string, ScreenedField, string]>([
    ['nyc-10-178-c', 'joint operation with ICE agents', 'lawEnforcementReason', 'immigration: ICE'],
    ['nyc-10-178-c', 'to support a Deportation order', 'graveRisk', 'immigration: deportation'],
    ['nyc-10-178-c', 'a removal\norder', 'graveRisk', 'immigration: removal order'],
    ['XR26-USE-12', 'the rally at noon', 'event', 'political-activity: rally'],
    ['XR26-USE-12', 'vans of PROTESTERS', 'lawEnforcementReason', 'political-activity: protesters'],
    ['XR26-USE-03', 'a person may hide inside', 'graveRisk', 'people: person'],
    ['XR26-USE-03', 'a mobile home', 'similarObjectDescription', 'homes-and-buildings: mobile home'],
    ['XR26-USE-16', 'covert tracking', 'lawEnforcementReason', 'remote-or-covert-use: covert'],
  ])('%s: %j in %s', (clause, text, field, hint) => {
    expect(found(field, text)).toContain(hint);
    expect(screeningHints({ [field]: text }).map((each) => each.clause)).toContain(clause);
  });

  it.each<[string, ScreenedField]>([
    ['an ice cream truck on thin ice', 'graveRisk'],
    ['a notice of the police services', 'event'],
    ['where the marching band assembles', 'location'],
    ['people stay behind barriers, away from homes', 'publicKeptOutHow'],
    ['in front of the building', 'location'],
  ])('are not seen in %j as %s, where they mean nothing', (text, field) => {
    expect(found(field, text)).toEqual([]);
  });

  it('XR26-USE-03: never refuse anything by themselves', () => {
    const ruling = whatMayBeAsked(
      { ...request, lawEnforcementReason: 'ICE, a rally, a person in an apartment' },
      UNDER_2026,
      NOW,
    );
    expect(ruling.kind).toBe('allowed');
    expect(ruling.flags.map((flag) => flag.topic)).toEqual([
      'immigration',
      'political-activity',
      'people',
      'homes-and-buildings',
    ]);
  });

  it('are found in every text field of a request that they are looked for in', () => {
    const ruling = whatMayBeAsked(
      {
        ...request,
        graveRisk: 'see the petition',
        lawEnforcementReason: 'see the petition',
        location: 'see the petition',
        publicKeptOutHow: 'see the petition',
        similarObjectDescription: 'see the petition',
        event: { name: 'petition', elevatedThreatReason: 'none to speak of' },
      },
      UNDER_2026,
      NOW,
    );
    expect(new Set(ruling.flags.map((flag) => flag.field))).toEqual(new Set(SCREENING_TOPICS[1]!.fields));
  });

  it('cite clauses that exist and name only words of the list', () => {
    for (const topic of SCREENING_TOPICS) {
      expect(clauseById(topic.clause)).toBeDefined();
      for (const word of topic.words)
        expect(found(topic.fields[0]!, `x ${word} x`)).toContain(`${topic.topic}: ${word}`);
    }
  });

  it('are looked for in any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        for (const hint of screeningHints({ graveRisk: text, location: text }))
          expect(text.toLowerCase()).toContain(hint.word.split(' ')[0]!.toLowerCase());
      }),
    );
  });
});
