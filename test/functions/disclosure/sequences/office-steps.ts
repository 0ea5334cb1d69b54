/** What the privacy office does, or somebody in its place: answers, keeps the registers, comes into office and leaves it. */
import fc from 'fast-check';
import { answerDecision } from '../../../../functions/decision/answer-decision.ts';
import type { Answer, Decision } from '../../../../functions/decision/contract.ts';
import { endOnFile } from '../../../../functions/register/end-on-file.ts';
import { endDeputy, nameDeputy } from '../../../../functions/register/name-deputy.ts';
import { recordAgreement } from '../../../../functions/register/record-agreement.ts';
import { recordDesignation } from '../../../../functions/register/record-designation.ts';
import { recordPreApproval } from '../../../../functions/register/record-pre-approval.ts';
import { calendarDate, plusDays } from '../../../../policies/calendar-date.ts';
import { RECIPIENTS } from '../../../../policies/editions/disclosure-grounds.ts';
import { laterOf, nyDate, nyStartOfDay, plusMs } from '../../../../policies/instant.ts';
import { broughtIn } from '../../recorded-anew.ts';
import { AGREEMENTS, DESIGNATIONS, PRE_APPROVALS, TECHNOLOGIES, TYPES } from './drafts.ts';
import type { Entry } from './book.ts';
import { Step } from './step.ts';
import type { Case, World } from './world.ts';

const SIGNERS = ['asked', 'p-okafor', 'p-adler', 'requester', 'p-grant', 'p-stone', 'p-reyes'] as const;

export interface Answers {
  readonly by: (typeof SIGNERS)[number];
  readonly answer: Answer;
  /** Which of the parts that may be left out are kept. */
  readonly kept: 'all' | 'first' | 'last' | 'none' | 'stray';
  readonly hash: 'shown' | 'first' | 'other';
  readonly decision: 'last' | 'first';
  readonly door: 'desk' | 'own link' | "another's link";
}

export const PROPER: Answers = {
  by: 'asked',
  answer: 'approve',
  kept: 'all',
  hash: 'shown',
  decision: 'last',
  door: 'desk',
};

export async function answer(world: World, of: Case, given: Answers): Promise<void> {
  const decision = given.decision === 'last' ? of.decisions.at(-1) : of.decisions[0];
  if (!decision) return;
  const asked = decision.asked.at(-1)?.personId ?? 'p-okafor';
  const by = given.by === 'asked' ? asked : given.by === 'requester' ? of.requesterId : given.by;
  const person = await world.acting(by);
  const kept = keptBy(decision, given.kept);
  const shownHash = { shown: decision.shownHash, first: of.decisions[0]!.shownHash, other: 'f'.repeat(64) }[given.hash];
  const door =
    given.door === 'desk'
      ? ({ kind: 'desk' } as const)
      : ({ kind: 'mail-link', linkFor: given.door === 'own link' ? by : 'p-okafor' } as const);
  await world.take(
    () =>
      answerDecision(world.needs, {
        decisionId: decision.id,
        person,
        door,
        answer: given.answer,
        reason: given.answer === 'ask-back' ? 'Which truck is meant?' : 'The subpoena covers exactly this',
        shownHash,
        ...(kept && { kept }),
      }),
    ({ kind }) => {
      if (kind !== 'answered') return;
      const at = world.now;
      world.witness.answered({ decisionId: decision.id, by, answer: given.answer, kept, shownHash, at });
    },
  );
}

function keptBy({ shown }: Decision, kept: Answers['kept']): readonly string[] | undefined {
  const ids = shown.flatMap(({ id }) => (id === undefined ? [] : [id]));
  return { all: undefined, first: ids.slice(0, 1), last: ids.slice(-1), none: [], stray: [...ids, 'C-0'] }[kept];
}

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 2 * others.length, arbitrary: fc.constant(usual) }, ...others.map((one) => fc.constant(one)));

const anyAnswer: fc.Arbitrary<Answers> = fc.record({
  by: fc.constantFrom(...SIGNERS, 'requester'),
  answer: fc.constantFrom<Answer>('approve', 'decline', 'ask-back'),
  kept: often<Answers['kept']>('all', 'first', 'last', 'none', 'stray'),
  hash: often<Answers['hash']>('shown', 'first', 'other'),
  decision: often<Answers['decision']>('last', 'first'),
  door: often<Answers['door']>('desk', 'own link', "another's link"),
});

