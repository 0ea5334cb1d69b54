/** The page of a case: where it stands, why its records stay as long as they do, its charges, people and records. */
import { nyDateText } from '../../policies/instant.ts';
import { UNCLASSED } from '../../policies/retention.ts';
import { mayDo } from '../../policies/roles.ts';
import { Clauses, Facts, Moment, Notice, Nothing, spoken, Tag, Timeline } from '../edge/fields.tsx';
import type { CaseView } from './case-view.ts';
import { caseHref, type Case } from './contract.ts';
import { DEEDS } from './deeds.ts';
import { APPEALS, classTitle, FINDINGS, GROUNDS, isSetAgain, OUTCOMES, STATES } from './labels.ts';
import { KeptPart, rulingFirst, Running } from './kept-part.tsx';
import { href, named, Part } from './part.tsx';
import { PeoplePart } from './people-part.tsx';
import { sentenceFor, whoDid } from './story.ts';

export function CasePage({ view }: { view: CaseView }) {
  const { one } = view;
  return (
    <>
      <StatePart view={view} />
      <Running view={view} />
      {one && <Deeds view={view} one={one} />}
      {view.counts && <ClassPart view={view} one={view.counts} />}
      {one && <ChargesPart view={view} one={one} />}
      {one && <PeoplePart view={view} one={one} />}
      <KeptPart view={view} />
      <section>
        <h2>What happened</h2>
        {view.entries.length === 0 ? (
          <Nothing>What is done to the case appears here, with who did it and by which clause.</Nothing>
        ) : (
          <>
            <Timeline
              entries={view.entries.map((entry) => ({
                at: entry.at,
                what: sentenceFor(entry, view.schedule),
                who: whoDid(entry, view.names),
                clauses: entry.clauses ?? [],
              }))}
            />
            <p class="usa-hint">Each line is an entry of this case’s ledger, chained by hash to the one before it.</p>
          </>
        )}
      </section>
    </>
  );
}

function StatePart({ view: { caseNumber, one, names, mayKeep } }: { view: CaseView }) {
  if (!one) {
    return (
      <Notice kind="warning" heading="No case of this number was opened">
        <p>
          Records are kept under it, and they stay until a case is opened, classed and closed.{' '}
          {mayKeep && <a href={`/cases/new?number=${encodeURIComponent(caseNumber)}`}>Open the case</a>}
        </p>
      </Notice>
    );
  }
  const [words, kind] = STATES[one.state];
  // Whoever is no person on file is a system: the case-management system by its client, or an older one by its name.
  const who = (id: string): string => names.get(id) ?? `case management (${id})`;
  const last = one.reopened.at(-1);
  return (
    <section class={`pa-case pa-case--${one.state}`} aria-labelledby="state">
      <h2 id="state" class="pa-case__state">
        <Tag kind={kind}>{words}</Tag>
      </h2>
      <p class="pa-case__large">{standing(one)}</p>
      <Facts
        items={[
          [
            'Opened',
            <>
              {nyDateText(one.openedOn)}, by {who(one.openedBy)}
            </>,
          ],
          one.closed && [
            'Closed by',
            <>
              {who(one.closed.by)}, <Moment at={one.closed.at} />
            </>,
          ],
          one.mergedInto !== undefined && ['Goes on as', <a href={caseHref(one.mergedInto)}>{one.mergedInto}</a>],
          one.mergedFrom.length > 0 && [
            'Took in',
            <>
              {one.mergedFrom.map((each) => (
                <>
                  <a href={caseHref(each)}>{each}</a>{' '}
                </>
              ))}
            </>,
          ],
          last && [
            'Opened again',
            <>
              <Moment at={last.at} />, by {who(last.by)}: {last.reason} It had been closed on{' '}
              {nyDateText(last.closing.on)}.
            </>,
          ],
        ]}
      />
    </section>
  );
}

function standing({ state, closed, mergedInto }: Case): string {
  if (closed && state === 'closed') return `Closed on ${nyDateText(closed.on)}. ${GROUNDS[closed.ground]}.`;
  if (state === 'merged') return `What is kept for it follows case ${mergedInto}.`;
  return 'While it is open, everything of it is kept.';
}

/** What can be done to the case as a whole. What belongs to one charge, person or record stands beside it. */
function Deeds({ view: { mayKeep }, one }: { view: CaseView; one: Case }) {
  if (!mayKeep || one.state === 'merged') return null;
  return (
    <ul class="pa-deeds" aria-label="What can be done">
      <li>
        {one.state === 'open' ? (
          <a class="usa-button" href={href(one.id, 'close')}>
            Close the case
          </a>
        ) : (
          <a class="usa-button usa-button--outline" href={href(one.id, 'reopen')}>
            Open it again
          </a>
        )}
      </li>
      <li>
        <a href={href(one.id, 'merge')}>{DEEDS.merge.title}</a>
      </li>
    </ul>
  );
}

