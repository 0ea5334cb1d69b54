import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mail } from '../../../local/mail/mail.ts';
import type { MakePart } from '../../../local/contract.ts';
import { owner, roleThatMay, smallHost, type SmallHost } from '../tables/small-host.ts';

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

let host: SmallHost;
let entries: Entry[];

beforeEach(async () => {
  entries = [];
  const bus: MakePart = () => ({
    services: [
      {
        signingName: 'events',
        operations: { PutServiceEvents: (input: { Entries: Entry[] }) => void entries.push(...input.Entries) },
      },
    ],
  });
  host = await smallHost([bus, mail]);
  await host.deploy('AWS::SES::EmailIdentity', 'Domain', { EmailIdentity: 'police.example' });
  await host.deploy('AWS::SES::ConfigurationSet', 'Set', { Name: 'tracked' });
  const EventDestination = {
    EventBridgeDestination: { EventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' },
    MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint'],
  };
  await host.deploy('AWS::SES::ConfigurationSetEventDestination', 'ToBus', {
    ConfigurationSetName: 'tracked',
    EventDestination,
  });
  await host.start();
});
afterEach(() => host.stop());

const send = (to: string, more: object = {}, as = owner) =>
  host.call(
    'ses',
    'SendEmail',
    {
      FromEmailAddress: 'POST Act desk <desk@police.example>',
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: { Data: 'Decide X-1' },
          Body: {
            Text: { Data: 'Open http://127.0.0.1:8080/decide/abc.' },
            Html: { Data: '<p>Open <a href="http://127.0.0.1:8080/decide/abc">this</a><script>alert(1)</script>' },
          },
        },
      },
      ConfigurationSetName: 'tracked',
      EmailTags: [{ Name: 'noun', Value: 'use-request' }],
      ...more,
    },
    as,
  ) as Promise<{ MessageId: string }>;

const json = async (query = '') =>
  (await (await fetch(`${host.site()}/mail.json${query}`)).json()) as {
    id: string;
    at: string;
    to: string[];
    subject: string;
    text: string;
  }[];

describe('sending a mail', () => {
  it('puts it into the inbox of each recipient, newest first', async () => {
    await send('Lee <lee@police.example>');
    const { MessageId } = await send('kim@police.example');
    expect((await json()).map((each) => each.to)).toEqual([['kim@police.example'], ['Lee <lee@police.example>']]);
    expect(await json('?to=kim@police.example')).toMatchObject([
      { id: MessageId, subject: 'Decide X-1', text: expect.stringContaining('/decide/abc') },
    ]);
  });

  it('is dated by the host clock', async () => {
    await host.clock.advance(86_400_000);
    await send('lee@police.example');
    const [only] = await json(`?since=${Date.now() + 80_000_000}`);
    expect(Date.parse(only!.at)).toBeGreaterThan(Date.now() + 86_000_000);
  });

  it.each([
    ['an unverified sender', { FromEmailAddress: 'a@elsewhere.example' }, 'MessageRejected'],
    ['a template', { Content: { Template: {} } }, 'BadRequestException'],
    ['raw MIME', { Content: { Raw: { Data: '' } } }, 'BadRequestException'],
    ['no recipient', { Destination: {} }, 'BadRequestException'],
    [
      '51 recipients',
      { Destination: { ToAddresses: Array.from({ length: 51 }, (_, n) => `a${n}@b.example`) } },
      'BadRequestException',
    ],
    ['an unknown configuration set', { ConfigurationSetName: 'none' }, 'NotFoundException'],
  ])('refuses %s', async (_what, more, code) => {
    await expect(async () => send('lee@police.example', more)).rejects.toMatchObject({ code });
    expect(await json()).toEqual([]);
  });

  it('needs ses:SendEmail on the identity and on the configuration set', async () => {
    const identity = 'ses:SendEmail on arn:aws:ses:us-east-1:000000000000:identity/police.example';
    const set = 'ses:SendEmail on arn:aws:ses:us-east-1:000000000000:configuration-set/tracked';
    await expect(async () => send('lee@police.example', {}, roleThatMay(set))).rejects.toThrow(
      'identity/police.example',
    );
    await expect(async () => send('lee@police.example', {}, roleThatMay(identity))).rejects.toThrow(
      'configuration-set/tracked',
    );
    await send('lee@police.example', {}, roleThatMay(identity, set));
  });
});

describe('what becomes of a mail', () => {
  it('is reported as sent and delivered, with its tags', async () => {
    const { MessageId } = await send('lee@police.example');
    await host.clock.settled();
    expect(entries.map((entry) => [entry.Source, entry.DetailType])).toEqual([
      ['aws.ses', 'Email Sent'],
      ['aws.ses', 'Email Delivered'],
    ]);
    expect(JSON.parse(entries[1]!.Detail)).toMatchObject({
      eventType: 'Delivery',
      mail: { messageId: MessageId, tags: { noun: ['use-request'], 'ses:configuration-set': ['tracked'] } },
      delivery: { recipients: ['lee@police.example'] },
    });
  });

  it('is reported as bounced and complained of for the simulator addresses', async () => {
    await send('bounce+x@simulator.amazonses.com');
    await send('complaint@simulator.amazonses.com');
    await host.clock.settled();
    expect(entries.map((entry) => entry.DetailType)).toEqual([
      'Email Sent',
      'Email Bounced',
      'Email Sent',
      'Email Delivered',
      'Email Complaint Received',
    ]);
  });

  it('is a bounce for an address that a person marked on the inbox page', async () => {
    const mark = (headers: Record<string, string>) =>
      fetch(`${host.site()}/mail/bounces`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ address: 'lee@police.example', bounces: 'yes' }),
        redirect: 'manual',
      });
    expect((await mark({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await mark({ 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    await send('Lee <lee@police.example>');
    await host.clock.settled();
    expect(entries.map((entry) => entry.DetailType)).toEqual(['Email Sent', 'Email Bounced']);
    expect(JSON.parse(entries[1]!.Detail)).toMatchObject({
      bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'lee@police.example' }] },
    });
  });

  it('is not reported without a configuration set', async () => {
    await send('lee@police.example', { ConfigurationSetName: undefined });
    await host.clock.settled();
    expect(entries).toEqual([]);
  });
});

describe('the inbox', () => {
  it('shows a mail with its links, and its HTML where no script can run', async () => {
    const { MessageId } = await send('lee@police.example');
    const page = await fetch(`${host.site()}/mail/${MessageId}`);
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(text).toContain('<a href="http://127.0.0.1:8080/decide/abc">http://127.0.0.1:8080/decide/abc</a>.');
    expect(text).not.toContain('<script>');
    const frame = await fetch(`${host.site()}/mail/${MessageId}/html`);
    const policy = frame.headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none';.* sandbox (?!.*allow-same-origin)/);
    expect(policy).not.toContain('script-src');
  });

  it('escapes what senders write', async () => {
    await send('"<b>x</b>" <lee@police.example>', {
      Content: { Simple: { Subject: { Data: '<img src=x>' }, Body: { Text: { Data: '<i>' } } } },
    });
    const text = await (await fetch(`${host.site()}/mail`)).text();
    expect(text).toContain('&lt;img src=x&gt;');
    expect(text).not.toContain('<img');
    expect(text).not.toContain('<b>x');
  });

  it('answers 404 for a mail that is not there, and 405 for other methods', async () => {
    expect((await fetch(`${host.site()}/mail/none`)).status).toBe(404);
    expect((await fetch(`${host.site()}/mail`, { method: 'DELETE' })).status).toBe(405);
  });
});
