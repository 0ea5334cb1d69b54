/**
 * Sends a disclosure to be checked: the first time it starts the workflow, and when it was completed or an officer was
 * answered it wakes the one that waits. Sent twice it is sent once.
 */
import { mustSay } from '../../policies/clause-in.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { plusMs } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { statement } from '../../policies/rules/statement.ts';
import { sha256 } from '../records/canonical.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import type { NoteTask } from '../records/notes.ts';
import { MOST_CHARACTERS } from './asked-draft.ts';
import { completionOf, type Disclosure } from './contract.ts';
import { remaining } from './facts.ts';
import { immigrationStop, refuseForImmigration } from './immigration-stop.ts';
import { policyAt } from './judge.ts';
import type { StepNeeds, Done } from './needs.ts';
import { changed, notWhile, refused, tended, written, type Tending } from './tending.ts';

export interface Sending extends Tending {
  /** When the officer asked something back: what is answered. */
  readonly answerToOfficer?: string;
}

export async function sendDisclosure(needs: StepNeeds, given: Sending): Promise<Done> {
  const disclosure = await tended(needs, given);
  if (!disclosure) return { kind: 'missing' };
  if (disclosure.state === 'checking' || disclosure.state === 'deciding') return { kind: 'done', disclosure };
  const closed = notWhile(disclosure);
  if (closed) return closed;
  const now = needs.now();
  const by = { kind: 'person', id: given.person.personId } as const;
  const policy = policyAt(disclosure, now);
  const stop = immigrationStop(disclosure.asked, policy, now);
  if (stop) {
    await refuseForImmigration(needs, disclosure, stop, by);
    return refused(...stop.because);
  }
  const answer = given.answerToOfficer?.trim();
  const because = [...notReady(disclosure, policy), ...notAnswered(disclosure, answer, policy)];
  if (because.length > 0) return refused(...because);

  const { askedBack, lapsesAt: _, ...rest } = disclosure;
  const next: Disclosure = {
    ...rest,
    ...(askedBack && {
      answeredBack: [...(rest.answeredBack ?? []), { ...askedBack, answer: answer ?? '', answeredAt: now }],
    }),
    state: 'checking',
    edition: policy.edition.id,
    sentAt: disclosure.sentAt ?? now,
    step: 'Check disclosure against policy',
    // Soon, so that a disclosure whose workflow was lost is checked all the same.
    dueAt: plusMs(now, FIRST_STEP_MS),
  };
  await needs.records.write(
    changed(
      next,
      by,
      now,
      {
        act: askedBack ? 'officer answered' : disclosure.sentAt ? 'disclosure completed' : 'disclosure sent',
        facts: {
          recipient: next.asked.recipient.kind,
          ground: next.asked.basis?.ground ?? 'none',
          enclosures: remaining(next).length,
          asked: sha256(next.asked),
          ...(askedBack && { answer: sha256(answer) }),
        },
      },
      { notes: [goOn(disclosure)] },
    ),
  );
  return { kind: 'done', disclosure: written(next) };
}

const goOn = ({ id, state }: Disclosure): NoteTask =>
  state === 'preparing'
    ? { kind: 'start', workflow: 'disclosure', name: id, input: { schema: 1, disclosureId: id } }
    : { kind: 'wake', waiting: completionOf(id), output: { kind: 'completed' } };

/** An address a letter can be sent to; whether somebody reads it, the receipt shows. */
const ADDRESS = /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{1,190}\.[^\s@<>"',;.]{2,}$/;

/** What a workflow cannot go on without: what is shown to an officer, and where word is sent. */
function notReady(disclosure: Disclosure, policy: PublishedPolicy): readonly Refusal[] {
  const { asked } = disclosure;
  const shown = policy.house.shownIsDecided.id;
  const refuse = (holds: boolean, field: string, found: string, expected: string, todo: string, clause = shown) =>
    holds ? [] : [{ clause, field, found, expected, todo }];
  const waiting = remaining(disclosure).filter((one) => one.kind !== 'count' && !one.file).length;
  const { addressee, recipient } = asked;
  return [
    ...statement('about', asked.about, shown, policy, 'say what it is about'),
    ...refuse(asked.aboutWhom.trim() !== '', 'aboutWhom', 'nothing', 'whom it is about', 'say whom it is about'),
    ...refuse(addressee.name.trim() !== '', 'name', 'nothing', 'who gets it', 'enter the name'),
    ...refuse(
      addressee.organization.trim() !== '' || recipient.kind === 'person-or-guardian',
      'organization',
      'nothing',
      'whom they speak for',
      'enter the agency, office, paper or company',
    ),
    ...refuse(
      ADDRESS.test(addressee.email),
      'email',
      'no mail address',
      'one address, such as name@agency.gov',
      'enter the address that word is sent to',
      mustSay(policy.edition, 'XR26-SAFE-16'),
    ),
    ...refuse(
      remaining(disclosure).length > 0,
      'enclosures',
      'nothing',
      'what is to be disclosed',
      'enclose what is to be disclosed',
    ),
    ...refuse(
      waiting === 0,
      'enclosures',
      `${waiting} whose file has not arrived`,
      'each file',
      'send the file, or leave it out',
    ),
  ];
}

function notAnswered(
  { askedBack }: Disclosure,
  answer: string | undefined,
  policy: PublishedPolicy,
): readonly Refusal[] {
  if (!askedBack) return [];
  const { id } = policy.house.shownIsDecided;
  const most = MOST_CHARACTERS;
  const length = answer?.length ?? 0;
  return [
    ...statement('answerToOfficer', answer, id, policy, 'answer what the officer asks'),
    ...(length > most
      ? [
          {
            clause: id,
            field: 'answerToOfficer',
            found: `${length} characters`,
            expected: `at most ${most}`,
            todo: 'shorten it',
          },
        ]
      : []),
  ];
}
