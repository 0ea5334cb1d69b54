/**
 * SES: mail that stays on this machine. What functions send is written to the journal, shown at /mail, and reported
 * as the same events that SES reports. Addresses of the SES mailbox simulator, and addresses a person marked on the
 * inbox page, bounce or complain.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError, type Caller, type Host, type MakePart, type ResourceProvider } from '../contract.ts';
import { inboxPages } from './inbox.ts';
import { bareAddress, mailStore, type Mail } from './mail-store.ts';
import { sendingEvents } from './sending-events.ts';

const MOST_RECIPIENTS = 50;
const MOST_BYTES = 40 * 1024 * 1024;

interface Part {
  readonly Data: string;
}

interface SendEmail {
  readonly FromEmailAddress?: string;
  readonly Destination?: {
    readonly ToAddresses?: readonly string[];
    readonly CcAddresses?: readonly string[];
    readonly BccAddresses?: readonly string[];
  };
  readonly ReplyToAddresses?: readonly string[];
  readonly Content?: {
    readonly Simple?: {
      readonly Subject: Part;
      readonly Body: { readonly Text?: Part; readonly Html?: Part };
      readonly Headers?: readonly { readonly Name: string; readonly Value: string }[];
      readonly Attachments?: readonly {
        readonly FileName: string;
        readonly RawContent: string;
        readonly ContentType?: string;
      }[];
    };
    readonly Raw?: unknown;
    readonly Template?: unknown;
  };
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
  readonly ConfigurationSetName?: string;
}

export const mail: MakePart = (host) => {
  const store = mailStore(host.journal);
  const events = sendingEvents(host, store);

  const operations = {
    SendEmail(input: SendEmail, caller: Caller) {
      const message = accepted(host, store, input, caller);
      host.journal.transaction(() => {
        store.add(message);
        events.record(message);
      });
      void events.emit();
      return { MessageId: message.id };
    },
    CreateEmailIdentity({ EmailIdentity }: { EmailIdentity: string }, caller: Caller) {
      caller.require('ses:CreateEmailIdentity', identityArn(host, EmailIdentity));
      if (store.isIdentity(EmailIdentity))
        throw new AwsError('AlreadyExistsException', `Email identity ${EmailIdentity} already exist.`);
      store.addIdentity(EmailIdentity);
      return { IdentityType: typeOf(EmailIdentity), VerifiedForSendingStatus: true };
    },
    GetEmailIdentity({ EmailIdentity }: { EmailIdentity: string }, caller: Caller) {
      caller.require('ses:GetEmailIdentity', identityArn(host, EmailIdentity));
      if (!store.isIdentity(EmailIdentity))
        throw new AwsError('NotFoundException', `Email identity ${EmailIdentity} does not exist.`, 404);
      return {
        IdentityType: typeOf(EmailIdentity),
        VerifiedForSendingStatus: true,
        VerificationStatus: 'SUCCESS',
        FeedbackForwardingStatus: false,
      };
    },
    ListEmailIdentities(_input: unknown, caller: Caller) {
      caller.require('ses:ListEmailIdentities', '*');
      return {
        EmailIdentities: store
          .identities()
          .map((name) => ({
            IdentityName: name,
            IdentityType: typeOf(name),
            SendingEnabled: true,
            VerificationStatus: 'SUCCESS',
          })),
      };
    },
    GetAccount(_input: unknown, caller: Caller) {
      caller.require('ses:GetAccount', '*');
      return {
        SendingEnabled: true,
        ProductionAccessEnabled: true,
        EnforcementStatus: 'HEALTHY',
        SendQuota: {
          Max24HourSend: 50_000,
          MaxSendRate: 14,
          SentLast24Hours: store.countSince(host.clock.now() - 86_400_000),
        },
      };
    },
    /** Not of AWS: another part (SNS) puts a mail into the inbox. */
    PutInboxMail(
      { from, to, subject, text }: { from: string; to: string; subject: string; text: string },
      caller: Caller,
    ) {
      if (caller.kind !== 'service')
        throw new AwsError('AccessDeniedException', 'PutInboxMail is for parts of the host; use SendEmail', 403);
      store.add({
        id: messageId(),
        at: host.clock.now(),
        from,
        to: [to],
        cc: [],
        bcc: [],
        subject,
        text,
        html: null,
        headers: {},
        configurationSet: null,
        tags: {},
        attachments: [],
      });
      return {};
    },
  };

  return {
    services: [{ signingName: 'ses', operations }],
    providers: [providerOf(host, store)],
    pages: inboxPages(host, store),
    start: () => events.emit(),
  };
};

const EventDestination = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.union([z.boolean(), z.stringbool()]).default(true),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }).optional(),
    SnsDestination: z.object({ TopicARN: z.string() }).optional(),
  }),
});

