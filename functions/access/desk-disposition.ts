/** What batches of records to destroy ask of people: an office to sign, and the records officers to see them through. */
import { nyStartOfDay } from '../../policies/instant.ts';
import type { DispositionMatter } from '../decision/contract.ts';
import type { Disposition } from '../disposition/contract.ts';
import type { Waiting } from './desk.ts';

export const disposalAsked = ({ dispositionId }: DispositionMatter, whose: string) => ({
  what: 'Sign or decline the destruction of records',
  about: `Batch ${dispositionId}${whose}`,
});

const WHAT = {
  proposed: 'Look at a batch before the offices are asked to sign',
  signing: 'See that a batch is signed or declined',
  destroying: 'Records are being destroyed',
} as const;

/** The six months run for the batch, whatever it waits for. */
export const dispositionWaiting = ({ id, state, disposeBy }: Disposition, whose: string): Waiting => ({
  what: state in WHAT ? WHAT[state as keyof typeof WHAT] : WHAT.proposed,
  about: `Batch ${id}${whose}`,
  href: `/dispositions/${encodeURIComponent(id)}`,
  by: nyStartOfDay(disposeBy),
});
