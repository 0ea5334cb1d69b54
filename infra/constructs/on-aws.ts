/**
 * The condition that the stack is deployed to AWS itself and not to an emulator. It is for what an emulator does not
 * serve and the system does not need to work; everything else is the same everywhere.
 */
import { Aws, CfnCondition, Fn, type Stack } from 'aws-cdk-lib';

/** The account number of emulators. AWS gives it to nobody. */
const EMULATED_ACCOUNT = '000000000000';
const ID = 'IsOnAws';

/** One condition for the whole stack, made when it is first asked for. */
export function onAws(stack: Stack): CfnCondition {
  const made = stack.node.tryFindChild(ID) as CfnCondition | undefined;
  return (
    made ??
    new CfnCondition(stack, ID, { expression: Fn.conditionNot(Fn.conditionEquals(Aws.ACCOUNT_ID, EMULATED_ACCOUNT)) })
  );
}
