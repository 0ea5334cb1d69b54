/**
 * Demonstration registers: an agreement, an approval in advance, a routine designation, and the one direct access that an
 * edition allows. None is real. Dated so that all are good on the day they are brought in, and one ends soon.
 */
const DAY_MS = 86_400_000;

const day = (now: Date, days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

export function registersOn(now: Date) {
  const keptBy = 'p-okafor';
  return {
    agreements: [
      {
        id: 'AG-DEMO-0001',
        keptBy,
        title: 'Evidence for prosecutions, on to the defence',
        with: 'Office of the District Attorney of the example county',
        reference: 'Legal Bureau, agreement 2026/114',
        technologies: ['mobile-x-ray', 'digital-camera', 'portable-electronic-device', 'license-plate-reader'],
        from: day(now, -120),
        until: day(now, 610),
      },
    ],
    preApprovals: [
      {
        id: 'PA-DEMO-0001',
        keptBy,
        reference: 'CPO-2026-031',
        approvedOn: day(now, -60),
        until: day(now, 20),
        kinds: ['welfare-of-a-person'],
      },
    ],
    designations: [
      {
        id: 'RD-DEMO-0001',
        keptBy,
        title: 'Evidence to prosecutors of the five boroughs',
        why: 'A case that is charged cannot go on without it, and discovery law asks for it in every one.',
        covers: ['evidence-for-prosecution'],
        recipients: ['prosecutor'],
        from: day(now, -90),
      },
    ],
    accesses: [
      {
        id: 'SA-DEMO-0001',
        keptBy,
        agencyName: 'Law enforcement of New Jersey',
        level: 'other-state',
        newJersey: true,
        technology: 'license-plate-reader',
        system: 'Search of plate reads',
        reaches: 'one-plate-search',
        extent:
          'Authorized agents search for one complete plate at a time. They do not reach the Domain Awareness System.',
        from: '2026-02-04',
        agencyEnforces: false,
      },
    ],
  };
}
