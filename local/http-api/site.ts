/**
 * The site: what people open in a browser. Serves the parts' own pages, `/_local/` and the assembly's first HTTP API,
 * and puts the clock bar on every HTML page.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../contract.ts';
import type { HostClock } from '../clock.ts';
import { ownPath, type Handle } from '../wire/aws-endpoint.ts';
import { answerClock, BAR_STYLE, withClockBar, type BarButton } from './clock-bar.ts';
import { sendAnswer, type HttpApis } from './http-api.ts';

export interface SiteNeeds {
  readonly clock: HostClock;
  readonly apis: HttpApis;
  readonly pages: Readonly<Record<string, Handle>>;
  /** What /_local/outputs answers. */
  readonly outputs: () => unknown;
  /** What /_local/addresses answers: where people and where the SDKs find this host. */
  readonly addresses: () => unknown;
  /** What else the clock bar offers to start. */
  readonly buttons: readonly BarButton[];
  readonly log: (line: string) => void;
}

export class Site {
  readonly #needs: SiteNeeds;
  readonly #pages: Readonly<Record<string, Handle>>;

  constructor(needs: SiteNeeds) {
    this.#needs = needs;
    this.#pages = {
      ...needs.pages,
      '/_local/bar.css': async (_, response) =>
        void response.writeHead(200, { 'content-type': 'text/css', 'cache-control': 'max-age=3600' }).end(BAR_STYLE),
      '/_local/clock': (request, response) => answerClock(needs.clock, request, response),
      '/_local/health': async (_, response) => sendJson(response, 200, { status: 'ok' }),
      '/_local/addresses': async (_, response) => sendJson(response, 200, needs.addresses()),
      '/_local/outputs': async (_, response) => sendJson(response, 200, needs.outputs()),
    };
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, apis, buttons, log } = this.#needs;
    try {
      const page = ownPath(request.url ?? '/', this.#pages);
      if (page) {
        refuseCrossOrigin(request);
        // What is shown inside another page, such as a mail in the inbox, stands above that page's own bar.
        if (request.headers['sec-fetch-dest'] !== 'iframe') addBarTo(response, clock, request, buttons);
        return await page(request, response);
      }
      const apiId = apis.firstId();
      if (apiId === undefined)
        return sendJson(response, 404, { message: 'Not Found: this assembly has no HTTP API; see /_local/outputs' });
      const answer = await apis.answer(apiId, request);
      const isPage =
        /^text\/html\b/i.test(answer.headers['content-type'] ?? '') && answer.headers['content-encoding'] === undefined;
      const body = isPage
        ? Buffer.from(withClockBar(answer.body.toString('utf8'), clock.now(), backOf(request), buttons))
        : answer.body;
      sendAnswer(response, { ...answer, body }, request.method === 'HEAD');
    } catch (error) {
      if (!(error instanceof AwsError))
        log(`${request.method} page failed: ${error instanceof Error ? error.stack : String(error)}`);
      if (response.headersSent) response.destroy();
      else
        sendJson(response, error instanceof AwsError ? error.status : 500, {
          message: error instanceof Error ? error.message : String(error),
        });
    }
  }
}

/**
 * Lets no page of another origin post to the host's own pages. Browsers say where a post comes from; tools that say
 * nothing are the person's own.
 */
function refuseCrossOrigin(request: IncomingMessage): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  const isOwn =
    (site === undefined || site === 'same-origin' || site === 'none') &&
    (origin === undefined || origin === `http://${host}`);
  if (!isOwn)
    throw new AwsError(
      'CrossOriginRefused',
      `a post from ${origin ?? site} is refused; post from a page of this site`,
      403,
    );
}

/**
 * Pages of parts write to the response themselves; an HTML body given whole to `end` gets the bar on its way out. One
 * that is written piece by piece goes out as it comes, without the bar.
 */
function addBarTo(
  response: ServerResponse,
  clock: HostClock,
  request: IncomingMessage,
  buttons: readonly BarButton[],
): void {
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response) as (chunk: string | Buffer) => boolean;
  const end = response.end.bind(response) as (body?: string | Buffer) => ServerResponse;
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    const headers = rest.find((value) => typeof value === 'object') as
      | Record<string, string | number | string[]>
      | undefined;
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    return response;
  }) as ServerResponse['writeHead'];
  response.write = ((chunk: string | Buffer) => {
    if (!response.headersSent) writeHead(response.statusCode);
    return write(chunk);
  }) as ServerResponse['write'];
  response.end = ((body?: unknown) => {
    const isPage = /^text\/html\b/i.test(String(response.getHeader('content-type') ?? ''));
    let whole = typeof body === 'string' || Buffer.isBuffer(body) ? body : undefined;
    if (isPage && whole !== undefined && !response.headersSent) {
      whole = withClockBar(whole.toString(), clock.now(), backOf(request), buttons);
      if (response.hasHeader('content-length')) response.setHeader('content-length', Buffer.byteLength(whole));
    }
    if (!response.headersSent) writeHead(response.statusCode);
    return end(whole);
  }) as ServerResponse['end'];
}

const backOf = (request: IncomingMessage): string => request.url ?? '/';

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
