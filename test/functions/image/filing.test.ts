import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../../../policies/instant.ts';
import { deployments } from '../../../functions/deployment/contract.ts';
import { fileImage } from '../../../functions/image/file-image.ts';
import type { FiledDraft } from '../../../functions/image/contract.ts';
import { put } from '../../../functions/records/change.ts';
import { dueKey } from '../../../functions/records/entity.ts';
import type { Note } from '../../../functions/records/notes.ts';
import { FILED, NOW, startImageWorld, type ImageWorld } from './image-world.ts';

let world: ImageWorld;
beforeAll(async () => {
  world = await startImageWorld();
});
afterAll(() => world.stop());

const filing = (more: Partial<FiledDraft> = {}, uploader = {}) =>
  fileImage(world.needs, {
    requestId: 'R-1',
    filed: { ...FILED, ...more },
    refusals: [],
    uploader: { personId: 'P-op', active: true, roles: ['ctb-operator'], ...uploader },
  });

const fieldsAndClauses = async (more: Partial<FiledDraft>, uploader = {}): Promise<readonly string[]> => {
  const answer = await filing(more, uploader);
  return answer.kind === 'refused'
    ? answer.because.map(({ field, clause }) => `${field} ${clause}`).toSorted()
    : [answer.kind];
};

describe('filing an image', () => {
  it('writes the record, two ledgers and the note that starts image-intake in one change', async () => {
    const id = await world.file({ location: 'Pier 4', plate: 'ABC 1234' });
    expect(await world.image(id)).toMatchObject({
      state: 'awaiting-upload',
      edition: 'xray-2026',
      incomingKey: `incoming/${id}/original`,
      uploadEndsAt: '2026-11-21T20:00:00.000Z',
      step: 'Ask uploader for the file',
    });
    expect(await world.acts(`image#${id}`)).toEqual(['image filed']);
    expect(await world.acts('use-request#R-1')).toContain('image filed');
    const due = (
      await Promise.all([0, 1, 2, 3].map((shard) => world.table.records.dueIn(dueKey(NOW.slice(0, 10), shard), '9')))
    ).flat();
    const notes = due.filter(({ noun }) => noun === 'note').map(({ record }) => (record as Note).task);
    expect(notes).toContainEqual({
      kind: 'start',
      workflow: 'image-intake',
      name: `image-${id}`,
      input: { schema: 1, imageId: id, uploadWindowSeconds: 86_400 },
    });
  });

  it('tells the ledger that a place and a plate were typed, and neither of them', async () => {
    const id = await world.file({ location: 'Pier 4', plate: 'ABC 1234' });
    const [entry] = await world.table.records.ledgerOf(`image#${id}`);
    expect(entry?.facts).toMatchObject({ typedLocation: true, typedPlate: true });
    expect(JSON.stringify(entry)).not.toMatch(/Pier 4|ABC|Diaz|void/);
  });

  it('waits on the uploader’s desk until its file has come', async () => {
    const id = await world.file();
    expect((await world.table.records.onDesk('person#P-op')).map(({ record }) => record.id)).toContain(id);
  });

  it.each<[string, Partial<FiledDraft>, readonly string[]]>([
    ['without a case', { caseNumber: '' }, ['caseNumber XR26-SAFE-05']],
    ['without saying why it matters', { relevance: ' ' }, ['relevance XR26-SAFE-05']],
    [
      'without who downloaded it and on what',
      { downloadedBy: '', medium: '' },
      ['downloadedBy XR26-RET-02', 'medium XR26-RET-02'],
    ],
    ['from another device than the deployment used', { deviceId: 'X-9' }, ['deviceId XR26-RET-02']],
    ['from another deployment than the request has', { deploymentId: 'D-9' }, ['deviceId XR26-RET-02']],
    [
      'downloaded after it is uploaded',
      { downloadedAt: instantOf('2026-11-20T20:01:00Z') },
      ['downloadedAt XR26-RET-02', 'uploadedAt XR26-RET-02'],
    ],
    [
      'downloaded before the deployment began',
      { downloadedAt: instantOf('2026-11-20T17:00:00Z') },
      ['downloadedAt XR26-RET-02'],
    ],
    ['of a person, without an explanation', { personInImage: true }, ['personExplanation XR26-ABS-03']],
    ['larger than is taken', { bytes: 500_000_001 }, ['file house-largest-image']],
  ])('is refused %s, and every reason names its clause', async (_, more, expected) => {
    expect(await fieldsAndClauses(more)).toEqual(expected);
  });

  it('is refused to a member without the role of an operator', async () => {
    expect(await fieldsAndClauses({}, { roles: ['investigator'] })).toEqual(['uploader XR26-SAFE-08']);
  });

  it('is refused for a request that there is not', async () => {
    expect(
      await fileImage(world.needs, {
        requestId: 'R-none',
        filed: FILED,
        refusals: [],
        uploader: { personId: 'P-op', active: true, roles: ['ctb-operator'] },
      }),
    ).toEqual({ kind: 'missing' });
  });

  it('keeps what the form found wrong, and does not say it twice', async () => {
    const skipped = {
      clause: 'usc-15-260a',
      field: 'downloadedAt',
      found: 'a skipped time',
      expected: 'one that exists',
      todo: 'choose another',
    };
    const { downloadedAt: _, ...undated } = FILED;
    const answer = await fileImage(world.needs, {
      requestId: 'R-1',
      filed: undated,
      refusals: [skipped],
      uploader: { personId: 'P-op', active: true, roles: ['ctb-operator'] },
    });
    expect(answer).toEqual({ kind: 'refused', because: [skipped] });
  });
});

describe('an image that the device has overwritten', () => {
  it('cannot be filed: the log of the deployment says how many were downloaded', async () => {
    const other = await startImageWorld();
    try {
      await other.file();
      const closed = (await other.table.records.get(deployments, 'D-1'))!;
      await other.write(put(deployments, { ...closed, endedAt: NOW, scans: 4, imagesDownloaded: 2 }));
      await other.file();
      const third = await fileImage(other.needs, {
        requestId: 'R-1',
        filed: FILED,
        refusals: [],
        uploader: { personId: 'P-op', active: true, roles: ['ctb-operator'] },
      });
      expect(third).toMatchObject({
        kind: 'refused',
        because: [{ field: 'overwrittenOnDevice', clause: 'XR26-RET-03' }],
      });
    } finally {
      await other.stop();
    }
  });

  it('is filed late when the delay is explained, and only then', async () => {
    const other = await startImageWorld();
    try {
      other.pass(26 * 60);
      await expect(other.file()).rejects.toThrow('house-hours-to-upload');
      expect(await other.file({ lateReason: 'The reader at the command was broken.' })).toMatch(/^I-/);
    } finally {
      await other.stop();
    }
  });
});
