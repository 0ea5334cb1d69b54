/** Two editions side by side: what is new, what was said before too, and what is said no longer. */
import type { Context } from 'hono';
import { twins, WHOLE_XRAY_EDITIONS } from '../../policies/editions/all-clauses.ts';
import { clausesOf } from '../../policies/editions/published.ts';
import type { Edition } from '../../policies/editions/edition.ts';
import { nyDateText } from '../../policies/instant.ts';
import { ClauseLink, Facts, Notice, Tag } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import type { PageEnv } from '../edge/page-app.tsx';

/** An edition by its year, such as '2026 edition'. */
export const editionName = (edition: Edition): string => `${edition.from.slice(0, 4)} edition`;

export function comparisonPage<N>(c: Context<PageEnv<N>>, current: Edition): Promise<Response> {
  const before = WHOLE_XRAY_EDITIONS.filter((edition) => edition.from < current.from).at(-1);
  const describes = WHOLE_XRAY_EDITIONS.find(({ id }) => id === current.changes.describes);
  return page(
    c,
    {
      title: 'Policy editions compared',
      above: current.title,
      wide: true,
      lead: 'An act is judged by the edition in force when it happened, and its record keeps the edition and the clauses.',
    },
    <>
      <Facts
        items={WHOLE_XRAY_EDITIONS.map(
          (edition) =>
            [
              <a href={`/policy/editions/${edition.id}`}>{editionName(edition)}</a>,
              `${nyDateText(edition.from)} to ${edition.until ? nyDateText(edition.until) : 'today'}${edition.revisions.map(({ description }) => `. ${description}`).join('')}`,
            ] as const,
        )}
      />
      {before && <Comparison current={current} before={before} />}
      <h2>Summary of changes between draft and final policy</h2>
      {describes && describes.id !== current.id && (
        <Notice kind="warning" heading={`This table is not about the ${editionName(current)}`}>
          <p>
            It is printed in the {editionName(current)} and is identical to the table of the {editionName(describes)}:
            it describes how that edition’s draft became final, and says nothing of what changed since.
          </p>
        </Notice>
      )}
      <div class="pa-scroll" tabindex={0} role="region" aria-label="Summary of changes as printed">
        <table class="usa-table usa-table--borderless">
          <thead>
            <tr>
              <th scope="col">Update</th>
              <th scope="col">Description</th>
            </tr>
          </thead>
          <tbody>
            {current.changes.rows.map(({ update, description }) => (
              <tr>
                <td>{update}</td>
                <td>{description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>,
  );
}

function Comparison({ current, before }: { current: Edition; before: Edition }) {
  const earlier = new Map(clausesOf(before).map((clause) => [clause.id, clause]));
  const matched = new Set<string>();
  const gone = [...earlier.keys()].filter(
    (id) => !twins(id).some((twin) => clausesOf(current).some((clause) => clause.id === twin)),
  );
  return (
    <>
      {current.sections.map(({ title, clauses }) => (
        <>
          <h2>{title}</h2>
          <div class="pa-scroll" tabindex={0} role="region" aria-label={title}>
            <table class="usa-table usa-table--borderless pa-compare">
              <thead>
                <tr>
                  <th scope="col">{editionName(current)}</th>
                  <th scope="col">{editionName(before)}</th>
                </tr>
              </thead>
              <tbody>
                {clauses.map(({ id, text }) => {
                  const same = twins(id).flatMap((twin) => earlier.get(twin) ?? []);
                  return (
                    <tr>
                      <td>
                        <ClauseLink id={id} />
                        <p>{text}</p>
                      </td>
                      <td>
                        {same.length === 0 && <Tag kind="waiting">New in this edition</Tag>}
                        {same.map((twin) => {
                          const shown = matched.has(twin.id);
                          matched.add(twin.id);
                          return (
                            <>
                              <ClauseLink id={twin.id} />
                              {!shown && <p>{twin.text}</p>}
                            </>
                          );
                        })}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      ))}
      {gone.length > 0 && (
        <>
          <h2>Only in the {editionName(before)}</h2>
          <Facts items={gone.map((id) => [<ClauseLink id={id} />, earlier.get(id)!.text] as const)} />
        </>
      )}
    </>
  );
}
