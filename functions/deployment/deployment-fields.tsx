/** The page pieces of the noun deployment: those of the frame, and a plain table. */
import type { Child } from 'hono/jsx';

export * from '../edge/fields.tsx';

/** A table with a caption and a header row; it scrolls sideways on a phone. */
export function Table({
  caption,
  head,
  rows,
}: {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly Child[])[];
}) {
  return (
    <div class="usa-table-container--scrollable" tabindex={0} role="region" aria-label={caption}>
      <table class="usa-table usa-table--borderless">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((text) => (
              <th scope="col">{text}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>{row.map((cell, index) => (index === 0 ? <th scope="row">{cell}</th> : <td>{cell}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
