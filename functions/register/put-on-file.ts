/**
 * Puts something on file once: judged, written whole and told to the ledger in one change. A form sent twice, by a
 * second click or after a lost answer, finds what it made the first time.
 */
import { mayDo } from '../../policies/roles.ts';
import { idFromDraft } from '../edge/system.ts';
import { put, type Change } from '../records/change.ts';
import { keyOf, type Entity } from '../records/entity.ts';
import type { Actor, Told } from '../records/ledger.ts';
import type { Instant } from '../../policies/instant.ts';
import { untilWritten } from '../records/until-written.ts';
import type { OnFile } from './contract.ts';
import { refused, type Keeper, type Refused, type RegisterNeeds } from './needs.ts';

export interface Filing {
  readonly person: Keeper;
  /** The form's own number. */
  readonly draft?: string;
  /** An id of its own, for what an administrator brings in. */
  readonly id?: string;
  /** Who wrote it down, where that is not the person. */
  readonly actor?: Actor;
}

/** What is to be put on file, without what every record on file has. */
export interface Made<T extends OnFile> {
  readonly kind: 'made';
  readonly record: Omit<T, 'id' | 'version' | 'recordedBy' | 'recordedAt'>;
  readonly tell: Pick<Told, 'act' | 'edition' | 'clauses' | 'facts'>;
  /** Records it rests on, which must not have changed. */
  readonly unchanged?: Change['unchanged'];
  /** What else is written with it. */
  readonly puts?: Change['puts'];
  /** Whose story it is part of too. */
  readonly also?: string;
}

export function putOnFile<T extends OnFile>(
  { records, now, newId }: RegisterNeeds,
  { kind, prefix, filing }: { readonly kind: Entity<T>; readonly prefix: string; readonly filing: Filing },
  make: (id: string, at: Instant) => Promise<Made<T> | Refused>,
): Promise<{ readonly kind: 'done'; readonly record: T } | Refused> {
  const { person, draft } = filing;
  const id = filing.id ?? (draft ? idFromDraft(prefix, `${draft} ${person.personId}`) : newId(prefix));
  return untilWritten(async () => {
    if (!person.active || !mayDo(person.roles, 'keep-registers')) return refused([NOT_A_KEEPER]);
    const before = await records.get(kind, id);
    if (before) return { kind: 'done', record: before };
    const at = now();
    const made = await make(id, at);
    if (made.kind === 'refused') return made;
    const record = { ...made.record, id, version: 0, recordedBy: person.personId, recordedAt: at } as unknown as T;
    await records.write({
      at,
      by: filing.actor ?? { kind: 'person', id: person.personId },
      puts: [put(kind, record), ...(made.puts ?? [])],
      tells: [keyOf(kind.noun, id), ...(made.also ? [made.also] : [])].map((subject) => ({ subject, ...made.tell })),
      ...(made.unchanged && { unchanged: made.unchanged }),
    });
    return { kind: 'done', record: { ...record, version: 1 } };
  });
}

export const NOT_A_KEEPER = {
  clause: 'XR26-SAFE-08',
  field: 'person',
  found: 'someone who may not keep the registers',
  expected: 'an active member with the role of a privacy officer',
  todo: 'leave it to the privacy office',
};
