/**
 * A demonstration person recorded anew, with changes. The import gives no office back that has ended; a test that goes on
 * with an office as it was puts it on the record itself.
 */
import { mailOf, PEOPLE } from '../../demo/people.ts';
import { importPeople, type ImportNeeds } from '../../functions/access/import-people.ts';
import { put } from '../../functions/records/change.ts';
import { persons, type PrivacyOffice } from '../../functions/records/standing.ts';

export async function recordedAnew(
  needs: ImportNeeds,
  id: string,
  over: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { title: _, ...person } = PEOPLE.find(({ personId }) => personId === id)!;
  const told = { ...person, ...over };
  await importPeople(needs, {
    by: 'test',
    people: [{ ...person, roles: [...person.roles], email: mailOf(person), active: true, ...over }],
  });
  const { privacyOffice: before, ...record } = (await needs.records.get(persons, id))!;
  const office = told.privacyOffice as PrivacyOffice | undefined;
  if (JSON.stringify(before) === JSON.stringify(office)) return;
  await needs.records.write({
    at: needs.now(),
    by: { kind: 'external', id: 'test' },
    puts: [put(persons, { ...record, ...(office && { privacyOffice: office }) })],
    tells: [{ subject: `person#${id}`, act: 'person changed' }],
  });
}
