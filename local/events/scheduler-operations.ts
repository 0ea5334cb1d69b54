/** The operations of EventBridge Scheduler, and its resources in the template. Dates in answers are seconds since 1970. */
import { z } from 'zod';
import { AwsError, type Caller, type Host, type ResourceProvider } from '../contract.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Schedule, schedules } from './schedules.ts';
import { requireServed, Target } from './target.ts';

/** ISO text in the template, seconds since 1970 in the API. */
const Moment = z
  .union([z.string(), z.number()])
  .transform((value) => (typeof value === 'number' ? value * 1_000 : Date.parse(value)));
const Given = z.object({
  Name: z.string().optional(),
  GroupName: z.string().default('default'),
  Description: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  StartDate: Moment.optional(),
  EndDate: Moment.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  Target: Target.extend({ RoleArn: z.string() }),
});
type Given = z.infer<typeof Given>;

interface Named {
  readonly Name: string;
  readonly GroupName?: string;
}

export function schedulerPart(host: Host, store: ReturnType<typeof schedules>) {
  const deployed = new Set<string>();
  const idOf = ({ Name, GroupName = 'default' }: Named): string => `schedule/${GroupName}/${Name}`;
  const arnOf = (id: string): string => `arn:aws:scheduler:${host.region}:${host.account}:${id}`;

  function put(given: Given, Name: string, fromTemplate: boolean): string {
    requireServed(given.Target);
    const id = idOf({ ...given, Name });
    const timing = {
      expression: given.ScheduleExpression,
      timeZone: given.ScheduleExpressionTimezone,
      start: given.StartDate ?? null,
      end: given.EndDate ?? null,
    };
    occurrencesOf(timing, 0);
    store.put({
      id,
      arn: arnOf(id),
      name: Name,
      timing,
      fromTemplate,
      enabled: given.State === 'ENABLED',
      targets: [given.Target],
      deleteWhenDone: given.ActionAfterCompletion === 'DELETE',
      description: given.Description ?? null,
    });
    return arnOf(id);
  }
  function parsed(input: unknown): Given {
    const result = Given.safeParse(input);
    if (result.success) return result.data;
    throw new AwsError(
      'ValidationException',
      result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    );
  }
  function existing(operation: string, input: Named, caller: Caller): Schedule {
    caller.require(`scheduler:${operation}`, arnOf(idOf(input)));
    const schedule = store.get(idOf(input));
    if (!schedule) throw new AwsError('ResourceNotFoundException', `Schedule ${input.Name} does not exist.`, 404);
    return schedule;
  }
  function answered(schedule: Schedule) {
    const { timing, targets, enabled } = schedule;
    return {
      Arn: schedule.arn,
      Name: schedule.name,
      GroupName: schedule.id.split('/')[1],
      ...(schedule.description === null ? {} : { Description: schedule.description }),
      ScheduleExpression: timing.expression,
      ScheduleExpressionTimezone: timing.timeZone,
      ...(timing.start === null ? {} : { StartDate: timing.start / 1_000 }),
      ...(timing.end === null ? {} : { EndDate: timing.end / 1_000 }),
      State: enabled ? 'ENABLED' : 'DISABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: schedule.deleteWhenDone ? 'DELETE' : 'NONE',
      Target: targets[0],
      CreationDate: schedule.createdAt / 1_000,
      LastModificationDate: schedule.changedAt / 1_000,
    };
  }

  const operations = {
    CreateSchedule(input: Named, caller: Caller) {
      caller.require('scheduler:CreateSchedule', arnOf(idOf(input)));
      const given = parsed(input);
      caller.require('iam:PassRole', given.Target.RoleArn, { 'iam:PassedToService': 'scheduler.amazonaws.com' });
      if (store.get(idOf(input)))
        throw new AwsError('ConflictException', `Schedule ${input.Name} already exists.`, 409);
      return { ScheduleArn: put(given, input.Name, false) };
    },
    UpdateSchedule(input: Named, caller: Caller) {
      const { fromTemplate } = existing('UpdateSchedule', input, caller);
      const given = parsed(input);
      caller.require('iam:PassRole', given.Target.RoleArn, { 'iam:PassedToService': 'scheduler.amazonaws.com' });
      return { ScheduleArn: put(given, input.Name, fromTemplate) };
    },
    GetSchedule: (input: Named, caller: Caller) => answered(existing('GetSchedule', input, caller)),
    DeleteSchedule(input: Named, caller: Caller) {
      store.remove(existing('DeleteSchedule', input, caller).id);
      return {};
    },
    ListSchedules(input: { GroupName?: string; ScheduleGroup?: string; NamePrefix?: string }, caller: Caller) {
      caller.require('scheduler:ListSchedules', '*');
      // The query parameter is called ScheduleGroup, the member GroupName.
      const group = input.GroupName ?? input.ScheduleGroup;
      const found = store
        .list(group ? `schedule/${group}/` : 'schedule/')
        .filter((schedule) => schedule.name.startsWith(input.NamePrefix ?? ''));
      return {
        Schedules: found
          .map(answered)
          .map(({ Target: target, ...rest }) => ({ ...rest, Target: { Arn: target?.Arn } })),
      };
    },
  };

  const provider: ResourceProvider = {
    types: ['AWS::Scheduler::Schedule', 'AWS::Scheduler::ScheduleGroup'],
    deploy({ type, properties, physicalId }) {
      if (type === 'AWS::Scheduler::ScheduleGroup') {
        const { Name = physicalId } = z.object({ Name: z.string().optional() }).parse(properties);
        return {
          ref: Name,
          attributes: { Arn: `arn:aws:scheduler:${host.region}:${host.account}:schedule-group/${Name}` },
        };
      }
      const given = parsed(properties);
      const name = given.Name ?? physicalId;
      deployed.add(idOf({ ...given, Name: name }));
      return { ref: name, attributes: { Arn: put(given, name, true) } };
    },
  };

  return {
    operations,
    provider,
    /** Schedules that the template no longer has. */
    abandoned: (): Schedule[] =>
      store.list('schedule/').filter((schedule) => schedule.fromTemplate && !deployed.has(schedule.id)),
  };
}
