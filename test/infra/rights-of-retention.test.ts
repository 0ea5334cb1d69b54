/** Who locks, tags and lists what is kept: the one function that works out dates, which can delete nothing. */
import { describe, expect, it } from 'vitest';
import { actionsOf, every, roleOf, stack, whoMay } from './rights.ts';
import { statementsOf } from './template.ts';

const STEP = 'RetentionRecalculationStepRole';
const LOCKS = [
  's3:GetObject',
  's3:GetObjectLegalHold',
  's3:GetObjectRetention',
  's3:GetObjectTagging',
  's3:GetObjectVersion',
  's3:GetObjectVersionTagging',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:PutObjectTagging',
  's3:PutObjectVersionTagging',
];

describe('the function that works out dates', () => {
  it.each([
    ['/kept/*', LOCKS],
    ['/enclosed/*', LOCKS],
    ['/work/*', ['s3:GetObject', 's3:PutObject']],
    ['/incoming/*', []],
    ['/sealed/', []],
    ['/certificates/', []],
  ])('may do on %s: %j', (under, actions) => {
    expect(actionsOf(STEP, under)).toEqual(actions);
  });

  it('deletes nothing, and lifts no lock before its time', () => {
    const actions = every.filter(({ role }) => role === roleOf(STEP)).flatMap((one) => one.actions);
    expect(actions.filter((action) => /Delete|Bypass/.test(action))).toEqual([]);
  });

  it('shares its right to set legal holds with those who copy files under one, and who put back a weaker one', () => {
    expect(whoMay(/^s3:PutObjectLegalHold$/, '/kept/*')).toEqual(
      [roleOf('ImageKeepImageRole'), roleOf('ReconciliationReconcileRole'), roleOf(STEP)].sort(),
    );
  });
});

describe('the workflow recalculation', () => {
  const role = 'RetentionWorkflowStateMachineRole';

  it('reads the lists of its work and nothing else of the bucket', () => {
    expect(actionsOf(role, '/work/*')).toEqual(['s3:GetObject']);
    expect(actionsOf(role, '/kept/*')).toEqual([]);
    expect(actionsOf(role, '/enclosed/*')).toEqual([]);
  });

  it('starts its own children, by a policy that is written after the machine', () => {
    const policy = stack.only('AWS::IAM::Policy', 'RetentionWorkflowChildren');
    expect(statementsOf(policy).flatMap(({ Action }) => Action)).toEqual([
      'states:StartExecution',
      'states:DescribeExecution',
      'states:StopExecution',
    ]);
    const machine = stack.only('AWS::StepFunctions::StateMachine', 'RetentionWorkflow');
    expect(JSON.stringify(statementsOf(policy)[0]!.Resource)).toContain(machine.id);
    expect(JSON.stringify(machine.DependsOn ?? [])).not.toContain(policy.id);
  });
});
