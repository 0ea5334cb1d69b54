/**
 * Demonstration cases, as the case-management system would send them: one event after the other, each with an id of its own,
 * so that sending them again changes nothing. None is real, and nobody is named. Dated back from the day they are sent.
 */
const DAY_MS = 86_400_000;

const dayIn = (now: Date, days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

export interface DemoEvent {
  readonly caseNumber: string;
  /** Once for each event of a case. */
  readonly eventId: string;
  /** What is sent: the kind of event, and its fields. */
  readonly event: { readonly kind: string } & Readonly<Record<string, string>>;
}

export function casesOn(now: Date): readonly DemoEvent[] {
  const day = (days: number): string => dayIn(now, days);
  const ofCase = (caseNumber: string, ...events: readonly DemoEvent['event'][]): readonly DemoEvent[] =>
    events.map((event, place) => ({ caseNumber, eventId: `demo-${place + 1}`, event }));
  return [
    // Open, with a charge that has not ended: everything of it is kept.
    ...ofCase(
      'DEMO-2026-0042',
      { kind: 'opened', openedOn: day(-40) },
      { kind: 'charge-added', chargeId: 'C-1', charged: 'Criminal possession of a weapon in the second degree' },
      { kind: 'person-added', personId: 'P-1', part: 'suspect', bornOn: '1994-02-11' },
    ),
    // Charged as a felony, ended as a misdemeanor: the plea classes it. It falls due in about a month.
    ...ofCase(
      'DEMO-2021-0107',
      { kind: 'opened', openedOn: day(-2150) },
      { kind: 'charge-added', chargeId: 'C-1', charged: 'Robbery in the third degree' },
      {
        kind: 'disposed',
        chargeId: 'C-1',
        outcome: 'pleaded',
        on: day(-1900),
        classId: 'misdemeanor',
        appeal: 'none',
      },
      { kind: 'closed', on: day(-1796), ground: 'appeals-exhausted' },
    ),
    // A traffic infraction whose year has passed: due now.
    ...ofCase(
      'DEMO-2025-0311',
      { kind: 'opened', openedOn: day(-420) },
      { kind: 'charge-added', chargeId: 'C-1', charged: 'Disobeying a traffic-control device' },
      {
        kind: 'disposed',
        chargeId: 'C-1',
        outcome: 'convicted',
        on: day(-400),
        classId: 'violation-or-infraction',
        appeal: 'none',
      },
      { kind: 'closed', on: day(-380), ground: 'appeals-exhausted' },
    ),
    // A felony with an appeal that is pending: it cannot be closed.
    ...ofCase(
      'DEMO-2024-0518',
      { kind: 'opened', openedOn: day(-700) },
      { kind: 'charge-added', chargeId: 'C-1', charged: 'Burglary in the second degree' },
      {
        kind: 'disposed',
        chargeId: 'C-1',
        outcome: 'convicted',
        on: day(-120),
        classId: 'other-felony',
        appeal: 'pending',
      },
    ),
    // A missing person who was located: permanent until the class is set again.
    ...ofCase(
      'DEMO-2026-0203',
      { kind: 'opened', openedOn: day(-90) },
      { kind: 'status-begun', classId: 'missing-person', since: day(-90) },
      { kind: 'status-ended', classId: 'missing-person', on: day(-60) },
      { kind: 'closed', on: day(-55), ground: 'no-arrest' },
    ),
    // A juvenile, and no arrest: one year after the eighteenth birthday, whenever it was closed.
    ...ofCase(
      'DEMO-2026-0088',
      { kind: 'opened', openedOn: day(-200) },
      { kind: 'person-added', personId: 'P-1', part: 'juvenile', bornOn: '2010-02-28' },
      { kind: 'finding-recorded', finding: 'juvenile-without-arrest-or-offense' },
      { kind: 'closed', on: day(-150), ground: 'no-arrest' },
    ),
    // The same matter under two numbers, found out later.
    ...ofCase(
      'DEMO-2026-0043',
      { kind: 'opened', openedOn: day(-38) },
      { kind: 'merged', into: 'DEMO-2026-0042', reason: 'Two officers opened the same matter on the same night' },
    ),
  ];
}
