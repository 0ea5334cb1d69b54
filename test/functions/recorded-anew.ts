/** A demonstration person as the personnel list brings them in, and recorded anew beside it. */
import { mailOf, PEOPLE } from '../../demo/people.ts';
import { importPeople, type ImportNeeds } from '../../functions/access/import-people.ts';
import { put } from '../../functions/records/change.ts';
import { persons, type PrivacyOffice } from '../../functions/records/standing.ts';

type Over = Readonly<Record<string, unknown>>;

const personOf = (id: string) => {
  const { title: _, ...person } = PEOPLE.find(({ personId }) => personId === id)!;
  return person;
};

/** With these changes, as the list is brought in: it gives no office back that has ended. */
export async function broughtIn(needs: ImportNeeds, id: string, over: Over = {}): Promise<void> {
  const person = personOf(id);
  await importPeople(needs, {
    by: 'test',
    people: [{ ...person, roles: [...person.roles], email: mailOf(person), active: true, ...over }],
  });
}

/** The same, with the office just as given: a test that goes on with an office as it was puts it on the record itself. */
export async function recordedAnew(needs: ImportNeeds, id: string, over: Over = {}): Promise<void> {
  await broughtIn(needs, id, over);
  const { privacyOffice: before, ...record } = (await needs.records.get(persons, id))!;
  const office = { ...personOf(id), ...over }.privacyOffice as PrivacyOffice | undefined;
  if (JSON.stringify(before) === JSON.stringify(office)) return;
  await needs.records.write({
    at: needs.now(),
    by: { kind: 'external', id: 'test' },
    puts: [put(persons, { ...record, ...(office && { privacyOffice: office }) })],
    tells: [{ subject: `person#${id}`, act: 'person changed' }],
  });
}
