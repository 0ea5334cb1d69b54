import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginEnclosure,
  encloseCount,
  encloseImage,
  enclosureForm,
  leaveOut,
  takeEnclosure,
  type Enclosed,
} from '../../../functions/disclosure/enclose.ts';
import { cardsLine } from '../../../functions/case/contract.ts';
import { retentionCards } from '../../../functions/retention/contract.ts';
import { fileNameFor } from '../../../functions/disclosure/upload-enclosure.ts';
import { instantOf } from '../../../policies/instant.ts';
import { refusalsIn } from '../bureau.ts';
import { startOffice, type Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.stop());

const enclosed = (answer: Enclosed) => {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer;
};
const tending = async (disclosureId: string, who = 'p-ortiz') => ({ disclosureId, person: await office.acting(who) });
const image = async (disclosureId: string, imageId: string, who = 'p-ortiz') =>
  encloseImage(office.needs, { ...(await tending(disclosureId, who)), imageId, label: 'Side view' });

describe('enclosing a kept image', () => {
  it('names the untouched original, in the version that is kept', async () => {
    const { id } = await office.opened();
    const kept = await office.image();
    const { enclosure, disclosure } = enclosed(await image(id, ` ${kept.id} `));
    expect(enclosure).toMatchObject({
      kind: 'image',
      imageId: kept.id,
      caseNumber: kept.filed.caseNumber,
      addedBy: 'p-ortiz',
      file: { key: kept.stored!.key, versionId: 'v1', sha256: kept.stored!.sha256, contentType: 'image/png' },
    });
    expect(disclosure.enclosures).toEqual([enclosure]);
  });

  it('XR26-SAFE-07: is for those whose duty is its case, and for duties that reach every case', async () => {
    const { id } = await office.opened();
    const foreign = await office.image({ caseNumber: 'CASE-99' }, 'p-kim');
    expect(refusalsIn(await image(id, foreign.id))).toEqual(['XR26-SAFE-07 imageId']);
    expect((await image(id, foreign.id, 'p-okafor')).kind).toBe('done');
  });

  it('says the same of an image that is not there, so that asking tells nothing', async () => {
    const { id } = await office.opened();
    const foreign = await office.image({ caseNumber: 'CASE-99' }, 'p-kim');
    expect(await image(id, 'I-NONE-NONE')).toEqual(await image(id, foreign.id));
    const checking = await office.image({}, 'p-ortiz', 'checking');
    expect(refusalsIn(await image(id, checking.id))).toEqual(['XR26-SAFE-07 imageId']);
  });

  it('takes each once, and only for mobile x-ray', async () => {
    const { id } = await office.opened();
    const kept = await office.image();
    enclosed(await image(id, kept.id));
    expect(refusalsIn(await image(id, kept.id))).toEqual(['house-shown-is-decided imageId']);
    const plates = await office.opened({ technology: 'license-plate-reader' });
    expect(refusalsIn(await image(plates.id, kept.id))).toEqual(['house-shown-is-decided imageId']);
  });

  it('may be left out again, and enclosed anew', async () => {
    const { id } = await office.opened();
    const kept = await office.image();
    const { enclosure } = enclosed(await image(id, kept.id));
    const out = enclosed(await leaveOut(office.needs, { ...(await tending(id)), enclosureId: enclosure.id }));
    expect(out.enclosure.leftOut).toEqual({ by: 'p-ortiz', at: office.now });
    expect((await leaveOut(office.needs, { ...(await tending(id)), enclosureId: 'C-NONE' })).kind).toBe('missing');
    expect((await image(id, kept.id)).kind).toBe('done');
  });

  it('is over once it was sent, and never for others', async () => {
    const { id, enclosures } = await office.sent();
    const kept = await office.image();
    expect(refusalsIn(await image(id, kept.id))).toEqual(['house-shown-is-decided state']);
    const enclosureId = enclosures[0]!.id;
    expect(refusalsIn(await leaveOut(office.needs, { ...(await tending(id)), enclosureId }))).toEqual([
      'house-shown-is-decided state',
    ]);
    expect((await image((await office.opened()).id, kept.id, 'p-reyes')).kind).toBe('missing');
  });
});

describe('enclosing a number', () => {
  it('takes it in words', async () => {
    const { id } = await office.opened({ technology: 'digital-camera' });
    const given = { ...(await tending(id)), label: 'Stops', text: ' Seven stops in May ' };
    expect(enclosed(await encloseCount(office.needs, given)).enclosure).toMatchObject({
      kind: 'count',
      text: 'Seven stops in May',
    });
    expect(refusalsIn(await encloseCount(office.needs, { ...given, label: ' ', text: '' }))).toEqual([
      'house-shown-is-decided label',
      'house-shown-is-decided text',
    ]);
  });

  it('takes at most fifty', async () => {
    const { id } = await office.opened();
    const given = { ...(await tending(id)), label: 'Stops', text: 'Seven' };
    for (let one = 0; one < 50; one++) enclosed(await encloseCount(office.needs, given));
    expect(refusalsIn(await encloseCount(office.needs, given))).toEqual(['house-shown-is-decided enclosures']);
  });
});

