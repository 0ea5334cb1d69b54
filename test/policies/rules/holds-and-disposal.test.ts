/** Placing and releasing holds; proposing, signing and destroying what has fallen due. */
import { describe, expect, it } from 'vitest';
import { plusHours, plusMs } from '../../../policies/instant.ts';
import type { Keeping } from '../../../policies/retention.ts';
import { mayAHoldBePlaced, type Placing } from '../../../policies/rules/may-a-hold-be-placed.ts';
import { mayAHoldBeReleased, type Releasing } from '../../../policies/rules/may-a-hold-be-released.ts';
import { mayThisBeDestroyed, type Destruction } from '../../../policies/rules/may-this-be-destroyed.ts';
import { mayThisBeProposed, type Proposal } from '../../../policies/rules/may-this-be-proposed.ts';
import {
  DISPOSAL_OFFICES,
  whoMaySignADisposal,
  type DisposalSigner,
} from '../../../policies/rules/who-may-sign-a-disposal.ts';
import { at, day, NOW, refusals } from '../facts.ts';
import { approved, classed, closed, image, KEPT_2026, keptUnder, open } from '../retention-facts.ts';

describe('placing a hold', () => {
  const placing: Placing = {
    kind: 'litigation',
    name: 'Matter of the bridge',
    reason: 'a notice of claim was served',
    authority: 'docket 2026/114',
    ownerActive: true,
    scope: { kind: 'cases', count: 1 },
    roles: ['foil-officer'],
  };
  const judged = (change: Partial<Placing> = {}) => mayAHoldBePlaced({ ...placing, ...change }, KEPT_2026, NOW);

  it('house-hold-wins, nysa-legal-action: is for whoever has the duty, with all that others need to know', () => {
    expect(judged()).toEqual({ kind: 'allowed', clauses: ['house-hold-wins', 'nysa-legal-action'] });
    expect(judged({ kind: 'foil' })).toEqual({ kind: 'allowed', clauses: ['house-hold-wins'] });
  });

  it.each<[string, Partial<Placing>, string]>([
    ['by someone without the duty', { roles: ['executive'] }, 'house-hold-wins person'],
    ['of no kind', { kind: 'whim' as never }, 'house-hold-wins kind'],
    ['without a name', { name: ' ' }, 'house-hold-wins name'],
    ['without a reason', { reason: '' }, 'house-hold-wins reason'],
    ['with a word for a reason', { reason: 'claim' }, 'house-characters-of-reason reason'],
    ['without authority', { authority: '' }, 'house-hold-wins authority'],
    ['without an owner', { ownerActive: false }, 'house-hold-wins owner'],
    ['on nothing', { scope: { kind: 'records', count: 0 } }, 'house-hold-wins scope'],
  ])('house-hold-wins: is refused %s', (_what, change, expected) => {
    expect(refusals(judged(change))).toEqual([expected]);
  });
});

describe('releasing a hold', () => {
  const releasing: Releasing = {
    kind: 'litigation',
    state: 'placed',
    roles: ['legal-bureau-chief'],
    reason: 'the matter is settled and paid',
    endedOn: day('2026-11-20'),
    placedOn: day('2026-01-10'),
    placedBy: 'P-1',
    releasedBy: 'P-2',
  };
  const judged = (change: Partial<Releasing> = {}) => mayAHoldBeReleased({ ...releasing, ...change }, KEPT_2026, NOW);
  const audit = (({ endedOn: _, ...rest }): Releasing => ({ ...rest, kind: 'audit' }))(releasing);

  it('nysa-legal-action: of a legal action names the day it ended; of other holds nothing more', () => {
    expect(judged()).toEqual({ kind: 'allowed', clauses: ['house-hold-wins', 'nysa-legal-action'] });
    expect(mayAHoldBeReleased(audit, KEPT_2026, NOW)).toEqual({ kind: 'allowed', clauses: ['house-hold-wins'] });
    expect(refusals(mayAHoldBeReleased({ ...audit, kind: 'discovery' }, KEPT_2026, NOW))).toEqual([
      'nysa-legal-action endedOn',
    ]);
  });

  it.each<[string, Partial<Releasing>, string]>([
    ['by someone without the duty', { roles: ['records-officer'] }, 'house-hold-wins person'],
    ['twice', { state: 'released' }, 'house-hold-wins state'],
    ['without a reason', { reason: '' }, 'house-hold-wins reason'],
    ['that ended on a day to come', { endedOn: day('2026-11-25') }, 'nysa-legal-action endedOn'],
    ['that ended before it was placed', { endedOn: day('2026-01-09') }, 'nysa-legal-action endedOn'],
    ['that ended on no day', { endedOn: '2026-02-30' as never }, 'nysa-legal-action endedOn'],
  ])('house-hold-wins: is refused %s', (_what, change, expected) => {
    expect(refusals(judged(change))).toEqual([expected]);
  });
});