function ClassPart({ view, one }: { view: CaseView; one: Case }) {
  const { keeping, schedule, mayKeep } = view;
  const own = mayKeep && view.one === one && one.state !== 'merged';
  return (
    <Part id="class" heading="How long its records stay, and why">
      {keeping && (
        <>
          <p class="pa-case__large">
            {keeping.kind === 'keep'
              ? keeping.classId === UNCLASSED
                ? 'No class yet: they stay.'
                : 'They stay, without a date.'
              : `Until ${nyDateText(keeping.date)}.`}
          </p>
          {keeping.kind === 'until' && !keeping.approved && (
            <p>Shown only: this schedule has no approval on file, and nothing is disposed of by it.</p>
          )}
          <ul class="usa-list">
            {rulingFirst(keeping).map((why) => (
              <li>
                {why.text} <Clauses ids={[why.clause]} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="usa-hint">By “{schedule.title}”. A hold, or another case, keeps a record longer.</p>
      <Facts
        items={[
          ['Finding', one.finding ? FINDINGS[one.finding] : 'None'],
          ...one.statusClasses.map(
            (status) =>
              [
                classTitle(schedule, status.classId),
                <>
                  Since {nyDateText(status.since)}
                  {status.endedOn && `, ended on ${nyDateText(status.endedOn)}`}
                  {status.reclassedOn
                    ? `, class set again on ${nyDateText(status.reclassedOn)}${status.reclassedTo ? `: ${classTitle(schedule, status.reclassedTo)}` : ''}`
                    : own && (
                        <>
                          {'. '}
                          {status.endedOn ? (
                            isSetAgain(schedule, status.classId) && (
                              <a href={href(one.id, 'reclass', named('classId', status.classId))}>
                                Set the class again
                              </a>
                            )
                          ) : (
                            <a href={href(one.id, 'end-status', named('classId', status.classId))}>It ended</a>
                          )}
                        </>
                      )}
                </>,
              ] as const,
          ),
          ...view.holds.map(
            (hold) =>
              [
                <>
                  Hold:{' '}
                  {mayDo(view.visitor.roles, 'read-retention') ? (
                    <a href={`/holds/${encodeURIComponent(hold.id)}`}>{hold.name}</a>
                  ) : (
                    hold.name
                  )}
                </>,
                hold.release
                  ? `${spoken(hold.kind)}, released; what it was for ended on ${nyDateText(hold.release.endedOn)}`
                  : `${spoken(hold.kind)}, binds everything of the case`,
              ] as const,
          ),
        ]}
      />
      {own && (
        <ul class="pa-deeds">
          <li>
            <a href={href(one.id, 'record-finding')}>Record what was found</a>
          </li>
          <li>
            <a href={href(one.id, 'class-by-status')}>Class it by a status</a>
          </li>
        </ul>
      )}
    </Part>
  );
}

function ChargesPart({ view: { mayKeep, schedule }, one }: { view: CaseView; one: Case }) {
  const may = mayKeep && one.state !== 'merged';
  return (
    <Part id="charges" heading="Charges and how they ended">
      {one.dispositions.length === 0 ? (
        <Nothing>No charge is on file. A charge by itself classes nothing; a conviction or a plea does.</Nothing>
      ) : (
        <ul class="pa-list">
          {one.dispositions.map((charge) => (
            <li>
              <p class="pa-list__what">{charge.charged}</p>
              <p class="pa-list__more">
                {charge.outcome
                  ? `${OUTCOMES[charge.outcome]}${charge.on ? ` on ${nyDateText(charge.on)}` : ''}`
                  : 'Not ended yet'}
                {charge.classId && `. Class: ${classTitle(schedule, charge.classId)}`}
                {charge.appeal && `. ${APPEALS[charge.appeal]}`}
              </p>
              {may && (
                <div class="pa-list__side">
                  <a href={href(one.id, 'dispose-charge', named('chargeId', charge.id))}>
                    {charge.outcome ? 'Correct' : 'It ended'}
                    <span class="usa-sr-only">: {charge.charged}</span>
                  </a>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <p>
          <a href={href(one.id, 'add-charge')}>Add a charge</a>
        </p>
      )}
    </Part>
  );
}
