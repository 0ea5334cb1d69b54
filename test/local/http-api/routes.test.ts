import { describe, expect, it } from 'vitest';
import { matchRoute, readRouteKey } from '../../../local/http-api/routes.ts';

const routes = (...keys: string[]): ReturnType<typeof readRouteKey>[] => keys.map(readRouteKey);
const pets = routes(
  '$default',
  'ANY /{proxy+}',
  'GET /pets/dog/{id}',
  'GET /{proxy+}',
  'GET /pets/dog/1',
  'ANY /pets/cat/{id}',
  'POST /pets/cat/{id}',
  'GET /',
  'ANY /a/{x}/c',
  'GET /a/{y+}',
);

describe('a route', () => {
  it.each<[string, string, string, object]>([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/bird/1', 'GET /{proxy+}', { proxy: 'pets/bird/1' }],
    ['POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    ['POST', '/pets/cat/9', 'POST /pets/cat/{id}', { id: '9' }],
    ['PUT', '/pets/cat/9', 'ANY /pets/cat/{id}', { id: '9' }],
    ['GET', '/', 'GET /', {}],
    ['POST', '/', '$default', {}],
    ['GET', '/a/b/c', 'ANY /a/{x}/c', { x: 'b' }],
    ['GET', '/a/b/d', 'GET /a/{y+}', { y: 'b/d' }],
    ['GET', '/pets/dog/1/', 'GET /{proxy+}', { proxy: 'pets/dog/1/' }],
  ])('for %s %s is %s', (method, path, key, parameters) => {
    const matched = matchRoute(pets, method, path);
    expect([matched?.route.key, matched?.pathParameters]).toEqual([key, parameters]);
  });

  it('is none when nothing matches and there is no $default', () => {
    expect(matchRoute(routes('GET /a', 'GET /b/{id}'), 'GET', '/b/')).toBeUndefined();
    expect(matchRoute(routes('GET /a'), 'POST', '/a')).toBeUndefined();
  });
});
