import { describe, expect, it } from 'vitest';
import { whatMayBeDoneToAnImage, type ImageOperation } from '../../../policies/rules/what-may-be-done-to-an-image.ts';
import { whoMayView, type ViewFacts } from '../../../policies/rules/who-may-view.ts';
import { NOW, refusals, UNDER_2021, UNDER_2026 } from '../facts.ts';

const viewer: Extract<ViewFacts['viewer'], { kind: 'member' }> = {
  kind: 'member',
  active: true,
  roles: ['investigator'],
  dutyCases: ['C-1'],
};
const view: ViewFacts = {
  viewer,
  purpose: 'criminal-investigation',
  need: 'to compare it with the report',
  caseNumber: 'C-1',
  image: { imageId: 'I-1', caseNumber: 'C-1' },
};
const opened = (change: Partial<ViewFacts>, policy = UNDER_2026) => whoMayView({ ...view, ...change }, policy, NOW);
const by = (change: Partial<typeof viewer>) => ({ viewer: { ...viewer, ...change } });
const { caseNumber: _caseNumber, ...withoutCase } = view;

describe('opening a kept image', () => {
  it.each(['criminal-investigation', 'civil-litigation', 'disciplinary-proceeding'])(
    'XR26-RET-04: is allowed for a %s that names its case',
    (purpose) => {
      expect(opened({ purpose })).toMatchObject({ kind: 'allowed', purpose });
      expect(refusals(whoMayView({ ...withoutCase, purpose }, UNDER_2026, NOW))).toEqual(['XR26-RET-04 caseNumber']);
      expect(refusals(opened({ purpose, caseNumber: 'C-2' }))).toEqual(['XR26-RET-04 caseNumber']);
    },
  );

  it.each(['other-law-enforcement', 'other-official-business'])(
    'XR26-RET-04: is allowed for %s without a case',
    (purpose) => {
      expect(whoMayView({ ...withoutCase, purpose }, UNDER_2026, NOW).kind).toBe('allowed');
    },
  );

  it.each<[string, Partial<ViewFacts>, string]>([
    ['XR26-RET-04: is refused without a purpose', { purpose: '' }, 'XR26-RET-04 purpose'],
    ['XR26-RET-04: is refused for a purpose that is not on the list', { purpose: 'curiosity' }, 'XR26-RET-04 purpose'],
    ['XR26-SAFE-03: is refused without a need', { need: ' ' }, 'XR26-SAFE-03 need'],
    [
      'house-characters-of-reason: is refused for a need that says nothing',
      { need: 'work' },
      'house-characters-of-reason need',
    ],
    ['XR26-SAFE-04: is refused to a member whose assignment ended', by({ active: false }), 'XR26-SAFE-04 viewer'],
    [
      'XR26-SAFE-08: is refused to a role that opens no images',
      by({ roles: ['ctb-operator', 'ctb-executive'] }),
      'XR26-SAFE-08 viewer',
    ],
    ['XR26-SAFE-07: is refused for a case that another duty allows', by({ dutyCases: ['C-2'] }), 'XR26-SAFE-07 viewer'],
    ['XR26-SAFE-07: is refused to a member without any case', by({ dutyCases: [] }), 'XR26-SAFE-07 viewer'],
    ['XR26-EXT-01: is never for an outside entity', { viewer: { kind: 'external' } }, 'XR26-EXT-01 viewer'],
  ])('%s', (_name, change, because) => {
    expect(refusals(opened(change))).toEqual([because]);
  });

  it('XR26-SAFE-07: is allowed to a duty that reaches every record', () => {
    expect(opened(by({ dutyCases: 'all', roles: ['records-officer'] })).kind).toBe('allowed');
  });

  it('XR21-SAFE-02: was limited to personnel under 2021, too', () => {
    expect(refusals(opened({ viewer: { kind: 'external' } }, UNDER_2021))).toEqual(['XR21-SAFE-02 viewer']);
    expect(refusals(opened({ purpose: 'curiosity' }, UNDER_2021))).toEqual(['XR21-RET-01 purpose']);
  });
});

describe('what is done to a kept image', () => {
  const done = (operation: ImageOperation, policy = UNDER_2026) => whatMayBeDoneToAnImage({ operation }, policy, NOW);

  it.each(['view', 'download', 'hash', 'render-preview'] as const)('XR26-DSP-02: may be to %s it', (operation) => {
    expect(done(operation).kind).toBe('allowed');
  });

  it.each(['overwrite', 'crop', 'annotate', 'redact-in-place', 'rotate'] as const)(
    'XR26-DSP-02: may not be to %s it',
    (operation) => {
      expect(refusals(done(operation))).toEqual(['XR26-DSP-02 operation']);
      expect(refusals(done(operation, UNDER_2021))).toEqual(['XR21-DSP-02 operation']);
    },
  );

  it.each(['read-plates', 'match-faces', 'analyse-biometrics'] as const)(
    'XR26-CAP-04, XR21-CAP-02: may not be to %s',
    (operation) => {
      expect(refusals(done(operation))).toEqual(['XR26-CAP-04 operation']);
      expect(refusals(done(operation, UNDER_2021))).toEqual(['XR21-CAP-02 operation']);
    },
  );

  it('XR26-DSP-02: is refused when nobody knows what it does', () => {
    expect(refusals(done('sharpen' as ImageOperation))).toEqual(['XR26-DSP-02 operation']);
  });
});
