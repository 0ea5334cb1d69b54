/**
 * The people a notice is owed to, and each attempt to reach them. Names and addresses stay in the breach's own record; the
 * ledger and the rules know a reference. What became of a notice by mail comes by itself (functions/mail/follow-up.ts).
 */
import { mustSay } from '../../policies/clause-in.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { isAfter, isBefore, type Instant } from '../../policies/instant.ts';
import { unless, type Refusal } from '../../policies/ruling.ts';
import type { NoticeAttempt } from '../../policies/rules/individual-notice.ts';
import { keyOf } from '../records/entity.ts';
import { TOLD } from './acts.ts';
import type { Breach, PersonToTell } from './contract.ts';
import { handle, inState, refused, SO_ALREADY, type Handling, type Outcome } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { noticeOf } from './notice-of.ts';
import { MOST_OF_A_LINE, tooLong, tooMany } from './said.ts';

const ADDRESS = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
/** A record stays below the table's 400 kB with this many, each with its attempts. More are told by an annex on paper. */
const MOST_PEOPLE = 200;

type Attempt = PersonToTell['attempts'][number];

export interface AddPerson extends OnBreach {
  readonly name: string;
  readonly address: string;
  readonly email?: string;
  readonly minorOrNotCompetent: boolean;
}

export function addPerson(needs: BreachNeeds, given: AddPerson): Promise<Acted> {
  return handle(needs, given, (at) => {
    const { breach } = at;
    const clause = noticeClause(at);
    const [name, address, email] = [given.name.trim(), given.address.trim(), given.email?.trim() ?? ''];
    const because = [
      ...inState(at, ['triaging', 'violation']),
      ...missing(clause, 'name', name, 'enter the name'),
      ...(email ? [] : missing(clause, 'address', address, 'enter an address, or an e-mail address')),
      ...tooLong(clause, 'name', name, MOST_OF_A_LINE),
      ...tooLong(clause, 'address', address, MOST_OF_A_LINE),
      ...unless(!email || (ADDRESS.test(email) && email.length <= MOST_OF_A_LINE), {
        clause,
        field: 'email',
        found: 'no e-mail address',
        expected: 'an address such as name@example.org, or nothing',
        todo: 'enter it again',
      }),
      ...unless(breach.people.length < MOST_PEOPLE, {
        clause,
        field: 'name',
        found: `${breach.people.length} people`,
        expected: `at most ${MOST_PEOPLE} in one record`,
        todo: 'report the others as a breach of their own that names this one',
      }),
    ];
    if (because.length > 0) return refused(because);
    const isSame = (one: PersonToTell) => one.name === name && one.address === address && (one.email ?? '') === email;
    if (breach.people.some(isSame)) return SO_ALREADY;
    const person: PersonToTell = {
      personRef: needs.newId('T'),
      name,
      address,
      ...(email && { email }),
      minorOrNotCompetent: given.minorOrNotCompetent,
      attempts: [],
    };
    return {
      kind: 'step',
      breach: { ...breach, people: [...breach.people, person] },
      act: TOLD.personAdded,
      clauses: [clause],
      facts: { person: person.personRef, minorOrNotCompetent: given.minorOrNotCompetent },
    };
  });
}

export interface MailNotice extends OnBreach {
  readonly personRef: string;
}

export function mailNotice(needs: BreachNeeds, given: MailNotice): Promise<Acted> {
  return handle(needs, given, (at) => {
    const { breach, now } = at;
    const clause = noticeClause(at);
    const found = personIn(breach, given.personRef, clause);
    if (!found.person) return refused(found.because);
    const { person } = found;
    const because = [...inState(at, ['triaging', 'violation']), ...mayBeMailed(at, person, clause)];
    if (because.length > 0 || !person.email) return refused(because);
    const isOnTheWay = ({ way, outcome, mailId }: Attempt) => way === 'e-mail' && outcome === 'unknown' && mailId;
    if (person.attempts.some(isOnTheWay)) return SO_ALREADY;

    const mailId = needs.newId('M');
    const about = keyOf('breach', breach.id);
    const attempt: Attempt = { at: now, way: 'e-mail', outcome: 'unknown', by: given.person.personId, mailId };
    return {
      kind: 'step',
      breach: withAttempt(breach, person, attempt),
      act: TOLD.noticeMailed,
      clauses: [clause, PRIVACY_LAW.violation.id],
      facts: { person: person.personRef, mail: mailId },
      mails: [{ id: mailId, kind: 'breach-notice', to: { address: person.email }, about, subject: about }],
    };
  });
}

