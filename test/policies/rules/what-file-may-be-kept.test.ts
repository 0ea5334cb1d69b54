import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusHours, plusMs } from '../../../policies/instant.ts';
import { whatFileMayBeKept, type FileFacts, type Finding } from '../../../policies/rules/what-file-may-be-kept.ts';
import { NOW, refusals, UNDER_2021, UNDER_2026 } from '../facts.ts';

const startsAt = plusHours(NOW, -10);
const file: FileFacts = {
  imageId: 'I-1',
  contentKind: 'tiff',
  declaredKind: 'tiff',
  bytes: 4_000_000,
  sha256Matches: true,
  findings: [],
  uploader: { kind: 'person', active: true, roles: ['ctb-operator'] },
  downloadedBy: 'P-4',
  downloadedAt: plusHours(startsAt, 1),
  uploadedAt: NOW,
  medium: 'usb-drive',
  deployment: { deploymentId: 'U-1', deviceId: 'D-1', startsAt, endsAt: plusHours(startsAt, 6) },
  deviceId: 'D-1',
  caseNumber: 'C-1',
  relevance: 'shows the hidden compartment',
  personInImage: false,
  overwrittenOnDevice: false,
};
const kept = (change: Partial<FileFacts> = {}) => whatFileMayBeKept({ ...file, ...change }, UNDER_2026, NOW);
const without = (field: keyof FileFacts): FileFacts => {
  const { [field]: _dropped, ...rest } = file;
  return rest as FileFacts;
};
const by = (uploader: FileFacts['uploader']) => ({ ...file, uploader });

describe('a file that is kept', () => {
  it.each(['png', 'jpeg', 'tiff', 'opaque'] as const)('XR26-SAFE-05: is a still image: %s', (kind) => {
    expect(kept({ contentKind: kind, declaredKind: kind })).toMatchObject({
      kind: 'allowed',
      incidentalPerson: false,
      late: false,
    });
  });

  it('XR26-ABS-03: is marked when a person is in it and that is explained', () => {
    expect(kept({ personInImage: true, personExplanation: 'stepped out of the cab' })).toMatchObject({
      kind: 'allowed',
      incidentalPerson: true,
    });
  });

  it('house-hours-to-upload: is marked when it came late and that is explained', () => {
    const downloadedAt = plusHours(NOW, -25);
    const deployment = { ...file.deployment!, startsAt: plusHours(NOW, -26), endsAt: plusHours(NOW, -20) };
    expect(kept({ downloadedAt, deployment, lateReason: 'the reader was broken' })).toMatchObject({
      kind: 'allowed',
      late: true,
    });
    expect(refusals(kept({ downloadedAt, deployment }))).toEqual(['house-hours-to-upload lateReason']);
    expect(kept({ downloadedAt: plusHours(NOW, -24), deployment })).toMatchObject({ kind: 'allowed', late: false });
  });

  it.each([
    ['as the deployment begins', 0],
    ['as it ends', 6],
  ])('XR26-RET-02: was downloaded %s', (_when, hours) => {
    expect(kept({ downloadedAt: plusHours(startsAt, hours) }).kind).toBe('allowed');
  });
});

