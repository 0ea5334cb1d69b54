/** The filter over what was provided to others, and the words on what it leaves out. */
import { RECIPIENTS } from '../../policies/editions/disclosure-grounds.ts';
import type { Instant } from '../../policies/instant.ts';
import { Checkbox, ClauseLink, Select, Submit } from '../edge/fields.tsx';
import { TECHNOLOGIES } from './labels.ts';
import { quarterBeside, queryOf, quartersTo, quarterText, type ProvisionFilter } from './provisions.ts';

export function ProvisionFilterForm({ filter, now }: { filter: ProvisionFilter; now: Instant }) {
  const { quarter, technology, recipient, statutory, under } = filter;
  const quarters = quartersTo(now, quarter).map((value) => ({ value, label: quarterText(value) }));
  const beside = (by: 1 | -1): string => queryOf({ ...filter, quarter: quarterBeside(quarter, by) });
  return (
    <>
      <nav aria-label="Quarters">
        <p>
          <a href={`/registers/provisions${beside(-1)}`}>Earlier quarter</a> · {quarterText(quarter)} ·{' '}
          <a href={`/registers/provisions${beside(1)}`}>Later quarter</a>
        </p>
      </nav>
      <details class="pa-quiet" open={Boolean(technology || recipient || statutory || under)}>
        <summary>Choose what is shown</summary>
        <form class="pa-form" method="get" action="/registers/provisions">
          <Select
            name="quarter"
            label="Quarter"
            hint="By the day in New York."
            required
            options={quarters}
            value={quarter}
          />
          <Select
            name="technology"
            label="Technology"
            options={TECHNOLOGIES.map(({ id, label }) => ({ value: id, label }))}
            value={technology}
          />
          <Select
            name="recipient"
            label="Kind of recipient"
            options={RECIPIENTS.map(({ kind, label }) => ({ value: kind, label }))}
            value={recipient}
          />
          <Checkbox
            name="statutory"
            label="Only rows of the statutory register"
            hint="Without what is logged only because the statute leaves it out."
            checked={statutory}
          />
          {under && <input type="hidden" name="under" value={under} />}
          <p class="pa-starts">
            <Submit kind="outline">Show</Submit>
          </p>
        </form>
      </details>
      {under && (
        <p>
          Only what rests on {under}. <a href={`/registers/provisions?quarter=${quarter}`}>Show all of the quarter</a>
        </p>
      )}
    </>
  );
}

export function WhatIsLeftOut() {
  return (
    <p>
      Everything that leaves is here. The statute’s own register leaves out what goes out under the Freedom of
      Information Law, to press and media, to academic research and to other governments{' '}
      <ClauseLink id="nyc-14-188-g-1" />; what goes to ICE or CBP it does not leave out, but for a task force on a
      criminal investigation that the department does not control alone <ClauseLink id="nyc-14-188-g-1-ice-cbp" />.
      Which it is was judged when it was released.
    </p>
  );
}
