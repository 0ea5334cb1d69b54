/** Standing direct access on a real table: what is recorded, what is refused, and what is stopped and counted. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { immigrationRequests, immigrationRequestsOfQuarter } from '../../../functions/disclosure/contract.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import { mustEnd } from '../../../functions/register/access-sheet.ts';
import { standingAccesses, type RegisteredAccess } from '../../../functions/register/contract.ts';
import { endOnFile } from '../../../functions/register/end-on-file.ts';
import { recordAccess, type AccessGiven } from '../../../functions/register/record-access.ts';
import { recordAgreement } from '../../../functions/register/record-agreement.ts';
import { IMMIGRATION_PURPOSES } from '../../../policies/editions/disclosure-grounds.ts';
import { instantOf, plusMinutes } from '../../../policies/instant.ts';
import { refusalsIn, startBureau, type Bureau } from '../bureau.ts';
import { keeperOf } from './released.ts';

let bureau: Bureau;
const START = instantOf('2026-11-24T15:00:00Z');
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());
beforeEach(() => {
  bureau.now = START;
});

const newJersey: AccessGiven = {
  agencyName: 'New Jersey police',
  level: 'other-state',
  technology: 'license-plate-reader',
  newJersey: true,
  system: 'Search of plate reads',
  reaches: 'one-plate-search',
  extent: 'One complete plate at a time',
  from: '2026-02-04',
  until: '',
  immigration: 'no',
  agencyEnforces: false,
  otherPurpose: '',
  agreementId: '',
  terms: [],
  existing: false,
};
const federal: AccessGiven = { ...newJersey, agencyName: 'Harbor Agency', level: 'federal', newJersey: false };

const send = async (given: Partial<AccessGiven>, draft?: string) =>
  recordAccess(bureau.needs, {
    person: await keeperOf(bureau, 'p-okafor'),
    given: { ...newJersey, ...given },
    ...(draft && { draft }),
  });
async function recorded(given: Partial<AccessGiven>): Promise<RegisteredAccess> {
  const done = await send(given);
  if (done.kind !== 'done') throw new Error(JSON.stringify(done.because));
  return (await bureau.records.get(standingAccesses, done.access.id))!;
}
const counted = () => bureau.records.linesOf(immigrationRequestsOfQuarter('2026-Q4'));

describe('direct access', () => {
  it('LPR26-EXT-01: of New Jersey to one plate is recorded as allowed', async () => {
    const access = await recorded({});
    expect(access).toMatchObject({ allowed: true, edition: 'plate-reader-2026', from: '2026-02-04' });
    expect(access.clauses).toEqual(expect.arrayContaining(['LPR26-EXT-01', 'nyc-14-188-g-2']));
    expect(access).not.toHaveProperty('refusals');
    expect(mustEnd(access, bureau.now)).toBe(false);
  });

  it('LPR26-EXT-02: of New Jersey to more is refused', async () => {
    expect(refusalsIn(await send({ reaches: 'domain-awareness-system' }))).toEqual(['LPR26-EXT-02 reaches']);
  });

  it('XR26-EXT-01: of another agency is refused, and recorded as one that must end where it exists', async () => {
    expect(refusalsIn(await send(federal))).toEqual(['LPR26-EXT-01 agency']);
    const access = await recorded({ ...federal, existing: true });
    expect(access).toMatchObject({ allowed: false, refusals: [{ clause: 'LPR26-EXT-01' }] });
    expect(mustEnd(access, bureau.now)).toBe(true);
    const [entry] = await bureau.records.ledgerOf(`standing-access#${access.id}`);
    expect(entry).toMatchObject({ act: 'standing access recorded that must end', edition: 'plate-reader-2026' });
    expect(JSON.stringify(entry)).not.toMatch(/Harbor|complete plate/);

    await endOnFile(bureau.needs, {
      kind: 'standing-access',
      id: access.id,
      person: await keeperOf(bureau, 'p-okafor'),
      why: 'The account was closed',
    });
    const ended = (await bureau.records.get(standingAccesses, access.id))!;
    expect(ended).toMatchObject({ from: '2026-02-04', ended: { at: START } });
    expect(mustEnd(ended, START)).toBe(false);
  });

  it('XR21-EXT-04, XR21-EXT-05: that is over is judged by the edition of its last day', async () => {
    const agreement = await recordAgreement(bureau.needs, {
      person: await keeperOf(bureau, 'p-okafor'),
      given: { title: 'A', with: 'B', reference: 'C', technologies: ['mobile-x-ray'], from: '2022-01-01', until: '' },
    });
    if (agreement.kind !== 'done') throw new Error('no agreement');
    const old: Partial<AccessGiven> = {
      ...federal,
      technology: 'mobile-x-ray',
      reaches: 'named-system',
      agreementId: agreement.agreement.id,
      terms: ['keepsConfidential', 'limitsFurtherDisclosure', 'tellsOfLegalProcess'],
      from: '2022-01-01',
    };
    expect(await recorded({ ...old, until: '2026-02-03' })).toMatchObject({ allowed: true, edition: 'xray-2021' });
    // A day longer, and it outlived the edition that allowed it.
    expect(refusalsIn(await send({ ...old, until: '2026-02-04' }))).toEqual(['XR26-EXT-01 agency']);
    expect(refusalsIn(await send({ ...old, until: '2026-02-03', terms: ['keepsConfidential'] }))).toEqual([
      'XR21-EXT-05 agreement',
    ]);
    expect(refusalsIn(await send({ ...old, until: '2021-04-10', from: '2020-01-01' }))).toContain(
      'nyc-14-188-g-2 until',
    );
    expect(refusalsIn(await send({ ...old, agreementId: 'AG-0000-0000', existing: true }))).toEqual([
      'nyc-14-188-g-2 agreementId',
    ]);
  });

  it('open across the change of edition must end from that very midnight on', async () => {
    const before = instantOf('2026-02-04T04:59:59.999Z');
    bureau.now = before;
    const agreement = await recordAgreement(bureau.needs, {
      person: { personId: 'p-okafor', roles: ['privacy-officer'], active: true, bureau: 'legal-bureau' },
      given: { title: 'A', with: 'B', reference: 'C', technologies: ['mobile-x-ray'], from: '2022-01-01', until: '' },
    });
    if (agreement.kind !== 'done') throw new Error('no agreement');
    const access = await recorded({
      ...federal,
      technology: 'mobile-x-ray',
      reaches: 'named-system',
      agreementId: agreement.agreement.id,
      terms: ['keepsConfidential', 'limitsFurtherDisclosure', 'tellsOfLegalProcess'],
      from: '2022-01-01',
    });
    expect(access).toMatchObject({ allowed: true, edition: 'xray-2021' });
    expect(mustEnd(access, before)).toBe(false);
    expect(mustEnd(access, instantOf('2026-02-04T05:00:00Z'))).toBe(true);
  });

  it('is refused for everything the form left open', async () => {
    const nothing = { agencyName: '', system: '', reaches: '', extent: '', from: '', immigration: '', level: '' };
    expect(refusalsIn(await send({ ...nothing, technology: '', agencyEnforces: undefined }))).toEqual([
      'nyc-14-188-g-2 technology',
      'nyc-14-188-g-2 agencyName',
      'nyc-14-188-g-2 level',
      'nyc-14-188-g-2 reaches',
      'nyc-14-188-g-2 system',
      'nyc-14-188-g-2 extent',
      'nyc-14-188-g-2 from',
      'nyc-14-188-g-2 agencyEnforces',
    ]);
    for (const immigration of ['', 'maybe'])
      expect(refusalsIn(await send({ immigration }))).toEqual([expect.stringMatching(/^LPR26-EXT-\d\d immigration$/)]);
    expect(refusalsIn(await send({ extent: 'x'.repeat(4001) }))).toEqual(['nyc-14-188-g-2 extent']);
    expect(await counted()).toEqual([]);
  });

  it('sent twice by one form is one', async () => {
    const draft = newSecret();
    const done = await Promise.all([send({}, draft), send({}, draft)]);
    expect(new Set(done.map((one) => (one.kind === 'done' ? one.access.id : 'refused'))).size).toBe(1);
  });
});

describe('access for immigration enforcement', () => {
  it.each(IMMIGRATION_PURPOSES.map(({ id }) => id))(
    'XR26-EXT-06, nyc-10-178-d: for %s is never on file; that it was asked for is, once',
    async (immigration) => {
      const before = await counted();
      const accesses = (await bureau.items()).filter(({ noun }) => noun === 'standing-access').length;
      const draft = newSecret();
      // Whatever else is said, and however much is left open.
      const tries = [{}, { existing: true }, { ...federal, existing: true, extent: '' }, { from: '' }];
      for (const more of tries) {
        const because = refusalsIn(await send({ ...more, immigration }, draft));
        expect(because).toEqual(expect.arrayContaining(['nyc-10-178-c immigration', 'nyc-10-178-d immigration']));
      }
      expect((await bureau.items()).filter(({ noun }) => noun === 'standing-access')).toHaveLength(accesses);
      const added = (await counted()).filter((id) => !before.includes(id));
      expect(added).toHaveLength(1);
      expect(await bureau.records.get(immigrationRequests, added[0]!)).toMatchObject({
        technology: 'license-plate-reader',
        agency: 'state',
        purpose: immigration,
        askedThrough: 'standing-access',
        response: 'refused',
        by: 'p-okafor',
      });
      expect(JSON.stringify(await bureau.records.ledgerOf(`immigration-request#${added[0]}`))).not.toMatch(
        /New Jersey police|complete plate/,
      );
    },
  );

  it('is stopped where whoever uses it enforces immigration law and no other purpose is stated', async () => {
    const before = (await counted()).length;
    expect(refusalsIn(await send({ agencyEnforces: true }))).toEqual([expect.stringMatching(/otherPurpose$/)]);
    expect(await counted()).toHaveLength(before + 1);
    expect((await send({ agencyEnforces: true, otherPurpose: 'Searches for stolen vehicles' })).kind).toBe('done');
  });

  it('is counted in the quarter of the day in New York', async () => {
    bureau.now = plusMinutes(instantOf('2027-01-01T05:00:00Z'), -1);
    const before = (await counted()).length;
    await send({ immigration: 'civil-provisions' });
    expect(await counted()).toHaveLength(before + 1);
    bureau.later(1);
    await send({ immigration: 'civil-provisions' });
    expect(await bureau.records.linesOf(immigrationRequestsOfQuarter('2027-Q1'))).toHaveLength(1);
  });
});
