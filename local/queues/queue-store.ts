/** The messages of each queue, in the journal. All times are the host's, ms since 1970. */
import { randomUUID } from 'node:crypto';
import type { PolicyDocument } from '../contract.ts';
import type { Journal } from '../journal.ts';

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly visibilityMs: number;
  readonly delayMs: number;
  readonly retentionMs: number;
  /** Longest that a receiver waits when it does not say. */
  readonly waitMs: number;
  readonly redrive: { readonly queue: string; readonly after: number } | null;
  readonly policy: PolicyDocument | null;
}

export interface Message {
  readonly place: number;
  readonly id: string;
  readonly body: string;
  /** JSON of the sender's MessageAttributes. */
  readonly attributes: string;
  readonly sender: string;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceivedAt: number | null;
  readonly receipt: string | null;
}

export function queueStore(journal: Journal) {
  journal.define(`
    CREATE TABLE IF NOT EXISTS queues_messages (place INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
      sender TEXT NOT NULL, sentAt INTEGER NOT NULL, visibleAt INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0, firstReceivedAt INTEGER, receipt TEXT UNIQUE);
    CREATE INDEX IF NOT EXISTS queues_visible ON queues_messages (queue, visibleAt);`);
  return {
    /** Returns the message's id. */
    add(
      queue: Queue,
      message: { body: string; attributes: unknown; sender: string; delayMs: number },
      now: number,
    ): string {
      const id = randomUUID();
      journal.run(
        'INSERT INTO queues_messages (queue, id, body, attributes, sender, sentAt, visibleAt) VALUES (?, ?, ?, ?, ?, ?, ?)',
        queue.name,
        id,
        message.body,
        JSON.stringify(message.attributes ?? {}),
        message.sender,
        now,
        now + message.delayMs,
      );
      return id;
    },
    /** Takes up to `most` visible messages and hides them. Those received too often go to the dead-letter queue instead. */
    take(queue: Queue, most: number, visibilityMs: number, now: number): Message[] {
      return journal.transaction(() => {
        journal.run('DELETE FROM queues_messages WHERE queue = ? AND sentAt < ?', queue.name, now - queue.retentionMs);
        if (queue.redrive) {
          journal.run(
            'UPDATE queues_messages SET queue = ?, receives = 0, receipt = NULL WHERE queue = ? AND visibleAt <= ? AND receives >= ?',
            queue.redrive.queue,
            queue.name,
            now,
            queue.redrive.after,
          );
        }
        const found = journal.all<{ place: number }>(
          'SELECT place FROM queues_messages WHERE queue = ? AND visibleAt <= ? ORDER BY place LIMIT ?',
          queue.name,
          now,
          most,
        );
        return found.map(({ place }) =>
          journal.get<Message>(
            'UPDATE queues_messages SET visibleAt = ?, receives = receives + 1, firstReceivedAt = coalesce(firstReceivedAt, ?), receipt = ? WHERE place = ? RETURNING *',
            now + visibilityMs,
            now,
            randomUUID(),
            place,
          )!,
        );
      });
    },
    remove: (queue: Queue, receipt: string) =>
      journal.run('DELETE FROM queues_messages WHERE queue = ? AND receipt = ?', queue.name, receipt),
    /** False if no message has this receipt. */
    hide: (queue: Queue, receipt: string, until: number): boolean =>
      journal.run(
        'UPDATE queues_messages SET visibleAt = ? WHERE queue = ? AND receipt = ?',
        until,
        queue.name,
        receipt,
      ) > 0,
    purge: (queue: Queue) => journal.run('DELETE FROM queues_messages WHERE queue = ?', queue.name),
    /** When the next hidden message shows again. */
    nextVisible: (queue: string, now: number): number | undefined =>
      journal.get<{ at: number | null }>(
        'SELECT min(visibleAt) AS at FROM queues_messages WHERE queue = ? AND visibleAt > ?',
        queue,
        now,
      )?.at ?? undefined,
    counts: (queue: Queue, now: number) =>
      journal.get<{ visible: number; hidden: number; delayed: number }>(
        'SELECT coalesce(sum(visibleAt <= ?1), 0) AS visible, coalesce(sum(visibleAt > ?1 AND receives > 0), 0) AS hidden, coalesce(sum(visibleAt > ?1 AND receives = 0), 0) AS delayed FROM queues_messages WHERE queue = ?2',
        now,
        queue.name,
      )!,
  };
}
