/** What is kept has a card from the first moment, and is never dated by an older state of its case. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardsLine, cases } from '../../../functions/case/contract.ts';
import { ImageKeeping } from '../../../functions/image/image-keeping.tsx';
import { keepImage } from '../../../functions/image/keep-image.ts';
import { openView } from '../../../functions/image/open-view.ts';
import { images } from '../../../functions/image/contract.ts';
import { put } from '../../../functions/records/change.ts';
import { everyFence, fencePuts, recalculations, retentionCards } from '../../../functions/retention/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import { blank, closing } from '../retention/retained.ts';
import { startImageWorld, type ImageWorld } from './image-world.ts';
import * as make from './samples.ts';

let world: ImageWorld;
beforeAll(async () => {
  world = await startImageWorld();
});
afterAll(() => world.stop());

let count = 0;
const newPng = (): Buffer => make.png([make.chunk('tEXt', make.latin1(`Comment\0card ${++count}`))]);
const cardOf = async (id: string) => (await world.table.records.get(retentionCards, id))!;
const owedFor = async (id: string) => (await world.table.records.ofSubject(recalculations, `retention#${id}`)).records;
const keeping = () => ({ ...world.needs, originals: world.originals.keep });

describe('the card of an image', () => {
  it('XR26-RET-07: keeps it without a date, under legal hold, as part of its case', async () => {
    const id = await world.kept(newPng(), { caseNumber: 'C-90' });
    const { stored } = await world.image(id);
    expect(await cardOf(id)).toMatchObject({
      state: 'kept',
      kind: 'image',
      technology: 'mobile-x-ray',
      about: `image#${id}`,
      caseNumbers: ['C-90'],
      files: [{ key: stored!.key, versionId: stored!.versionId, sha256: stored!.sha256, bytes: stored!.bytes }],
      keeping: { kind: 'keep', classId: 'open-case' },
      lock: { legalHold: true, classId: 'open-case' },
    });
    expect(await world.table.records.linesOf(cardsLine('C-90'))).toEqual([id]);
    expect(await owedFor(id)).toEqual([]);
  });

  it('is worked out at once when the case is closed already', async () => {
    const on = calendarDate('2026-05-01');
    await world.write(put(cases, closing(blank('C-91', world.now), 'misdemeanor', on, world.now)));
    const id = await world.kept(newPng(), { caseNumber: 'C-91' });
    expect(await owedFor(id)).toMatchObject([{ cause: 'record-linked', scope: { kind: 'cards', ids: [id] } }]);
  });

  it('is worked out at once when a hold on the case, or on its kind, takes it in', async () => {
    await world.write(put(cases, { ...blank('C-92', world.now), holdIds: ['H-1'] }));
    expect(await owedFor(await world.kept(newPng(), { caseNumber: 'C-92' }))).toHaveLength(1);
    const fences = async (holds: readonly { holdId: string; matching: object }[]) =>
      world.write(...fencePuts(await everyFence(world.table.records), (fence) => ({ ...fence, holds })));
    await fences([{ holdId: 'H-2', matching: { technology: 'mobile-x-ray' } }]);
    expect(await owedFor(await world.kept(newPng(), { caseNumber: 'C-93' }))).toHaveLength(1);
    await fences([]);
    expect(await owedFor(await world.kept(newPng(), { caseNumber: 'C-94' }))).toEqual([]);
  });

  it('sees a case that is opened and closed while it is written', async () => {
    const { id } = await world.checked(newPng(), { caseNumber: 'C-95' });
    const { records } = world.table;
    let between = false;
    const needs = {
      ...keeping(),
      records: {
        ...records,
        write: async (change: Parameters<typeof records.write>[0]) => {
          if (!between) {
            between = true;
            await world.write(
              put(cases, closing(blank('C-95', world.now), 'misdemeanor', calendarDate('2026-05-01'), world.now)),
            );
          }
          await records.write(change);
        },
      },
    };
    await keepImage(needs, { imageId: id });
    expect(await owedFor(id)).toHaveLength(1);
    expect((await world.acts(`image#${id}`)).filter((act) => act === 'image kept')).toHaveLength(1);
  });
});

describe('an image that was destroyed', () => {
  it('is opened by nobody, with a reason, and that is told', async () => {
    const id = await world.kept(newPng(), { caseNumber: 'C-96' });
    const { stored: _, ...image } = await world.image(id);
    await world.write(put(images, { ...image, state: 'destroyed', filed: { ...image.filed, caseNumber: '' } }));
    const viewer = { personId: 'P-rec', active: true, roles: ['records-officer'] } as const;
    const asked = {
      imageId: id,
      operation: 'view',
      purpose: 'criminal-investigation',
      need: 'To see',
      caseNumber: 'C-96',
      viewer,
    };
    const answer = await openView(world.needs, asked);
    const because = answer.kind === 'refused' ? answer.because : [];
    expect(because[0]).toMatchObject({ clause: 'XR26-RET-05', field: 'image' });
    expect((await world.acts(`image#${id}`)).at(-1)).toBe('image view refused');
  });

  it('shows what is left of it: when, by which schedule and certificate, and its hash', async () => {
    const card = await cardOf(await world.kept(newPng(), { caseNumber: 'C-97' }));
    expect(String(ImageKeeping({ card }))).toMatch(/No date[\s\S]*Kept under legal hold[\s\S]*XR26-RET-07/);
    const destroyed = {
      at: world.now,
      classId: 'misdemeanor',
      scheduleId: 'demo-2026-1',
      sha256: 'a'.repeat(64),
      bytes: 1,
      versions: 1,
      decisionIds: [],
      certificateId: 'Z-1',
    };
    const shown = String(ImageKeeping({ card: { ...card, state: 'destroyed', destroyed } }));
    for (const said of ['This image was destroyed', 'misdemeanor', 'demo-2026-1', 'Z-1', 'a'.repeat(64)])
      expect(shown).toContain(said);
  });
});
