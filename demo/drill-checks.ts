/** What a drill is held against once it is over: each mail in the inbox, the run of the workflow, the page, the ledger. */
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { mailOf, PEOPLE } from './people.ts';
import { nameOf, personOf, type DrillMail, type DrillStage } from './drill-stage.ts';
import { CHIEF, DEPUTY, OFFICER, PERSON, REPORTER, type Expected, type Played } from './drill-steps.ts';

export interface Check {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly ok: boolean;
}

const AUDITOR = 'p-stone';
/** How far from its moment a mail may be: the clock runs on while it is written and sent. */
const NEAR_MS = 5 * 60_000;

export async function checksOf(stage: DrillStage, played: Played): Promise<readonly Check[]> {
  return [
    ...mailChecks(stage, played.expected),
    ...(await runChecks(stage, played)),
    await reportCheck(stage, played),
    await ledgerCheck(stage, played),
  ];
}

/** Each expected mail takes one that was found; what is left over was not expected. */
function mailChecks(stage: DrillStage, expected: readonly Expected[]): readonly Check[] {
  const left = [...stage.mails];
  const checks = expected.map(({ what, to, subject, at }): Check => {
    const place = left.findIndex((mail) => isTo(mail, to) && subject.test(mail.subject) && isNear(mail.at, at));
    const [mail] = place < 0 ? [] : left.splice(place, 1);
    return {
      what: `mail to ${to === 'chief-privacy-officer' ? 'the Chief Privacy Officer' : nameOf(to)}: ${what}`,
      expected: stage.since(at),
      found: mail ? stage.since(new Date(mail.at)) : 'none',
      ok: mail !== undefined,
    };
  });
  const stray = left.map(({ to, subject }) => `${nameOf(to)}: ${subject}`);
  return [
    ...checks,
    { what: 'mails nobody expected', expected: 'none', found: stray.join('; ') || 'none', ok: stray.length === 0 },
  ];
}

const KNOWN: readonly string[] = [OFFICER, DEPUTY, CHIEF, REPORTER, PERSON];
const isTo = (mail: DrillMail, to: string): boolean =>
  to === 'chief-privacy-officer'
    ? !KNOWN.includes(mail.to) && !PEOPLE.some((person) => mail.to === person.personId || mail.to === mailOf(person))
    : mail.to === to;
const isNear = (at: string, expected: Date): boolean =>
  Math.abs(new Date(at).getTime() - expected.getTime()) <= NEAR_MS;

/** One round of the workflow, and how it ends. */
const ROUND = ['Check what the breach needs', 'Is anything still owed?', 'Ask for the next step'] as const;
const END = [...ROUND.slice(0, 2), 'Breach closed'];

async function runChecks({ host }: DrillStage, { breachId, rounds }: Played): Promise<readonly Check[]> {
  const states = new SFNClient({
    endpoint: host.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'drill', secretAccessKey: 'drill' },
  });
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  const machine = stateMachines.find(({ name }) => /breach/i.test(name ?? ''));
  if (!machine) return [{ what: 'the workflow', expected: 'is there', found: 'is not', ok: false }];
  const executionArn = `${machine.stateMachineArn!.replace(':stateMachine:', ':execution:')}:${breachId}`;
  const { status } = await states.send(new DescribeExecutionCommand({ executionArn }));
  const entered: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await states.send(new GetExecutionHistoryCommand({ executionArn, ...(nextToken && { nextToken }) }));
    entered.push(
      ...(page.events ?? []).flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []),
    );
    nextToken = page.nextToken;
  } while (nextToken);
  states.destroy();

  const went = entered.length / ROUND.length - 1;
  const goesRound =
    entered.slice(0, -END.length).every((name, place) => name === ROUND[place % ROUND.length]) &&
    entered.slice(-END.length).every((name, place) => name === END[place]);
  return [
    { what: 'the run of the workflow', expected: 'SUCCEEDED', found: status ?? 'none', ok: status === 'SUCCEEDED' },
    {
      what: 'its rounds of check, question, ask',
      expected: `${rounds} or ${rounds + 1}, then closed`,
      found: `${went}, ${entered.length} transitions${goesRound ? '' : ` (${entered.join(' · ')})`}`,
      ok: goesRound && went >= rounds && went <= rounds + 1,
    },
  ];
}

async function reportCheck(stage: DrillStage, { breachId, late }: Played): Promise<Check> {
  const deputy = await stage.as(DEPUTY);
  await deputy.go(`/breaches/${breachId}`);
  const words = deputy.words();
  const isClosed = /\bClosed\b/.test(words);
  const isLate = /\blate\b/i.test(words.slice(0, words.indexOf('What was reported')));
  return {
    what: 'the page of the breach',
    expected: `closed, the report ${late ? 'late' : 'in time'}`,
    found: `${isClosed ? 'closed' : 'open'}, the report ${isLate ? 'late' : 'in time'}`,
    ok: isClosed && isLate === late,
  };
}

async function ledgerCheck(stage: DrillStage, { breachId }: Played): Promise<Check> {
  const auditor = await stage.as(AUDITOR);
  const path = `/ledger/breach/${breachId}`;
  await auditor.go(path);
  await stage.send(auditor, path);
  const ok = auditor.words().includes('This chain holds');
  return {
    what: `the ledger, read by ${personOf(AUDITOR).name}`,
    expected: 'the chain holds',
    found: ok ? 'the chain holds' : 'it does not',
    ok,
  };
}

/** The checks as a table of plain text. */
export function tableOf(checks: readonly Check[]): readonly string[] {
  const wide = Math.max(...checks.map(({ what }) => what.length));
  const row = (what: string, expected: string, found: string, mark: string) =>
    `  ${mark.padEnd(4)} ${what.padEnd(wide)}  ${expected.padEnd(30)}  ${found}`;
  return [
    row('what', 'expected', 'found', ''),
    ...checks.map(({ what, expected, found, ok }) => row(what, expected, found, ok ? 'ok' : 'NO')),
  ];
}
