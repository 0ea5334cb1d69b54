/** Demonstration devices and training, dated so that they are current on the day they are brought in. */
const DAY_MS = 86_400_000;

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
const dateOf = (at: Date): string => at.toISOString().slice(0, 10);

export function devicesOn(now: Date) {
  const inspected = daysBefore(now, 3).toISOString();
  const fit = {
    manufacturer: 'American Science & Engineering, Inc.',
    inService: true,
    storage: { place: 'Bureau garage, bay 4', nonPublic: true },
    lastInspection: { at: inspected, by: 'p-wu', accountedFor: true },
    thirdPartyConfirmations: 2,
    radiationAssessment: { outcome: 'safe', on: dateOf(daysBefore(now, 200)) },
  };
  return [
    { deviceId: 'x-ray-1', label: 'Mobile x-ray 1', ...fit },
    { deviceId: 'x-ray-2', label: 'Mobile x-ray 2', ...fit },
    {
      deviceId: 'x-ray-3',
      label: 'Mobile x-ray 3 (inspection overdue)',
      ...fit,
      lastInspection: { at: daysBefore(now, 90).toISOString(), by: 'p-wu', accountedFor: true },
    },
  ];
}

export function trainingsOn(now: Date) {
  const done = (personId: string, days: number, specialised: boolean) => ({
    personId,
    technology: 'mobile-x-ray',
    specialised,
    completedOn: dateOf(daysBefore(now, days)),
  });
  return [done('p-ortiz', 120, true), done('p-kim', 400, true), done('p-wu', 60, false)];
}
