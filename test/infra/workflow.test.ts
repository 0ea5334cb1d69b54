/** How a workflow's definition and its functions are held together. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Alarms } from '../../infra/constructs/alarms.ts';
import { Keys } from '../../infra/constructs/keys.ts';
import { PostactFunction } from '../../infra/constructs/postact-function.ts';
import { RecordsTable } from '../../infra/constructs/records-table.ts';
import { Site } from '../../infra/constructs/site.ts';
import { definitionOf, Workflow } from '../../infra/constructs/workflow.ts';
import type { Platform } from '../../infra/platform.ts';
import { settingsOf } from '../../infra/settings.ts';

const outdir = mkdtempSync(join(tmpdir(), 'postact-workflow-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** A definition that calls these functions, one after the other. */
const calling = (...names: string[]): string =>
  JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Check 0',
    States: Object.fromEntries(
      names.map((name, step) => [
        `Check ${step}`,
        {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: `\${${name}}` },
          ...(step + 1 < names.length ? { Next: `Check ${step + 1}` } : { End: true }),
        },
      ]),
    ),
  });

/** A stack with one workflow, and the functions it is given. */
function workflow(definition: string, given: readonly string[]): Template {
  const stack = new Stack(new App({ outdir, analyticsReporting: false }), 'Test');
  const settings = settingsOf(stack.node);
  const keys = new Keys(stack, 'Keys');
  const alarms = new Alarms(stack, 'Alarms', keys, settings);
  const platform: Platform = {
    settings,
    keys,
    alarms,
    site: new Site(stack, 'Site', { settings, keys, alarms }),
    records: new RecordsTable(stack, 'Records', keys),
    codeOf: () => Code.fromInline('// not bundled'),
  };
  const functions = given.map(
    (name) => [name, new PostactFunction(stack, name, platform, { entry: `x/${name}.lambda.ts`, does: name })] as const,
  );
  new Workflow(stack, 'Workflow', platform, { name: 'sample', definition, functions: Object.fromEntries(functions) });
  return Template.fromStack(stack);
}
const versionIn = (template: Template): string =>
  Object.keys(template.findResources('AWS::StepFunctions::StateMachineVersion'))[0]!;

describe('a workflow', () => {
  it('fails synth when a step has no function', () => {
    expect(() => workflow(calling('CheckIt', 'SendIt'), ['CheckIt'])).toThrow(
      /sample\.asl\.json .* missing \[SendIt\], never called \[\]/,
    );
  });

  it('fails synth when a function has no step', () => {
    expect(() => workflow(calling('CheckIt'), ['CheckIt', 'SendIt'])).toThrow(/missing \[\], never called \[SendIt\]/);
  });

  it('fails synth when its definition is not there', () => {
    expect(() => definitionOf('no-such-noun')).toThrow('workflows/no-such-noun/no-such-noun.asl.json is not there');
  });

  it('names service integrations by the partition it is deployed to', () => {
    const [machine] = Object.values(
      workflow(calling('CheckIt'), ['CheckIt']).findResources('AWS::StepFunctions::StateMachine'),
    );
    const { DefinitionString, DefinitionSubstitutions } = (
      machine as { Properties: { DefinitionString: string; DefinitionSubstitutions: object } }
    ).Properties;
    expect(DefinitionString).toContain('arn:${Partition}:states:::lambda:invoke');
    expect(DefinitionSubstitutions).toMatchObject({
      Partition: { Ref: 'AWS::Partition' },
      CheckIt: { 'Fn::GetAtt': [expect.stringMatching(/^CheckIt/), 'Arn'] },
    });
  });

  it('is published anew when its definition changes, and only then', () => {
    const first = versionIn(workflow(calling('CheckIt'), ['CheckIt']));
    expect(versionIn(workflow(calling('CheckIt'), ['CheckIt']))).toBe(first);
    expect(versionIn(workflow(calling('CheckIt', 'CheckIt'), ['CheckIt']))).not.toBe(first);
  });
});
