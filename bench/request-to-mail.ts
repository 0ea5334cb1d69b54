/**
 * How long is it from the form's POST to the mail in the executive's inbox?
 *
 * In between: the form is judged and written with its note, the stream delivers the note, the request's workflow starts,
 * checks, starts the decision's workflow, which asks; the mail is written as owed, the stream brings it to the sender, and
 * the inbox takes it.
 */
import { requestFields } from '../test/job.ts';
import type { Postact } from '../test/postact.ts';
import { asks, note, runs, table } from './show.ts';
import {
  coldOnes,
  ifPolled,
  POLL_MS,
  posted,
  TIMES,
  timesRow,
  untilMail,
  warmOnes,
  type Taken,
} from './time-to-mail.ts';

/** One captain asks; how long until the answer, and until the mail to the executive. */
async function askOnce(postact: Postact): Promise<Taken> {
  const captain = await postact.as('p-reyes');
  await captain.go('/requests/new');
  const sent = await posted(postact, captain, '/requests', requestFields(postact.now()));
  const id = /\/requests\/(R-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(sent.location)?.[1];
  if (!id) throw new Error(`the request was not taken: sent on to ${sent.location}`);
  return untilMail(postact, sent, 'p-lee', ({ subject }) => subject.includes(id));
}

asks('How long is it from the form to the mail in the inbox?');
const warm = await warmOnes(runs(30), askOnce);
const cold = await coldOnes(runs(4), askOnce);
const answers = warm.map(({ answerMs }) => answerMs);
const mails = warm.map(({ mailMs }) => mailMs);
const coldMails = cold.map(({ mailMs }) => mailMs);
table(TIMES, [
  timesRow('the page answers', warm.length, answers),
  timesRow('the mail is in the inbox', warm.length, mails),
  timesRow('the mail is in the inbox, functions cold', cold.length, coldMails),
  timesRow(`the mail, if the outbox were polled every ${POLL_MS / 1000} s (computed)`, warm.length, ifPolled(mails)),
]);
note(
  'Host, functions, table engine and the asking client share the machine. Cold is the first request after the host started: five functions start on its way; the page’s own is warm, because the form was opened before.',
);
