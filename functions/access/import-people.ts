/**
 * Brings people's records in step with the personnel list. Safe to run again: only what differs is written, one change
 * for each person. A transfer or the end of an assignment ends the person's session in the same change, so that access
 * stops with the duty it was for (XR26-SAFE-04).
 *
 * When `by` is a person on record, they must hold the task of recording people, and of allotting roles where roles
 * differ (XR26-SAFE-08). Any other `by` is whatever keeps the directory in step; that it may is for the cloud account
 * to say, since this act is called directly and by no page.
 *
 * Throws  FactMalformed naming the index and the field; nothing is written then
 */
import { FactMalformed } from '../../policies/faults.ts';
import { mayDo, type Role } from '../../policies/roles.ts';
import type { Instant } from '../../policies/instant.ts';
import { canonical } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Actor } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { directoryLine, persons, roleLine, type Person, type PrivacyOffice } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import type { PeopleImport, PeopleImported, PersonInput } from './contract.ts';
import { openSessionOf } from './start-session.ts';

export interface ImportNeeds {
  readonly records: Records;
  now(): Instant;
  newId(prefix: string): string;
}

export async function importPeople(needs: ImportNeeds, { people, by }: PeopleImport): Promise<PeopleImported> {
  const actor = await actorOf(needs.records, by);
  const ids = await idsOf(needs, people);
  const befores = await Promise.all(ids.map((id) => needs.records.get(persons, id)));
  people.forEach((input, index) => requireRight(actor, input, befores[index], index));

  const done = { recorded: 0, changed: 0, unchanged: 0, sessionsEnded: 0 };
  for (const [index, input] of people.entries()) {
    const { outcome, sessions } = await recordPerson(needs, ids[index]!, input, actor.actor);
    done[outcome]++;
    done.sessionsEnded += sessions;
  }
  return done;
}

type Outcome = { readonly outcome: 'recorded' | 'changed' | 'unchanged'; readonly sessions: number };

function recordPerson({ records, now }: ImportNeeds, id: string, input: PersonInput, by: Actor): Promise<Outcome> {
  return untilWritten(async (): Promise<Outcome> => {
    const before = await records.get(persons, id);
    const after = personOf(id, before, input);
    if (before && canonical(before) === canonical(after)) return { outcome: 'unchanged', sessions: 0 };

    const at = now();
    const transferred = before !== undefined && (before.bureau !== after.bureau || before.command !== after.command);
    const deactivated = before !== undefined && before.active && !after.active;
    const leaves = transferred || deactivated;
    const session = leaves ? await openSessionOf(records, id) : undefined;
    const sessionsEnded = session?.open ? 1 : 0;
    const renamed = before !== undefined && before.directoryName !== after.directoryName;
    const [had, has] = [rolesListed(before), rolesListed(after)];

    await records.write({
      at,
      by,
      puts: [put(persons, after), ...(session?.moved(at) ?? [])],
      lines: [
        ...(!before || renamed ? [{ from: directoryLine(after.directoryName), to: id }] : []),
        ...has.filter((role) => !had.includes(role)).map((role) => ({ from: roleLine(role), to: id })),
      ],
      endedLines: [
        ...(renamed ? [{ from: directoryLine(before.directoryName), to: id }] : []),
        ...had.filter((role) => !has.includes(role)).map((role) => ({ from: roleLine(role), to: id })),
      ],
      tells: [
        {
          subject: keyOf('person', id),
          act: !before
            ? 'person recorded'
            : deactivated
              ? 'person deactivated'
              : transferred
                ? 'person transferred'
                : 'person changed',
          clauses: leaves ? ['XR26-SAFE-04'] : ['XR26-SAFE-08'],
          facts: { bureau: after.bureau, rank: after.rank, active: after.active, roles: after.roles, sessionsEnded },
        },
      ],
    });
    return { outcome: before ? 'changed' : 'recorded', sessions: sessionsEnded };
  });
}

function personOf(id: string, before: Person | undefined, input: PersonInput): Person {
  const { personId: _, rotaOrder, roles, privacyOffice, ...told } = input;
  const office = officeOf(privacyOffice as PrivacyOffice | undefined, before);
  return {
    ...told,
    id,
    version: before?.version ?? 0,
    roles: [...new Set(roles as Role[])].toSorted(),
    ...(rotaOrder !== undefined && { rotaOrder }),
    ...(office && { privacyOffice: office }),
    ...(before?.officeEndedAt && { officeEndedAt: before.officeEndedAt }),
  };
}

/** The later beginning counts, and what ended stays ended: a list that is brought in again gives no office back. */
function officeOf(listed: PrivacyOffice | undefined, person: Person | undefined): PrivacyOffice | undefined {
  const { privacyOffice: before, officeEndedAt } = person ?? {};
  const told = listed && officeEndedAt && listed.heldFrom <= officeEndedAt ? undefined : listed;
  if (!told || !before) return told ?? before;
  if (told.heldFrom !== before.heldFrom) return told.heldFrom > before.heldFrom ? told : before;
  return before.heldUntil ? before : { ...before, ...told };
}

/** Someone who is not active is in no role's list, so nothing is ever sent to them or waits for them. */
const rolesListed = (person: Person | undefined): readonly Role[] => (person?.active ? person.roles : []);

/** The record each entry is about; a name that two entries or two records claim is refused. */
async function idsOf({ records, newId }: ImportNeeds, people: readonly PersonInput[]): Promise<string[]> {
  const claimed = new Map<string, number>();
  const claim = (key: string, index: number, field: string): void => {
    const other = claimed.get(key);
    if (other !== undefined)
      throw new FactMalformed(
        `people.${index}.${field}: is the same as in people.${other}; each person is listed once`,
      );
    claimed.set(key, index);
  };
  return Promise.all(
    people.map(async (input, index) => {
      claim(`name ${input.directoryName}`, index, 'directoryName');
      const [held] = await records.linesOf(directoryLine(input.directoryName));
      if (held && input.personId && held !== input.personId) {
        throw new FactMalformed(
          `people.${index}.directoryName: belongs to person ${held} and not to ${input.personId}; change or end the other record first`,
        );
      }
      const id = input.personId ?? held ?? newId('P');
      claim(`id ${id}`, index, 'personId');
      return id;
    }),
  );
}

interface Importer {
  readonly actor: Actor;
  readonly person?: Person;
}

async function actorOf(records: Records, by: string): Promise<Importer> {
  const person = await records.get(persons, by);
  return person ? { actor: { kind: 'person', id: person.id }, person } : { actor: { kind: 'external', id: by } };
}

function requireRight({ person }: Importer, input: PersonInput, before: Person | undefined, index: number): void {
  if (!person) return;
  const held = person.active ? person.roles : [];
  const sameRoles =
    canonical([...new Set(input.roles)].toSorted()) === canonical([...(before?.roles ?? [])].toSorted());
  if (!sameRoles && !mayDo(held, 'allot-roles')) {
    throw new FactMalformed(
      `people.${index}.roles: only a system administrator gives or takes roles (XR26-SAFE-08), and ${person.id} is none; leave the roles as they are`,
    );
  }
  if (!mayDo(held, 'manage-people') && !mayDo(held, 'allot-roles')) {
    throw new FactMalformed(`people.${index}: ${person.id} may not record people; ask a personnel officer`);
  }
}
