/**
 * The published policy, for everyone: what the technology can do, its figures as printed, its editions and each clause
 * by its id. Everything comes from policies/; nothing printed is corrected, and what cannot be right is marked.
 */
import type { Context, Hono } from 'hono';
import { rolesFor } from '../../policies/roles.ts';
import { clauseById, twins, WHOLE_EDITIONS, WHOLE_XRAY_EDITIONS } from '../../policies/editions/all-clauses.ts';
import { clausesOf, isInForce } from '../../policies/editions/published.ts';
import type { DoseFigure, Edition, PrintedDose } from '../../policies/editions/edition.ts';
import type { Clause, PolicyClause } from '../../policies/clause.ts';
import { nyDate, nyDateText } from '../../policies/instant.ts';
import { ClauseLink, Clauses, Facts, Notice, spoken, Tag } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import type { PageEnv, PageNeeds } from '../edge/page-app.tsx';
import { comparisonPage, editionName } from './compare-editions.tsx';

export function addPolicy<N extends PageNeeds>(app: Hono<PageEnv<N>>): void {
  app.get('/policy', (c) => capabilityPage(c, inForce(c)));
  app.get('/policy/health', (c) => healthPage(c, inForce(c)));
  app.get('/policy/editions', (c) => comparisonPage(c, inForce(c)));
  app.get('/policy/editions/:id', (c) => {
    const edition = WHOLE_XRAY_EDITIONS.find(({ id }) => id === c.req.param('id'));
    return edition ? editionPage(c, edition) : c.notFound();
  });
  app.get('/policy/clauses/:id', (c) => {
    const clause = clauseById(c.req.param('id'));
    return clause ? clausePage(c, clause) : c.notFound();
  });
}

type C<N> = Context<PageEnv<N>>;

/** The edition in force now; before the first one, the first. */
function inForce<N extends PageNeeds>(c: C<N>): Edition {
  return WHOLE_XRAY_EDITIONS.find((one) => isInForce(one, nyDate(c.var.needs.now()))) ?? WHOLE_XRAY_EDITIONS[0]!;
}

const clausesIn = (edition: Edition, section: string): readonly PolicyClause[] =>
  edition.sections.find(({ id }) => id === section)?.clauses ?? [];

const inForceText = ({ from, until }: Edition): string =>
  `In force from ${nyDateText(from)}${until ? ` to ${nyDateText(until)}` : ''}.`;

function capabilityPage<N>(c: C<N>, edition: Edition): Promise<Response> {
  const facts = [...clausesIn(edition, 'capabilities'), ...clausesIn(edition, 'abstract')];
  const deciders = rolesFor('decide-use').map(spoken);
  return page(
    c,
    {
      title: 'What mobile x-ray can do, and what it cannot',
      above: edition.title,
      lead: `${inForceText(edition)} The statements are the policy’s, in plain words; each leads to its clause.`,
    },
    <>
      <h2>Capabilities</h2>
      <ClauseList clauses={facts} />
      <h2>Where it may be used</h2>
      <Facts
        items={[
          ['It may screen', edition.permittedTargets.map((target) => target.replaceAll('-', ' ')).join(', ')],
          ['It never screens', 'a person, a home or a building'],
          ['Who decides', `A ${deciders.join(' or ')}, case by case`],
          [
            'Legal basis',
            <>
              Special-needs exception to the warrant requirement; no court authorization is sought.{' '}
              <ClauseLink id={edition.legalBasis.clause} />
            </>,
          ],
          edition.manufacturers.length > 0 && ['Made by', edition.manufacturers.join(', ')],
        ]}
      />
      <h2>What it may do to people’s lives</h2>
      <ClauseList clauses={clausesIn(edition, 'impact')} />
      <p>
        <a href="/policy/health">Health and safety figures</a> · <a href="/policy/editions">Editions compared</a> ·{' '}
        <a href={`/policy/editions/${edition.id}`}>The whole edition by clause</a>
      </p>
    </>,
  );
}

