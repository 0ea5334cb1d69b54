/**
 * A hold from the form to the store and back, on the whole of postact: placed by a records officer in two steps, told to
 * every record and locked in the bucket, told in writing, and released by the chief of the Legal Bureau.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Files } from '../../../functions/records/files.ts';
import { anniversary } from '../../../policies/calendar-date.ts';
import { nyDate } from '../../../policies/instant.ts';
import type { Postact } from '../../postact.ts';
import type { Retained } from '../retention/retained.ts';
import { startRetained, type RetainedOnHost } from '../retention/retained-on-host.ts';

let retained: RetainedOnHost;
let postact: Postact;
let store: Retained;
let files: Files;
beforeAll(async () => {
  retained = await startRetained();
  ({ postact, store, files } = retained);
});
afterAll(() => retained?.stop());

it(
  'house-hold-wins: a hold is placed, told to every record and in writing, and released',
  { timeout: 90_000 },
  async () => {
    const id = await retained.kept('C-1');
    const closedOn = nyDate(store.now);
    await store.closed('C-1', 'misdemeanor', closedOn);
    await postact.settled();
    const [file] = (await store.card(id)).files;
    const held = async () => (await files.head(file!.key, { versionId: file!.versionId }))!.legalHold;
    expect(await held()).toBe(false);

    const officer = await postact.as('p-vance');
    await officer.go('/holds/new?case=C-1');
    await officer.send('/holds', {
      kind: 'litigation',
      name: 'Claim 26-1044',
      authority: 'Notice of claim of 2026-11-20',
      reason: 'A notice of claim was served on the City',
      ownerId: 'p-vance',
      custodians: 'sortiz',
      scope: 'cases',
      caseNumbers: 'c-1',
      step: 'review',
    });
    expect(officer.words()).toContain('Nothing is placed yet.');
    await officer.send('/holds', { step: 'place' });
    const holdId = /\/holds\/(H-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(officer.page.url)![1]!;
    await postact.settled();

    await officer.go(`/holds/${holdId}`);
    expect(officer.words()).toContain('Every record of it has been told.');
    expect(await held()).toBe(true);
    expect((await store.card(id)).keeping.kind).toBe('keep');
    const [notice] = await postact.mailsTo('p-ortiz');
    expect(notice!.subject).toBe(`Hold ${holdId}: keep these records`);
    expect(notice!.text).toContain('Sam Ortiz');
    expect(notice!.text).not.toContain('26-1044');
    const custodian = await postact.as('p-ortiz');
    expect((await custodian.go(`/holds/${holdId}`)).status).toBe(200);
    expect(custodian.words()).toContain('You are asked to keep what this hold names');
    await custodian.send(`/holds/${holdId}/acknowledge`, {});
    expect(custodian.words()).not.toContain('You are asked to keep what this hold names');
    await officer.go(`/holds/${holdId}`);
    expect(officer.words()).toContain('Sam Ortiz: keeps it');

    const chief = await postact.as('p-grant');
    await chief.go(`/holds/${holdId}`);
    const endedOn = nyDate(store.now);
    await chief.send(`/holds/${holdId}/release`, {
      'release-reason': 'The claim was settled and paid',
      'release-endedOn': endedOn,
    });
    await postact.settled();
    await chief.go(`/holds/${holdId}`);
    expect(chief.words()).toContain('kept by their own dates');
    expect(await held()).toBe(false);
    // Five years from the closing of its case are longer than the one after the action.
    expect((await store.card(id)).keeping).toMatchObject({ kind: 'until', date: anniversary(closedOn, 5) });
  },
);
