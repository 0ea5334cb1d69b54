/** What every way of enclosing something shares: what is held against it, and the one change that writes it. */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import type { Change } from '../records/change.ts';
import type { Disclosure, Enclosure } from './contract.ts';
import type { StepNeeds } from './needs.ts';
import { changed, preparedWith, written, type Tending } from './tending.ts';

export type Enclosed =
  | { readonly kind: 'done'; readonly disclosure: Disclosure; readonly enclosure: Enclosure }
  | Refused
  | { readonly kind: 'missing' };

/** Files and numbers of one disclosure; it and its delivery stay far below the table's 400 kB. */
const MOST_ENCLOSURES = 50;
const MOST_OF_LABEL = 200;
const MOST_OF_TEXT = 2000;

/** What every new enclosure is held against. */
export function inTheWay(disclosure: Disclosure, label: string): readonly Refusal[] {
  return [
    ...texts({ label }, 'a few words on what it is', MOST_OF_LABEL),
    ...(disclosure.enclosures.length < MOST_ENCLOSURES ? [] : [TOO_MANY]),
  ];
}

export function texts(
  fields: Readonly<Record<string, string>>,
  expected: string,
  most = MOST_OF_TEXT,
): readonly Refusal[] {
  return Object.entries(fields).flatMap(([field, text]) => {
    const length = text.trim().length;
    if (length > 0 && length <= most) return [];
    const found = length === 0 ? 'nothing' : `${length} characters`;
    const todo = length === 0 ? 'fill it in' : `shorten it to ${most} characters`;
    return [{ clause: HOUSE.shownIsDecided.id, field, found, expected, todo }];
  });
}

export const started = (
  { newId }: Pick<StepNeeds, 'newId'>,
  { person, label }: Tending & { readonly label: string },
  at: Instant,
) => ({ id: newId('C'), label: label.trim(), addedBy: person.personId, addedAt: at });

export async function add(
  needs: StepNeeds,
  { person }: Tending,
  disclosure: Disclosure,
  at: Instant,
  enclosure: Enclosure,
): Promise<Enclosed> {
  const next = preparedWith({ ...disclosure, enclosures: [...disclosure.enclosures, enclosure] }, person);
  const facts = factsOfEnclosure(enclosure);
  const by = { kind: 'person', id: person.personId } as const;
  await needs.records.write(changed(next, by, at, { act: 'enclosure added', facts }));
  return { kind: 'done', disclosure: written(next), enclosure };
}

export async function replaced(
  needs: StepNeeds,
  { person }: Tending,
  disclosure: Disclosure,
  at: Instant,
  enclosure: Enclosure,
  act: string,
  more: Pick<Change, 'puts' | 'lines' | 'notes' | 'unchanged'> = { puts: [] },
): Promise<Enclosed> {
  const enclosures = disclosure.enclosures.map((one) => (one.id === enclosure.id ? enclosure : one));
  const next = preparedWith({ ...disclosure, enclosures }, person);
  const by = { kind: 'person', id: person.personId } as const;
  const { puts, lines = [], notes = [], unchanged = [] } = more;
  const told = { act, facts: factsOfEnclosure(enclosure) };
  await needs.records.write(changed(next, by, at, told, { puts, lines, notes, unchanged }));
  return { kind: 'done', disclosure: written(next), enclosure };
}

const factsOfEnclosure = (enclosure: Enclosure) => ({
  enclosure: enclosure.id,
  kind: enclosure.kind,
  said: sha256(enclosure.label),
  ...(enclosure.kind === 'image' && { image: enclosure.imageId }),
  ...('file' in enclosure && enclosure.file && { sha256: enclosure.file.sha256, bytes: enclosure.file.bytes }),
});

const TOO_MANY: Refusal = {
  clause: HOUSE.shownIsDecided.id,
  field: 'enclosures',
  found: `${MOST_ENCLOSURES} enclosures`,
  expected: `at most ${MOST_ENCLOSURES}`,
  todo: 'open another disclosure for the rest',
};
