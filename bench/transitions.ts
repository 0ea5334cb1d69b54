/**
 * How many state transitions does each path of a request and of an image take, and what do they cost?
 *
 * Each path is walked on the local host as people walk it, the clock moved where they would wait.
 */
import {
  ask,
  assign,
  close,
  decide,
  deploymentIn,
  end,
  fileImage,
  requestFields,
  sendFile,
  start,
} from '../test/job.ts';
import * as make from '../test/functions/image/samples.ts';
import { startPostact, type Postact } from '../test/postact.ts';
import { asks, note, plain, table, type Cell } from './show.ts';
import { COUNTED, ifPolled, per1000, POLL, walked, type Path, type Walk } from './walked-states.ts';

/** DESIGN: the most a use request may take. */
const MOST = 10;
const LIAISON = {
  entityKind: 'federal-agency',
  entityName: 'Protective Service',
  liaisonName: 'Chris Doe',
  liaisonTitle: 'Liaison',
  liaisonEmail: 'chris.doe@agency.example',
  liaisonPhone: '212-555-0100',
};

function pathsOf(postact: Postact): Path[] {
  const soon = { inMinutes: 30, forMinutes: 60 };
  const later = { inMinutes: 600, forMinutes: 60 };

  /** From approval to a deployment under way. */
  const deploy = async (id: string, startsInMinutes: number): Promise<string> => {
    const deployment = deploymentIn(await assign(postact, id));
    await postact.advance(startsInMinutes + 1);
    await start(postact, deployment);
    return deployment;
  };
  const finish = async (deployment: string): Promise<void> => {
    await end(postact, deployment);
    await close(postact, deployment);
  };
  const fromOutside = async (outcome: 'confirmed' | 'not-confirmed', window = soon): Promise<string> => {
    const stranger = postact.stranger();
    await stranger.go('/ask');
    await stranger.send('/ask', { ...requestFields(postact.now(), { publicKeptOutHow: '' }, window), ...LIAISON });
    await postact.settled();
    const id = /number=(R-[\w-]+)/.exec(stranger.page.url)?.[1] ?? '';
    const staff = await postact.as('p-hale');
    await staff.go(`/requests/${id}`);
    await staff.send('/confirm', {
      outcome,
      identityHow: 'Called the published number of the agency',
      affiliationHow: 'Duty officer vouched for the liaison',
      publicKeptOutHow: 'Bureau cordons the block',
    });
    await postact.settled();
    return id;
  };
  // One deployment for the three images; nobody ends it, because the last image waits a day.
  let underWay: string | undefined;
  const image = async (then: 'kept' | 'refused' | 'lapsed'): Promise<string> => {
    if (!underWay) {
      underWay = await ask(postact, 'p-reyes', {}, soon);
      await decide(postact, 'p-lee', underWay);
      await deploy(underWay, soon.inMinutes);
      await postact.advance(2);
    }
    const { client, imageId } = await fileImage(postact, underWay, then === 'refused' ? { declaredKind: 'jpeg' } : {});
    await postact.settled();
    if (then === 'lapsed') await postact.advance(24 * 60 + 1);
    else await sendFile(client, then === 'kept' ? make.png() : make.jpeg([make.exifSegment(make.exifWithGps())]));
    await postact.settled();
    return imageId;
  };

  return [
    {
      name: 'request: approved, deployed, closed',
      walk: async () => {
        const id = await ask(postact, 'p-reyes', {}, soon);
        await decide(postact, 'p-lee', id);
        await finish(await deploy(id, soon.inMinutes));
        return id;
      },
    },
    {
      name: 'request: declined',
      walk: async () => {
        const id = await ask(postact);
        await decide(postact, 'p-lee', id, 'decline');
        return id;
      },
    },
    {
      name: 'request: withdrawn while it waits',
      walk: async () => {
        const id = await ask(postact);
        const captain = await postact.as('p-reyes');
        await captain.go(`/requests/${id}`);
        await captain.send('/withdraw', { reason: 'The truck has left' });
        await postact.settled();
        return id;
      },
    },
    {
      name: 'request: reminded, then approved, closed',
      walk: async () => {
        const id = await ask(postact, 'p-reyes', {}, { inMinutes: 90, forMinutes: 60 });
        await postact.advance(31);
        await decide(postact, 'p-lee', id);
        await finish(await deploy(id, 60));
        return id;
      },
    },
    {
      name: 'request: passed on to the next, approved, closed',
      walk: async () => {
        const id = await ask(postact, 'p-reyes', {}, later);
        await postact.advance(62);
        await decide(postact, 'p-shah', id);
        await finish(await deploy(id, later.inMinutes - 62));
        return id;
      },
    },
    {
      name: 'request: nobody decides, lapsed',
      walk: async () => {
        const id = await ask(postact, 'p-reyes', {}, later);
        await postact.advance(later.inMinutes + 20);
        return id;
      },
    },
    {
      name: 'request: approved, nobody deploys, lapsed',
      walk: async () => {
        const id = await ask(postact, 'p-reyes', {}, soon);
        await decide(postact, 'p-lee', id);
        await postact.advance(soon.inMinutes + soon.forMinutes + 5);
        return id;
      },
    },
    {
      name: 'request: from outside, confirmed, closed',
      walk: async () => {
        const id = await fromOutside('confirmed');
        await decide(postact, 'p-lee', id);
        await finish(await deploy(id, soon.inMinutes));
        return id;
      },
    },
    { name: 'request: from outside, not confirmed', walk: () => fromOutside('not-confirmed') },
    { name: 'image: kept', walk: () => image('kept') },
    { name: 'image: refused', walk: () => image('refused') },
    { name: 'image: nobody sends a file, lapsed', walk: () => image('lapsed') },
  ];
}

/** The same walk with the decision's steps written into the request's workflow: the step that runs the other goes. */
const ifInlined = ({ states, inDecision }: Walk): number => states - (inDecision > 0 ? 1 : 0);

asks('How many state transitions does each path take, and what do they cost?');
const postact = await startPostact();
try {
  const rows: Cell[][] = [];
  for (const { name, walk } of pathsOf(postact)) {
    const found = await walked(postact, await walk());
    const request = name.startsWith('request');
    rows.push([
      name,
      found.states,
      request ? found.inDecision : '',
      request && found.states > MOST ? 'above' : '',
      per1000(found.states),
      plain(found.waitedMinutes),
      ifInlined(found),
      ifPolled(found),
      per1000(ifPolled(found)),
    ]);
  }
  table(
    [
      'path',
      'transitions',
      'in decision',
      `limit ${MOST}`,
      'per 1,000 such',
      'waited, minutes',
      'decision inlined',
      `polling every ${POLL.everyMinutes} min`,
      'per 1,000 such',
    ],
    rows,
  );
  note(`The two alternatives are computed from the same walks. ${COUNTED}`);
} finally {
  await postact.stop();
}
