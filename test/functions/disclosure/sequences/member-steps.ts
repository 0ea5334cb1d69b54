/** What a requester does, or somebody else in their place: opens, fills in, encloses, sends, withdraws, revokes. */
import fc from 'fast-check';
import { changeDisclosure } from '../../../../functions/disclosure/change-disclosure.ts';
import {
  beginEnclosure,
  encloseCount,
  encloseImage,
  leaveOut,
  takeEnclosure,
  type Enclosed,
} from '../../../../functions/disclosure/enclose.ts';
import { openDisclosure, type DisclosureAskedDraft } from '../../../../functions/disclosure/open-disclosure.ts';
import { revokeDisclosure } from '../../../../functions/disclosure/revoke-disclosure.ts';
import { sendDisclosure } from '../../../../functions/disclosure/send-disclosure.ts';
import { withdrawDisclosure } from '../../../../functions/disclosure/withdraw-disclosure.ts';
import { draftOf, otherAnswer, type Choice } from './drafts.ts';
import type { Technology } from '../../../../policies/editions/edition.ts';
import { Step } from './step.ts';
import type { Case, World } from './world.ts';

/** Who may ask, who may help, who may neither. */
export const TENDERS = ['requester', 'p-okafor', 'p-reyes', 'p-stone'] as const;
export type Tender = (typeof TENDERS)[number];

export const tender: fc.Arbitrary<Tender> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Tender>('requester') },
  { weight: 3, arbitrary: fc.constantFrom<Tender>(...TENDERS) },
);

export const KINDS = ['image', 'count', 'redacted-copy', 'record'] as const;
export type Kind = (typeof KINDS)[number];

const who = (world: World, of: Case, by: Tender) => world.acting(by === 'requester' ? of.requesterId : by);

export async function open(world: World, choice: Choice, requesterId: string): Promise<Case | undefined> {
  const asked = draftOf(choice, world.now);
  const person = await world.acting(requesterId);
  const answer = await world.take(
    () => openDisclosure(world.needs, { person, asked }),
    (opened) => {
      if (opened.kind !== 'opened') return;
      const { id } = opened.disclosure;
      world.witness.opened(id, requesterId, asked);
      const lists = { enclosureIds: [], decisions: [], letters: [], links: [], codes: [], tokens: [] };
      world.cases.push({ id, requesterId, choice, began: choice.ground, next: 'nothing', ...lists });
    },
  );
  return answer.kind === 'opened' ? world.cases.at(-1) : undefined;
}

export async function enclose(world: World, of: Case, kind: Kind, by: Tender = 'requester'): Promise<void> {
  const given = { disclosureId: of.id, person: await who(world, of, by), label: `Thing ${of.enclosureIds.length + 1}` };
  const imageId = world.imageIds[of.enclosureIds.length % world.imageIds.length]!;
  const took = (done: Enclosed): void => {
    if (done.kind !== 'done' || of.enclosureIds.includes(done.enclosure.id)) return;
    of.enclosureIds.push(done.enclosure.id);
    world.witness.enclosed(of.id, done.enclosure.id, { kind, ...(kind === 'image' && { imageId }) });
  };
  if (kind === 'image') return void (await world.take(() => encloseImage(world.needs, { ...given, imageId }), took));
  if (kind === 'count')
    return void (await world.take(() => encloseCount(world.needs, { ...given, text: 'Seven' }), took));
  const file = { ...given, fileName: 'thing.bin' };
  const begun = await world.take(
    () =>
      kind === 'record'
        ? beginEnclosure(world.needs, { ...file, kind, system: 'Archive', reference: 'A-1' })
        : beginEnclosure(world.needs, { ...file, kind, madeOf: imageId, whatWasRedacted: 'Faces' }),
    took,
  );
  if (begun.kind !== 'done' || !('incomingKey' in begun.enclosure)) return;
  const { id: enclosureId, incomingKey } = begun.enclosure;
  world.files.arrivedAt.set(incomingKey, enclosureId.length);
  await world.take(() => takeEnclosure(world.needs, { ...given, enclosureId }));
}

