/**
 * The CORS answers that API Gateway gives itself when an HTTP API has a CorsConfiguration; what the function says of
 * CORS is then dropped. Source: API Gateway Developer Guide, "Configure CORS for HTTP APIs".
 */
import type { IncomingMessage } from 'node:http';

export interface CorsConfiguration {
  readonly AllowOrigins?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly AllowCredentials?: boolean;
  readonly MaxAge?: number;
}

export function isPreflight(request: IncomingMessage): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.origin !== undefined &&
    request.headers['access-control-request-method'] !== undefined
  );
}

/** The headers for a preflight or an actual request: none when the origin is not allowed. */
export function corsHeaders(configuration: CorsConfiguration, request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  const origins = configuration.AllowOrigins ?? [];
  const isAllowed =
    origin !== undefined &&
    origins.some(
      (allowed) =>
        allowed === '*' || allowed === origin || (allowed.endsWith('://*') && origin.startsWith(allowed.slice(0, -1))),
    );
  if (!isAllowed) return {};
  const lists = isPreflight(request)
    ? {
        'access-control-allow-methods': configuration.AllowMethods,
        'access-control-allow-headers': configuration.AllowHeaders,
      }
    : { 'access-control-expose-headers': configuration.ExposeHeaders };
  return {
    'access-control-allow-origin': origins.includes('*') ? '*' : origin,
    ...(origins.includes('*') ? {} : { vary: 'origin' }),
    ...(configuration.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(isPreflight(request) && configuration.MaxAge !== undefined
      ? { 'access-control-max-age': String(configuration.MaxAge) }
      : {}),
    ...Object.fromEntries(
      Object.entries(lists)
        .filter(([, list]) => list?.length)
        .map(([name, list]) => [name, list!.join(',')]),
    ),
  };
}
