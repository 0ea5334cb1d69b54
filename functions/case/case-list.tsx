/** The list of cases, by state, and the way to one by its number. */
import type { Instant } from '../../policies/instant.ts';
import { nyDateText } from '../../policies/instant.ts';
import { Moment, Nothing, Tag, TextField } from '../edge/fields.tsx';
import { caseHref, type Case } from './contract.ts';
import { STATES } from './labels.ts';

export interface CaseListing {
  readonly state: Case['state'];
  readonly cases: readonly Case[];
  readonly next?: string | undefined;
  readonly mayOpen: boolean;
  /** What was searched for and is not on file, or not for this reader. */
  readonly notFound?: string | undefined;
  readonly now: Instant;
}

export function CaseList({ state, cases, next, mayOpen, notFound }: CaseListing) {
  return (
    <>
      {mayOpen && (
        <p class="pa-starts">
          <a class="usa-button" href="/cases/new">
            Open a case
          </a>
        </p>
      )}
      <form method="get" action="/cases" class="pa-form" role="search">
        <TextField
          name="number"
          label="Case number"
          type="search"
          width="lg"
          required
          value={notFound}
          error={notFound === undefined ? undefined : 'No case of this number is on file for you. Check the number.'}
        />
        <div class="pa-actions">
          <button type="submit" class="usa-button usa-button--outline">
            Find
          </button>
        </div>
      </form>
      <nav aria-label="Which cases">
        <ul class="pa-deeds">
          {(Object.keys(STATES) as Case['state'][]).map((each) => (
            <li>
              <a href={`/cases?state=${each}`} {...(each === state && { 'aria-current': 'page' })}>
                {STATES[each][0]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h2>{STATES[state][0]}</h2>
      {cases.length === 0 ? (
        <Nothing>{NOTHING[state]}</Nothing>
      ) : (
        <ul class="pa-list">
          {cases.map((one) => (
            <Listed one={one} />
          ))}
        </ul>
      )}
      {next && (
        <p>
          <a href={`/cases?state=${state}&from=${encodeURIComponent(next)}`}>Earlier cases</a>
        </p>
      )}
    </>
  );
}

const NOTHING: Readonly<Record<Case['state'], string>> = {
  open: 'No case of yours is open. One that you open, or that is passed on to you, appears here.',
  closed: 'No case of yours is closed. From the day one is closed, the time its records are kept is counted.',
  merged: 'No case of yours was merged into another.',
};

function Listed({ one }: { one: Case }) {
  return (
    <li>
      <p class="pa-list__what">
        <a href={caseHref(one.id)}>{one.id}</a>
      </p>
      <p class="pa-list__more">
        {one.closed
          ? `Closed on ${nyDateText(one.closed.on)}`
          : one.mergedInto
            ? `Merged into ${one.mergedInto}`
            : `Opened on ${nyDateText(one.openedOn)}`}
        {'. Last changed '}
        <Moment at={one.changedAt} />
      </p>
      <div class="pa-list__side">
        {one.recalculationId && <Tag kind="waiting">Dates being worked out</Tag>}{' '}
        {one.state === 'closed' && !isClassed(one) && <Tag kind="bad">No class yet</Tag>}
      </div>
    </li>
  );
}

/** Whether anything is on file that a class follows from; which class it is, the rules say. */
const isClassed = ({ dispositions, finding, statusClasses }: Case): boolean =>
  finding !== undefined || statusClasses.length > 0 || dispositions.some(({ classId }) => classId !== undefined);