export async function send(
  world: World,
  of: Case,
  by: Tender = 'requester',
  answer = 'It is the same truck',
): Promise<void> {
  const person = await who(world, of, by);
  const sent = await world.take(() =>
    sendDisclosure(world.needs, { disclosureId: of.id, person, answerToOfficer: answer }),
  );
  if (sent.kind === 'done' && sent.disclosure.state === 'checking') of.next = 'check';
}

/** Whether it asks for help with immigration enforcement, whatever it is called. */
const isForImmigration = ({ immigration, addressee }: DisclosureAskedDraft): boolean =>
  (immigration.furthers !== 'no' && immigration.furthers !== 'unanswered') ||
  ((immigration.recipientEnforces || addressee.iceOrCbp) && (immigration.otherPurpose?.length ?? 0) < 10);

export async function change(world: World, of: Case, by: Tender, answer: Partial<Choice>): Promise<void> {
  const choice = { ...of.choice, ...answer };
  const asked = draftOf(choice, world.now);
  const person = await who(world, of, by);
  const answered = await world.take(
    () => changeDisclosure(world.needs, { disclosureId: of.id, person, asked }),
    ({ kind }) => {
      if (kind !== 'done') return;
      of.choice = choice;
      world.witness.changed(of.id, asked);
    },
  );
  if (answered.kind === 'missing' || !isForImmigration(asked)) return;
  world.witness.marks.add('stopped');
  const { state } = await world.disclosure(of.id);
  if (state === 'preparing' || state === 'completing')
    throw new Error(`disclosure ${of.id} asks for help with immigration enforcement and goes on`);
  of.next = 'check';
}

export const changes = (technology: Technology): fc.Arbitrary<Step> =>
  fc
    .record({ place: fc.nat(1), by: tender, answer: otherAnswer(technology) })
    .map(
      ({ place, by, answer }) =>
        new Step(`${by} changes ${JSON.stringify(answer)} of disclosure ${place}`, (world) =>
          change(world, world.caseOf(place), by, answer),
        ),
    );

export const encloses: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), by: tender, kind: fc.constantFrom(...KINDS) })
  .map(
    ({ place, by, kind }) =>
      new Step(`${by} encloses a ${kind} in disclosure ${place}`, (world) =>
        enclose(world, world.caseOf(place), kind, by),
      ),
  );

export async function takeOut(world: World, of: Case, enclosureId: string, by: Tender = 'requester'): Promise<void> {
  const person = await who(world, of, by);
  await world.take(
    () => leaveOut(world.needs, { disclosureId: of.id, person, enclosureId }),
    ({ kind }) => {
      if (kind === 'done') world.witness.leftOut(of.id, enclosureId);
    },
  );
}

export const leavesOut: fc.Arbitrary<Step> = fc.record({ place: fc.nat(1), by: tender, which: fc.nat(3) }).map(
  ({ place, by, which }) =>
    new Step(`${by} leaves thing ${which} of disclosure ${place} out`, async (world) => {
      const of = world.caseOf(place);
      await takeOut(world, of, of.enclosureIds[which % Math.max(1, of.enclosureIds.length)] ?? 'none', by);
    }),
);

export const sends: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), by: tender })
  .map(({ place, by }) => new Step(`${by} sends disclosure ${place}`, (world) => send(world, world.caseOf(place), by)));

export const ends: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), by: tender, how: fc.constantFrom('withdraws', 'revokes') })
  .map(
    ({ place, by, how }) =>
      new Step(`${by} ${how} disclosure ${place}`, async (world) => {
        const of = world.caseOf(place);
        const given = { disclosureId: of.id, person: await who(world, of, by), reason: 'It went to the wrong office' };
        const act = how === 'revokes' ? revokeDisclosure : withdrawDisclosure;
        await world.take(
          () => act(world.needs, given),
          ({ kind }) => {
            if (kind === 'done') world.witness.over(of.id, how === 'revokes' ? 'revoked' : 'withdrawn');
          },
        );
        if (of.next !== 'nothing') of.next = 'check';
      }),
  );
