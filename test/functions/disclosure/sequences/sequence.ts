/** What may happen in a sequence, and how often; and one sequence, run to its end. */
import fc from 'fast-check';
import { put } from '../../../../functions/records/change.ts';
import { images } from '../../../../functions/image/contract.ts';
import type { GroundId } from '../../../../policies/editions/disclosure-grounds.ts';
import type { Technology } from '../../../../policies/editions/edition.ts';
import { plusHours, plusMinutes } from '../../../../policies/instant.ts';
import { choice, otherAnswer } from './drafts.ts';
import {
  changes,
  encloses,
  enclose,
  ends,
  leavesOut,
  open,
  send,
  sends,
  KINDS,
  type Kind as Thing,
  change,
  takeOut,
} from './member-steps.ts';
import { answer, answers, endsEntry, files, listed, naming, PROPER } from './office-steps.ts';
import { recipientActs, recipientComes } from './recipient-steps.ts';
import { Step } from './step.ts';
import { goOnUntilItWaits, strayStep, workflowGoesOn } from './workflow-steps.ts';
import { World, type Beginning, type Case, type Wrong } from './world.ts';

const FAR = ['opened', 'filled', 'sent', 'under way', 'answered', 'approved', 'sent back', 'mended'] as const;

/** Most of what can go wrong lies between the officer's desk and the release. Only an image can be kept no more. */
const FAR_WEIGHED = [0, 1, 2, 3, 3, 3, 3, 4, 4, 5, 5];
const farOf = (technology: Technology): fc.Arbitrary<number> =>
  fc.constantFrom(...FAR_WEIGHED, ...(technology === 'mobile-x-ray' ? [6, 6, 7, 7, 7] : []));

/** A disclosure that is opened and brought some way by those who should. */
const begins = ({ technology, ground }: Kind): fc.Arbitrary<Step> =>
  fc
    .record({
      choice: choice(technology, ground),
      requester: fc.constantFrom('p-ortiz', 'p-ortiz', 'p-ortiz', 'p-adler', 'p-okafor'),
      kinds: fc.array(kindOf(technology), { minLength: 1, maxLength: 3 }),
      far: farOf(technology),
      kept: fc.constantFrom('all', 'all', 'all', 'first', 'last'),
    })
    .map(({ choice: chosen, requester, kinds, far, kept }) => {
      const words = `${requester} begins ${JSON.stringify(chosen)} with ${kinds.join(', ')}: ${FAR[far]}, ${kept} kept`;
      const run = async (world: World): Promise<void> => {
        const of = await open(world, chosen, requester);
        if (!of || far < 1) return;
        for (const kind of kinds) await enclose(world, of, kind);
        if (far >= 2) await send(world, of);
        if (far >= 3) await goOnUntilItWaits(world, of);
        if (far < 4 || of.next !== 'sign-off') return;
        await answer(world, of, { ...PROPER, kept });
        if (far >= 6) await goes(world, 0);
        if (far >= 5) await goOnUntilItWaits(world, of);
        if (far >= 7) await mend(world, of, () => enclose(world, of, kinds[0]!));
      };
      return new Step(words, run, ({ cases }) => cases.length < 2);
    });

/** Mostly what its technology has. */
const kindOf = (technology: Technology): fc.Arbitrary<Thing> => {
  const own = technology === 'mobile-x-ray' ? 'image' : 'record';
  return fc.constantFrom<Thing>(own, own, own, own, own, ...KINDS);
};

const passes: fc.Arbitrary<Step> = fc
  .constantFrom('1 minute', '11 minutes', '1 hour', '5 hours', '1 day', '3 days', '14 days', '31 days')
  .map((long) => {
    const [count, unit] = long.split(' ') as [string, string];
    const minutes = Number(count) * (unit.startsWith('m') ? 1 : unit.startsWith('h') ? 60 : 24 * 60);
    return new Step(`${long} pass`, async (world) => world.later(minutes));
  });

const itsTime: fc.Arbitrary<Step> = fc.record({ place: fc.nat(1), before: fc.boolean() }).map(
  ({ place, before }) =>
    new Step(`the time to collect disclosure ${place} is ${before ? 'nearly ' : ''}over`, async (world) => {
      const { releasedAt } = world.witness.stories.get(world.caseOf(place).id)!;
      const closesAt = releasedAt && plusHours(releasedAt, 14 * 24);
      if (closesAt && closesAt > world.now) world.now = before ? plusMinutes(closesAt, -1) : closesAt;
    }),
);

/** Then whatever encloses it lacks it, and its requester is asked. */
async function goes(world: World, which: number): Promise<void> {
  const image = (await world.records.get(images, world.imageIds[which]!))!;
  const change = {
    at: world.now,
    by: { kind: 'system', id: 'test' } as const,
    puts: [put(images, { ...image, state: 'refused' })],
    tells: [{ subject: `image#${image.id}`, act: 'image refused' }],
  };
  await world.take(
    () => world.records.write(change),
    () => void world.witness.book.imagesGone.add(image.id),
  );
}

