/** The steps about a breach, as people take them. Each drives a signed-in client through the pages; none posts a hidden shortcut. */
import type { Client } from '../demo/client.ts';
import { nyFields, type Place } from './job.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

export const hoursBefore = (from: Date, hours: number): Date => new Date(from.getTime() - hours * 3_600_000);

/** What a reporter says: discovered two hours ago, sent to a City agency by mistake. */
export const breachFields = (now: Date, over: Fields = {}): Fields => ({
  technology: 'mobile-x-ray',
  what: 'An x-ray image of a vehicle was mailed to an agency that had not asked for it',
  how: 'The list of recipients was one too long',
  ...nyFields('discoveredAt', hoursBefore(now, 2)),
  recipient: 'city-agency',
  toWhom: 'The Harbor Office, by mail',
  ...over,
});

/** Somebody reports; answers the breach's id once its workflow has asked for what comes first. */
export async function reportBreach(postact: Place, who = 'p-reyes', over: Fields = {}): Promise<string> {
  const reporter = await postact.as(who);
  await reporter.go('/breaches/new');
  await reporter.send('/breaches', breachFields(postact.now(), over));
  const id = /\/breaches\/(B-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(reporter.page.url)?.[1];
  if (!id) throw new Error(`the report was not taken (${reporter.page.status}): ${reporter.words().slice(0, 1500)}`);
  await postact.settled();
  return id;
}

/** Sends one form of a page, and throws when it was not taken. */
async function sent(client: Client, page: string, action: string, fields: Fields = {}): Promise<void> {
  await client.go(page);
  await client.send(action, fields);
  if (client.page.status !== 200)
    throw new Error(`${action} was not taken (${client.page.status}): ${client.words().slice(0, 1500)}`);
}

/** An officer or a deputy does one part of a breach's page; `part` is the end of its form's address. */
export async function onBreach(
  postact: Place,
  who: string,
  id: string,
  part: string,
  fields: Fields = {},
): Promise<void> {
  const onNotices = /^(letter|delay|people)/.test(part);
  const page = `/breaches/${id}${onNotices ? '/notices' : part === 'report' ? '/report' : ''}`;
  await sent(await postact.as(who), page, `/breaches/${id}/${part}`, fields);
  await postact.settled();
}

export const readIt = (postact: Place, id: string, who = 'p-okafor') =>
  onBreach(postact, who, id, 'read', { 'read-since': 'now' });

export const findViolation = (postact: Place, id: string, who = 'p-okafor') =>
  onBreach(postact, who, id, 'triage', {
    'triage-violates': 'yes',
    'triage-because': 'It went to an agency that had not asked for it',
    'triage-broken': ['XR26-EXT-08', 'XR26-SAFE-16'],
    'triage-cause': 'wrong-recipient',
  });

export const describeIt = (postact: Place, id: string, who = 'p-okafor') =>
  onBreach(postact, who, id, 'account', {
    'account-kinds': ['photograph', 'vehicle'],
    'account-people': '1',
    'account-minors': 'no',
    'account-summary': 'One image of a vehicle was mailed to a list with one recipient too many',
    'account-corrective': 'The list was taken out of use on the same day',
  });

/** Reviews the report and sends it. */
export const sendIt = (postact: Place, id: string, who = 'p-okafor') =>
  onBreach(postact, who, id, 'report', { namesNobody: 'yes' });

/** Whoever was asked says that it is done. */
export async function containIt(postact: Place, who: string, task: string): Promise<void> {
  await sent(await postact.as(who), task, '/done', {
    outcome: 'The Harbor Office deleted it, and confirmed that in writing',
  });
  await postact.settled();
}

/** What else is owed, so that a breach may be closed; answers the reference of the one person who is told. */
export async function doTheRest(postact: Place, id: string, who = 'p-okafor'): Promise<string> {
  const part = (name: string, fields: Fields = {}) => onBreach(postact, who, id, name, fields);
  const now = nyFields('consultations-at', postact.now());
  await part('harm', {
    'harm-kinds': ['photograph', 'vehicle', 'victim-or-witness'],
    'harm-minorOrNotCompetent': 'no',
    'harm-people': '1',
    'harm-reached': 'one-known-recipient',
  });
  await part('security', {
    'security-computerized': 'yes',
    'security-personalInformation': 'yes',
    'security-act': 'inadvertent-by-authorized',
    'security-residentsToTell': '1',
  });
  for (const office of ['chief-privacy-officer', 'law-department'])
    await part('consultations', {
      'consultations-with': office,
      'consultations-said': 'They agree that the person is told',
      ...now,
    });
  await part('notice', {
    'notice-answer': 'notify',
    'notice-because': 'A witness is in the image',
    'notice-which': 'none',
  });
  await part('letter', {
    'letter-whatWasDisclosed': 'An x-ray image of your vehicle',
    'letter-toWhom': 'The Harbor Office of the City',
  });
  await part('people', {
    'people-name': 'Quillon Vexley',
    'people-address': '9 Unlikely Lane, Queens',
    'people-email': 'q.vexley@example.org',
  });
  const officer = await postact.as(who);
  await officer.go(`/breaches/${id}/notices`);
  return /\/people\/(T-[\w-]+)\/mail/.exec(officer.page.text)![1]!;
}
