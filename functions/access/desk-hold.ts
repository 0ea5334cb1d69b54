/** What holds ask of their owners: to look whether one is still needed. */
import type { Hold } from '../hold/contract.ts';
import type { Waiting } from './desk.ts';

export const holdWaiting = ({ id, reviewAt, placedAt }: Hold): Waiting => ({
  what: 'Look whether a hold is still needed',
  about: `Hold ${id}`,
  href: `/holds/${encodeURIComponent(id)}`,
  by: reviewAt ?? placedAt,
});