function providerOf(host: Host, store: ReturnType<typeof mailStore>): ResourceProvider {
  return {
    types: ['AWS::SES::EmailIdentity', 'AWS::SES::ConfigurationSet', 'AWS::SES::ConfigurationSetEventDestination'],
    deploy({ logicalId, type, properties, physicalId }) {
      if (type === 'AWS::SES::EmailIdentity') {
        const { EmailIdentity } = z.object({ EmailIdentity: z.string() }).parse(properties);
        store.addIdentity(EmailIdentity);
        return {
          ref: EmailIdentity,
          attributes: Object.fromEntries(
            [1, 2, 3].flatMap((n) => [
              [`DkimDNSTokenName${n}`, `token${n}._domainkey.${EmailIdentity}`],
              [`DkimDNSTokenValue${n}`, `token${n}.dkim.amazonses.com`],
            ]),
          ),
        };
      }
      if (type === 'AWS::SES::ConfigurationSet') {
        const name = z.object({ Name: z.string().optional() }).parse(properties).Name ?? physicalId;
        store.addConfigurationSet(name);
        return { ref: name, attributes: {} };
      }
      const { ConfigurationSetName, EventDestination: wanted } = EventDestination.parse(properties);
      const arn = wanted.EventBridgeDestination?.EventBusArn ?? wanted.SnsDestination?.TopicARN;
      if (!arn)
        throw new Error(
          `event destination ${logicalId}: has neither EventBridgeDestination nor SnsDestination; this host serves those two, use one of them or run against AWS`,
        );
      store.setDestination(physicalId, {
        configurationSet: ConfigurationSetName,
        arn,
        types: wanted.Enabled ? wanted.MatchingEventTypes.map((each) => each.toLowerCase()) : [],
      });
      return { ref: physicalId, attributes: { Id: physicalId } };
    },
  };
}

/** Judges a mail as SES does and gives it an id. Throws BadRequestException, MessageRejected, NotFoundException or AccessDeniedException. */
function accepted(host: Host, store: ReturnType<typeof mailStore>, input: SendEmail, caller: Caller): Mail {
  const simple = input.Content?.Simple;
  if (!simple) {
    const found = input.Content?.Template ? 'Template' : input.Content?.Raw ? 'Raw' : 'nothing';
    throw new AwsError(
      'BadRequestException',
      `SendEmail: Content holds ${found}; this host sends Content.Simple, use that or run against AWS`,
    );
  }
  if (!input.FromEmailAddress)
    throw new AwsError(
      'BadRequestException',
      'SendEmail: FromEmailAddress is missing; give an address of a verified identity',
    );
  const { ToAddresses: to = [], CcAddresses: cc = [], BccAddresses: bcc = [] } = input.Destination ?? {};
  const count = to.length + cc.length + bcc.length;
  if (count < 1 || count > MOST_RECIPIENTS)
    throw new AwsError(
      'BadRequestException',
      `SendEmail: Destination has ${count} recipients; give 1 to ${MOST_RECIPIENTS}`,
    );
  for (const address of [...to, ...cc, ...bcc]) {
    if (!/^[^\s@]+@[^\s@]+$/.test(bareAddress(address)))
      throw new AwsError(
        'BadRequestException',
        'SendEmail: Destination holds something that is not an address; give each as name@domain or Name <name@domain>',
      );
  }

  const from = bareAddress(input.FromEmailAddress);
  const identity = [from, from.split('@')[1] ?? ''].find((name) => store.isIdentity(name));
  caller.require('ses:SendEmail', identityArn(host, identity ?? from), {
    'ses:FromAddress': from,
    'ses:FromDisplayName': input.FromEmailAddress.split('<')[0]!.trim(),
  });
  if (!identity) {
    throw new AwsError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${host.region.toUpperCase()}: ${from}`,
    );
  }
  const configurationSet = input.ConfigurationSetName ?? null;
  if (configurationSet) {
    caller.require(
      'ses:SendEmail',
      `arn:aws:ses:${host.region}:${host.account}:configuration-set/${configurationSet}`,
      { 'ses:FromAddress': from },
    );
    if (!store.isConfigurationSet(configurationSet))
      throw new AwsError('NotFoundException', `Configuration set <${configurationSet}> does not exist.`, 404);
  }
  const { Text, Html } = simple.Body;
  const attachments = (simple.Attachments ?? []).map((each) => ({
    name: each.FileName,
    type: each.ContentType ?? 'application/octet-stream',
    base64: each.RawContent,
  }));
  const bytes =
    Buffer.byteLength(simple.Subject.Data + (Text?.Data ?? '') + (Html?.Data ?? '')) +
    attachments.reduce((sum, each) => sum + each.base64.length, 0);
  if (bytes > MOST_BYTES)
    throw new AwsError('MessageRejected', `Message length is more than ${MOST_BYTES} bytes long: '${bytes}'.`);
  return {
    id: messageId(),
    at: host.clock.now(),
    from: input.FromEmailAddress,
    to,
    cc,
    bcc,
    subject: simple.Subject.Data,
    text: Text?.Data ?? null,
    html: Html?.Data ?? null,
    headers: {
      ...(input.ReplyToAddresses?.length ? { 'Reply-To': input.ReplyToAddresses.join(', ') } : {}),
      ...Object.fromEntries((simple.Headers ?? []).map(({ Name, Value }) => [Name, Value])),
    },
    configurationSet,
    tags: Object.fromEntries((input.EmailTags ?? []).map(({ Name, Value }) => [Name, Value])),
    attachments,
  };
}

function identityArn(host: Host, name: string): string {
  return `arn:aws:ses:${host.region}:${host.account}:identity/${name}`;
}

function typeOf(identity: string): 'EMAIL_ADDRESS' | 'DOMAIN' {
  return identity.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN';
}

function messageId(): string {
  return `01${randomUUID().replaceAll('-', '').slice(2, 16)}-${randomUUID()}-000000`;
}
