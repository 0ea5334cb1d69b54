/**
 * The steps of the workflow, in its order as the state machine has it, and any of them at any other time, as when it was
 * started twice or a message came late.
 */
import fc from 'fast-check';
import { askForDecision } from '../../../../functions/decision/ask-for-decision.ts';
import { checkWhoIsAsked } from '../../../../functions/decision/check-who-is-asked.ts';
import { sealPackage } from '../../../../functions/delivery/seal-package.ts';
import { sweepDisclosure } from '../../../../functions/deadline/sweep-disclosure.ts';
import { askForCompletion } from '../../../../functions/disclosure/ask-for-completion.ts';
import { askRecipientToCollect } from '../../../../functions/disclosure/ask-recipient-to-collect.ts';
import { checkDisclosure, type Onward } from '../../../../functions/disclosure/check-disclosure.ts';
import { NobodyToSignOff } from '../../../../functions/disclosure/faults.ts';
import { Step } from './step.ts';
import type { Case, Next, World } from './world.ts';

const NEXT: Readonly<Partial<Record<Onward['kind'], Next>>> = {
  complete: 'complete',
  'sign-off': 'sign-off',
  release: 'release',
  seal: 'seal',
  collect: 'collect',
};

/** The step that comes next. True when the workflow then waits for somebody. */
export async function goOn(world: World, of: Case): Promise<boolean> {
  const { id: disclosureId } = of;
  switch (of.next) {
    case 'nothing':
    case 'ended':
      return true;
    case 'check':
      try {
        const { kind } = await world.take(() => checkDisclosure(world.needs, { disclosureId }));
        of.next = NEXT[kind] ?? 'ended';
        return false;
      } catch (error) {
        // With nobody in office it is tried again for a day.
        if (error instanceof NobodyToSignOff) return true;
        throw error;
      }
    case 'complete':
      of.next = 'check';
      await world.take(() => askForCompletion(world.needs, { disclosureId, token: 'completion' }));
      return true;
    case 'sign-off': {
      const decisionId = of.decisions.at(-1)!.id;
      const turn = await world.take(() => checkWhoIsAsked(world.needs, { decisionId }));
      if (turn.kind === 'ask') await world.take(() => askForDecision(world.needs, { decisionId, token: 'answer' }));
      else of.next = 'check';
      return turn.kind === 'ask';
    }
    case 'release': {
      const { kind } = await world.take(() => world.releaseDisclosure(world.needs, { disclosureId }));
      of.next = kind === 'look-again' ? 'check' : kind;
      return false;
    }
    case 'seal':
      await world.take(() => sealPackage(world.sealing, { disclosureId }));
      of.next = 'collect';
      return false;
    case 'collect':
      of.next = 'check';
      await world.take(() => askRecipientToCollect(world.needs, { disclosureId, token: 'collection' }));
      return true;
  }
}

/** As far as it comes without anybody; a run that goes round and round is stopped. */
export async function goOnUntilItWaits(world: World, of: Case): Promise<void> {
  for (let steps = 0; steps < 8; steps++) if (await goOn(world, of)) return;
}

const STRAY: Readonly<Record<string, (world: World, of: Case) => Promise<unknown>>> = {
  'Check disclosure': (world, { id }) => checkDisclosure(world.needs, { disclosureId: id }),
  'Ask for completion': (world, { id }) => askForCompletion(world.needs, { disclosureId: id, token: 'stray' }),
  'Write release': (world, { id }) => world.releaseDisclosure(world.needs, { disclosureId: id }),
  'Ask recipient to collect': (world, { id }) =>
    askRecipientToCollect(world.needs, { disclosureId: id, token: 'stray' }),
  'Check who is asked': (world, { decisions }) =>
    checkWhoIsAsked(world.needs, { decisionId: decisions.at(-1)?.id ?? '' }),
  'Ask for decision': (world, { decisions }) =>
    askForDecision(world.needs, { decisionId: decisions[0]?.id ?? '', token: 'stray' }),
  'Write sealed package': (world, { id }) => sealPackage(world.sealing, { disclosureId: id }),
  Sweep: (world, { id }) => sweepDisclosure(world.needs, id, world.now),
};

export const workflowGoesOn: fc.Arbitrary<Step> = fc.record({ place: fc.nat(1), whole: fc.boolean() }).map(
  ({ place, whole }) =>
    new Step(`the workflow of disclosure ${place} goes on${whole ? ' until it waits' : ' one step'}`, async (world) => {
      const of = world.caseOf(place);
      if (whole) await goOnUntilItWaits(world, of);
      else await goOn(world, of);
    }),
);

export const strayStep: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), name: fc.constantFrom(...Object.keys(STRAY)) })
  .map(
    ({ place, name }) =>
      new Step(`"${name}" is run on disclosure ${place} out of turn`, (world) =>
        world.attempt(() => STRAY[name]!(world, world.caseOf(place))),
      ),
  );