function healthPage<N>(c: C<N>, edition: Edition): Promise<Response> {
  const doubtful = edition.doses.flatMap((dose) => [dose.upper, dose.lower]).filter((dose) => !dose.consistent).length;
  return page(
    c,
    {
      title: 'Health and safety figures',
      above: edition.title,
      lead: `${inForceText(edition)} The figures are shown as published.`,
    },
    <>
      <ClauseList
        clauses={clausesIn(edition, 'health').filter(({ id }) => !edition.doses.some((dose) => dose.clause === id))}
      />
      <h2>Printed exposure</h2>
      {doubtful > 0 && (
        <Notice
          kind="warning"
          heading={`${doubtful === 1 ? 'One printed pair' : `${doubtful} printed pairs`} cannot be right`}
        >
          <p>
            The policy prints each dose twice, in two units. Where the two are not the same amount, both are shown as
            printed and marked. None is corrected here, and nothing is computed from them.
          </p>
        </Notice>
      )}
      <div class="pa-scroll" tabindex={0} role="region" aria-label="Printed exposure">
        <table class="usa-table usa-table--borderless">
          <caption>Total exposure, from the highest to the lowest figure printed</caption>
          <thead>
            <tr>
              <th scope="col">Distance and time</th>
              <th scope="col">Figure</th>
              <th scope="col">As printed</th>
              <th scope="col">Do they agree?</th>
            </tr>
          </thead>
          <tbody>{edition.doses.map(doseRows)}</tbody>
        </table>
      </div>
    </>,
  );
}

function doseRows(figure: DoseFigure) {
  const row = (which: 'highest' | 'lowest', dose: PrintedDose) => (
    <tr>
      {which === 'highest' && (
        <th scope="rowgroup" rowspan={2}>
          {figure.feet} feet, {figure.seconds} seconds <br />
          <ClauseLink id={figure.clause} />
        </th>
      )}
      <td>{which}</td>
      <td class="pa-number">
        {dose.mrem} mrem, printed as {dose.printed.amount} {dose.printed.unit}
      </td>
      <td>
        {dose.consistent ? <Tag kind="good">agree</Tag> : <Tag kind="bad">do not agree</Tag>}
        {dose.note && <p>{dose.note}</p>}
      </td>
    </tr>
  );
  return (
    <>
      {row('highest', figure.upper)}
      {row('lowest', figure.lower)}
    </>
  );
}

function editionPage<N>(c: C<N>, edition: Edition): Promise<Response> {
  return page(
    c,
    {
      title: `${edition.title}: ${editionName(edition)}`,
      lead: `${inForceText(edition)} The texts are in plain words; the published document is ${edition.document}.`,
    },
    <>
      {edition.revisions.length > 0 && (
        <>
          <h2>Revisions</h2>
          <Facts items={edition.revisions.map(({ date, description }) => [nyDateText(date), description] as const)} />
        </>
      )}
      {edition.sections.map(({ title, clauses }) => (
        <>
          <h2>{title}</h2>
          <ClauseList clauses={clauses} />
        </>
      ))}
      {edition.slips.length > 0 && (
        <>
          <h2>Printed slips</h2>
          <Facts
            items={edition.slips.map(
              ({ clause, printed, note }) =>
                [
                  <ClauseLink id={clause} />,
                  <>
                    “{printed}” {note}
                  </>,
                ] as const,
            )}
          />
        </>
      )}
    </>,
  );
}

const AUTHORITY: Readonly<Record<Clause['authority'], string>> = {
  statute: 'A statute',
  'agency-policy': 'The department’s published policy',
  house: 'The department’s own number, where the policy gives none',
};

function clausePage<N>(c: C<N>, clause: Clause): Promise<Response> {
  const same = twins(clause.id);
  const holds = (each: Parameters<typeof clausesOf>[0]): boolean => clausesOf(each).some(({ id }) => id === clause.id);
  const edition = WHOLE_XRAY_EDITIONS.find(holds);
  const published = WHOLE_EDITIONS.find(holds);
  return page(
    c,
    { title: clause.id, above: clause.cite },
    <>
      <p class="pa-lead">{clause.text}</p>
      <Facts
        items={[
          ['Whose sentence', AUTHORITY[clause.authority]],
          ['In force', `from ${nyDateText(clause.from)}${clause.until ? ` to ${nyDateText(clause.until)}` : ''}`],
          edition
            ? ['Edition', <a href={`/policy/editions/${edition.id}`}>{editionName(edition)}</a>]
            : published && ['Edition', published.title],
          same.length > 0 && ['Says the same as', <Clauses ids={same} />],
        ]}
      />
    </>,
  );
}

function ClauseList({ clauses }: { clauses: readonly PolicyClause[] }) {
  return <Facts items={clauses.map(({ id, text }) => [<ClauseLink id={id} />, text] as const)} />;
}