/** As it should be but for one thing. */
const oneWrong: fc.Arbitrary<Answers> = fc.record({ any: anyAnswer, field: fc.nat(3) }).map(({ any, field }) => {
  const { answer: given, by, kept, hash, decision } = any;
  const wrong: readonly Partial<Answers>[] = [{ by, door: 'own link' }, { kept }, { hash }, { decision }];
  return { ...PROPER, answer: given, ...wrong[field] };
});

const proper: fc.Arbitrary<Answers> = fc
  .record({
    answer: often<Answer>('approve', 'decline', 'ask-back'),
    kept: fc.constantFrom<Answers['kept']>('all', 'first', 'last'),
  })
  .map((given) => ({ ...PROPER, ...given }));

export const answers: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), given: fc.oneof(proper, proper, oneWrong, anyAnswer) })
  .map(({ place, given }) => ({ place, ...given }))
  .map(({ place, ...given }) => {
    const { by, kept, hash, decision, door } = given;
    const words = `${by} answers ${given.answer} (keeps ${kept}, hash ${hash}, ${decision} decision, ${door})`;
    return new Step(`${words} on disclosure ${place}`, (world) => answer(world, world.caseOf(place), given));
  });

const DEPUTY = 'p-adler';
const FILED = [...DESIGNATIONS, ...PRE_APPROVALS, ...AGREEMENTS];
const kindOf = (id: string): Entry['kind'] =>
  id.startsWith('RD') ? 'routine-designation' : id.startsWith('PA') ? 'pre-approval' : 'agreement';

/** What it rests on, by its ground. */
const ownEntry = ({ choice }: Case): string => {
  if (choice.ground === 'routine') return choice.designation;
  if (choice.ground === 'city-interest') return choice.preApproval;
  return choice.agreement === 'reason' || choice.agreement === 'none' ? AGREEMENTS[0] : choice.agreement;
};

export const endsEntry: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), id: often('its own', ...FILED), by: often<string>('p-okafor', 'p-adler', 'p-reyes') })
  .map(
    ({ place, id: named, by }) =>
      new Step(`${by} ends ${named === 'its own' ? `what disclosure ${place} rests on` : named}`, async (world) => {
        const id = named === 'its own' ? ownEntry(world.caseOf(place)) : named;
        const person = await world.acting(by);
        const ending = { kind: kindOf(id), id, person, why: 'It is needed no more' };
        await world.take(
          () => endOnFile(world.needs, ending),
          ({ kind }) => {
            if (kind === 'done') world.witness.book.endEntry(id, world.now);
          },
        );
      }),
  );

export const EVERYBODY = RECIPIENTS.map(({ kind }) => kind);
export const COVERED = TYPES.filter((type) => type !== 'other');

/** Puts an entry on file under an id of its own, from today. */
export async function file(
  world: World,
  id: string,
  until: string,
  by = 'p-okafor',
  covers: readonly string[] = COVERED,
) {
  const filing = { person: await world.acting(by), id };
  const from = nyDate(world.now);
  const days = { from, until };
  const act = () => {
    if (id.startsWith('RD')) {
      const given = { title: 'Routine', why: 'It is done every week', covers, recipients: EVERYBODY, ...days };
      return recordDesignation(world.needs, { ...filing, given });
    }
    if (id.startsWith('PA')) {
      const single = covers.filter((one) => one.startsWith('X')).join(' ');
      const kinds = covers.filter((one) => !one.startsWith('X'));
      return recordPreApproval(world.needs, {
        ...filing,
        given: { reference: id, approvedOn: from, until, kinds, single },
      });
    }
    const given = { title: 'Use', with: 'An office', reference: id, technologies: [...TECHNOLOGIES], ...days };
    return recordAgreement(world.needs, { ...filing, given });
  };
  await world.take<{ readonly kind: string }>(act, ({ kind }) => {
    const { entries } = world.witness.book;
    if (kind !== 'done' || entries.has(id)) return;
    const lastDay = until ? { until: calendarDate(until) } : {};
    const recipients = id.startsWith('RD') ? EVERYBODY : [];
    entries.set(id, { kind: kindOf(id), from, ...lastDay, covers, recipients, recordedAt: world.now });
  });
}

