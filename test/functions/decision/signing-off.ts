/** A sign-off put to the privacy office, as the disclosure workflow leaves it: three things that would leave. */
import type { Answering } from '../../../functions/decision/answer-decision.ts';
import { askForDecision } from '../../../functions/decision/ask-for-decision.ts';
import {
  decisions,
  type Decision,
  type DisclosureMatter,
  type ShownPart,
} from '../../../functions/decision/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import { put } from '../../../functions/records/change.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { plusHours, type Instant } from '../../../policies/instant.ts';
import type { Bureau } from '../bureau.ts';

export const WHY = 'It helps to find the vehicle that is sought';

const image = (id: string): ShownPart => ({
  heading: `Image ${id}, as it was kept`,
  id,
  lines: [
    { label: 'Case', text: 'C-2026-17' },
    { label: 'SHA-256', text: sha256(id) },
  ],
});

export const SHOWN: readonly ShownPart[] = [
  {
    heading: 'To whom',
    lines: [
      { label: 'Recipient', text: 'Harbor Agency, Pat Quill' },
      { label: 'About', text: 'Driver of a white box truck' },
    ],
  },
  image('E-1'),
  image('E-2'),
  image('E-3'),
  {
    heading: 'What stands out',
    lines: [
      {
        label: 'Contradiction',
        text: 'The text says two images and three are enclosed',
        warning: true,
        clause: 'XR26-EXT-11',
      },
    ],
  },
];

/** Opened at this moment and asked of nobody yet; with `start`, as the outbox starts its workflow. */
export async function openIn(
  records: Records,
  at: Instant,
  { matter, more, start }: { matter?: Partial<DisclosureMatter>; more?: Partial<Decision>; start?: boolean } = {},
): Promise<Decision> {
  const disclosureId = newId('X');
  const decision: Decision = {
    id: newId('D'),
    version: 0,
    matter: {
      question: 'disclosure',
      disclosureId,
      requesterId: 'p-ortiz',
      ground: 'mission',
      technology: 'mobile-x-ray',
      ...matter,
    },
    on: keyOf('disclosure', disclosureId),
    state: 'waiting',
    edition: 'xray-2026',
    askInOrder: ['p-okafor', 'p-adler'],
    asked: [],
    openedAt: at,
    lapsesAt: plusHours(at, 14 * 24),
    goodUntil: plusHours(at, 28 * 24),
    shown: SHOWN,
    shownHash: sha256(SHOWN),
    links: [],
    dueAt: plusHours(at, 14 * 24),
    ...more,
  };
  const { id } = decision;
  await records.write({
    at,
    by: { kind: 'system', id: 'test' },
    puts: [put(decisions, decision)],
    tells: [{ subject: decision.on, act: 'sign-off opened' }],
    notes: start ? [{ kind: 'start', workflow: 'decision', name: id, input: { schema: 1, decisionId: id } }] : [],
  });
  return { ...decision, version: 1 };
}

export const opened = (
  { records, now }: Bureau,
  matter: Partial<DisclosureMatter> = {},
  more: Partial<Decision> = {},
): Promise<Decision> => openIn(records, now, { matter, more });

/** Put to the officer, whose workflow waits with the token `token`. */
export async function asked(
  bureau: Bureau,
  over: Partial<DisclosureMatter> = {},
  more: Partial<Decision> = {},
): Promise<Decision> {
  const { id } = await opened(bureau, over, more);
  await askForDecision(bureau.needs, { decisionId: id, token: 'token' });
  return bureau.decision(id);
}

/** The officer's answer from the desk, as its page would send it. */
export async function answering(bureau: Bureau, decision: Decision, over: Partial<Answering> = {}): Promise<Answering> {
  const person = await bureau.person('p-okafor');
  return {
    decisionId: decision.id,
    person: { ...person, personId: person.id },
    door: { kind: 'desk' },
    answer: 'approve',
    reason: WHY,
    shownHash: decision.shownHash,
    ...over,
  };
}
