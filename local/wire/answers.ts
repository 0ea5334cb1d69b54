/**
 * Writes results and errors in the protocol the caller speaks: AWS JSON, REST-JSON, query XML (STS) or S3's XML.
 */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AwsError } from '../contract.ts';

export type Protocol = 'json-1.0' | 'json-1.1' | 'rest-json' | 'query' | 's3';

const CONTENT_TYPE: Readonly<Record<Protocol, string>> = {
  'json-1.0': 'application/x-amz-json-1.0',
  'json-1.1': 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
  query: 'text/xml',
  s3: 'application/xml',
};

export function answer(
  response: ServerResponse,
  protocol: Protocol,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'content-type': CONTENT_TYPE[protocol],
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestIdOf(response),
    ...headers,
  });
  response.end(body);
}

/** An error that is no AwsError is a defect of the host: a 500, which the SDKs retry, and its stack goes to `log`. */
export function answerError(
  response: ServerResponse,
  protocol: Protocol,
  error: unknown,
  log: (line: string) => void,
): void {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError(
          'InternalFailure',
          `the host failed: ${error instanceof Error ? error.message : String(error)}`,
          500,
        );
  if (known !== error) log(`request failed: ${error instanceof Error ? error.stack : String(error)}`);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, message, members } = known;
  const status = code.startsWith('AccessDenied') && !protocol.startsWith('json') ? 403 : known.status;
  if (protocol === 's3') {
    answer(
      response,
      protocol,
      status,
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${tag('Code', code)}${tag('Message', message)}${tag('RequestId', requestIdOf(response))}</Error>`,
    );
  } else if (protocol === 'query') {
    answer(
      response,
      protocol,
      status,
      `<ErrorResponse><Error><Type>Sender</Type>${tag('Code', code)}${tag('Message', message)}</Error>${tag('RequestId', requestIdOf(response))}</ErrorResponse>`,
    );
  } else {
    answer(response, protocol, status, JSON.stringify({ __type: code, message, ...members }), {
      'x-amzn-errortype': code,
    });
  }
}

export function answerCallerIdentity(response: ServerResponse, arn: string, account: string): void {
  const result = `<GetCallerIdentityResult>${tag('Arn', arn)}${tag('UserId', arn.slice(arn.lastIndexOf('/') + 1))}${tag('Account', account)}</GetCallerIdentityResult>`;
  const body = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}<ResponseMetadata>${tag('RequestId', requestIdOf(response))}</ResponseMetadata></GetCallerIdentityResponse>`;
  answer(response, 'query', 200, body);
}

function requestIdOf(response: ServerResponse): string {
  const known = response.getHeader('x-amzn-requestid');
  if (typeof known === 'string') return known;
  const fresh = randomUUID();
  response.setHeader('x-amzn-requestid', fresh);
  return fresh;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const tag = (name: string, text: string): string =>
  `<${name}>${text.replace(/[&<>"]/g, (character) => ESCAPES[character]!)}</${name}>`;
