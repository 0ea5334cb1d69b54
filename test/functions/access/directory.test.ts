/** The directory asked at another address than its issuer's, as on an emulator that signs in the name of AWS. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryAt } from '../../../functions/access/directory.ts';

const ISSUER = 'https://directory.example.gov/people';
const TICKET = {
  state: 's'.repeat(43),
  nonce: 'n'.repeat(43),
  verifier: 'v'.repeat(43),
  cookie: 'c',
  noticeShown: 'n',
  next: '/desk',
};
const RETURN = new URL('https://postact.example.gov/sign-in/return');

let address: string;
const server = createServer((request, response) => {
  const found = request.url === '/here/.well-known/openid-configuration';
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      issuer: ISSUER,
      authorization_endpoint: `${address}/authorize`,
      token_endpoint: `${address}/token`,
    }),
  );
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const asked = (issuer: string) =>
  directoryAt({
    issuer,
    address: `${address}/here`,
    clientId: 'x',
    addressToSignOut: `${address}/logout`,
  }).addressToSignIn(TICKET as Parameters<ReturnType<typeof directoryAt>['addressToSignIn']>[0], RETURN);

describe('a directory at an address of its own', () => {
  it('is asked there, and says where to sign in', async () => {
    expect((await asked(ISSUER)).href).toMatch(`${address}/authorize?`);
  });

  it('is not believed when it speaks for another issuer than ours', async () => {
    await expect(asked('https://directory.example.gov/others')).rejects.toMatchObject({ name: 'DirectoryUnreachable' });
  });
});
