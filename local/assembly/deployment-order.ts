/**
 * The order in which a template's resources are deployed: each after those it refers to or names in DependsOn.
 */
import { AssemblyRefused, type TemplateResource } from './cloud-assembly.ts';
import { conditionHolds, intrinsicOf, namesInSub, type Scope } from './intrinsics.ts';

/** The logical ids of resources whose condition holds, in order. Throws AssemblyRefused naming a circle. */
export function deploymentOrder(scope: Scope): string[] {
  const resources = Object.entries(scope.template.Resources ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || conditionHolds(Condition, scope),
  );
  const present = new Map(resources);
  const ordered = new Set<string>();
  const visit = (logicalId: string, resource: TemplateResource, path: readonly string[]): void => {
    if (ordered.has(logicalId)) return;
    const circle = path.indexOf(logicalId);
    if (circle >= 0)
      throw new AssemblyRefused(
        `resources refer to each other in a circle: ${[...path.slice(circle), logicalId].join(' -> ')}`,
      );
    for (const name of neededBy(resource, scope)) {
      const needed = present.get(name);
      if (needed) visit(name, needed, [...path, logicalId]);
    }
    ordered.add(logicalId);
  };
  for (const [logicalId, resource] of resources) visit(logicalId, resource, []);
  return [...ordered];
}

function neededBy(resource: TemplateResource, scope: Scope): Set<string> {
  const names = new Set([resource.DependsOn ?? []].flat());
  collectNames(resource.Properties, scope, names);
  return names;
}

/** Follows only the branch of Fn::If that is taken: the other may name resources that are not there. */
function collectNames(value: unknown, scope: Scope, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Ref') names.add(String(argument));
  else if (name === 'Fn::If' && Array.isArray(argument))
    collectNames(argument[conditionHolds(String(argument[0]), scope) ? 1 : 2], scope, names);
  else {
    if (name === 'Fn::GetAtt')
      names.add(String(Array.isArray(argument) ? argument[0] : String(argument).split('.')[0]));
    if (name === 'Fn::Sub') for (const used of namesInSub(argument)) names.add(used.split('.')[0]!);
    for (const member of Object.values(value)) collectNames(member, scope, names);
  }
}
