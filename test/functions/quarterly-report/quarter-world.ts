/** Breaches, disclosures and immigration requests written straight onto a real table, for the compilation to find. */
import { breaches, breachesToldIn, type Breach } from '../../../functions/breach/contract.ts';
import {
  disclosures,
  immigrationRequests,
  immigrationRequestsOfQuarter,
  provisionsOfQuarter,
  type Disclosure,
  type ImmigrationRequest,
} from '../../../functions/disclosure/contract.ts';
import { reports, type Report } from '../../../functions/mail/contract.ts';
import { composeQuarter, type ComposedQuarter } from '../../../functions/quarterly-report/compose-quarter.ts';
import { quarterlyReports, sendingsOf } from '../../../functions/quarterly-report/contract.ts';
import { gatherQuarter } from '../../../functions/quarterly-report/gather-quarter.ts';
import { policiesOf, quarterFrom } from '../../../functions/quarterly-report/quarter.ts';
import { put, type Line, type Put } from '../../../functions/records/change.ts';
import { quarterOf } from '../../../policies/calendar-date.ts';
import type { RecipientKind } from '../../../policies/editions/disclosure-grounds.ts';
import type { Technology } from '../../../policies/editions/edition.ts';
import { nyDate, plusHours, type Instant } from '../../../policies/instant.ts';
import type { BreachCause } from '../../../policies/rules/quarterly-compilation.ts';
import type { Bureau } from '../bureau.ts';

let made = 0;
const nextId = (prefix: string): string => `${prefix}-${String(++made).padStart(4, '0')}`;

async function write(bureau: Bureau, at: Instant, puts: readonly Put[], lines: readonly Line[] = []): Promise<void> {
  await bureau.records.write({
    at,
    by: { kind: 'system', id: 'test' },
    puts,
    tells: puts.map(({ key }) => ({ subject: key, act: 'written by a test' })),
    lines,
  });
}

export interface BreachTold {
  /** When the mail service took its report. */
  readonly at: Instant;
  readonly technology?: Technology;
  readonly cause?: BreachCause;
  readonly recipient?: RecipientKind | 'unknown';
  readonly notice?: 'people-told' | 'not-owed' | 'pending';
  readonly violates?: boolean;
  /** The report came back. */
  readonly cameBack?: boolean;
}

/** A breach that was judged and reported; answers its id. */
export async function writeBreach(bureau: Bureau, told: BreachTold): Promise<string> {
  const id = nextId('B');
  const reportId = nextId('Q');
  const before = plusHours(told.at, -20);
  const { notice = 'pending' } = told;
  const breach: Breach = {
    id,
    version: 0,
    state: 'violation',
    reporterId: 'p-ortiz',
    reportedAt: before,
    given: {
      technology: told.technology ?? 'mobile-x-ray',
      what: 'An image of a truck of Jordan Vale',
      how: 'By mail',
      discoveredAt: before,
      recipient: told.recipient ?? 'news-media',
      toWhom: 'A paper',
    },
    edition: 'xray-2026',
    awareAt: before,
    aware: { by: 'p-okafor', readAt: before },
    readersAsked: [],
    triage: {
      violates: told.violates ?? true,
      because: 'There was no ground for it whatever',
      broken: [],
      cause: told.cause ?? 'no-ground',
      by: 'p-okafor',
      at: before,
    },
    reminded: [],
    reportIds: [reportId],
    containment: [],
    consultations:
      notice === 'not-owed'
        ? (['chief-privacy-officer', 'law-department'] as const).map((whom) => ({
            with: whom,
            at: before,
            said: 'Nobody needs to be told',
            by: 'p-okafor',
          }))
        : [],
    ...(notice === 'not-owed' && {
      harm: {
        assessment: { level: 'none', potentialRisk: false, reasons: [], clauses: [], recorded: {} as never },
        by: 'p-okafor',
        at: before,
      },
      determination: {
        answer: 'do-not-notify',
        because: 'Nothing in it points at anyone at all',
        by: 'p-okafor',
        at: before,
      },
      requiredBy: 'none',
    }),
    ...(notice === 'people-told' && { requiredBy: 'Admin. Code 10-502(b)' }),
    people:
      notice === 'people-told'
        ? [
            {
              personRef: 'person-1',
              name: 'Jordan Vale',
              address: '1 Main Street',
              minorOrNotCompetent: false,
              attempts: [{ at: before, way: 'post', outcome: 'delivered', by: 'p-okafor' }],
            },
          ]
        : [],
    step: 'Ask for next step',
  };
  const line = { from: breachesToldIn(quarterOf(nyDate(told.at))), to: id };
  await write(bureau, told.at, [put(breaches, breach), put(reports, reportOf(reportId, id, told))], [line]);
  return id;
}

