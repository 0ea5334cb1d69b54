/** A sheet on the page and on paper. Both show the very rows that the download has. */
import type { Child } from 'hono/jsx';
import { clauseById } from '../../policies/editions/all-clauses.ts';
import type { Instant } from '../../policies/instant.ts';
import { ClauseLink, Facts, Moment, Nothing } from '../edge/fields.tsx';
import { hashOfSheet, stacked, type Column, type Row, type Sheet } from './sheet.ts';

export function SheetTable({ sheet, nothing }: { sheet: Sheet; nothing: Child }) {
  const { columns, rows, title } = sheet;
  if (rows.length === 0) return <Nothing>{nothing}</Nothing>;
  const stacks = stacked(columns);
  return (
    <div class="pa-scroll" tabindex={0} role="region" aria-label={title}>
      <table class="usa-table usa-table--borderless">
        <thead>
          <tr>
            {stacks.map((places) => (
              <th scope="col">
                <Stack places={places} show={(place) => columns[place]!.label} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {stacks.map((places, index) => (
                <td>
                  <Stack
                    places={places}
                    show={(place) => cell(columns[place]!, row, place, index === 0 && place === places.at(-1))}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Stack({ places, show }: { places: readonly number[]; show: (place: number) => Child }) {
  return (
    <>{places.map((place, depth) => (depth === 0 ? show(place) : <div class="pa-list__more">{show(place)}</div>))}</>
  );
}

/** The row's link is on the last of its first stack: its number, where it has one. */
function cell({ clauses, whole }: Column, { cells, href, alarm }: Row, place: number, linked: boolean): Child {
  const text = cells[place] ?? '';
  const shown = whole ? <span class="pa-number">{text}</span> : text;
  if (linked && href) return <a href={href}>{shown}</a>;
  if (clauses)
    return (
      <>
        {text
          .split(' ')
          .filter(Boolean)
          .map((id) => (
            <>
              <ClauseLink id={id} />{' '}
            </>
          ))}
      </>
    );
  return alarm && /must end/.test(text) ? <strong>{text}</strong> : shown;
}

export function SheetActions({ sheet, children }: { sheet: Sheet; children?: Child }) {
  const { name, query } = sheet;
  return (
    <p class="pa-starts">
      {children}
      <a class="usa-button usa-button--outline" href={`/registers/${name}.csv${query}`}>
        Download as CSV
      </a>
      <a class="usa-button usa-button--outline" href={`/registers/${name}/print${query}`}>
        For printing
      </a>
    </p>
  );
}

/** What a paper says of itself: the law it answers, whose it is, what it covers, who made it and when. */
export function PrintedSheet(props: { sheet: Sheet; agency: string; madeAt: Instant; madeBy: string }) {
  const { sheet, agency, madeAt, madeBy } = props;
  const law = clauseById(sheet.answers);
  return (
    <>
      <Facts
        items={[
          [
            'Answers',
            <>
              {law?.cite} <ClauseLink id={sheet.answers} />
              <br />
              {law?.text}
            </>,
          ],
          ['Agency', agency],
          ['Period', sheet.period],
          sheet.only.length > 0 && ['Only', sheet.only.join('; ')],
          ['Rows', String(sheet.rows.length)],
          [
            'Made',
            <>
              <Moment at={madeAt} /> by {madeBy}
            </>,
          ],
          ['SHA-256 of the same as CSV', <code>{hashOfSheet(sheet)}</code>],
        ]}
      />
      <SheetTable sheet={sheet} nothing="There is no row." />
    </>
  );
}