describe('enclosing a file', () => {
  const copy = async (disclosureId: string, madeOf: string) =>
    beginEnclosure(office.needs, {
      ...(await tending(disclosureId)),
      kind: 'redacted-copy',
      madeOf,
      whatWasRedacted: 'The face of the driver',
      label: 'Side view, redacted',
      fileName: 'C:\\scans\\side view.png',
    });
  const record = async (disclosureId: string) =>
    beginEnclosure(office.needs, {
      ...(await tending(disclosureId)),
      kind: 'record',
      system: 'Plate reader archive',
      reference: 'LPR-2026-1',
      label: 'Reads of one plate',
      fileName: 'reads.csv',
    });

  it('begins a redacted copy beside the original it is made of, and keeps the file that arrives', async () => {
    const { id } = await office.opened();
    const original = enclosed(await image(id, (await office.image()).id)).enclosure;
    const { enclosure } = enclosed(await copy(id, original.id));
    if (enclosure.kind !== 'redacted-copy') throw new Error(enclosure.kind);
    expect(enclosure).toMatchObject({ madeOf: original.id, fileName: 'side view.png' });
    expect(enclosure.incomingKey).toBe(`incoming/${id}/${enclosure.id}/original`);

    const which = { ...(await tending(id)), enclosureId: enclosure.id };
    const form = await enclosureForm(office.needs, { ...which, backTo: 'https://site.example/back' });
    expect(form?.fields).toMatchObject({
      key: enclosure.incomingKey,
      success_action_redirect: 'https://site.example/back',
    });
    expect(refusalsIn(await takeEnclosure(office.needs, which))).toEqual(['house-shown-is-decided file']);
    office.files.arrivedAt.set(enclosure.incomingKey, 900);
    const taken = enclosed(await takeEnclosure(office.needs, which));
    expect(taken.enclosure).toMatchObject({
      file: {
        key: `enclosed/${id}/${enclosure.id}/original`,
        versionId: 'k1',
        bytes: 900,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    // It has a card of its own, in the case of what it was made of.
    const card = await office.records.get(retentionCards, enclosure.id);
    expect(card).toMatchObject({
      kind: 'enclosure',
      caseNumbers: [original.kind === 'image' ? original.caseNumber : ''],
      keeping: { kind: 'keep', classId: 'open-case' },
      files: [{ key: `enclosed/${id}/${enclosure.id}/original`, versionId: 'k1', bytes: 900 }],
    });
    expect(await office.records.linesOf(cardsLine(card!.caseNumbers[0]!))).toContain(enclosure.id);
    // Again: nothing is copied or written twice, and there is nothing left to send.
    expect(enclosed(await takeEnclosure(office.needs, which)).disclosure.version).toBe(taken.disclosure.version);
    expect(await enclosureForm(office.needs, { ...which, backTo: 'x' })).toBeUndefined();
  });

  it('makes a copy of a kept image that is not enclosed itself, and of nothing else', async () => {
    const { id } = await office.opened();
    expect((await copy(id, (await office.image()).id)).kind).toBe('done');
    expect(refusalsIn(await copy(id, 'I-NONE-NONE'))).toEqual(['house-shown-is-decided madeOf']);
    const { enclosure } = enclosed(
      await encloseCount(office.needs, { ...(await tending(id)), label: 'Stops', text: 'Seven' }),
    );
    expect(refusalsIn(await copy(id, enclosure.id))).toEqual(['house-shown-is-decided madeOf']);
  });

  it('takes a record of another technology, never of mobile x-ray', async () => {
    const plates = await office.opened({ technology: 'license-plate-reader' });
    expect(enclosed(await record(plates.id)).enclosure).toMatchObject({ system: 'Plate reader archive' });
    expect(refusalsIn(await record((await office.opened()).id))).toEqual(['house-shown-is-decided kind']);
    const later = await beginEnclosure(office.needs, {
      ...(await tending(plates.id)),
      kind: 'record',
      system: '',
      reference: '',
      capturedAt: instantOf('2027-01-01T00:00:00Z'),
      label: 'Reads',
      fileName: 'reads.csv',
    });
    expect(refusalsIn(later)).toEqual([
      'house-shown-is-decided system',
      'house-shown-is-decided reference',
      'house-shown-is-decided capturedAt',
    ]);
  });

  it('house-largest-image: refuses more than the house takes', async () => {
    const { id } = await office.opened({ technology: 'digital-camera' });
    const { enclosure } = enclosed(await record(id));
    if (enclosure.kind !== 'record') throw new Error(enclosure.kind);
    office.files.arrivedAt.set(enclosure.incomingKey, 500_000_001);
    const which = { ...(await tending(id)), enclosureId: enclosure.id };
    expect(refusalsIn(await takeEnclosure(office.needs, which))).toEqual(['house-largest-image file']);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['a"b\r\nSet-Cookie: x.png', 'abSet-Cookie x.png'],
    ['...', 'C-1.bin'],
    ['Überwachung 1.png', 'Überwachung 1.png'],
  ])('saves %j under a name that is only a name', (typed, name) => {
    expect(fileNameFor(typed, 'C-1')).toBe(name);
  });
});
