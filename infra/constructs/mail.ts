/**
 * Mail: sent from the outbox, over TLS or not at all, and followed until it is delivered or bounced.
 */
import { Aws } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { DeadLetters } from './dead-letters.ts';
import { OutboxReader } from './outbox-reader.ts';
import { PostactFunction } from './postact-function.ts';

/** What the mail service may say became of a mail, in its word and in the words of its events. */
const OUTCOMES = [
  { event: EmailSendingEvent.DELIVERY, says: 'Email Delivered' },
  { event: EmailSendingEvent.BOUNCE, says: 'Email Bounced' },
  { event: EmailSendingEvent.REJECT, says: 'Email Rejected' },
  { event: EmailSendingEvent.COMPLAINT, says: 'Email Complaint Received' },
  { event: EmailSendingEvent.RENDERING_FAILURE, says: 'Email Rendering Failed' },
];

export class Mail extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const { mailFrom, mailDomain } = platform.settings;
    const configurationSet = new ConfigurationSet(this, 'Sending', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const identity = new EmailIdentity(this, 'From', {
      identity: mailDomain ? Identity.domain(mailDomain) : Identity.email(mailFrom),
      configurationSet,
    });

    const send = new PostactFunction(this, 'Send', platform, {
      entry: 'mail/send-mail.lambda.ts',
      does: 'Sends a mail that is owed',
      environment: {
        SITE_URL: platform.site.url,
        MAIL_FROM: mailFrom,
        MAIL_CONFIGURATION_SET: configurationSet.configurationSetName,
      },
    });
    const arnOf = (resource: string): string => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
    send.may(
      ['ses:SendEmail'],
      [identity.emailIdentityArn, arnOf(`configuration-set/${configurationSet.configurationSetName}`)],
    );
    new OutboxReader(this, 'Owed', platform, {
      function: send,
      of: 'mail',
      pattern: { dynamodb: { NewImage: { noun: { S: ['mail'] }, record: { M: { state: { S: ['owed'] } } } } } },
    });

    const deadLetters = new DeadLetters(this, 'OutcomesGivenUp', platform, 'mail-outcome');
    const note = new PostactFunction(this, 'NoteOutcome', platform, {
      entry: 'mail/note-mail-outcome.lambda.ts',
      does: 'Notes what became of a mail',
      deadLetters: deadLetters.queue,
    });
    configurationSet.addEventDestination('Outcomes', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: OUTCOMES.map(({ event }) => event),
    });
    new Rule(this, 'Outcome', {
      description: 'What became of a mail',
      eventPattern: { source: ['aws.ses'], detailType: OUTCOMES.map(({ says }) => says) },
      targets: [new LambdaFunction(note.function, { deadLetterQueue: deadLetters.queue })],
    });
  }
}
