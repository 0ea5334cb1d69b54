/**
 * Every path of the workflows use-request and decision, on the local host, driven through the pages and the inbox with
 * the clock moved. One host for all; each test makes its own request.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, assign, close, decide, deploymentIn, end, linkFor, requestFields, start, stateOf } from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { pathOf } from './path.ts';

let postact: Postact;
beforeAll(async () => {
  postact = await startPostact();
});
afterAll(() => postact?.stop());

const CHECKED = ['Check request against policy', 'Does policy allow the request?'];
const DECIDED = [...CHECKED, 'Ask a bureau executive to decide', 'What did the executive decide?'];

describe('the use-request workflow', () => {
  it('XR26-USE-05, USE-07, USE-09, USE-10: is asked, approved, assigned, deployed and closed in at most ten transitions', async () => {
    const id = await ask(postact, 'p-reyes', {}, { inMinutes: 30, forMinutes: 60 });
    expect(await stateOf(postact, id)).toBe('Waiting for an executive’s decision');
    const executive = await decide(postact, 'p-lee', id);
    expect(executive.words()).toContain('You approved this use');
    const commander = await assign(postact, id);
    const deployment = deploymentIn(commander);
    await postact.advance(31);
    await start(postact, deployment);
    await end(postact, deployment);
    await close(postact, deployment);

    expect(await stateOf(postact, id)).toBe('Closed');
    const path = await pathOf(postact, 'use-request', id);
    expect(path.states).toEqual([...DECIDED, 'Ask the bureau to deploy', 'How did it end?', 'Request closed']);
    const decision = await pathOf(postact, 'decision', path.nested!);
    expect(decision.states).toEqual(['Check who is asked next', 'Is anyone still to be asked?', 'Ask for a decision']);
    expect(path.states.length + decision.states.length).toBeLessThanOrEqual(10);
  });

  it('XR26-USE-07: is declined with a reason that the requester reads', async () => {
    const id = await ask(postact);
    await decide(postact, 'p-lee', id, 'decline', { reason: 'A canine unit answers this need better' });
    expect(await stateOf(postact, id)).toBe('Declined');
    expect((await postact.as('p-reyes')).words()).toContain('A canine unit answers this need better');
    expect((await pathOf(postact, 'use-request', id)).states).toEqual([...DECIDED, 'Write outcome in ledger', 'How did it end?', 'Request declined']);
    expect((await postact.mailsTo('p-reyes'))[0]!.subject).toBe(`Request ${id} declined`);
  });

  it('XR26-USE-07: asks for a reason before it declines', async () => {
    const id = await ask(postact);
    const executive = await postact.as('p-lee');
    const link = await linkFor(postact, 'p-lee', id);
    await executive.go(link);
    const page = await executive.send(link, { answer: 'decline', reason: '' });
    expect(page.status).toBe(422);
    expect(executive.words()).toContain('Give the reason for this decision');
    expect(await stateOf(postact, id)).toBe('Waiting for an executive’s decision');
  });

  it('XR26-USE-04: is not approved by who has not acknowledged how the public is kept out', async () => {
    const id = await ask(postact);
    const executive = await postact.as('p-lee');
    const link = await linkFor(postact, 'p-lee', id);
    await executive.go(link);
    const page = await executive.send(link, { answer: 'approve', reason: 'The risk is specific and grave' });
    expect([page.status, executive.words()]).toEqual([422, expect.stringContaining('XR26-USE-04')]);
  });

  it('is withdrawn while it waits for a decision, and the link then decides nothing', async () => {
    const id = await ask(postact);
    const link = await linkFor(postact, 'p-lee', id);
    const captain = await postact.as('p-reyes');
    await captain.go(`/requests/${id}`);
    await captain.send('/withdraw', { reason: 'The truck has left' });
    await postact.settled();
    expect(await stateOf(postact, id)).toBe('Withdrawn');
    expect((await pathOf(postact, 'use-request', id)).states).toEqual([...DECIDED, 'Request withdrawn']);
    const executive = await postact.as('p-lee');
    await executive.go(link);
    expect(executive.words()).toContain('This request was withdrawn');
    expect(() => executive.formOn(link)).toThrow('has no form');
  });

  it('is withdrawn after it was assigned, which frees operator and device', async () => {
    const window = { inMinutes: 600, forMinutes: 60 };
    const first = await ask(postact, 'p-reyes', {}, window);
    await decide(postact, 'p-lee', first);
    await assign(postact, first);
    const captain = await postact.as('p-reyes');
    await captain.go(`/requests/${first}`);
    await captain.send('/withdraw', { reason: 'No longer needed there' });
    await postact.settled();
    expect((await pathOf(postact, 'use-request', first)).states).toEqual([...DECIDED, 'Ask the bureau to deploy', 'How did it end?', 'Request withdrawn']);
    const second = await ask(postact, 'p-reyes', {}, window);
    await decide(postact, 'p-lee', second);
    expect(deploymentIn(await assign(postact, second))).toMatch(/^P-/);
  });

  it('XR26-USE-07: reminds, passes on to the next executive, and lapses undecided; it is never approved by time', async () => {
    const id = await ask(postact, 'p-reyes', {}, { inMinutes: 600, forMinutes: 60 });
    const subjects = async (who: string) => (await postact.mailsTo(who)).filter(({ subject }) => subject.includes(id)).map(({ subject }) => subject.split(' ')[0]);
    expect([await subjects('p-lee'), await subjects('p-shah')]).toEqual([['Decide'], []]);
    await postact.advance(31);
    expect([await subjects('p-lee'), await subjects('p-shah')]).toEqual([['Reminder:', 'Decide'], []]);
    await postact.advance(31);
    expect([await subjects('p-lee'), await subjects('p-shah')]).toEqual([['Reminder:', 'Decide'], ['Decide']]);
    await postact.advance(560);
    expect(await stateOf(postact, id)).toBe('Lapsed undecided or unused');
    const path = await pathOf(postact, 'use-request', id);
    expect(path.states).toEqual([...DECIDED, 'Write outcome in ledger', 'How did it end?', 'Request lapsed']);
    expect((await postact.mailsTo('p-reyes'))[0]!.subject).toBe(`Request ${id} lapsed`);
  });

  it('is decided after the reminder, and by the next executive after it was passed on', async () => {
    const reminded = await ask(postact, 'p-reyes', {}, { inMinutes: 600, forMinutes: 60 });
    const passedOn = await ask(postact, 'p-reyes', {}, { inMinutes: 660, forMinutes: 60 });
    await postact.advance(31);
    await decide(postact, 'p-lee', reminded);
    expect(await stateOf(postact, reminded)).toBe('Approved, to be assigned');
    await postact.advance(31);
    await decide(postact, 'p-shah', passedOn, 'decline');
    expect(await stateOf(postact, passedOn)).toBe('Declined');
  });

  it('is decided once: the second answer, by the same link or by another executive, is told what happened', async () => {
    const id = await ask(postact, 'p-reyes', {}, { inMinutes: 600, forMinutes: 60 });
    await postact.advance(62);
    const [first, second] = [await postact.as('p-lee'), await postact.as('p-shah')];
    const links = [await linkFor(postact, 'p-lee', id), await linkFor(postact, 'p-shah', id)] as const;
    await first.go(links[0]);
    await second.go(links[1]);
    const answers = await Promise.all([
      first.send(links[0], { answer: 'approve', reason: 'The risk is specific and grave', acknowledgesPublicKeptOut: 'yes' }),
      second.send(links[1], { answer: 'decline', reason: 'Other means are at hand today' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await postact.settled();
    const ledger = (await postact.as('p-reyes')).go(`/requests/${id}`);
    expect((await ledger).text.match(/pa-timeline__what">\s*(Approved|Declined)/g)).toHaveLength(1);
  });

  it('lapses when it was approved and nobody deployed', async () => {
    const id = await ask(postact, 'p-reyes', {}, { inMinutes: 60, forMinutes: 60 });
    await decide(postact, 'p-lee', id);
    await postact.advance(125);
    expect(await stateOf(postact, id)).toBe('Lapsed undecided or unused');
    expect((await pathOf(postact, 'use-request', id)).states).toEqual([...DECIDED, 'Ask the bureau to deploy', 'Write outcome in ledger', 'How did it end?', 'Request lapsed']);
  });

  it('reminds who has to close a deployment that outlasts its time, and waits on', async () => {
    const id = await ask(postact, 'p-reyes', {}, { inMinutes: 60, forMinutes: 60 });
    await decide(postact, 'p-lee', id);
    const deployment = deploymentIn(await assign(postact, id));
    await postact.advance(61);
    await start(postact, deployment);
    await postact.advance(70);
    expect((await postact.mailsTo('p-ortiz'))[0]!.subject).toBe(`Close the deployment: request ${id}`);
    expect(await stateOf(postact, id)).toBe('Deployment under way');
    await end(postact, deployment);
    await close(postact, deployment);
    expect(await stateOf(postact, id)).toBe('Closed');
  });

  it('XR26-USE-07: refuses the answer of an executive who lost the rank meanwhile, and says so to the ledger', async () => {
    const id = await ask(postact, 'p-reyes', {}, { inMinutes: 600, forMinutes: 60 });
    const executive = await postact.as('p-lee');
    const link = await linkFor(postact, 'p-lee', id);
    await executive.go(link);
    await postact.importPerson('p-lee', { rank: 'lieutenant' });
    const page = await executive.send(link, { answer: 'approve', reason: 'The risk is specific and grave', acknowledgesPublicKeptOut: 'yes' });
    await postact.importPerson('p-lee', {});
    expect([page.status, executive.words()]).toEqual([403, expect.stringContaining('XR26-USE-07')]);
    expect(await stateOf(postact, id)).toBe('Waiting for an executive’s decision');
    expect((await postact.as('p-reyes')).words()).toContain('Someone tried to decide and was refused');
  });

  it('XR26-USE-08: started by the bureau itself is decided by who started it, and says so wherever it is shown', async () => {
    const id = await ask(postact, 'p-lee', {}, { inMinutes: 600, forMinutes: 60 });
    const executive = await postact.as('p-lee');
    const link = await linkFor(postact, 'p-lee', id);
    await executive.go(link);
    expect(executive.words()).toContain('You would decide a request of your own');
    await decide(postact, 'p-lee', id);
    await stateOf(postact, id, 'p-lee');
    expect((await postact.as('p-lee')).words()).toContain('by the executive who asked');
  });
});

describe('a request refused by policy', () => {
  it.each([
    ['a person', { targetKind: 'person' }, 'XR26-USE-03'],
    ['a home', { targetKind: 'home' }, 'XR26-USE-03'],
    ['a building', { targetKind: 'building' }, 'XR26-USE-03'],
    ['something away from the street', { nearPublicStreet: 'no' }, 'XR26-ABS-01'],
    ['other official business', { purpose: 'other-official-business' }, 'XR26-USE-02'],
    ['political activity', { politicalActivity: 'yes' }, 'XR26-USE-12'],
    ['immigration enforcement', { immigrationEnforcement: 'yes' }, 'nyc-10-178-c'],
    ['bias', { basisCharacteristics: ['race'] }, 'XR26-USE-14'],
    ['a use the policy does not describe', { useKind: 'other' }, 'XR26-USE-16'],
  ])('refuses %s at the form, with the clause, and keeps that it was tried', async (_, over, clause) => {
    const captain = await postact.as('p-reyes');
    await captain.go('/requests/new');
    const page = await captain.send('/requests', requestFields(postact.now(), over));
    expect([page.status, page.text]).toEqual([422, expect.stringContaining(`/policy/clauses/${clause}`)]);
    expect(captain.words()).toMatch(/on record as N-/);
  });

  it('XR26-USE-05: refuses a lieutenant, who has no such task', async () => {
    const lieutenant = await postact.as('p-novak');
    expect((await lieutenant.go('/requests/new')).status).toBe(403);
  });
});

describe('a request of an outside entity', () => {
  const liaison = { entityKind: 'federal-agency', entityName: 'Protective Service', liaisonName: 'Chris Doe', liaisonTitle: 'Liaison', liaisonEmail: 'chris.doe@agency.example', liaisonPhone: '212-555-0100' };
  const askFromOutside = async (window = { inMinutes: 300, forMinutes: 60 }): Promise<string> => {
    const stranger = postact.stranger();
    await stranger.go('/ask');
    await stranger.send('/ask', { ...requestFields(postact.now(), { publicKeptOutHow: '' }, window), ...liaison });
    await postact.settled();
    const id = /number=(R-[\w-]+)/.exec(stranger.page.url)?.[1];
    if (!id) throw new Error(stranger.words());
    return id;
  };
  const confirm = async (id: string, outcome: string): Promise<void> => {
    const staff = await postact.as('p-hale');
    await staff.go(`/requests/${id}`);
    await staff.send('/confirm', { outcome, identityHow: 'Called the published number of the agency', affiliationHow: 'Duty officer vouched for the liaison', publicKeptOutHow: 'Bureau cordons the block' });
    await postact.settled();
  };
  const CONFIRMING = [...CHECKED, 'Ask staff to confirm the outside entity', ...CHECKED];

  it('XR26-USE-06, EXT-02, EXT-03: is confirmed by staff, then decided like any other', async () => {
    const id = await askFromOutside();
    expect((await postact.mailsTo(liaison.liaisonEmail))[0]!.subject).toBe(`Request ${id} received`);
    expect((await postact.mailsTo('p-lee')).some(({ subject }) => subject.includes(id))).toBe(false);
    await confirm(id, 'confirmed');
    await decide(postact, 'p-lee', id, 'decline');
    expect((await pathOf(postact, 'use-request', id)).states).toEqual([...CONFIRMING, 'Ask a bureau executive to decide', 'What did the executive decide?', 'Write outcome in ledger', 'How did it end?', 'Request declined']);
    const [told] = await postact.mailsTo(liaison.liaisonEmail);
    expect([told!.subject, told!.text.includes('/requests/')]).toEqual([`Request ${id} declined`, false]);
  });

  it('house-external-requester-confirmed: ends when staff could not confirm who asks', async () => {
    const id = await askFromOutside();
    await confirm(id, 'not-confirmed');
    expect((await pathOf(postact, 'use-request', id)).states).toEqual([...CONFIRMING, 'Request refused']);
    expect((await postact.mailsTo(liaison.liaisonEmail))[0]!.subject).toBe(`Request ${id} refused`);
  });

  it('lapses when nobody confirmed who asks before the use was to begin', async () => {
    const id = await askFromOutside({ inMinutes: 60, forMinutes: 60 });
    await postact.advance(62);
    expect((await pathOf(postact, 'use-request', id)).states).toEqual([...CHECKED, 'Ask staff to confirm the outside entity', 'Write outcome in ledger', 'How did it end?', 'Request lapsed']);
  });

  it('XR26-EXT-01: gives the liaison no session and no page of the request', async () => {
    const id = await askFromOutside();
    const stranger = postact.stranger();
    await stranger.go(`/requests/${id}`);
    expect(new URL(stranger.page.url).pathname).toBe('/sign-in');
  });
});

describe('a request form sent twice', () => {
  it('makes one request, and leads to it both times', async () => {
    const captain = await postact.as('p-reyes');
    await captain.go('/requests/new');
    const { action, hidden } = captain.formOn('/requests');
    const body = new URLSearchParams({ ...hidden, ...(requestFields(postact.now()) as Record<string, string>) });
    const send = () => captain.request(action, { method: 'POST', body });
    const answers = await Promise.all([send(), send()]);
    const again = await send();
    const led = [...answers, again].map((answer) => answer.headers.get('location'));
    expect(led[0]).toMatch(/^\/requests\/R-/);
    expect(new Set(led).size).toBe(1);
  });
});

describe('house-requests-from-one-address', () => {
  it('refuses the sixth request of a day from one outside address', async () => {
    const stranger = postact.stranger();
    const liaison = { entityKind: 'event-host', entityName: 'The host', liaisonName: 'Kim Poe', liaisonTitle: 'Head of security', liaisonEmail: 'Kim.Poe@host.example', liaisonPhone: '212-555-0101' };
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn++) {
      await stranger.go('/ask');
      statuses.push((await stranger.send('/ask', { ...requestFields(postact.now()), ...liaison })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 422]);
    expect(stranger.words()).toContain('house-requests-from-one-address');
    await postact.settled();
  });
});