const due: Keeping = keptUnder(image(closed()));
const TODAY = day('2026-11-24');

describe('proposing a record for disposal', () => {
  const judged = (change: Partial<Proposal> = {}) =>
    refusals(mayThisBeProposed({ keeping: due, state: 'kept', today: TODAY, ...change }, KEPT_2026, NOW));

  it('XR26-RET-05, nyc-1133-f: is for what an approved schedule lets go, from its day on', () => {
    expect(judged()).toEqual([]);
    expect(judged({ today: day('2026-05-01') })).toEqual([]);
    expect(judged({ today: day('2026-04-30') })).toEqual(['XR21-RET-07 date']);
    expect(judged({ cutOff: day('2026-04-30') })).toEqual(['XR21-RET-07 date']);
  });

  it('XR26-RET-05: is never for tomorrow, whatever day a run says it is', () => {
    const later = keptUnder(image(closed({ closedOn: day('2021-11-25') })));
    expect(judged({ keeping: later, today: day('2026-11-25') })).toEqual(['XR21-RET-07 date']);
  });

  it.each<[string, Partial<Proposal>, string]>([
    ['of an open case', { keeping: keptUnder(image(open())) }, 'XR26-RET-07 keeping'],
    ['that is permanent', { keeping: keptUnder(image(classed('homicide'))) }, 'XR21-RET-04 keeping'],
    [
      'under no approved schedule',
      { keeping: keptUnder(image(closed()), { ...approved, approvals: [] }) },
      'XR26-RET-05 schedule',
    ],
    ['that is in a batch', { state: 'proposed' }, 'nyc-1133-f state'],
    ['that was declined lately', { notBefore: day('2026-11-25') }, 'house-days-after-declined notBefore'],
  ])('XR26-RET-05: is refused for a record %s', (_what, change, expected) => {
    expect(judged(change)).toEqual([expected]);
  });

  it('house-hold-wins: is refused for a record under a hold', () => {
    const holds = [{ holdId: 'H-1', kind: 'foil', placedOn: TODAY } as const];
    expect(judged({ keeping: keptUnder({ ...image(closed()), holds }) })).toEqual(['house-hold-wins keeping']);
  });
});

describe('signing that records are destroyed', () => {
  const judged = (change: Partial<DisposalSigner> = {}) => {
    const office = change.office ?? 'law-department';
    const signer: DisposalSigner = { office, roles: [office], active: true, personId: 'P-1', alreadySigned: ['P-2'] };
    return refusals(whoMaySignADisposal({ ...signer, ...change }, KEPT_2026, NOW));
  };

  it.each(DISPOSAL_OFFICES)('nyc-1133-f: is for who holds the role of the %s', (office) => {
    expect(judged({ office })).toEqual([]);
    for (const role of [...DISPOSAL_OFFICES, 'auditor', 'legal-bureau-chief'].filter((one) => one !== office))
      expect(judged({ office, roles: [role] })).toEqual(['nyc-1133-f signer']);
  });

  it('nyc-1133-f: is not for who is not active, nor for another office', () => {
    expect(judged({ active: false })).toEqual(['nyc-1133-f signer']);
    expect(judged({ office: 'auditor' as never, roles: ['auditor', 'records-officer'] })).toContain(
      'nyc-1133-f office',
    );
  });

  it('house-not-your-own-batch: is not for who proposed it, nor twice by one person', () => {
    expect(judged({ proposedBy: 'P-1' })).toEqual(['house-not-your-own-batch signer']);
    expect(judged({ proposedBy: 'P-2' })).toEqual([]);
    expect(judged({ alreadySigned: ['P-1'] })).toEqual(['house-not-your-own-batch signer']);
  });
});

