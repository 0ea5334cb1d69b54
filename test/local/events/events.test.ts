import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/contract.ts';
import { events } from '../../../local/events/events.ts';
import { owner, roleThatMay, smallHost, type SmallHost } from '../tables/small-host.ts';

const HOUR = 3_600_000;
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Sweep';
const SWEEP = 'arn:aws:lambda:us-east-1:000000000000:function:sweep';
const ROLE = 'arn:aws:iam::000000000000:role/Scheduler';

let host: SmallHost;
let started: { name: string; input: string }[];
let swept: unknown[];
let sweep: () => void;

async function hostIn(folder?: string): Promise<void> {
  host = await smallHost([events], {
    ...(folder ? { folder } : {}),
    functions: {
      sweep: (event) => {
        sweep();
        swept.push(event);
      },
    },
    states: (input) => {
      const { name, input: text } = input as { name: string; input: string };
      if (started.some((each) => each.name === name)) throw new AwsError('ExecutionAlreadyExists', 'again');
      started.push({ name, input: text });
      return {};
    },
  });
}

beforeEach(async () => {
  started = [];
  swept = [];
  sweep = () => undefined;
  await hostIn();
});
afterEach(() => host.stop());

const schedule = (more: Record<string, unknown> = {}) =>
  host.deploy('AWS::Scheduler::Schedule', 'Hourly', {
    Name: 'hourly',
    ScheduleExpression: 'cron(0 * * * ? *)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: SWEEP, RoleArn: ROLE, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    ...more,
  });
const times = () => swept.map((event) => Date.parse((event as { at: string }).at));
/** Whole hours later than now. */
const hoursOn = (count: number): number => (Math.floor(host.clock.now() / HOUR) + count) * HOUR;

describe('a rule', () => {
  const ruled = (more: Record<string, unknown>) =>
    host.deploy('AWS::Events::Rule', 'Rule', {
      EventPattern: { source: ['aws.ses'], detail: { eventType: ['Bounce'] } },
      Targets: [{ Id: 'a', Arn: SWEEP }],
      ...more,
    });
  const say = (eventType: string) =>
    host.call(
      'events',
      'PutServiceEvents',
      {
        Entries: [
          { Source: 'aws.ses', DetailType: 'Email Bounced', Detail: JSON.stringify({ eventType, to: 'a "b"' }) },
        ],
      },
      host.identities.asService('ses.amazonaws.com'),
    );

  it('sends what fits to its function, in the shape of EventBridge', async () => {
    await ruled({});
    await host.start();
    await say('Delivery');
    await say('Bounce');
    await host.clock.settled();
    expect(swept).toMatchObject([
      {
        version: '0',
        source: 'aws.ses',
        'detail-type': 'Email Bounced',
        account: '000000000000',
        detail: { eventType: 'Bounce' },
      },
    ]);
  });

  it('starts a workflow under its own role, with its input made over', async () => {
    await ruled({
      Targets: [
        {
          Id: 'a',
          Arn: MACHINE,
          RoleArn: ROLE,
          InputTransformer: {
            InputPathsMap: { kind: '$.detail.eventType', to: '$.detail.to', all: '$.detail' },
            InputTemplate: '{"kind":<kind>,"text":"<kind> of <to>","all":<all>}',
          },
        },
      ],
    });
    await host.start();
    await say('Bounce');
    await host.clock.settled();
    expect(JSON.parse(started[0]!.input)).toEqual({
      kind: 'Bounce',
      text: 'Bounce of a "b"',
      all: { eventType: 'Bounce', to: 'a "b"' },
    });
  });

  it('tries a failing function twice more, as time moves', async () => {
    sweep = () => {
      throw new Error('down');
    };
    await ruled({});
    await host.start();
    await say('Bounce');
    await host.clock.settled();
    await host.clock.advance(HOUR);
    expect(host.invoked).toHaveLength(3);
    expect(host.lines.join()).toContain('gave up');
  });

  it('with a rate fires after each period, and a schedule with a rate at once too', async () => {
    await host.deploy('AWS::Events::Rule', 'Rate', {
      ScheduleExpression: 'rate(1 hour)',
      Targets: [{ Id: 'a', Arn: SWEEP }],
    });
    await schedule({ ScheduleExpression: 'rate(2 hours)', Target: { Arn: SWEEP, RoleArn: ROLE } });
    await host.start();
    const begun = host.clock.now();
    await host.clock.advance(3 * HOUR + 60_000);
    const hoursOf = (source: string) =>
      swept
        .map((event) => event as { source: string; time: string })
        .filter((event) => event.source === source)
        .map((event) => Math.floor((Date.parse(event.time) - begun + 60_000) / HOUR));
    expect(hoursOf('aws.events')).toEqual([1, 2, 3]);
    expect(hoursOf('aws.scheduler')).toEqual([0, 2]);
  });

  it('needs events:PutEvents, and a source that is not of AWS', async () => {
    const Entries = [
      { Source: 'aws.s3', DetailType: 'x', Detail: '{}' },
      { Source: 'mine', DetailType: 'x', Detail: '[' },
      { Source: 'mine', DetailType: 'x', Detail: '{}' },
    ];
    await expect(async () => host.call('events', 'PutEvents', { Entries }, roleThatMay())).rejects.toThrow(
      'event-bus/default',
    );
    expect(await host.call('events', 'PutEvents', { Entries }, owner)).toMatchObject({
      FailedEntryCount: 2,
      Entries: [
        { ErrorCode: 'NotAuthorizedForSourceException' },
        { ErrorCode: 'MalformedDetail' },
        { EventId: expect.any(String) },
      ],
    });
  });

  it.each([
    ['arn:aws:scheduler:::aws-sdk:sqs:purgeQueue', 'universal'],
    ['arn:aws:kinesis:us-east-1:000000000000:stream/s', 'of kinesis'],
  ])('refuses the target %s', async (Arn, words) => {
    await expect(ruled({ Targets: [{ Id: 'a', Arn }] })).rejects.toThrow(words);
  });
});

