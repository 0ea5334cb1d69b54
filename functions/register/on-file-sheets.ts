/** What is on file beforehand, as sheets: agreements, approvals in advance, routine designations, deputies. */
import { HOUSE } from '../../policies/editions/house.ts';
import { nyDate, nyDateText, type Instant } from '../../policies/instant.ts';
import { howAnEntryStands, type EntryDays, type EntryStanding } from '../../policies/rules/how-an-entry-stands.ts';
import { holdsOffice } from '../../policies/rules/who-may-sign-off.ts';
import type { Person } from '../records/standing.ts';
import type {
  DeputyNaming,
  OnFile,
  RegisteredAgreement,
  RegisteredDesignation,
  RegisteredPreApproval,
} from './contract.ts';
import { coverLabel, recipientLabel, technologyLabel } from './labels.ts';
import { signerOf } from './needs.ts';
import { restsOn, type Provision } from './provisions.ts';
import type { Column, Row, Sheet } from './sheet.ts';

export const STANDING_LABELS: Readonly<Record<EntryStanding, string>> = {
  'to-come': 'To come',
  good: 'Good',
  'ends-soon': 'Ends soon',
  over: 'Over',
  ended: 'Ended',
};

export const standingOf = (one: EntryDays, now: Instant): EntryStanding => howAnEntryStands(one, { house: HOUSE }, now);

const DAYS: readonly Column[] = [
  { label: 'From', whole: true },
  { label: 'Until', whole: true },
];
const STANDING: readonly Column[] = [{ label: 'Stands' }, { label: 'Ended on', whole: true, beneath: true }];

export const daysIn = ({ from, until }: Pick<OnFile, 'from' | 'until'>): readonly string[] => [from, until ?? 'Open'];

const standingIn = (one: OnFile, now: Instant): readonly string[] => [
  STANDING_LABELS[standingOf(one, now)],
  one.ended ? nyDate(one.ended.at) : '',
];

/** How many releases of these rest on each entry. */
function restingOn(provisions: readonly Provision[], id: string): string {
  return String(provisions.filter((one) => restsOn(one).includes(id)).length);
}

interface Made {
  readonly now: Instant;
  /** What was released in the quarter that is counted. */
  readonly provisions: readonly Provision[];
}

const whole = (now: Instant): Pick<Sheet, 'period' | 'only' | 'query' | 'suffix'> => ({
  period: `As it stood on ${nyDateText(nyDate(now))}`,
  only: [],
  query: '',
  suffix: nyDate(now),
});

const RESTING: Column = { label: 'Releases this quarter' };

export const agreementSheet = (known: readonly RegisteredAgreement[], { now, provisions }: Made): Sheet => ({
  name: 'agreements',
  title: 'Agreements',
  answers: 'nyc-23-1203-3',
  ...whole(now),
  columns: [
    { label: 'Title' },
    { label: 'Agreement', whole: true, beneath: true },
    { label: 'With' },
    { label: 'Reference', beneath: true },
    { label: 'Technologies' },
    ...DAYS,
    ...STANDING,
    RESTING,
  ],
  rows: known.map((one): Row => ({
    href: `/registers/agreements/${encodeURIComponent(one.id)}`,
    cells: [
      one.title,
      one.id,
      one.with,
      one.reference,
      one.technologies.map(technologyLabel).join(', '),
      ...daysIn(one),
      ...standingIn(one, now),
      restingOn(provisions, one.id),
    ],
  })),
});

export const preApprovalSheet = (known: readonly RegisteredPreApproval[], { now, provisions }: Made): Sheet => ({
  name: 'pre-approvals',
  title: 'Approvals in advance',
  answers: 'nyc-23-1202-c-2-b',
  ...whole(now),
  columns: [
    { label: 'Reference' },
    { label: 'Approval', whole: true, beneath: true },
    { label: 'Covers' },
    { label: 'Approved on', whole: true },
    { label: 'Until', whole: true },
    ...STANDING,
    RESTING,
  ],
  rows: known.map((one): Row => ({
    href: `/registers/pre-approvals/${encodeURIComponent(one.id)}`,
    cells: [
      one.reference,
      one.id,
      one.covers.map(coverLabel).join('; '),
      ...daysIn(one),
      ...standingIn(one, now),
      restingOn(provisions, one.id),
    ],
  })),
});

export const designationSheet = (
  known: readonly RegisteredDesignation[],
  { now, provisions, names }: Made & { readonly names: ReadonlyMap<string, string> },
): Sheet => ({
  name: 'designations',
  title: 'Routine designations',
  answers: 'nyc-23-1202-c-2-a',
  ...whole(now),
  columns: [
    { label: 'Title' },
    { label: 'Designation', whole: true, beneath: true },
    { label: 'Kinds of disclosure' },
    { label: 'Kinds of recipients' },
    { label: 'Made by' },
    ...DAYS,
    ...STANDING,
    RESTING,
  ],
  rows: known.map((one): Row => ({
    href: `/registers/designations/${encodeURIComponent(one.id)}`,
    cells: [
      one.title,
      one.id,
      one.covers.map(coverLabel).join('; '),
      one.recipients.map(recipientLabel).join('; '),
      names.get(one.recordedBy) ?? one.recordedBy,
      ...daysIn(one),
      ...standingIn(one, now),
      restingOn(provisions, one.id),
    ],
  })),
});

/** Who holds the office or held it last, then the namings that are over. */
export function deputySheet(
  office: readonly Person[],
  namings: readonly DeputyNaming[],
  { now, names }: { readonly now: Instant; readonly names: ReadonlyMap<string, string> },
): Sheet {
  const holders = office.flatMap((person): Row[] => {
    const held = person.privacyOffice;
    if (!held) return [];
    const holds = person.active && holdsOffice(signerOf(person), now);
    return [
      {
        href: `/registers/deputies/${encodeURIComponent(person.id)}`,
        cells: [
          person.name,
          held.office === 'deputy' ? 'Deputy' : 'Agency Privacy Officer',
          nyDate(held.heldFrom),
          held.heldUntil ? nyDate(held.heldUntil) : 'Open',
          held.namedBy ? (names.get(held.namedBy) ?? held.namedBy) : '',
          held.namingId ?? '',
          holds ? 'In office' : held.heldFrom > now ? 'To come' : 'Not in office',
        ],
      },
    ];
  });
  const current = new Set(office.map(({ privacyOffice }) => privacyOffice?.namingId));
  const past = namings.filter(({ id }) => !current.has(id));
  return {
    name: 'deputies',
    title: 'The privacy office',
    answers: 'nyc-23-1201-privacy-officer',
    ...whole(now),
    columns: [
      { label: 'Name' },
      { label: 'Office' },
      { label: 'From', whole: true },
      { label: 'Until', whole: true },
      { label: 'Named by' },
      { label: 'Naming', whole: true, beneath: true },
      { label: 'Stands' },
    ],
    rows: [
      ...holders,
      ...past.map((one): Row => ({
        href: `/registers/deputies/${encodeURIComponent(one.deputyId)}`,
        cells: [
          names.get(one.deputyId) ?? one.deputyId,
          'Deputy',
          one.from,
          one.ended ? nyDate(one.ended.at) : (one.until ?? 'Open'),
          names.get(one.recordedBy) ?? one.recordedBy,
          one.id,
          one.ended ? 'Ended' : 'Over',
        ],
      })),
    ],
  };
}
