/**
 * The mails that the deployed stack sent. The link to decide by is in the mail and nowhere else, so the test has to read
 * what people read: from what an emulator shows of the mails it was given, or from whatever POSTACT_INBOX_URL names.
 *
 * Two shapes are understood: a list of `{ id, at, to, subject, text }`, newest first, as the embedded host answers, and
 * MiniStack's `{ messages: { <account>: [{ MessageId, Timestamp, To, Subject, BodyText }] } }`, oldest first. An inbox of
 * AWS itself (a receipt rule that writes to a bucket, say) is served in the first shape.
 */
import type { Mail } from '../postact.ts';
import type { Env } from './needs.ts';

interface Sent {
  readonly MessageId: string;
  readonly Timestamp: string | number;
  readonly To: readonly string[];
  readonly Subject: string;
  readonly BodyText: string;
}
type Answer = readonly Mail[] | { readonly messages: Readonly<Record<string, readonly Sent[]>> };

/** What to ask for the mails to an address, newest first. Throws when no inbox answers. */
export async function inboxOf(site: string, env: Env): Promise<(address: string) => Promise<readonly Mail[]>> {
  const known = [
    ...(env.AWS_ENDPOINT_URL ? [`${env.AWS_ENDPOINT_URL}/_ministack/ses/messages`] : []),
    `${site}/mail.json`,
  ];
  const places = env.POSTACT_INBOX_URL ? [env.POSTACT_INBOX_URL] : known;
  for (const place of places) {
    if (await answerOf(place))
      return async (address) =>
        mailsIn((await answerOf(place)) ?? []).filter(({ to }) => [to].flat().includes(address));
  }
  throw new Error(
    `no inbox answers at ${places.join(' or ')}; say by POSTACT_INBOX_URL where the sent mails can be read`,
  );
}

async function answerOf(place: string): Promise<Answer | undefined> {
  const response = await fetch(place, { headers: { accept: 'application/json' } });
  const text = await response.text();
  return response.ok && response.headers.get('content-type')?.includes('json')
    ? (JSON.parse(text) as Answer)
    : undefined;
}

function mailsIn(answer: Answer): readonly Mail[] {
  if (!('messages' in answer)) return answer;
  const sent = Object.values(answer.messages).flat().toReversed();
  return sent.map((mail) => ({
    id: mail.MessageId,
    at: String(mail.Timestamp),
    to: mail.To,
    subject: mail.Subject,
    text: mail.BodyText,
  }));
}