describe('destroying a record', () => {
  const proposedAt = at('2026-11-02T09:00:00-05:00');
  const graceEndsAt = plusHours(proposedAt, 7 * 24);
  const signatures = DISPOSAL_OFFICES.map((office, place) => ({
    office,
    decisionId: `DC-${place}`,
    personId: `P-${place}`,
    at: plusHours(graceEndsAt, place),
    answer: 'approve',
    listSha256: 'abc',
  }));
  const [first, ...others] = signatures;
  const facts: Destruction = {
    keeping: due,
    state: 'proposed',
    beingWorkedOut: false,
    signatures,
    listSha256: 'abc',
    proposedAt,
    graceEndsAt,
  };
  const judged = (change: Partial<Destruction> = {}, now = NOW) =>
    refusals(mayThisBeDestroyed({ ...facts, ...change }, KEPT_2026, now));

  it('nyc-1133-f: is allowed when three offices approved exactly this list', () => {
    expect(judged()).toEqual([]);
    expect(judged({ state: 'kept' })).toEqual([]);
  });

  it.each<[string, Partial<Destruction>, readonly string[]]>([
    ['it is destroyed', { state: 'destroyed' }, ['nyc-1133-f state']],
    ['it is being destroyed', { state: 'destroying' }, ['nyc-1133-f state']],
    ['a date of it is being worked out', { beingWorkedOut: true }, ['house-unknown-keeps beingWorkedOut']],
    ['its case was opened again', { keeping: keptUnder(image(open())) }, ['XR26-RET-07 keeping']],
    [
      'no schedule is approved',
      { keeping: keptUnder(image(closed()), { ...approved, approvals: [] }) },
      ['XR26-RET-05 schedule'],
    ],
    ['an office has not signed', { signatures: others }, ['nyc-1133-f records-officer']],
    [
      'an office declined',
      { signatures: [{ ...first!, answer: 'decline' }, ...others] },
      ['nyc-1133-f records-officer'],
    ],
    [
      'an office signed another list',
      { signatures: [{ ...first!, listSha256: 'abd' }, ...others] },
      ['house-shown-is-decided records-officer'],
    ],
    [
      'an office signed too early',
      { signatures: [{ ...first!, at: plusMs(graceEndsAt, -1) }, ...others] },
      ['house-days-of-grace records-officer'],
    ],
    [
      'one person signed for two',
      { signatures: [{ ...first!, personId: 'P-1' }, ...others] },
      ['house-not-your-own-batch signatures'],
    ],
    ['who proposed it signed', { proposedBy: 'P-1' }, ['house-not-your-own-batch signatures']],
    [
      'the list is another by now',
      { listSha256: 'abd' },
      DISPOSAL_OFFICES.map((one) => `house-shown-is-decided ${one}`),
    ],
  ])('nyc-1133-f: is refused when %s', (_what, change, expected) => {
    expect(judged(change)).toEqual(expected);
  });

  it('house-hold-wins: is refused when a hold was placed a moment before', () => {
    const holds = [{ holdId: 'H-1', kind: 'litigation', placedOn: TODAY } as const];
    expect(judged({ keeping: keptUnder({ ...image(closed()), holds }) })).toEqual(['house-hold-wins keeping']);
  });

  it('house-days-of-grace: is refused until seven days are over, however their end was reckoned', () => {
    const early = { graceEndsAt: proposedAt, signatures: signatures.map((one) => ({ ...one, at: proposedAt })) };
    expect(judged(early, at('2026-11-08T23:59:59-05:00'))).toEqual(['house-days-of-grace graceEndsAt']);
    expect(judged(early, at('2026-11-09T00:00:00-05:00'))).toEqual([]);
    expect(judged({}, plusMs(graceEndsAt, -1))).toContain('house-days-of-grace graceEndsAt');
  });
});