/** A letter is sent when it is owed, says what it has to say, and is not delayed. */
function mayBeMailed(at: Handling, { email, minorOrNotCompetent }: PersonToTell, clause: string): readonly Refusal[] {
  const notice = noticeOf(at.breach, at.policy, at.now);
  const missing = notice.kind === 'owed' ? notice.missing : [];
  const about = (field: string, found: string, expected: string, todo: string) => ({
    clause,
    field,
    found,
    expected,
    todo,
  });
  return [
    ...unless(
      notice.kind === 'owed',
      about('notice', 'no notice that is owed', 'one that is', 'assess the harm, or determine that people are told'),
    ),
    ...unless(
      at.breach.letter !== undefined || missing.some(({ field }) => field === 'letter'),
      about('letter', 'no letter', 'a written letter', 'write the letter first'),
    ),
    ...missing,
    ...unless(notice.kind !== 'owed' || notice.state !== 'delayed', {
      clause: PRIVACY_LAW.delay.id,
      field: 'delay',
      found: 'a notice that is delayed',
      expected: 'a delay that was lifted',
      todo: 'lift the delay when its ground has ended',
    }),
    ...unless(email !== undefined, about('email', 'no e-mail address', 'one', 'write by post, and note the attempt')),
    ...unless(
      !minorOrNotCompetent,
      about(
        'way',
        'a minor or someone not legally competent',
        'a letter to a parent or guardian',
        'write to them, and note the attempt',
      ),
    ),
  ];
}

export interface NoteAttempt extends OnBreach {
  readonly personRef: string;
  readonly way: NoticeAttempt['way'];
  readonly outcome: NoticeAttempt['outcome'];
  readonly at: Instant;
}

export function noteAttempt(needs: BreachNeeds, given: NoteAttempt): Promise<Acted> {
  return handle(needs, given, (at) => noted(at, given));
}

function noted(at: Handling, given: NoteAttempt): Outcome {
  const { breach, now } = at;
  const clause = noticeClause(at);
  const found = personIn(breach, given.personRef, clause);
  if (!found.person) return refused(found.because);
  const { person } = found;
  const { way, outcome } = given;
  const because = [
    ...inState(at, ['triaging', 'violation']),
    ...unless(!isAfter(given.at, now) && !isBefore(given.at, breach.given.discoveredAt), {
      clause,
      field: 'at',
      found: 'a moment to come, or before the disclosure was discovered',
      expected: 'when it was tried',
      todo: 'enter when it was tried',
    }),
    ...unless(breach.letter !== undefined, {
      clause,
      field: 'letter',
      found: 'no letter',
      expected: 'a written letter that says what was disclosed and to whom',
      todo: 'write the letter first',
    }),
    ...tooMany(clause, 'way', person.attempts.length),
  ];
  if (because.length > 0) return refused(because);
  const isSame = (one: Attempt) => one.at === given.at && one.way === way && one.outcome === outcome && !one.mailId;
  if (person.attempts.some(isSame)) return SO_ALREADY;
  const attempt: Attempt = { at: given.at, way, outcome, by: given.person.personId };
  return {
    kind: 'step',
    breach: withAttempt(breach, person, attempt),
    act: TOLD.attemptNoted,
    clauses: [clause],
    facts: { person: person.personRef, way, outcome, at: given.at },
  };
}

const noticeClause = ({ policy }: Handling): string => mustSay(policy.edition, 'XR26-EXT-21');

const missing = (clause: string, field: string, text: string, todo: string): readonly Refusal[] =>
  unless(text !== '', { clause, field, found: 'nothing', expected: 'a line', todo });

function personIn(breach: Breach, personRef: string, clause: string) {
  const person = breach.people.find((one) => one.personRef === personRef);
  const because: readonly Refusal[] = [
    {
      clause,
      field: 'person',
      found: 'nobody of this breach',
      expected: 'one of its people',
      todo: 'load the page again',
    },
  ];
  return { person, because };
}

const withAttempt = (breach: Breach, person: PersonToTell, attempt: Attempt): Breach => ({
  ...breach,
  people: breach.people.map((one) =>
    one.personRef === person.personRef ? { ...one, attempts: [...one.attempts, attempt] } : one,
  ),
});
