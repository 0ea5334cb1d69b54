/** The people of a case on its page, by their part in it and the days that are known. No names. */
import { nyDateText } from '../../policies/instant.ts';
import { Nothing } from '../edge/fields.tsx';
import type { CaseView } from './case-view.ts';
import type { Case } from './contract.ts';
import { PARTS } from './labels.ts';
import { href, named, Part } from './part.tsx';

export function PeoplePart({ view: { mayKeep }, one }: { view: CaseView; one: Case }) {
  const may = mayKeep && one.state !== 'merged';
  return (
    <Part id="people" heading="People, by their part">
      {one.people.length === 0 ? (
        <Nothing>Nobody is on file. Of a child or a juvenile the day of birth says how long records stay.</Nothing>
      ) : (
        <ul class="pa-list">
          {one.people.map((person) => (
            <li>
              <p class="pa-list__what">{PARTS[person.part]}</p>
              <p class="pa-list__more">
                {person.id}. {person.bornOn ? `Born on ${nyDateText(person.bornOn)}` : 'Birth not known'}
                {person.diedOn && `. Died on ${nyDateText(person.diedOn)}`}
                {person.lastArrestOn && `. Last arrested on ${nyDateText(person.lastArrestOn)}`}
              </p>
              {may && (
                <div class="pa-list__side">
                  <a href={href(one.id, 'change-person', named('personId', person.id))}>
                    Correct<span class="usa-sr-only"> {person.id}</span>
                  </a>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <p>
          <a href={href(one.id, 'add-person')}>Add a person</a>
        </p>
      )}
    </Part>
  );
}
