/**
 * EventBridge: rules that send matching events, and rules and schedules that send by the clock.
 *
 * Events of the host's own services come in by PutServiceEvents. Deliveries are durable from the moment PutEvents answers.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError, type Caller, type Host, type MakePart, type ResourceProvider } from '../contract.ts';
import { deliveries, type Delivery } from './deliver.ts';
import { matches, requireValid } from './pattern.ts';
import { schedulerPart } from './scheduler-operations.ts';
import { executionName, schedules } from './schedules.ts';
import { inputFor, requireServed, Target } from './target.ts';

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  /** Seconds since 1970, or ISO text from other parts. */
  readonly Time?: number | string;
  readonly EventBusName?: string;
}

interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly Target[];
}

type Answer = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

const MOST_ENTRIES = 10;

export const events: MakePart = (host) => {
  const outgoing = deliveries(host);
  const store = schedules(host, outgoing);
  const scheduler = schedulerPart(host, store);
  const { rules, provider, abandoned } = rulesOf(host, store);

  function accept(
    entries: readonly Entry[],
    refuse: (entry: Entry) => string | undefined,
  ): { FailedEntryCount: number; Entries: Answer[] } {
    const found: Delivery[] = [];
    const Entries = entries.map((entry): Answer => {
      const refused = refuse(entry);
      if (refused) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: refused };
      const event = eventOf(host, entry);
      if (typeof event === 'string')
        return { ErrorCode: event, ErrorMessage: 'Source, DetailType and Detail (a JSON object as text) are needed' };
      const bus = busName(entry.EventBusName);
      for (const rule of rules.values())
        if (rule.bus === bus && matches(rule.pattern, event)) found.push(...deliveriesOf(rule, event));
      return { EventId: event.id };
    });
    outgoing.send(host.journal.transaction(() => outgoing.record(found)));
    return { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries };
  }

  const operations = {
    PutEvents({ Entries }: { Entries: readonly Entry[] }, caller: Caller) {
      for (const { EventBusName, Source, DetailType } of Entries) {
        caller.require(
          'events:PutEvents',
          `arn:aws:events:${host.region}:${host.account}:event-bus/${busName(EventBusName)}`,
          { 'events:source': Source ?? '', 'events:detail-type': DetailType ?? '' },
        );
      }
      if (Entries.length < 1 || Entries.length > MOST_ENTRIES)
        throw new AwsError('ValidationException', `PutEvents has ${Entries.length} Entries; give 1 to ${MOST_ENTRIES}`);
      return accept(Entries, (entry) =>
        entry.Source?.startsWith('aws.') ? `Not authorized for the source ${entry.Source}` : undefined,
      );
    },
    /** Not of AWS: how the host's other services say what happened, under sources such as `aws.s3`. */
    PutServiceEvents({ Entries }: { Entries: readonly Entry[] }, caller: Caller) {
      if (caller.kind !== 'service')
        throw new AwsError('AccessDeniedException', 'PutServiceEvents is for parts of the host; use PutEvents', 403);
      return accept(Entries, () => undefined);
    },
    TestEventPattern({ EventPattern, Event }: { EventPattern: string; Event: string }, caller: Caller) {
      caller.require('events:TestEventPattern', '*');
      return { Result: matches(JSON.parse(EventPattern) as Record<string, unknown>, JSON.parse(Event)) };
    },
  };

  return {
    services: [
      { signingName: 'events', operations },
      { signingName: 'scheduler', operations: scheduler.operations },
    ],
    providers: [provider, scheduler.provider],
    start() {
      for (const { id } of [...scheduler.abandoned(), ...abandoned()]) store.remove(id);
      store.restore();
      outgoing.resume();
    },
  };
};

const RuleProperties = z.object({
  Name: z.string().optional(),
  EventBusName: z.string().optional(),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(Target).default([]),
});

/** Rules of the template. Those by pattern are kept in memory: the template brings them on every start. */
function rulesOf(host: Host, store: ReturnType<typeof schedules>) {
  const rules = new Map<string, Rule>();
  const scheduled = new Set<string>();
  const provider: ResourceProvider = {
    types: ['AWS::Events::Rule', 'AWS::Events::EventBus'],
    deploy({ logicalId, type, properties, physicalId }) {
      const prefix = `arn:aws:events:${host.region}:${host.account}`;
      if (type === 'AWS::Events::EventBus') {
        const { Name } = z.object({ Name: z.string() }).parse(properties);
        return { ref: Name, attributes: { Arn: `${prefix}:event-bus/${Name}`, Name } };
      }
      const wanted = RuleProperties.parse(properties);
      const name = wanted.Name ?? physicalId;
      const bus = busName(wanted.EventBusName);
      const arn = `${prefix}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`;
      wanted.Targets.forEach(requireServed);
      if (wanted.EventPattern) {
        requireValid(wanted.EventPattern);
        if (wanted.State !== 'DISABLED')
          rules.set(arn, { name, arn, bus, pattern: wanted.EventPattern, targets: wanted.Targets });
      }
      if (wanted.ScheduleExpression) {
        const id = `rule/${bus}/${name}`;
        scheduled.add(id);
        const timing = { expression: wanted.ScheduleExpression, timeZone: 'UTC', start: null, end: null };
        store.put({
          id,
          arn,
          name,
          timing,
          enabled: wanted.State !== 'DISABLED',
          targets: wanted.Targets,
          fromTemplate: true,
          deleteWhenDone: false,
          description: null,
        });
      }
      if (!wanted.EventPattern && !wanted.ScheduleExpression)
        throw new Error(`rule ${logicalId}: has neither EventPattern nor ScheduleExpression; give one`);
      return { ref: name, attributes: { Arn: arn } };
    },
  };
  return { rules, provider, abandoned: () => store.list('rule/').filter((schedule) => !scheduled.has(schedule.id)) };
}

function deliveriesOf(rule: Rule, event: { readonly id: string }): Delivery[] {
  return rule.targets.map((target, index) => ({
    from: rule.arn,
    service: 'events.amazonaws.com',
    target,
    input: inputFor(target, event as unknown as Record<string, unknown>),
    name: executionName(rule.name, event.id, index === 0 ? '' : `-${index}`),
  }));
}

/** The event as rules and targets see it, or the code of what is wrong with the entry. */
function eventOf(host: Host, { Source, DetailType, Detail, Resources, Time }: Entry) {
  if (!Source || !DetailType || Detail === undefined) return 'InvalidArgument';
  let detail: unknown;
  try {
    detail = JSON.parse(Detail);
  } catch {
    return 'MalformedDetail';
  }
  if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) return 'MalformedDetail';
  const at = typeof Time === 'number' ? Time * 1_000 : Time === undefined ? host.clock.now() : Date.parse(Time);
  const time = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: host.account,
    time,
    region: host.region,
    resources: Resources ?? [],
    detail,
  };
}

/** A bus by name or ARN; none is the default one. */
function busName(nameOrArn: string | undefined): string {
  return nameOrArn?.split('/').at(-1) || 'default';
}