const imageGoes: fc.Arbitrary<Step> = fc
  .nat(2)
  .map((which) => new Step(`image ${which} is kept no more`, (world) => goes(world, which)));

/** The requester sends it, and whoever is asked approves it. */
const allInOrder: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), kept: fc.constantFrom('all', 'all', 'first') })
  .map(
    ({ place, kept }) =>
      new Step(`disclosure ${place} is sent, approved (keeps ${kept}) and goes on`, async (world) => {
        const of = world.caseOf(place);
        await send(world, of);
        await goOnUntilItWaits(world, of);
        if (of.next === 'sign-off') await answer(world, of, { ...PROPER, kept });
        await goOnUntilItWaits(world, of);
      }),
  );

/** What can no longer leave is taken out, something else is put in or said otherwise, and it is sent again. */
async function mend(world: World, of: Case, otherwise: () => Promise<void>): Promise<void> {
  const { book, stories } = world.witness;
  for (const [id, { imageId }] of stories.get(of.id)!.enclosed)
    if (imageId && book.imagesGone.has(imageId)) await takeOut(world, of, id);
  await otherwise();
  await send(world, of);
  await goOnUntilItWaits(world, of);
}

const mends = (technology: Technology): fc.Arbitrary<Step> =>
  fc
    .record({ place: fc.nat(1), answer: otherAnswer(technology), thing: kindOf(technology), how: fc.nat(2) })
    .map(({ place, answer: given, thing, how }) => {
      const words = [`a ${thing} is enclosed`, `${JSON.stringify(given)} is said`, 'nothing else is done'][how];
      return new Step(`disclosure ${place} is mended (${words}) and sent`, async (world) => {
        const of = world.caseOf(place);
        await mend(world, of, async () => {
          if (how === 0) await enclose(world, of, thing);
          if (how === 1) await change(world, of, 'requester', given);
        });
      });
    });

/** One happens while the other is about to read or write a record for the first time, the second, and so on. */
const meanwhile = (outer: fc.Arbitrary<Step>, inner: fc.Arbitrary<Step>): fc.Arbitrary<Step> =>
  fc.record({ outer, inner, after: fc.nat(12) }).map(
    (both) =>
      new Step(
        `${both.outer.words}, and at its record ${both.after} ${both.inner.words}`,
        async (world) => {
          world.meanwhile(() => both.inner.run(world), both.after);
          await both.outer.run(world);
          world.nothingMeanwhile();
        },
        (world) => both.outer.check(world) && both.inner.check(world),
      ),
  );

function steps(kind: Kind): fc.Arbitrary<Step> {
  const { technology } = kind;
  const change = changes(technology);
  const of = (...weighted: readonly (readonly [number, fc.Arbitrary<Step>])[]) =>
    fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));
  const acts = of(
    [4, workflowGoesOn],
    [2, allInOrder],
    [2, answers],
    [2, sends],
    [2, change],
    [1, ends],
    [2, recipientComes],
    [2, recipientActs],
  );
  const events = of(
    [2, ends],
    [2, endsEntry],
    [2, listed],
    [1, naming],
    [2, change],
    [1, imageGoes],
    [2, answers],
    [1, sends],
    [1, workflowGoesOn],
    [1, strayStep],
    [1, recipientActs],
  );
  return of(
    [12, workflowGoesOn],
    [8, answers],
    [4, allInOrder],
    [4, mends(technology)],
    [4, sends],
    [4, change],
    [2, encloses],
    [2, leavesOut],
    [3, ends],
    [5, recipientComes],
    [5, recipientActs],
    [3, endsEntry],
    [1, files],
    [2, listed],
    [2, naming],
    [4, passes],
    [1, itsTime],
    [2, imageGoes],
    [4, strayStep],
    [4, meanwhile(acts, events)],
    [3, meanwhile(answers, of([2, listed], [1, naming], [1, ends]))],
    [1, begins(kind)],
  );
}

/** Sequences of one technology; where a ground is given, most begin on it. */
export interface Kind {
  readonly technology: Technology;
  readonly ground?: GroundId | undefined;
}

interface Given extends Kind {
  readonly wrong?: Wrong;
  /** Hears of each department when its sequence is over. */
  readonly seen?: (world: World) => void;
}

export const everySequence = (of: Beginning, { wrong, seen, ...kind }: Given) =>
  fc.asyncProperty(
    begins(kind),
    fc.commands([steps(kind)], { maxCommands: 24, size: 'max' }),
    async (first, commands) => {
      const world = new World(of, wrong);
      await first.run(world);
      if (world.cases.length > 0) await fc.asyncModelRun(() => ({ model: world, real: world }), commands);
      const breaks = await world.breaks();
      if (breaks.length > 0) throw new Error(breaks.join('\n'));
      seen?.(world);
    },
  );
