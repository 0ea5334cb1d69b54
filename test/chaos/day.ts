/** A day of thirty requests, each on its way to a known end. */
import type { UseRequestState } from '../../functions/use-request/contract.ts';
import type { People } from './people.ts';

export interface Story {
  readonly id: string;
  readonly end: UseRequestState;
  /** What was decided, if anything was. */
  readonly decided?: 'approved' | 'declined';
}

const PAIRS = [
  { operatorId: 'p-ortiz', deviceId: 'x-ray-1', commanderId: 'p-brandt' },
  { operatorId: 'p-kim', deviceId: 'x-ray-2', commanderId: 'p-brandt' },
] as const;
const LIAISON = {
  entityKind: 'federal-agency',
  entityName: 'Protective Service',
  liaisonName: 'Chris Doe',
  liaisonTitle: 'Liaison',
  liaisonPhone: '212-555-0100',
  publicKeptOutHow: '',
};
const CONFIRMATION = {
  identityHow: 'Called the published number of the agency',
  affiliationHow: 'Duty officer vouched for the liaison',
  publicKeptOutHow: 'Bureau cordons the block',
};
const DEPLOYMENTS = 8;
const SLOT = 70;

/** Lives through the day and answers with what has to have become of it. Each request starts at a minute of its own. */
export async function liveThrough(people: People): Promise<readonly Story[]> {
  const dawn = Math.ceil((await people.now()).getTime() / 60_000) * 60_000;
  const at = (minutes: number): Date => new Date(dawn + minutes * 60_000);
  const askAt = (minutes: number, forMinutes = 50): Promise<string> => people.ask('p-reyes', at(minutes), forMinutes);
  const each = async (count: number, from: number, apart = 1): Promise<string[]> => {
    const ids: string[] = [];
    for (let turn = 0; turn < count; turn++) ids.push(await askAt(from + turn * apart));
    return ids;
  };
  const outside = (minutes: number): Promise<string> =>
    people.ask('', at(minutes), 50, { ...LIAISON, liaisonEmail: `liaison-${minutes}@agency.example` });

  // Morning: thirty ask.
  const deployed: string[] = [];
  for (let turn = 0; turn < DEPLOYMENTS; turn++) deployed.push(await askAt(slotOf(turn) + (turn & 1), 50));
  const declined = await each(6, 330);
  const withdrawn = await each(4, 340);
  const undecided = await each(4, 75);
  const escalated = await each(4, 400);
  const confirmed = [await outside(350), await outside(351)];
  const [unconfirmed, unanswered] = [await outside(352), await outside(80)];

  // Before noon: decisions and assignments.
  for (const [turn, id] of deployed.entries()) {
    await people.decide(id, 'p-lee', 'approve');
    await people.bring(id, 'p-reyes', ['approved'], ['assigned'], () =>
      people.post('p-brandt', `/deployments/new?request=${id}`, '/deployments/new', PAIRS[turn & 1]!),
    );
  }
  for (const id of declined) await people.decide(id, 'p-lee', 'decline');
  for (const id of withdrawn.slice(2)) await people.decide(id, 'p-lee', 'approve');
  for (const id of withdrawn)
    await people.bring(id, 'p-reyes', ['submitted', 'deciding', 'approved'], ['withdrawn'], () =>
      people.post('p-reyes', `/requests/${id}`, '/withdraw', { reason: 'The truck has left' }),
    );
  for (const id of confirmed) {
    await people.bring(id, 'p-hale', ['submitted', 'confirming'], ['deciding'], () =>
      people.post('p-hale', `/requests/${id}`, '/confirm', { outcome: 'confirmed', ...CONFIRMATION }),
    );
    await people.decide(id, 'p-lee', 'decline', 'p-hale');
  }
  await people.bring(unconfirmed, 'p-hale', ['submitted', 'confirming'], ['refused'], () =>
    people.post('p-hale', `/requests/${unconfirmed}`, '/confirm', { outcome: 'not-confirmed', ...CONFIRMATION }),
  );

  // Reminders after half an hour, the next executive after an hour.
  await people.advanceTo(at(31));
  await people.advanceTo(at(62));
  for (const [turn, id] of escalated.entries()) await people.decide(id, 'p-shah', turn < 2 ? 'approve' : 'decline');

  // Two deployments at a time.
  for (let slot = 0; slot < DEPLOYMENTS / 2; slot++) {
    await people.advanceTo(at(slotOf(slot * 2) + 2));
    for (const pair of [0, 1]) await deploy(people, deployed[slot * 2 + pair]!, PAIRS[pair]!.operatorId);
  }
  // Night: what nobody used lapses, and the sweep has had its hours.
  for (const hour of [460, 520, 640]) await people.advanceTo(at(hour));

  return [
    ...deployed.map((id): Story => ({ id, end: 'closed', decided: 'approved' })),
    ...declined.map((id): Story => ({ id, end: 'declined', decided: 'declined' })),
    ...withdrawn.map((id, turn): Story => ({
      id,
      end: 'withdrawn',
      ...(turn >= 2 && { decided: 'approved' as const }),
    })),
    ...undecided.map((id): Story => ({ id, end: 'lapsed' })),
    ...escalated.map((id, turn): Story =>
      turn < 2 ? { id, end: 'lapsed', decided: 'approved' } : { id, end: 'declined', decided: 'declined' },
    ),
    ...confirmed.map((id): Story => ({ id, end: 'declined', decided: 'declined' })),
    { id: unconfirmed, end: 'refused' },
    { id: unanswered, end: 'lapsed' },
  ];
}

const slotOf = (turn: number): number => 90 + (turn >> 1) * SLOT;

async function deploy(people: People, id: string, operatorId: string): Promise<void> {
  let page = '';
  await people.until(`request ${id} has a deployment`, async () => {
    await people.stateOf(id, 'p-reyes');
    page = /\/deployments\/P-[\w-]+/.exec((await people.as('p-reyes')).page.text)?.[0] ?? '';
    return page !== '';
  });
  await people.bring(id, 'p-reyes', ['assigned'], ['under-way'], () => people.post(operatorId, page, '/start', {}));
  await people.until(`${page} has ended`, async () => {
    const operator = await people.as(operatorId);
    await operator.go(page);
    if (operator.page.status === 200 && !operator.page.text.includes(`action="${page}/end"`)) return true;
    await operator.send('/end', {
      scans: '5',
      imagesDownloaded: '0',
      publicKeptOut: 'Cordon held by four officers throughout',
      notes: '',
    });
    return false;
  });
  await people.bring(id, 'p-reyes', ['under-way'], ['closed'], () =>
    people.post('p-brandt', page, '/close', { proper: 'yes', statement: 'Reviewed the log with the operator' }),
  );
}
