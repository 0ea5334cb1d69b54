/**
 * What SES reports of a mail: Send, Delivery, Bounce, Complaint, to the destinations of its configuration set.
 * Events are written with the mail and removed once handed over, so a kill loses none (and may repeat one).
 */
import { randomUUID } from 'node:crypto';
import type { Host } from '../contract.ts';
import { bareAddress, recipientsOf, type Mail, type mailStore } from './mail-store.ts';

/** Event types and what EventBridge calls them. */
const DETAIL_TYPES = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
} as const;
const SIMULATOR = /^(bounce|suppressionlist|complaint)(\+[^@]*)?@simulator\.amazonses\.com$/;

type EventType = keyof typeof DETAIL_TYPES;
type Store = ReturnType<typeof mailStore>;

export function sendingEvents(host: Host, store: Store) {
  const caller = host.identities.asService('ses.amazonaws.com');
  let emitting = false;

  /** Hands over all events written so far. */
  async function emit(): Promise<void> {
    if (emitting) return;
    emitting = true;
    const done = host.clock.begin();
    try {
      for (;;) {
        const next = host.journal.get<{ place: number; arn: string; event: string }>(
          'SELECT * FROM mail_events ORDER BY place LIMIT 1',
        );
        if (!next) return;
        const event = JSON.parse(next.event) as { type: EventType; configurationSet: string; detail: unknown };
        try {
          await handOver(next.arn, event);
        } catch (error) {
          host.log(`mail: a ${event.type} event could not be handed to ${next.arn}: ${(error as Error).message}`);
        }
        host.journal.run('DELETE FROM mail_events WHERE place = ?', next.place);
      }
    } finally {
      done();
      emitting = false;
    }
  }

  async function handOver(
    arn: string,
    { type, configurationSet, detail }: { type: EventType; configurationSet: string; detail: unknown },
  ): Promise<void> {
    if (arn.split(':')[2] === 'sns') {
      await host.call(
        'sns',
        'Publish',
        { TopicArn: arn, Message: JSON.stringify(detail), Subject: 'Amazon SES Email Event Notification' },
        caller,
      );
      return;
    }
    const Resources = [`arn:aws:ses:${host.region}:${host.account}:configuration-set/${configurationSet}`];
    await host.call(
      'events',
      'PutServiceEvents',
      {
        Entries: [
          {
            Source: 'aws.ses',
            DetailType: DETAIL_TYPES[type],
            Detail: JSON.stringify(detail),
            Resources,
            EventBusName: arn,
          },
        ],
      },
      caller,
    );
  }

  return {
    /** Writes the events of a mail. Joins the transaction that writes the mail. */
    record(mail: Mail): void {
      const destinations = store.destinations().filter((each) => each.configurationSet === mail.configurationSet);
      if (destinations.length === 0) return;
      for (const [type, detail] of eventsOf(host, store, mail)) {
        for (const destination of destinations.filter((each) => each.types.includes(type.toLowerCase()))) {
          host.journal.run(
            'INSERT INTO mail_events (arn, event) VALUES (?, ?)',
            destination.arn,
            JSON.stringify({ type, configurationSet: mail.configurationSet, detail }),
          );
        }
      }
    },
    emit,
  };
}

function eventsOf(host: Host, store: Store, mail: Mail): [EventType, unknown][] {
  const recipients = recipientsOf(mail);
  const simulated = (address: string): string | undefined => SIMULATOR.exec(address)?.[1];
  const bounced = recipients.filter(
    (address) =>
      store.isBouncing(address) || simulated(address) === 'bounce' || simulated(address) === 'suppressionlist',
  );
  const delivered = recipients.filter((address) => !bounced.includes(address));
  const complaining = recipients.filter((address) => simulated(address) === 'complaint');
  const timestamp = new Date(mail.at).toISOString();
  const about = { mail: describe(host, mail) };
  const events: [EventType, unknown][] = [['Send', { eventType: 'Send', ...about, send: {} }]];
  if (delivered.length > 0) {
    const delivery = {
      timestamp,
      processingTimeMillis: 1,
      recipients: delivered,
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: 'localhost',
    };
    events.push(['Delivery', { eventType: 'Delivery', ...about, delivery }]);
  }
  if (bounced.length > 0) {
    const diagnosticCode = 'smtp; 550 5.1.1 user unknown';
    const bouncedRecipients = bounced.map((emailAddress) => ({
      emailAddress,
      action: 'failed',
      status: '5.1.1',
      diagnosticCode,
    }));
    events.push([
      'Bounce',
      {
        eventType: 'Bounce',
        ...about,
        bounce: {
          feedbackId: randomUUID(),
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients,
          timestamp,
          reportingMTA: 'dns; localhost',
        },
      },
    ]);
  }
  if (complaining.length > 0) {
    const complaint = {
      feedbackId: randomUUID(),
      complaintSubType: null,
      complainedRecipients: complaining.map((emailAddress) => ({ emailAddress })),
      timestamp,
      complaintFeedbackType: 'abuse',
      arrivalDate: timestamp,
    };
    events.push(['Complaint', { eventType: 'Complaint', ...about, complaint }]);
  }
  return events;
}

function describe(host: Host, mail: Mail) {
  const headers = Object.entries({
    From: mail.from,
    To: mail.to.join(', '),
    ...(mail.cc.length > 0 ? { Cc: mail.cc.join(', ') } : {}),
    Subject: mail.subject,
    ...mail.headers,
  });
  return {
    timestamp: new Date(mail.at).toISOString(),
    source: mail.from,
    sourceArn: `arn:aws:ses:${host.region}:${host.account}:identity/${bareAddress(mail.from).split('@')[1]}`,
    sendingAccountId: host.account,
    messageId: mail.id,
    destination: recipientsOf(mail),
    headersTruncated: false,
    headers: headers.map(([name, value]) => ({ name, value })),
    commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
    tags: {
      'ses:configuration-set': [mail.configurationSet],
      'ses:from-domain': [bareAddress(mail.from).split('@')[1]],
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  };
}
