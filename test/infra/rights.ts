/** Who may do what, read off the roles and policies of the synthesized template. For the tests of rights. */
import { expect } from 'vitest';
import { assembled, listOf, statementsOf, type Statement } from './template.ts';

export const stack = assembled();

/** Every role, by the start of its id, with everything it is allowed. */
const allowed = new Map<string, readonly Statement[]>();
const grant = (role: string, statements: readonly Statement[]) =>
  allowed.set(role, [...(allowed.get(role) ?? []), ...statements.filter(({ Effect }) => Effect === 'Allow')]);
for (const { id, Properties } of stack.of('AWS::IAM::Role'))
  for (const { PolicyDocument } of (Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[])
    grant(id, PolicyDocument.Statement);
for (const policy of stack.of('AWS::IAM::Policy'))
  for (const { Ref } of policy.Properties.Roles as { Ref: string }[]) grant(Ref, statementsOf(policy));
export const every = [...allowed].flatMap(([role, statements]) =>
  statements.map((statement) => ({ role, ...statement, actions: listOf(statement.Action) })),
);

export const roleOf = (start: string): string => {
  const roles = [...allowed.keys()].filter((role) => role.startsWith(start));
  expect(roles).toHaveLength(1);
  return roles[0]!;
};
/** What a role may do on what a resource's text contains, sorted. */
export const actionsOf = (start: string, on: string): string[] =>
  every
    .filter(({ role, Resource }) => role === roleOf(start) && JSON.stringify(Resource).includes(on))
    .flatMap(({ actions }) => actions)
    .sort();
export const whoMay = (action: RegExp, on = ''): string[] =>
  [
    ...new Set(
      every
        .filter(
          ({ actions, Resource }) => actions.some((name) => action.test(name)) && JSON.stringify(Resource).includes(on),
        )
        .map(({ role }) => role),
    ),
  ].sort();
