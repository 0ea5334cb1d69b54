/**
 * A deployed postact for tests, known by the environment alone: its outputs, its site, its sign-in page and its mails.
 * People are brought in through the doors an administrator uses, by demo/seed.ts.
 */
import { AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { randomBytes } from 'node:crypto';
import { mailOf, PEOPLE } from '../../demo/people.ts';
import { seed } from '../../demo/seed.ts';
import { Client } from '../../demo/client.ts';
import type { Place } from '../job.ts';
import { inboxOf } from './inbox.ts';
import { lockOnEmulator } from './object-lock.ts';
import { outputsOf, type Outputs } from './outputs.ts';
import { signIn } from './sign-in.ts';

export interface Deployed extends Place {
  readonly outputs: Outputs;
  /** Somebody without a session. */
  stranger(): Client;
}

/** Seeds the stack that the environment names, and answers it. Throws one Error that says what is wrong with either. */
export async function deployed(env = process.env): Promise<Deployed> {
  const outputs = await outputsOf(env.POSTACT_STACK ?? 'Postact', env);
  const site = outputs.SiteUrl;
  // Known to this run only: a stack that tests can reach may be one that others can.
  const password = `${randomBytes(24).toString('base64url')}-aA1`;
  await seed(outputs, { now: new Date(), password });
  await setPasswords(outputs.UserPoolId, password);
  await lockOnEmulator(outputs.ImagesBucketName, env);
  const mailsTo = await inboxOf(site, env);

  const personOf = (id: string) => PEOPLE.find(({ personId }) => personId === id)!;
  const clients = new Map<string, Promise<Client>>();
  const signedIn = async (personId: string): Promise<Client> => {
    const client = new Client(site);
    await signIn(client, { directoryName: personOf(personId).directoryName, password });
    return client;
  };
  return {
    site,
    outputs,
    stranger: () => new Client(site),
    as(personId) {
      const known = clients.get(personId) ?? signedIn(personId);
      clients.set(personId, known);
      return known;
    },
    // Nobody can tell from outside when a deployed stack is at rest; whoever needs something of it waits for that.
    settled: () => Promise.resolve(),
    now: () => new Date(),
    mailsTo: (who) => mailsTo(who.includes('@') ? who : mailOf(personOf(who))),
  };
}

/** Seeding leaves the password of a person who is in the directory already as it is. */
async function setPasswords(UserPoolId: string, Password: string): Promise<void> {
  const cognito = new CognitoIdentityProviderClient({});
  for (const { directoryName } of PEOPLE)
    await cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: directoryName, Password, Permanent: true }),
    );
  cognito.destroy();
}
