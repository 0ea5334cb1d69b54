/** The door to SES. The mail's id travels as a tag, so that what became of it finds its record. */
import { BadRequestException, MessageRejected, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { SendNeeds } from './send-mail.ts';

export function lettersFrom(
  from: string,
  configurationSet: string,
  client: SESv2Client = new SESv2Client({}),
): Pick<SendNeeds, 'send'> {
  const part = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    async send(to, letter, mailId) {
      const letterToSend = new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        ConfigurationSetName: configurationSet,
        EmailTags: [{ Name: 'mail-id', Value: mailId }],
        Content: {
          Simple: { Subject: part(letter.subject), Body: { Text: part(letter.text), Html: part(letter.html) } },
        },
      });
      try {
        return (await client.send(letterToSend)).MessageId;
      } catch (error) {
        if (error instanceof MessageRejected || error instanceof BadRequestException) return undefined;
        throw error;
      }
    },
  };
}
