/** "My desk": the first page after signing in. */
import type { Context } from 'hono';
import { nyText, type Instant } from '../../policies/instant.ts';
import { Countdown, Clauses, Moment, Nothing, Tag } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import type { PageEnv } from '../edge/page-app.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { STANDING, type Desk } from './desk.ts';

export function deskPage<N>(c: Context<PageEnv<N>>, visitor: Visitor, desk: Desk, now: Instant): Promise<Response> {
  return page(
    c,
    { title: 'My desk', above: `${visitor.name}, ${visitor.command}`, lead: leadOf(desk.waiting.length) },
    <>
      <section aria-labelledby="waiting">
        <h2 id="waiting">Waiting for you</h2>
        {desk.waiting.length === 0 ? (
          <Nothing>
            Nothing waits for you. A decision, an assignment or a deployment of yours will appear here, soonest deadline
            first.
          </Nothing>
        ) : (
          <ul class="pa-list pa-list--due">
            {desk.waiting.map(({ what, about, href, by, inHours }) => (
              <li>
                <div class="pa-list__due">
                  <Countdown until={by} now={now} inHours={inHours} />
                </div>
                <p class="pa-list__what">
                  <a href={href}>{what}</a>
                </p>
                <p class="pa-list__more">{about}</p>
              </li>
            ))}
          </ul>
        )}
      </section>

      {desk.starts.length > 0 && (
        <section aria-labelledby="start">
          <h2 id="start">Start something</h2>
          <p class="pa-starts">
            {desk.starts.map(({ label, href }, index) => (
              <a class={`usa-button${index === 0 ? '' : ' usa-button--outline'}`} href={href}>
                {label}
              </a>
            ))}
          </p>
        </section>
      )}

      <section aria-labelledby="own">
        <h2 id="own">Requests you made</h2>
        {desk.own.length === 0 ? (
          <Nothing>You have made no request. Each one you make stays here, with where it stands.</Nothing>
        ) : (
          <ul class="pa-list">
            {desk.own.map(({ id, state, asked, submittedAt }) => (
              <li>
                <p class="pa-list__what">
                  <a href={`/requests/${encodeURIComponent(id)}`}>{id}</a>
                </p>
                <p class="pa-list__more">
                  For {nyText(asked.startsAt)}; asked <Moment at={submittedAt} />
                </p>
                <div class="pa-list__side">
                  <Tag kind={STANDING[state][1]}>{STANDING[state][0]}</Tag>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>

      {desk.refused && (
        <section aria-labelledby="refused">
          <h2 id="refused">Refused at the form lately</h2>
          {desk.refused.length === 0 ? (
            <Nothing>
              No request was refused at the form. The clauses that refused one will appear here, never what was typed.
            </Nothing>
          ) : (
            <ul class="pa-list">
              {desk.refused.map(({ id, at, refusals }) => (
                <li>
                  <p class="pa-list__what">{id}</p>
                  <p class="pa-list__more">
                    <Moment at={at} />
                  </p>
                  <div class="pa-list__side">
                    <Clauses ids={[...new Set(refusals.map((refusal) => refusal.clause))]} />
                  </div>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>,
  );
}

const leadOf = (waiting: number): string =>
  waiting === 0
    ? 'You are up to date.'
    : waiting === 1
      ? 'One thing waits for you.'
      : `${waiting} things wait for you, soonest deadline first.`;