export const files: fc.Arbitrary<Step> = fc
  .record({
    id: fc.constantFrom(DESIGNATIONS[2], PRE_APPROVALS[2], AGREEMENTS[2]),
    by: often<string>('p-okafor', 'p-adler', 'p-reyes'),
    single: fc.boolean(),
  })
  .map(
    ({ id, by, single }) =>
      new Step(`${by} puts ${id} on file${single ? ' for one disclosure' : ''}`, (world) =>
        file(world, id, '', by, single && id.startsWith('PA') ? [world.caseOf(0).id] : COVERED),
      ),
  );

const COMINGS = ['deactivated', 'transferred', 'out of the role', 'out of office', 'back'] as const;

/** As the personnel list says it. What ended stays ended, whatever the list says of the office. */
async function list(world: World, id: string, how: (typeof COMINGS)[number]): Promise<void> {
  const { book } = world.witness;
  const heldFrom = '2024-01-02T05:00:00.000Z';
  const office = id === DEPUTY ? 'deputy' : 'agency-privacy-officer';
  const over = {
    deactivated: { active: false },
    transferred: { bureau: 'patrol-borough-manhattan-south' },
    'out of the role': { roles: ['member'] },
    'out of office': { privacyOffice: { office, heldFrom, heldUntil: world.now } },
    back: {},
  }[how];
  await world.take(
    () => broughtIn(world.needs, id, over),
    () => {
      book.member(id, { active: true, inLegalBureau: true, isPrivacyOfficer: true });
      if (how === 'deactivated') book.member(id, { active: false });
      if (how === 'transferred') book.member(id, { inLegalBureau: false });
      if (how === 'out of the role') book.member(id, { isPrivacyOfficer: false });
      // A list that knows of no later naming cannot end it.
      if (how === 'out of office' && book.members.get(id)?.office?.from === heldFrom) book.endOffice(id, world.now);
    },
  );
}

export const listed: fc.Arbitrary<Step> = fc
  .record({ id: fc.constantFrom('p-okafor', DEPUTY), how: fc.constantFrom(...COMINGS, 'back') })
  .map(({ id, how }) => new Step(`${id} is listed ${how}`, (world) => list(world, id, how)));

const NAMINGS = ['names', 'names for today only', 'names from tomorrow on'] as const;

async function names(world: World, by: string, how: (typeof NAMINGS)[number]): Promise<void> {
  const today = nyDate(world.now);
  const from = how === 'names from tomorrow on' ? plusDays(today, 1) : today;
  const until = how === 'names for today only' ? today : '';
  const given = { deputyId: DEPUTY, statement: 'I name her in my stead', from, until };
  const person = await world.acting(by);
  await world.take(
    () => nameDeputy(world.needs, { person, given }),
    ({ kind }) => {
      if (kind !== 'done') return;
      const lastInstant = until && { until: plusMs(nyStartOfDay(plusDays(today, 1)), -1) };
      world.witness.book.member(DEPUTY, { office: { from: laterOf(world.now, nyStartOfDay(from)), ...lastInstant } });
    },
  );
}

async function endsNaming(world: World, by: string): Promise<void> {
  const ended = { person: await world.acting(by), deputyId: DEPUTY, why: 'The deputy has other work' };
  await world.take(
    () => endDeputy(world.needs, ended),
    ({ kind }) => {
      if (kind === 'done') world.witness.book.endOffice(DEPUTY, world.now);
    },
  );
}

export const naming: fc.Arbitrary<Step> = fc
  .record({
    by: often<string>('p-okafor', 'p-adler', 'p-grant'),
    how: fc.constantFrom('ends the naming of', 'thinks twice about naming', ...NAMINGS),
  })
  .map(
    ({ by, how }) =>
      new Step(`${by} ${how} ${DEPUTY}`, async (world) => {
        if (how === 'ends the naming of') return endsNaming(world, by);
        if (how !== 'thinks twice about naming') return names(world, by, how);
        await endsNaming(world, by);
        await names(world, by, 'names from tomorrow on');
        await endsNaming(world, by);
        await list(world, DEPUTY, 'back');
      }),
  );
