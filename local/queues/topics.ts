/**
 * SNS topics: what is published goes to queues, functions and people's inboxes at once. A subscriber that fails is
 * named on the console and not tried again.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError, type Caller, type Host, type ResourceProvider } from '../contract.ts';

interface Subscription {
  readonly arn: string;
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly raw: boolean;
}

const SERVED = ['sqs', 'lambda', 'email', 'email-json'];
const Wanted = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.union([z.boolean(), z.stringbool()]).default(false),
  FilterPolicy: z.unknown().optional(),
});

export function topicsPart(host: Host) {
  const topics = new Set<string>();
  const subscriptions = new Map<string, Subscription>();
  const service = host.identities.asService('sns.amazonaws.com');

  const provider: ResourceProvider = {
    types: ['AWS::SNS::Topic', 'AWS::SNS::Subscription', 'AWS::SNS::TopicPolicy'],
    deploy({ logicalId, type, properties, physicalId }) {
      if (type === 'AWS::SNS::TopicPolicy') return { ref: physicalId, attributes: { Id: physicalId } };
      const arnOf = (name: string): string => `arn:aws:sns:${host.region}:${host.account}:${name}`;
      const subscribe = (id: string, given: unknown): string => {
        const {
          TopicArn: topic,
          Protocol: protocol,
          Endpoint: endpoint,
          RawMessageDelivery: raw,
          FilterPolicy,
        } = Wanted.parse(given);
        if (!SERVED.includes(protocol) || FilterPolicy !== undefined) {
          throw new Error(
            `subscription ${logicalId}: ${FilterPolicy === undefined ? `Protocol is ${protocol}` : 'it has a FilterPolicy'}; this host serves ${SERVED.join(', ')} without filters, use those or run against AWS`,
          );
        }
        const arn = `${topic}:${id}`;
        subscriptions.set(arn, { arn, topic, protocol, endpoint, raw });
        return arn;
      };
      if (type === 'AWS::SNS::Subscription') {
        const arn = subscribe(physicalId, properties);
        return { ref: arn, attributes: { Arn: arn } };
      }
      const { TopicName = physicalId, Subscription = [] } = z
        .object({
          TopicName: z.string().optional(),
          Subscription: z.array(z.record(z.string(), z.unknown())).optional(),
        })
        .parse(properties);
      const arn = arnOf(TopicName);
      topics.add(arn);
      Subscription.forEach((each, index) => subscribe(`${physicalId}-${index}`, { ...each, TopicArn: arn }));
      return { ref: arn, attributes: { TopicArn: arn, TopicName } };
    },
  };

  async function send(
    { arn, topic, protocol, endpoint, raw }: Subscription,
    notice: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    if (protocol === 'sqs') {
      const { QueueUrl } = (await host.call(
        'sqs',
        'GetQueueUrl',
        { QueueName: endpoint.split(':').at(-1) },
        service,
      )) as { QueueUrl: string };
      await host.call(
        'sqs',
        'SendMessage',
        { QueueUrl, MessageBody: raw ? notice['Message'] : JSON.stringify(notice), SourceArn: topic },
        service,
      );
    } else if (protocol === 'lambda') {
      const event = {
        Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: arn, Sns: notice }],
      };
      const { functionError } = await host.functions.invoke(endpoint, JSON.stringify(event));
      if (functionError) throw new Error('the function failed');
    } else {
      await host.call(
        'ses',
        'PutInboxMail',
        {
          from: 'AWS Notifications <no-reply@sns.amazonaws.com>',
          to: endpoint,
          subject: notice['Subject'] ?? 'AWS Notification Message',
          text: notice['Message'],
        },
        service,
      );
    }
  }

  const operations = {
    async Publish(
      { TopicArn, Message, Subject }: { TopicArn: string; Message: string; Subject?: string },
      caller: Caller,
    ) {
      caller.require('sns:Publish', TopicArn);
      if (!topics.has(TopicArn)) throw new AwsError('NotFoundException', 'Topic does not exist', 404);
      const MessageId = randomUUID();
      const notice = {
        Type: 'Notification',
        MessageId,
        TopicArn,
        ...(Subject === undefined ? {} : { Subject }),
        Message,
        Timestamp: new Date(host.clock.now()).toISOString(),
      };
      for (const subscription of subscriptions.values()) {
        if (subscription.topic !== TopicArn) continue;
        await send(subscription, notice).catch((error: Error) =>
          host.log(`sns: ${subscription.arn} was not given message ${MessageId}: ${error.message}`),
        );
      }
      return { MessageId };
    },
  };
  return { operations, provider };
}
