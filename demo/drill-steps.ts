/**
 * What people do in the breach drill, through the pages and nothing else: one reports, nobody acts for most of a day, a
 * deputy does what is owed. When each thing falls due is read from the policy in force, as the system reads it.
 */
import { policyInForce } from '../policies/editions/index.ts';
import type { PublishedPolicy } from '../policies/editions/edition.ts';
import { instantOf } from '../policies/instant.ts';
import type { Client } from './client.ts';
import { nameOf, nyFields, type DrillMail, type DrillStage } from './drill-stage.ts';

export const REPORTER = 'p-ortiz';
export const OFFICER = 'p-okafor';
export const DEPUTY = 'p-adler';
export const CHIEF = 'p-grant';
export const PERSON = 'jordan.vale@example.net';

export interface Expected {
  readonly what: string;
  readonly to: string | 'chief-privacy-officer';
  readonly subject: RegExp;
  readonly at: Date;
}

/** What was played, to hold against what the host has on record. */
export interface Played {
  readonly breachId: string;
  readonly expected: readonly Expected[];
  /** Stages at which the workflow came round again, at least. */
  readonly rounds: number;
  readonly late: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const plus = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
/** A little after the moment, so that what falls due then has happened. */
const after = (at: Date): Date => plus(at, 20_000);

/** Sections after `Breach B-…: ` of the subjects (functions/mail/breach-words.ts). */
const SUBJECTS = {
  read: /: read what was reported$/,
  remind: /: the report is not sent$/,
  deputies: /: act for the privacy officer$/,
  chief: /: nobody has acted$/,
  overdue: /: the report is late$/,
  contain: /: do your part$/,
} as const;

export async function playBreach(stage: DrillStage, late: boolean): Promise<Played> {
  const expected: Expected[] = [];
  const expect = (what: string, to: string, subject: RegExp, at: Date): void =>
    void expected.push({ what, to, subject, at });

  const policy = policyInForce('mobile-x-ray', instantOf((await stage.now()).toISOString()));
  if (policy?.edition.breachReport.within !== 'hours')
    throw new Error('the edition in force on the host names no hour; move its clock to 2026 or later');
  const { breachId, reportedAt } = await report(stage);
  expect('read it', OFFICER, SUBJECTS.read, reportedAt);

  await nobodyReads(stage, policy, reportedAt, expect);
  const awareAt = await read(stage, breachId, policy.edition.breachReport.hours);
  await nobodyReports(stage, policy, awareAt, expect);
  if (late) {
    const dueAt = plus(awareAt, policy.edition.breachReport.hours * HOUR);
    for (const who of [OFFICER, DEPUTY, CHIEF]) expect('told that it is late', who, SUBJECTS.overdue, dueAt);
    await stage.advanceTo(plus(dueAt, 40 * MINUTE));
    await stage.tell('The hour has passed. Everyone in charge is told, once. It is still owed');
  }
  const sentAt = await sendTheReport(stage, breachId, late);
  expect('report', 'chief-privacy-officer', late ? /^LATE: .*report on breach/ : /^(?!LATE).*report on breach/, sentAt);
  expect('contain it', REPORTER, SUBJECTS.contain, await contain(stage, breachId));
  expect('notice', PERSON, /^About information concerning you$/, await tellThePerson(stage, breachId));
  await close(stage, breachId);
  const reminders = policy.house.hoursToRemindOfBreach.hoursEach.length;
  // Asked, deputies, chief; aware; each reminder, deputies, chief; the hour, when it is late; sent.
  return { breachId, expected, rounds: 3 + 1 + reminders + 2 + (late ? 1 : 0) + 1, late };
}

type Expect = (what: string, to: string, subject: RegExp, at: Date) => void;

async function report(stage: DrillStage): Promise<{ readonly breachId: string; readonly reportedAt: Date }> {
  const reporter = await stage.as(REPORTER);
  await reporter.go('/breaches/new');
  const at = await stage.now();
  await stage.send(reporter, '/breaches', {
    technology: 'mobile-x-ray',
    what: 'An image of a truck went to a newspaper, and no ground for it is on record',
    how: 'It was attached to an answer by mail',
    ...nyFields('discoveredAt', plus(at, -2 * HOUR)),
    recipient: 'news-media',
    toWhom: 'The desk of a newspaper',
  });
  const id = /\/breaches\/(B-[0-9A-Z-]+)/.exec(reporter.page.url)?.[1];
  if (!id) throw new Error(`the report was not taken (${reporter.page.status}): ${reporter.words().slice(0, 1_500)}`);
  const isAbout = ({ subject, text, to }: DrillMail): boolean => `${subject} ${text}`.includes(id) || to === PERSON;
  stage.begin(at, isAbout);
  await stage.settled();
  await stage.tell(`${nameOf(REPORTER)} reports a wrongful disclosure: ${id}. The clock does not run yet`);
  return { breachId: id, reportedAt: at };
}

async function nobodyReads(stage: DrillStage, { house }: PublishedPolicy, from: Date, expect: Expect): Promise<void> {
  const patience = house.minutesToReadBreach.minutes * MINUTE;
  expect('read it, in the officer’s stead', DEPUTY, SUBJECTS.deputies, plus(from, patience));
  await stage.advanceTo(after(plus(from, patience)));
  await stage.tell(`${nameOf(OFFICER)} does not read it. The deputy is asked`);
  expect('told that nobody reads it', CHIEF, SUBJECTS.chief, plus(from, 2 * patience));
  await stage.advanceTo(after(plus(from, 2 * patience + MINUTE)));
  await stage.tell('Nobody reads it. The chief of the bureau is told');
}

async function read(stage: DrillStage, id: string, hours: number): Promise<Date> {
  const officer = await stage.as(OFFICER);
  await officer.go(`/breaches/${id}`);
  const awareAt = await stage.now();
  await stage.send(officer, `/breaches/${id}/read`, { 'read-since': 'now' });
  stage.dueAt = plus(awareAt, hours * HOUR);
  await stage.settled();
  await stage.tell(`${nameOf(OFFICER)} reads it, and is aware. The clock runs: ${hours} hours`);
  return awareAt;
}

async function nobodyReports(stage: DrillStage, { house }: PublishedPolicy, from: Date, expect: Expect): Promise<void> {
  let last = from;
  for (const hours of house.hoursToRemindOfBreach.hoursEach) {
    last = plus(from, hours * HOUR);
    expect(`reminder at ${hours} h`, OFFICER, SUBJECTS.remind, last);
    await stage.advanceTo(after(last));
    await stage.tell(`${hours} hours, and no report. The officer is reminded`);
  }
  const deputiesAt = plus(last, house.minutesToAskDeputies.minutes * MINUTE);
  expect('report it, in the officer’s stead', DEPUTY, SUBJECTS.deputies, deputiesAt);
  await stage.advanceTo(after(deputiesAt));
  await stage.tell('Still no report. The deputy is asked');
  const chiefAt = plus(deputiesAt, house.minutesToTellChief.minutes * MINUTE);
  expect('told that nobody reports', CHIEF, SUBJECTS.chief, chiefAt);
  await stage.advanceTo(after(plus(chiefAt, MINUTE)));
  await stage.tell('Nobody reports. The chief of the bureau is told');
}

async function sendTheReport(stage: DrillStage, id: string, late: boolean): Promise<Date> {
  const deputy = await stage.as(DEPUTY);
  const page = `/breaches/${id}`;
  await deputy.go(page);
  await stage.send(deputy, `${page}/triage`, {
    'triage-violates': 'yes',
    'triage-because': 'Nothing on record shows a ground, and nobody approved it',
    'triage-broken': brokenOn(deputy),
    'triage-cause': 'no-ground',
  });
  await deputy.go(page);
  await stage.send(deputy, `${page}/account`, {
    'account-summary': 'One x-ray image of a truck was sent to a newspaper by mail without a ground',
    'account-kinds': ['surveillance-system', 'vehicle'],
    'account-people': '1',
    'account-minors': 'no',
    'account-corrective': 'Answers by mail are read by a second person before they leave',
  });
  await stage.tell(`${nameOf(DEPUTY)} finds that it violates the law, and writes the account`);
  await deputy.go(`${page}/report`);
  const sentAt = await stage.now();
  await stage.send(deputy, `${page}/report`, { namesNobody: 'yes' });
  await stage.settled();
  await stage.tell(
    `${nameOf(DEPUTY)} reviews the report and sends it${late ? ', late and marked as late' : ', in time'}`,
  );
  stage.dueAt = undefined;
  await deputy.go(page);
  if (!deputy.words().includes('Delivered')) throw new Error('the page shows no proof that the report was delivered');
  await stage.tell('The report is proven delivered');
  return sentAt;
}

/** The first clause the form offers as broken. */
function brokenOn({ page }: Client): string {
  const value = /name="triage-broken" value="([^"]+)"/.exec(page.text)?.[1];
  if (!value) throw new Error('the page offers no clause that may be broken');
  return value;
}

