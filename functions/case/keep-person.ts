/**
 * Adds somebody to a case by their part in it and the days their class may follow, or corrects what is on file. No names:
 * the id is the case-management system's own. A day that is not known is left out, and then nothing is counted from it.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { unless, type Refusal } from '../../policies/ruling.ts';
import { canonical } from '../records/canonical.ts';
import type { CaseActor, CasePerson } from './contract.ts';
import { judged } from './judge-case.ts';
import { keepCase, SO_ALREADY, type Handling } from './keep-case.ts';
import { CLASSED_BY, MOST, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { hasRoom, notAhead } from './said.ts';
import { TOLD } from './told.ts';

export interface KeepPerson extends OnCase {
  readonly personId: string;
  readonly part: CasePerson['part'];
  readonly bornOn?: CalendarDate | undefined;
  readonly diedOn?: CalendarDate | undefined;
  readonly lastArrestOn?: CalendarDate | undefined;
}

export function addPerson(needs: CaseNeeds, given: KeepPerson, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, (at) => {
    const { one } = at;
    const person = personOf(given);
    const there = one.people.find(({ id }) => id === person.id);
    if (there && canonical(there) === canonical(person)) return SO_ALREADY;
    const { because, clauses } = judged(at, 'add-person', {}, [
      ...dayRefusals(person, at),
      ...hasRoom('personId', one.people.length, MOST.people, CLASSED_BY),
      ...unless(!there, {
        clause: CLASSED_BY,
        field: 'personId',
        found: 'an id that is in this case already, with other dates',
        expected: 'an id that is not',
        todo: 'correct that person instead',
      }),
    ]);
    if (because.length > 0) return refused(because);
    return step(at, [...one.people, person], TOLD.personAdded, clauses, person);
  });
}

export function changePerson(needs: CaseNeeds, given: KeepPerson, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, (at) => {
    const { one } = at;
    const person = personOf(given);
    const there = one.people.find(({ id }) => id === person.id);
    if (!there)
      return refused([
        {
          clause: CLASSED_BY,
          field: 'personId',
          found: 'nobody of that id in this case',
          expected: 'somebody who is on file',
          todo: 'add the person first',
        },
      ]);
    if (canonical(there) === canonical(person)) return SO_ALREADY;
    const { because, clauses } = judged(at, 'change-person', {}, dayRefusals(person, at));
    if (because.length > 0) return refused(because);
    const people = one.people.map((each) => (each === there ? person : each));
    return step(at, people, TOLD.personChanged, clauses, person);
  });
}

const personOf = ({ personId, part, bornOn, diedOn, lastArrestOn }: KeepPerson): CasePerson => ({
  id: personId,
  part,
  ...(bornOn && { bornOn }),
  ...(diedOn && { diedOn }),
  ...(lastArrestOn && { lastArrestOn }),
});

function step(
  { one }: Handling,
  people: readonly CasePerson[],
  act: string,
  clauses: readonly string[],
  { id, part }: CasePerson,
) {
  return {
    kind: 'step',
    case: { ...one, people },
    act,
    clauses,
    facts: { person: id, part },
    cause: 'case-people-changed',
  } as const;
}

function dayRefusals({ bornOn, diedOn, lastArrestOn }: CasePerson, { now }: Handling): readonly Refusal[] {
  const notBeforeBirth = (field: string, day: CalendarDate | undefined) =>
    unless(!bornOn || !day || day >= bornOn, {
      clause: CLASSED_BY,
      field,
      found: 'a day before the birth',
      expected: 'the day of birth or later',
      todo: 'correct one of the two days',
    });
  return [
    ...notAhead('bornOn', bornOn, CLASSED_BY, now),
    ...notAhead('diedOn', diedOn, CLASSED_BY, now),
    ...notAhead('lastArrestOn', lastArrestOn, CLASSED_BY, now),
    ...notBeforeBirth('diedOn', diedOn),
    ...notBeforeBirth('lastArrestOn', lastArrestOn),
    ...unless(!diedOn || !lastArrestOn || lastArrestOn <= diedOn, {
      clause: CLASSED_BY,
      field: 'lastArrestOn',
      found: 'an arrest after the death',
      expected: 'the day of death or earlier',
      todo: 'correct one of the two days',
    }),
  ];
}
