/** The pieces pages tell their story with: facts, a timeline, notices, tags, and the time that is left. */
import type { Child } from 'hono/jsx';
import { minutesBetween, nyText, type Instant } from '../../policies/instant.ts';

/** Where a clause can be read. */
export const clauseHref = (id: string): string => `/policy/clauses/${encodeURIComponent(id)}`;

export function ClauseLink({ id }: { id: string }) {
  return (
    <a class="pa-clause" href={clauseHref(id)}>
      {id}
    </a>
  );
}

/** More clauses than this are folded away: who looks for one opens them, and the others read on. */
const MOST_CLAUSES_IN_SIGHT = 4;

/** Clause ids as links, with blanks between them. */
export function Clauses({ ids }: { ids: readonly string[] }) {
  if (ids.length > MOST_CLAUSES_IN_SIGHT) {
    return (
      <details class="pa-clauses__many">
        <summary>{ids.length} clauses</summary>
        <ClauseRow ids={ids} />
      </details>
    );
  }
  return <ClauseRow ids={ids} />;
}

function ClauseRow({ ids }: { ids: readonly string[] }) {
  return (
    <span class="pa-clauses">
      {ids.map((id) => (
        <>
          <ClauseLink id={id} />{' '}
        </>
      ))}
    </span>
  );
}

/** A moment in New York, with the exact instant for machines. */
export function Moment({ at }: { at: Instant }) {
  return <time datetime={at}>{nyText(at)}</time>;
}

/** A role's or a noun's id as people say it: `ctb-executive` is 'CTB executive'. */
export const spoken = (id: string): string =>
  id
    .replaceAll('-', ' ')
    .replace(/\bctb\b/, 'CTB')
    .replace(/\bfoil\b/, 'FOIL');

/** Labels and what they stand for. An entry whose value is undefined is left out. */
export function Facts({ items }: { items: readonly (readonly [label: Child, value: Child] | undefined | false)[] }) {
  return (
    <dl class="pa-facts">
      {items.map((item) =>
        item && item[1] !== undefined ? (
          <div>
            <dt>{item[0]}</dt>
            <dd>{item[1]}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

export interface TimelineEntry {
  readonly at?: Instant | undefined;
  readonly what: Child;
  readonly who?: Child | undefined;
  readonly detail?: Child | undefined;
  readonly clauses?: readonly string[] | undefined;
  /** `now` is where it stands, `ahead` has yet to happen; done when not said. */
  readonly state?: 'done' | 'now' | 'ahead' | undefined;
}

/** What happened, oldest first. */
export function Timeline({
  entries,
  label = 'What happened',
}: {
  entries: readonly TimelineEntry[];
  label?: string | undefined;
}) {
  return (
    <ol class="pa-timeline" aria-label={label}>
      {entries.map(({ at, what, who, detail, clauses = [], state = 'done' }) => (
        <li
          class={`pa-timeline__entry pa-timeline__entry--${state}`}
          {...(state === 'now' && { 'aria-current': 'step' })}
        >
          <p class="pa-timeline__what">
            {what}
            {state === 'ahead' && <span class="usa-sr-only"> (still ahead)</span>}
          </p>
          <p class="pa-timeline__when">
            {at && <Moment at={at} />}
            {at && who ? ' · ' : null}
            {who}
          </p>
          {detail && <div class="pa-timeline__detail">{detail}</div>}
          {clauses.length > 0 && <Clauses ids={clauses} />}
        </li>
      ))}
    </ol>
  );
}

export type TagKind = 'plain' | 'waiting' | 'good' | 'bad';

/** A state in a word or two. The word says it; the color only repeats it. */
export function Tag({ kind = 'plain', children }: { kind?: TagKind | undefined; children?: Child }) {
  return <span class={`usa-tag pa-tag pa-tag--${kind}`}>{children}</span>;
}

export function Notice({
  kind = 'info',
  heading,
  children,
}: {
  kind?: 'info' | 'success' | 'warning' | 'error' | undefined;
  heading?: Child | undefined;
  children?: Child;
}) {
  return (
    <section class={`usa-alert usa-alert--${kind} pa-notice`} {...(kind === 'error' && { role: 'alert' })}>
      <div class="usa-alert__body">
        {heading && <h2 class="usa-alert__heading">{heading}</h2>}
        <div class="usa-alert__text">{children}</div>
      </div>
    </section>
  );
}

/** What a list says when it is empty: what will appear there. */
export function Nothing({ children }: { children?: Child }) {
  return <p class="pa-nothing">{children}</p>;
}

/** How the time that is left is said: where a clock is in hours, without days; and what it is called when it is past. */
export interface TimeWords {
  readonly inHours?: boolean | undefined;
  /** `late` unless nothing is late in law, where only an aim has passed. */
  readonly past?: string | undefined;
}

/** How long until then, in words: '2 days 3 hours', '4 hours 5 minutes', '12 minutes'; of what is past, how long ago. */
export function timeLeftText(until: Instant, now: Instant, { inHours, past = 'late' }: TimeWords = {}): string {
  const minutes = Math.round(minutesBetween(now, until));
  const text = spanText(Math.abs(minutes), inHours);
  return minutes > 0 ? `${text} left` : minutes < 0 ? `${text} ${past}` : 'due now';
}

/** A span of time in words; `inHours` says 26 hours where a day and two hours would hide how many. */
export function spanText(minutes: number, inHours = false): string {
  const [days, rest] = [inHours ? 0 : Math.floor(minutes / 1440), minutes % 60];
  const hours = Math.floor((minutes - days * 1440) / 60);
  const say = (count: number, unit: string): string => (count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`);
  const parts = days > 0 ? [say(days, 'day'), say(hours, 'hour')] : [say(hours, 'hour'), say(rest, 'minute')];
  return parts.filter(Boolean).join(' ');
}

/**
 * The time that is left, and when it ends. The server's words are right when the page is made; where scripts run they
 * are kept right from the server's clock, carried in `data-now`, and not from the visitor's.
 */
export function Countdown({ until, now, ...words }: { until: Instant; now: Instant } & TimeWords) {
  const late = until < now;
  return (
    <span
      class={`pa-countdown${late ? ' pa-countdown--late' : ''}`}
      data-until={until}
      data-now={now}
      data-past={words.past}
      data-in-hours={words.inHours ? '' : undefined}
    >
      <span class="pa-countdown__left">{timeLeftText(until, now, words)}</span>
      <span class="pa-countdown__until">
        {late ? 'was due ' : 'until '}
        <Moment at={until} />
      </span>
    </span>
  );
}