describe('a schedule', () => {
  it('fires at each occurrence while time moves, and says which it was', async () => {
    await schedule();
    await host.start();
    const [first, second, third] = [hoursOn(1), hoursOn(2), hoursOn(3)];
    await host.clock.advanceTo(third + 1);
    expect(times()).toEqual([first, second, third]);
  });

  it('starts a workflow once per occurrence, under a name that tells it', async () => {
    await schedule({
      ScheduleExpression: 'at(2031-05-06T07:00:00)',
      ScheduleExpressionTimezone: 'America/New_York',
      Target: { Arn: MACHINE, RoleArn: ROLE },
    });
    await host.start();
    await host.clock.advanceTo(Date.parse('2031-05-06T11:00:00Z'));
    expect(started).toMatchObject([{ name: 'hourly-20310506T110000Z' }]);
    expect(JSON.parse(started[0]!.input)).toMatchObject({ source: 'aws.scheduler', time: '2031-05-06T11:00:00Z' });
  });

  it('makes up once for what was missed while the host was down', async () => {
    const everyMinute = { ScheduleExpression: 'rate(1 minute)', StartDate: new Date(Date.now() + 1_000).toISOString() };
    await schedule(everyMinute);
    await host.start();
    const { folder } = host;
    await host.stop('keep');
    await hostIn(folder);
    // The host comes back ten minutes later.
    host.clock.offset[0] = 10 * 60_000;
    await schedule(everyMinute);
    await host.start();
    await expect.poll(times).toHaveLength(1);
    expect(host.clock.now() - times()[0]!).toBeLessThan(60_000);
  });

  it('is sent again after a kill, and not twice to a workflow', async () => {
    await schedule({ Target: { Arn: MACHINE, RoleArn: ROLE } });
    await host.start();
    const goal = hoursOn(1);
    await host.clock.advanceTo(goal);
    // As if the host had been killed after the workflow began and before the row was removed.
    const delivery = {
      from: 'x',
      service: 'scheduler.amazonaws.com',
      target: { Arn: MACHINE },
      input: '{}',
      name: started[0]!.name,
    };
    host.journal.run(
      'INSERT INTO events_deliveries (delivery, attempts, since) VALUES (?, 0, ?)',
      JSON.stringify(delivery),
      host.clock.now(),
    );
    const { folder } = host;
    await host.stop('keep');
    await hostIn(folder);
    await schedule({ Target: { Arn: MACHINE, RoleArn: ROLE } });
    await host.start();
    await host.clock.settled();
    expect(started).toHaveLength(1);
    expect(host.journal.all('SELECT * FROM events_deliveries')).toEqual([]);
  });

  it.each([
    { days: 50, about: 400 },
    { days: 5 * 365, about: 60 },
  ])(
    'keeps to about $about true occurrences and the last in a move of $days days',
    { timeout: 60_000 },
    async ({ days, about }) => {
      const goal = hoursOn(24 * days) + 1;
      host.journal.define('PRAGMA synchronous = OFF');
      await schedule();
      await host.start();
      await host.clock.advanceTo(goal);
      expect(times().at(-1)).toBe(goal - 1);
      expect(Math.abs(times().length - about)).toBeLessThan(about * 0.15);
      expect(times().every((time) => time % HOUR === 0)).toBe(true);
      const longestGap = times().reduce((most, time, at, all) => Math.max(most, time - (all[at - 1] ?? time)), 0);
      expect(longestGap).toBeLessThan((days * 24 * HOUR) / about + 2 * HOUR);
    },
  );

  it('ends when the template no longer has it', async () => {
    await schedule();
    await host.start();
    const { folder } = host;
    await host.stop('keep');
    await hostIn(folder);
    await host.start();
    await host.clock.advanceTo(hoursOn(2));
    expect(swept).toEqual([]);
  });

  it('is made, changed and removed through the API, by those who may', async () => {
    await host.start();
    const input = {
      Name: 'once',
      ScheduleExpression: 'rate(1 hour)',
      StartDate: hoursOn(2) / 1_000,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: SWEEP, RoleArn: ROLE, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    };
    const arn = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/once';
    await expect(async () =>
      host.call('scheduler', 'CreateSchedule', input, roleThatMay(`scheduler:CreateSchedule on ${arn}`)),
    ).rejects.toThrow(`iam:PassRole on resource: ${ROLE}`);
    expect(await host.call('scheduler', 'CreateSchedule', input, owner)).toEqual({ ScheduleArn: arn });
    await expect(async () => host.call('scheduler', 'CreateSchedule', input, owner)).rejects.toMatchObject({
      code: 'ConflictException',
    });
    expect(await host.call('scheduler', 'GetSchedule', { Name: 'once' }, owner)).toMatchObject({
      Arn: arn,
      StartDate: input.StartDate,
      State: 'ENABLED',
    });
    const first = hoursOn(2);
    await host.clock.advanceTo(first);
    expect(times()).toEqual([first]);
    await host.call('scheduler', 'UpdateSchedule', { ...input, State: 'DISABLED' }, owner);
    await host.clock.advance(2 * HOUR);
    expect(times()).toEqual([first]);
    await host.call('scheduler', 'DeleteSchedule', { Name: 'once' }, owner);
    await expect(async () => host.call('scheduler', 'GetSchedule', { Name: 'once' }, owner)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});
