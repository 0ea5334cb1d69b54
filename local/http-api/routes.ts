/**
 * Chooses the route of an HTTP API for a request, by API Gateway's order: the most specific path, then the method
 * before ANY, then `$default`.
 *
 * Source: API Gateway Developer Guide, "Create routes for HTTP APIs", "Routing API requests".
 */
export interface Route {
  /** `GET /pets/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
}

export interface Matched<R extends Route> {
  readonly route: R;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Splits a route key into what matching needs. */
export function readRouteKey(key: string): Route {
  const [method = '', path = ''] = key.split(' ');
  return { key, method, segments: path.split('/').slice(1) };
}

/** `path` is decoded and begins with a slash. Undefined when no route matches and there is no `$default`. */
export function matchRoute<R extends Route>(
  routes: readonly R[],
  method: string,
  path: string,
): Matched<R> | undefined {
  const segments = path.split('/').slice(1);
  const candidates = routes
    .filter((route) => route.key !== '$default' && (route.method === 'ANY' || route.method === method))
    .map((route) => ({ route, pathParameters: parametersOf(route.segments, segments) }))
    .filter((candidate): candidate is Matched<R> => candidate.pathParameters !== undefined)
    .sort(
      (a, b) =>
        comparePaths(a.route.segments, b.route.segments) ||
        Number(a.route.method === 'ANY') - Number(b.route.method === 'ANY'),
    );
  if (candidates[0]) return candidates[0];
  const fallback = routes.find((route) => route.key === '$default');
  return fallback && { route: fallback, pathParameters: {} };
}

function parametersOf(pattern: readonly string[], found: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const greedy = /^\{(\w+)\+\}$/.exec(part)?.[1];
    if (greedy !== undefined) {
      const rest = found.slice(index).join('/');
      if (rest === '') return undefined;
      return { ...parameters, [greedy]: rest };
    }
    const segment = found[index];
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (segment === undefined || (name === undefined ? segment !== part : segment === '')) return undefined;
    if (name !== undefined) parameters[name] = segment;
  }
  return pattern.length === found.length ? parameters : undefined;
}

/** Literal before parameter before greedy, segment by segment. */
function comparePaths(left: readonly string[], right: readonly string[]): number {
  const weight = (segment: string | undefined): number =>
    segment === undefined ? 3 : segment.endsWith('+}') ? 2 : segment.startsWith('{') ? 1 : 0;
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = weight(left[index]) - weight(right[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}
