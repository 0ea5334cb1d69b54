/**
 * Signs a person in through whatever sign-in page the deployed directory shows: a page that asks for name and password,
 * as Cognito and emulators of it have, or the embedded host's list of people.
 *
 * The user pool asks for a second factor, and AWS does ask. This driver has none, and says so; emulators do not ask.
 */
import type { Client } from '../../demo/client.ts';

export interface Person {
  readonly directoryName: string;
  readonly password: string;
}

export async function signIn(client: Client, person: Person): Promise<void> {
  await client.go('/sign-in');
  await client.send('/sign-in');
  const { name, fields } = answerTo(client, person);
  await client.send(name, fields);
  if (client.page.status !== 200 || new URL(client.page.url).origin !== new URL(client.site).origin)
    throw new Error(
      `signing in as ${person.directoryName} ended at ${client.page.url} with ${client.page.status}: ${client.words().slice(0, 500)}`,
    );
}

/** The form of the directory's page, by its action, and what the person fills in. */
function answerTo(
  client: Client,
  { directoryName, password }: Person,
): { readonly name: string; readonly fields: Record<string, string> } {
  const { text, url } = client.page;
  const action = attribute(/<form\b[^>]*>/.exec(text)?.[0], 'action');
  const tags = [...text.matchAll(/<(?:input|button)\b[^>]*>/g)].map(([tag]) => tag);
  const named = (is: (tag: string) => boolean): string | undefined => attribute(tags.find(is), 'name');
  const mine = named((tag) => attribute(tag, 'value') === directoryName);
  if (action && mine) return { name: action, fields: { [mine]: directoryName } };
  const [who, secret] = [
    named((tag) => attribute(tag, 'name') === 'username'),
    named((tag) => attribute(tag, 'type') === 'password'),
  ];
  if (action && who && secret) return { name: action, fields: { [who]: directoryName, [secret]: password } };
  throw new Error(
    `the sign-in page at ${url} asks for neither name and password nor ${directoryName}; it says: ${client.words().slice(0, 300)}`,
  );
}

const attribute = (tag: string | undefined, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag ?? '')?.[1]?.replaceAll('&amp;', '&');