const reportOf = (id: string, breachId: string, { at, cameBack }: BreachTold): Report => ({
  id,
  version: 0,
  about: 'breach',
  of: `breach#${breachId}`,
  title: 'Report',
  parts: [],
  sha256: '',
  answers: [],
  orderedBy: 'p-okafor',
  orderedAt: at,
  sentAt: at,
  ...(cameBack ? { undeliverableAt: at } : { deliveredAt: at }),
});

/** The report of a breach is sent again, and this one arrives. */
export async function sendBreachAgain(bureau: Bureau, id: string, at: Instant): Promise<void> {
  const breach = (await bureau.records.get(breaches, id))!;
  const reportId = nextId('Q');
  await write(
    bureau,
    at,
    [
      put(breaches, { ...breach, reportIds: [...breach.reportIds, reportId] }),
      put(reports, reportOf(reportId, id, { at })),
    ],
    [{ from: breachesToldIn(quarterOf(nyDate(at))), to: id }],
  );
}

export async function writeExigent(
  bureau: Bureau,
  at: Instant,
  over: {
    readonly technology?: Technology;
    readonly recipient?: RecipientKind;
    readonly exempt?: boolean;
    readonly ground?: 'mission';
  } = {},
): Promise<void> {
  const id = nextId('X');
  const disclosure = {
    id,
    version: 0,
    state: 'received',
    requesterId: 'p-reyes',
    openedAt: plusHours(at, -1),
    asked: {
      technology: over.technology ?? 'mobile-x-ray',
      recipient: { kind: over.recipient ?? 'law-enforcement' },
      basis: over.ground
        ? { ground: over.ground, how: 'It furthers the mission' }
        : {
            ground: 'exigent',
            explanation: 'There was no time at all',
            ...(over.exempt && { exemption: 'police-investigation' }),
          },
    },
    enclosures: [],
    edition: 'xray-2026',
    release: { at, clauses: [], shownHash: '', deliveryId: 'D-1', register: { kind: 'row', clause: '' } },
    step: 'Disclosure received',
  } as unknown as Disclosure;
  const line = { from: provisionsOfQuarter(quarterOf(nyDate(at))), to: id };
  await write(bureau, at, [put(disclosures, disclosure)], [line]);
}

export async function writeRequest(bureau: Bureau, at: Instant, over: Partial<ImmigrationRequest> = {}): Promise<void> {
  const id = nextId('I');
  const request: ImmigrationRequest = {
    id,
    version: 0,
    at,
    by: 'p-reyes',
    technology: 'mobile-x-ray',
    agency: 'federal',
    purpose: 'civil-provisions',
    askedThrough: 'disclosure',
    on: 'X-1',
    response: 'refused',
    clauses: [],
    ...over,
  };
  const line = { from: immigrationRequestsOfQuarter(quarterOf(nyDate(at))), to: id };
  await write(bureau, at, [put(immigrationRequests, request)], [line]);
}

/** What would be sent of a quarter now. */
export async function composed({ records, now }: Bureau, id: string): Promise<ComposedQuarter> {
  const quarter = quarterFrom(id)!;
  const known = await records.get(quarterlyReports, id);
  const [first, ...rest] = policiesOf(quarter);
  const facts = await gatherQuarter(records, quarter, now);
  return composeQuarter(facts, known ? sendingsOf(known) : [], [first!, ...rest], now);
}
