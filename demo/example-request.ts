/** A request that somebody new can send at once: the form filled in, for a use that starts in ten minutes. None of it is real. */
const FIELDS = {
  targetKind: 'truck',
  targetDescription: 'White box truck with a covered bed, northbound curb',
  location: 'First Avenue and East 45th Street',
  nearPublicStreet: 'yes',
  startsInMinutes: '10',
  forMinutes: '60',
  graveRisk: 'Credible word of explosives hidden in the cargo area',
  purpose: 'law-enforcement',
  lawEnforcementReason: 'Secure the approach to the assembly',
  publicKeptOutHow: 'Cordon of thirty feet with officers on each side',
} as const;

/** Its address on a site. What a person must answer is left open; see functions/use-request/prefill.ts. */
export const exampleRequest = (site: string): string => `${site}/requests/new?${new URLSearchParams(FIELDS)}`;
