/**
 * Puts the demonstration schedule in force as a department does: one records officer loads it and tries it, another
 * approves it with a reason. Through the pages, so nothing is skipped. Does nothing when it is in force already.
 */
import type { Client } from './client.ts';
import { DEMO_SCHEDULE } from './schedule.ts';

const HREF = `/retention/schedules/${DEMO_SCHEDULE.id}`;

/** How often the page of the dry run is looked at, half a second apart. */
const MOST_LOOKS = 240;

export interface Officers {
  /** Signed in: the one who loads, and the one who approves. */
  readonly first: Client;
  readonly second: Client;
}

export async function putInForce({ first, second }: Officers): Promise<void> {
  if ((await first.go(HREF)).status === 404) {
    await first.go('/retention/schedules/load');
    await first.send('/retention/schedules', { pasted: JSON.stringify(DEMO_SCHEDULE) });
    if (first.page.status !== 200) throw new Error(`the schedule was not taken: ${first.words().slice(0, 800)}`);
    await first.go(HREF);
  }
  if (!first.page.text.includes('/dry-run"') && !first.page.text.includes('/approve"')) return;
  if (first.page.text.includes('/dry-run"')) await first.send('/dry-run');
  for (let look = 0; look < MOST_LOOKS; look++) {
    await second.go(HREF);
    if (second.page.text.includes('/approve"')) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await second.send('/approve', { reason: 'Both offices have approved it, and the trial shortens nothing' });
  if (second.page.status !== 200) throw new Error(`the schedule was not approved: ${second.words().slice(0, 800)}`);
}
