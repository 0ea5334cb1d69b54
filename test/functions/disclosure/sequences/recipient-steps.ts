/** What whoever holds the link does with it, in time and out of it. Letters arrive when a step says so. */
import fc from 'fast-check';
import { askForCode } from '../../../../functions/delivery/ask-for-code.ts';
import { enterCode } from '../../../../functions/delivery/enter-code.ts';
import { openDelivered } from '../../../../functions/delivery/open-delivered.ts';
import { receiveDelivery } from '../../../../functions/delivery/receive-delivery.ts';
import { useOpened } from '../../../../functions/delivery/use-opened.ts';
import { secretOfLetter } from '../../../../functions/mail/secret-of-letter.ts';
import { Step } from './step.ts';
import type { Case, World } from './world.ts';

const PACKAGE = ['package', 'passphrase'];

/** Letters that are owed go out, each with its secret; what may no longer be had is not sent. */
async function lettersArrive(world: World, of: Case): Promise<void> {
  for (const mail of of.letters.splice(0)) {
    const secret = await world.take(() => secretOfLetter(world.secrets, mail));
    if (secret === undefined || secret === 'settled') continue;
    world.witness.had(of.id, mail.kind === 'delivery-code' ? 'code' : 'link', world.now);
    (mail.kind === 'delivery-code' ? of.codes : of.links).push(secret);
  }
}

const linkOf = ({ links }: Case): string => links.at(-1) ?? 'y'.repeat(43);

async function asksForCode(world: World, of: Case, browser: string): Promise<void> {
  const { kind } = await world.take(() => askForCode(world.secrets, { secret: linkOf(of), browser }));
  if (kind === 'done') world.witness.had(of.id, 'letter with a code', world.now);
}

async function entersCode(
  world: World,
  of: Case,
  browser: string,
  code = of.codes.at(-1) ?? '00000000',
): Promise<void> {
  const answer = await world.take(() => enterCode(world.secrets, { secret: linkOf(of), browser, code }));
  if (answer.kind !== 'begun') return;
  world.witness.had(of.id, 'visit', world.now);
  of.visit = answer.visit;
}

async function opens(world: World, of: Case, what: string): Promise<void> {
  const answer = await world.take(() => openDelivered(world.secrets, { secret: linkOf(of), visit: of.visit, what }));
  if (answer.kind !== 'opened') return;
  of.tokens.push(answer.token);
  if (PACKAGE.includes(what)) world.witness.had(of.id, what, world.now);
  else world.witness.openedFile(of.id, what, world.now);
}

/** The address that was made before still leads somewhere: to what it was made for, as long as that may be had. */
async function usesAddress(world: World, of: Case, which: number): Promise<void> {
  // It only reads: what it answers was so when it read, whatever happens meanwhile.
  world.nothingMeanwhile();
  const token = of.tokens.at(-1 - (which % Math.max(1, of.tokens.length))) ?? 'z'.repeat(43);
  const answer = await world.take(() => useOpened(world.secrets, { secret: linkOf(of), visit: of.visit, token }));
  if (answer.kind === 'open') world.witness.had(of.id, 'file', world.now);
}

async function receives(world: World, of: Case): Promise<void> {
  const given = { secret: linkOf(of), visit: of.visit, name: 'Ada', agreed: true };
  await world.take(
    () => receiveDelivery(world.secrets, given),
    ({ kind }) => {
      if (kind === 'done') world.witness.had(of.id, 'receipt', world.now);
    },
  );
  if (of.next !== 'nothing') of.next = 'check';
}

const thing = ({ enclosureIds }: Case, which: number): string =>
  [...enclosureIds, ...PACKAGE][which % (enclosureIds.length + PACKAGE.length)]!;

/** Comes with the link and goes as far as told: to the code, into the visit, to the files, to the receipt. */
async function comes(world: World, of: Case, far: number): Promise<void> {
  await lettersArrive(world, of);
  if (far >= 1) await asksForCode(world, of, 'own');
  await lettersArrive(world, of);
  if (far >= 2) await entersCode(world, of, 'own');
  if (far >= 3) for (const what of [...of.enclosureIds, ...PACKAGE]) await opens(world, of, what);
  if (far >= 4) await receives(world, of);
}

const SINGLE: Readonly<Record<string, (world: World, of: Case, which: number) => Promise<void>>> = {
  'the letters arrive': lettersArrive,
  'the recipient asks for a code': (world, of) => asksForCode(world, of, 'own'),
  'a stranger with the link asks for a code': (world, of) => asksForCode(world, of, 'other'),
  'the recipient enters the code': (world, of) => entersCode(world, of, 'own'),
  'a stranger enters the code': (world, of) => entersCode(world, of, 'other'),
  'the recipient enters the first code': (world, of) => entersCode(world, of, 'own', of.codes[0]),
  'the recipient enters a wrong code': (world, of) => entersCode(world, of, 'own', '00000001'),
  'the recipient opens a thing': (world, of, which) => opens(world, of, thing(of, which)),
  'the recipient uses an address': usesAddress,
  'the recipient confirms receipt': receives,
};

export const recipientActs: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), name: fc.constantFrom(...Object.keys(SINGLE)), which: fc.nat(4) })
  .map(
    ({ place, name, which }) =>
      new Step(`${name} (${which}) of disclosure ${place}`, (world) =>
        SINGLE[name]!(world, world.caseOf(place), which),
      ),
  );

export const recipientComes: fc.Arbitrary<Step> = fc
  .record({ place: fc.nat(1), far: fc.nat(4) })
  .map(
    ({ place, far }) =>
      new Step(`the recipient of disclosure ${place} comes ${far} steps far`, (world) =>
        comes(world, world.caseOf(place), far),
      ),
  );