async function contain(stage: DrillStage, id: string): Promise<Date> {
  const [deputy, page] = [await stage.as(DEPUTY), `/breaches/${id}`];
  await deputy.go(page);
  const at = await stage.now();
  await stage.send(deputy, `${page}/containment`, {
    'containment-what': 'Ask the newspaper in writing to destroy the image and to confirm it',
    'containment-askedOf': 'sortiz',
  });
  await stage.settled();
  await stage.tell(`${nameOf(REPORTER)} is asked to contain it`);
  const reporter = await stage.as(REPORTER);
  const mail = stage.mails.findLast(({ to, subject }) => to === REPORTER && SUBJECTS.contain.test(subject));
  const link = mail && /\/breaches\/[^\s/]+\/containment\/[\w-]+/.exec(mail.text)?.[0];
  if (link) await reporter.go(link);
  else {
    await deputy.go(page);
    await reporter.go(/\/breaches\/[^"/]+\/containment\/[\w-]+/.exec(deputy.page.text)?.[0] ?? page);
  }
  await stage.send(reporter, '/done', { outcome: 'The newspaper confirmed in writing that it was destroyed' });
  await stage.tell(`${nameOf(REPORTER)} answers that it was destroyed`);
  return at;
}

async function tellThePerson(stage: DrillStage, id: string): Promise<Date> {
  const [deputy, page] = [await stage.as(DEPUTY), `/breaches/${id}`];
  const fill = async (part: string, fields: Record<string, string | readonly string[]>, on = page): Promise<void> => {
    await deputy.go(on);
    const named = Object.entries(fields).map(([name, value]) => [`${part}-${name}`, value] as const);
    await stage.send(deputy, `${page}/${part}`, Object.fromEntries(named));
  };
  await fill('harm', {
    kinds: ['surveillance-system', 'vehicle'],
    minorOrNotCompetent: 'no',
    people: '1',
    reached: 'one-known-recipient',
    consequences: 'embarrassment',
  });
  await stage.tell('The harm is assessed: a potential risk, so the person is owed a notice');
  await fill('security', {
    computerized: 'yes',
    personalInformation: 'yes',
    act: 'inadvertent-by-authorized',
    residentsToTell: '1',
  });
  for (const office of ['chief-privacy-officer', 'law-department'])
    await fill('consultations', {
      with: office,
      said: 'The person is to be told what went out, and to whom',
      ...nyFields('at', await stage.now()),
    });
  await fill('notice', {
    answer: 'notify',
    because: 'The harm is likely enough that it has to be told',
    which: 'none',
  });
  await stage.tell('Both offices are consulted, and it is determined that the person is told');
  const notices = `${page}/notices`;
  await fill(
    'letter',
    { whatWasDisclosed: 'An x-ray image of your truck', toWhom: 'The desk of a newspaper' },
    notices,
  );
  await fill('people', { name: 'Jordan Vale', address: '1 Main Street, New York', email: PERSON }, notices);
  await deputy.go(notices);
  const at = await stage.now();
  await stage.send(deputy, '/mail');
  await stage.settled();
  await stage.tell('The notice goes to the person, in writing');
  return at;
}

async function close(stage: DrillStage, id: string): Promise<void> {
  const [deputy, page] = [await stage.as(DEPUTY), `/breaches/${id}`];
  await deputy.go(page);
  await stage.send(deputy, `${page}/close`, { 'close-because': 'It is reported, contained, and the person was told' });
  await stage.settled();
  await stage.tell('Nothing is owed any more. The breach is closed');
}