describe('a file that is refused', () => {
  it.each<[Finding, string]>([
    ['gps', 'XR26-DSP-03'],
    ['plate-data', 'XR26-DSP-03'],
    ['audio', 'XR26-ABS-02'],
    ['video', 'XR26-ABS-02'],
    ['thermal', 'XR26-ABS-02'],
    ['biometric', 'XR26-ABS-02'],
  ])('holds %s: %s', (finding, clause) => {
    const ruling = kept({ findings: [finding] });
    expect(refusals(ruling)).toEqual([`${clause} file`]);
    expect(ruling).toMatchObject({ because: [{ todo: expect.stringContaining('do not strip it') }] });
  });

  it.each(['audio', 'video'] as const)('XR26-ABS-02: is %s altogether', (contentKind) => {
    expect(refusals(kept({ contentKind, declaredKind: 'tiff' }))).toEqual(['XR26-ABS-02 file']);
  });

  it.each<[string, FileFacts, readonly string[]]>([
    ['house-file-kinds: is of a kind nobody knows', { ...file, contentKind: 'unknown' }, ['house-file-kinds file']],
    [
      'house-file-kinds: is not what it is declared to be',
      { ...file, declaredKind: 'png' },
      ['house-file-kinds declaredKind'],
    ],
    ['house-largest-image: is empty', { ...file, bytes: 0 }, ['house-largest-image file']],
    ['house-largest-image: is one byte too large', { ...file, bytes: 500_000_001 }, ['house-largest-image file']],
    ['XR26-DSP-02: is not what was hashed', { ...file, sha256Matches: false }, ['XR26-DSP-02 sha256']],
    ['XR26-CAP-02: was pushed by the device', by({ kind: 'device' }), ['XR26-CAP-02 uploader']],
    ['XR26-CAP-02: came over a stream', by({ kind: 'stream' }), ['XR26-CAP-02 uploader']],
    ['XR26-CAP-02: was pulled from afar', by({ kind: 'remote-pull' }), ['XR26-CAP-02 uploader']],
    [
      'XR26-SAFE-08: was uploaded by someone without the role',
      by({ kind: 'person', active: true, roles: ['executive'] }),
      ['XR26-SAFE-08 uploader'],
    ],
    [
      'XR26-SAFE-08: was uploaded by someone no longer active',
      by({ kind: 'person', active: false, roles: ['ctb-operator'] }),
      ['XR26-SAFE-08 uploader'],
    ],
    ['XR26-RET-02: has no downloader', without('downloadedBy'), ['XR26-RET-02 downloadedBy']],
    ['XR26-RET-02: has no time of download', without('downloadedAt'), ['XR26-RET-02 downloadedAt']],
    ['XR26-RET-02: has no medium', { ...file, medium: ' ' }, ['XR26-RET-02 medium']],
    [
      'XR26-RET-02: was uploaded before it was downloaded',
      { ...file, uploadedAt: plusMs(file.downloadedAt!, -1) },
      ['XR26-RET-02 uploadedAt'],
    ],
    ['XR26-RET-02: is from no deployment', without('deployment'), ['XR26-RET-02 deviceId']],
    ['XR26-RET-02: is from another device', { ...file, deviceId: 'D-2' }, ['XR26-RET-02 deviceId']],
    [
      'XR26-RET-02: was downloaded before the deployment',
      { ...file, downloadedAt: plusMs(startsAt, -1) },
      ['XR26-RET-02 downloadedAt'],
    ],
    [
      'XR26-RET-02: was downloaded after the deployment',
      { ...file, downloadedAt: plusMs(plusHours(startsAt, 6), 1) },
      ['XR26-RET-02 downloadedAt'],
    ],
    [
      'XR26-RET-03: was overwritten on the device',
      { ...file, overwrittenOnDevice: true },
      ['XR26-RET-03 overwrittenOnDevice'],
    ],
    ['XR26-SAFE-05: belongs to no case', without('caseNumber'), ['XR26-SAFE-05 caseNumber']],
    ['XR26-SAFE-05: does not say why it matters', { ...file, relevance: '' }, ['XR26-SAFE-05 relevance']],
    [
      'XR26-ABS-03: shows a person without explanation',
      { ...file, personInImage: true },
      ['XR26-ABS-03 personExplanation'],
    ],
  ])('%s', (_name, facts, because) => {
    expect(refusals(whatFileMayBeKept(facts, UNDER_2026, NOW))).toEqual(because);
  });

  it.each([
    [0, 'it is empty'],
    [500_000_001, 'ask the records officer'],
  ])('house-largest-image: with %i bytes is told what to do', (bytes, todo) => {
    expect(kept({ bytes })).toMatchObject({ because: [{ todo: expect.stringContaining(todo) }] });
  });

  it('is told everything that is in the way at once', () => {
    const ruling = kept({
      findings: ['gps', 'audio'],
      uploader: { kind: 'device' },
      caseNumber: '',
      personInImage: true,
    });
    expect(refusals(ruling)).toEqual([
      'XR26-DSP-03 file',
      'XR26-ABS-02 file',
      'XR26-CAP-02 uploader',
      'XR26-SAFE-05 caseNumber',
      'XR26-ABS-03 personExplanation',
    ]);
  });

  it('XR26-ABS-02: no forbidden finding is ever let in, whatever else holds', () => {
    const findings = fc.subarray<Finding>(['gps', 'plate-data', 'audio', 'video', 'thermal', 'biometric'], {
      minLength: 1,
    });
    fc.assert(
      fc.property(findings, fc.constantFrom('png', 'jpeg', 'tiff', 'opaque'), (found, kind) => {
        const ruling = kept({ findings: found, contentKind: kind, declaredKind: kind });
        expect(refusals(ruling)).toHaveLength(found.length);
      }),
    );
  });
});

describe('the same files under the 2021 edition', () => {
  it('XR21-ABS-02: sound is refused as no image, since that edition does not exclude it', () => {
    expect(refusals(whatFileMayBeKept({ ...file, contentKind: 'audio' }, UNDER_2021, NOW))).toEqual([
      'house-file-kinds file',
    ]);
  });

  it('XR21-DSP-02, XR21-CAP-01, XR21-RET-01: a position, a push and an overwritten image are refused as ever', () => {
    const facts: FileFacts = { ...file, findings: ['gps'], uploader: { kind: 'device' }, overwrittenOnDevice: true };
    expect(refusals(whatFileMayBeKept(facts, UNDER_2021, NOW))).toEqual([
      'XR21-DSP-02 file',
      'XR21-CAP-01 uploader',
      'XR21-RET-01 overwrittenOnDevice',
    ]);
  });
});
