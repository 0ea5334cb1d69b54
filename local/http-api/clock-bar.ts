/**
 * The bar at the end of each page that shows the host's time and moves it, and the requests behind it.
 *
 * It works without JavaScript and under `style-src 'self'; form-action 'self'`: its style is a file of its own, and
 * its buttons are form posts. Only pages of this site may post to it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Temporal } from 'temporal-polyfill';
import { AwsError } from '../contract.ts';
import type { HostClock } from '../clock.ts';
import { readBody } from '../wire/read-body.ts';

export const ZONE = 'America/New_York';

const STEPS: readonly (readonly [label: string, seconds: number])[] = [
  ['1 hour', 3_600],
  ['6 hours', 21_600],
  ['24 hours', 86_400],
  ['7 days', 604_800],
];

export const BAR_STYLE = `.local-clock { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 0; padding: .5rem 1rem;
  background: #1b1b1b; color: #fff; font: 1rem/1.4 system-ui, sans-serif; }
.local-clock p { margin: 0; }
.local-clock form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0; }
.local-clock button, .local-clock input { font: inherit; min-height: 2rem; padding: 0 .6rem; border: 1px solid #fff; border-radius: .25rem; }
.local-clock button { background: #fff; color: #1b1b1b; cursor: pointer; }
.local-clock form, .local-clock input { box-sizing: border-box; max-width: 100%; min-width: 0; }
.local-clock a { color: #fff; }
.local-clock :focus-visible { outline: .25rem solid #ffbe2e; outline-offset: .125rem; }
@media print { .local-clock { display: none; } }
`;

/** A button of the bar that starts something on this host. */
export interface BarButton {
  readonly label: string;
  readonly action: string;
}

/** Puts the bar before the end of the body; a page without one stays as it is. `back` is where its posts return to. */
export function withClockBar(html: string, now: number, back: string, buttons: readonly BarButton[] = []): string {
  const end = html.toLowerCase().lastIndexOf('</body>');
  return end < 0 ? html : html.slice(0, end) + clockBar(now, back, buttons) + html.slice(end);
}

function clockBar(now: number, back: string, buttons: readonly BarButton[]): string {
  const shown = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, dateStyle: 'full', timeStyle: 'long' }).format(now);
  const here = `<input type="hidden" name="back" value="${attribute(back)}">`;
  const steps = STEPS.map(
    ([label, seconds]) => `<button name="advanceSeconds" value="${seconds}">+${label}</button>`,
  ).join('');
  const starts = buttons
    .map(
      ({ label, action }) =>
        `<form method="post" action="${attribute(action)}"><button>${attribute(label)}</button></form>`,
    )
    .join('');
  const soonest = localText(now + 60_000);
  return `<link rel="stylesheet" href="/_local/bar.css"><section class="local-clock" aria-label="Clock of this local host">
<p>Local host. It is <time datetime="${new Date(now).toISOString()}">${shown}</time>.</p>
<form method="post" action="/_local/clock" aria-labelledby="local-clock-advance">${here}<span id="local-clock-advance">Advance by</span>${steps}</form>
<form method="post" action="/_local/clock">${here}<label for="local-clock-until">Advance until (New York)</label>
<input id="local-clock-until" name="until" type="datetime-local" required value="${soonest}" min="${soonest}"><button>Advance</button></form>
${starts}<p><a href="/mail">Mail inbox</a></p></section>`;
}

/** GET answers `{now}`; POST takes JSON or a form with `advanceSeconds` or `until`, and answers when all has happened. */
export async function answerClock(clock: HostClock, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (request.method === 'POST') {
    const text = (await readBody(request, 4_096)).toString('utf8');
    const asked = isForm
      ? Object.fromEntries(new URLSearchParams(text))
      : (JSON.parse(text || '{}') as Record<string, unknown>);
    await clock.advanceTo(instantAsked(asked, clock.now()));
    if (isForm) {
      const back = String(asked['back'] ?? '/');
      response.writeHead(303, { location: /^\/(?![/\\])/.test(back) ? back : '/' }).end();
      return;
    }
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new AwsError('MethodNotAllowed', `${request.method} /_local/clock: expected GET or POST`, 405);
  }
  const body = JSON.stringify({
    now: new Date(clock.now()).toISOString(),
    offsetSeconds: Math.round(clock.offset[0]! / 1000),
  });
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body);
}

/** `until` is an instant with its offset, or a date and time of New York as a form sends it. */
function instantAsked(asked: Readonly<Record<string, unknown>>, now: number): number {
  const { advanceSeconds, until } = asked;
  if (advanceSeconds !== undefined) {
    const seconds = Number(advanceSeconds);
    if (!(seconds >= 0) || !Number.isFinite(seconds))
      throw refused(`advanceSeconds: found ${String(advanceSeconds)}, expected a number of seconds, 0 or more`);
    return now + seconds * 1000;
  }
  const instant = instantOf(String(until));
  if (instant === undefined)
    throw refused(
      `until: found ${String(until)}, expected an instant such as 2027-01-31T09:00:00Z or a New York time such as 2027-01-31T09:00`,
    );
  if (instant < now)
    throw refused(
      `until: ${String(until)} is past; the clock moves forward only, and it is ${new Date(now).toISOString()}`,
    );
  return instant;
}

function instantOf(text: string): number | undefined {
  try {
    if (/(Z|[+-]\d\d:?\d\d)$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).epochMilliseconds;
  } catch {
    return undefined;
  }
}

const refused = (reason: string): AwsError => new AwsError('ValidationException', reason);

const localText = (instant: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(ZONE)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

const attribute = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
