/** What the stack leaves out when it is deployed to an emulator, and that nothing else differs. */
import { describe, expect, it } from 'vitest';
import { synthesize } from './synthesized.ts';

const onAws = synthesize({});
const emulated = synthesize({}, 'http://127.0.0.1:4566');
const TYPES = [...new Set([...onAws.text.matchAll(/"Type":\s*"(AWS::[\w:]+)"/g)].map(([, type]) => type!))];
const definitions = ({ of }: Pick<typeof onAws, 'of'>) =>
  of('AWS::StepFunctions::StateMachine').map(({ Properties }) => JSON.stringify(Properties.DefinitionString));

describe('the stack for an emulator', () => {
  it('has every resource of the stack but the published versions of workflows', () => {
    const counted = (stack: Pick<typeof onAws, 'of'>) =>
      Object.fromEntries(TYPES.map((type) => [type, stack.of(type).length]));
    expect(TYPES.length).toBeGreaterThan(20);
    expect(counted(emulated)).toEqual({ ...counted(onAws), 'AWS::StepFunctions::StateMachineVersion': 0 });
  });

  it('finds the user pool at the emulator, which signs in the name of AWS', () => {
    const { Environment } = emulated.only('AWS::Lambda::Function', 'AccessPages').Properties as {
      Environment: { Variables: Record<string, unknown> };
    };
    const { OIDC_ISSUER, OIDC_ADDRESS } = Environment.Variables;
    expect([JSON.stringify(OIDC_ISSUER), JSON.stringify(OIDC_ADDRESS)]).toEqual([
      expect.stringMatching(/^\{"Fn::Join":\["",\["https:\/\/",\{"Fn::GetAtt":\["[^"]+","ProviderName"\]/),
      expect.stringContaining('"http://127.0.0.1:4566/"'),
    ]);
  });

  it('waits without the time limits that are expressions, and keeps those that are numbers', () => {
    const limits = (all: string[]) =>
      all.flatMap((text) => [...text.matchAll(/TimeoutSeconds\W+(\w)/g)].map(([, first]) => first!));
    expect(limits(definitions(onAws)).filter((first) => !/\d/.test(first))).not.toEqual([]);
    expect(limits(definitions(emulated))).toEqual(limits(definitions(onAws)).filter((first) => /\d/.test(first)));
  });
});
