/**
 * How many state transitions does each path of the three workflows take, and what do they cost?
 *
 * Each path is walked on the local host as people walk it, the clock moved where they would wait, and its states are
 * counted from the history that Step Functions' own API answers. One state entered is one transition; Step Functions
 * bills each, and each retry of one. These paths meet no retry.
 */
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
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

/** As aws.amazon.com/step-functions/pricing gives it for us-east-1, Standard workflows; read there by others, not checked by this program. */
const DOLLARS_PER_TRANSITION = 0.025 / 1000;
/** DESIGN: the most a use request may take. */
const MOST = 10;
/** What a poll costs where no callback wakes the workflow: wait, look, and the choice whether to go on. */
const POLL = { everyMinutes: 5, transitions: 3 };

interface Walk {
  /** States entered, nested decisions included. */
  readonly states: number;
  /** Of those, states of the decision workflow. */
  readonly inDecision: number;
  /** How long it waited for people or time, by the host's clock. */
  readonly waitedMinutes: number;
  readonly waits: number;
}

interface Path {
  readonly name: string;
  /** Goes the way; answers the name of the execution. */
  readonly walk: () => Promise<string>;
}

async function historyOf(client: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new GetExecutionHistoryCommand({ executionArn, ...(nextToken && { nextToken }) }));
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

/** Waiting is from a callback task's entry to its exit; a nested execution's waits are counted in it, not here. */
function walkOf(events: readonly HistoryEvent[], nested: readonly HistoryEvent[]): Walk {
  const entered = (all: readonly HistoryEvent[]) => all.filter(({ type }) => type?.endsWith('StateEntered'));
  const waits = [...events, ...nested].flatMap((event, at, all) => {
    if (event.type !== 'TaskScheduled' || event.taskScheduledEventDetails?.resource !== 'invoke.waitForTaskToken')
      return [];
    const exit = all.slice(at).find(({ type }) => type === 'TaskStateExited');
    return exit ? [(exit.timestamp!.getTime() - event.timestamp!.getTime()) / 60_000] : [];
  });
  return {
    states: entered(events).length + entered(nested).length,
    inDecision: entered(nested).length,
    waitedMinutes: waits.reduce((sum, one) => sum + one, 0),
    waits: waits.length,
  };
}

async function walked(postact: Postact, execution: string): Promise<Walk> {
  const client = new SFNClient({
    endpoint: postact.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  try {
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    for (const { stateMachineArn } of stateMachines) {
      const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
      const arn = executions.find(({ name }) => name === execution || name === `image-${execution}`)?.executionArn;
      if (!arn) continue;
      const events = await historyOf(client, arn);
      const started = events.find(({ taskSubmittedEventDetails: task }) => task?.resource?.startsWith('startExecution'))
        ?.taskSubmittedEventDetails?.output;
      const nestedArn = started && (JSON.parse(started) as { ExecutionArn?: string }).ExecutionArn;
      return walkOf(events, nestedArn ? await historyOf(client, nestedArn) : []);
    }
    throw new Error(`no execution is called ${execution}`);
  } finally {
    client.destroy();
  }
}

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

/** What the same walk would take if the workflow looked every few minutes instead of being woken. */
const ifPolled = ({ states, waitedMinutes, waits }: Walk): number =>
  states - waits + POLL.transitions * Math.max(waits, Math.ceil(waitedMinutes / POLL.everyMinutes));

/** The same walk with the decision's steps written into the request's workflow: the step that runs the other goes. */
const ifInlined = ({ states, inDecision }: Walk): number => states - (inDecision > 0 ? 1 : 0);

asks('How many state transitions does each path take, and what do they cost?');
const postact = await startPostact();
try {
  const rows: Cell[][] = [];
  for (const { name, walk } of pathsOf(postact)) {
    const found = await walked(postact, await walk());
    const cost = (transitions: number): string => `$${(1000 * transitions * DOLLARS_PER_TRANSITION).toFixed(3)}`;
    const request = name.startsWith('request');
    rows.push([
      name,
      found.states,
      request ? found.inDecision : '',
      request && found.states > MOST ? 'above' : '',
      cost(found.states),
      plain(found.waitedMinutes),
      ifInlined(found),
      ifPolled(found),
      cost(ifPolled(found)),
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
  note(
    'Transitions are counted from histories; the two alternatives are computed from the same walks. $0.025 per 1,000 transitions is from the price page and was not checked against a bill; the first 4,000 a month are free.',
  );
} finally {
  await postact.stop();
}
