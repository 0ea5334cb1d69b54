/**
 * The person behind a session cookie, read afresh at every request: a transfer, a lost role or an ended session counts
 * from the moment it is written.
 *
 * When a session was last used is kept beside its record and not in it. That is the one write of this system without an
 * entry in the ledger, because nothing legal changes; it is made at most once a minute for each session.
 *
 * Faults  RecordsBusy (retry)
 */
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { HOUSE } from '../../policies/editions/house.ts';
import { msBetween, plusHours, plusMinutes, type Instant } from '../../policies/instant.ts';
import type { Visitor } from '../edge/visitor.ts';
import { sha256 } from './canonical.ts';
import { keyOf } from './entity.ts';
import { RecordsBusy } from './faults.ts';
import { persons, sessions, type Person, type Session } from './standing.ts';

export interface Visitors {
  /** Undefined when there is no such session, it ended or ran out, or the person is no longer active. */
  visitorOf(cookieSecret: string): Promise<Visitor | undefined>;
}

/** How exactly the last use of a session is known. Engineering, not law: the idle limit is in minutes. */
const TOUCH_EVERY_MS = 60_000;

export function visitorsIn(table: string, now: () => Instant, client: DynamoDBClient = new DynamoDBClient({})): Visitors {
  const documents = DynamoDBDocumentClient.from(client);
  const itemOf = async (key: string): Promise<Record<string, unknown> | undefined> => {
    try {
      return (await documents.send(new GetCommand({ TableName: table, Key: { pk: key, sk: 'record' }, ConsistentRead: true }))).Item;
    } catch (cause) {
      throw new RecordsBusy('the table did not answer when a session was looked up; try again', { cause });
    }
  };
  const touch = async (item: Record<string, unknown>, at: Instant): Promise<void> => {
    const sameVersion = { ConditionExpression: 'version = :was', ExpressionAttributeValues: { ':was': item.version } };
    try {
      await documents.send(new PutCommand({ TableName: table, Item: { ...item, seenAt: at }, ...sameVersion }));
    } catch (error) {
      // The session was ended in this very moment, and stays so.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  return {
    async visitorOf(cookieSecret) {
      const item = await itemOf(keyOf(sessions.noun, sha256(cookieSecret)));
      if (!item) return undefined;
      const session = item.record as Session;
      const seenAt = (item.seenAt as Instant | undefined) ?? session.startedAt;
      const at = now();
      if (!isOpen(session, seenAt, at)) return undefined;
      const person = (await itemOf(keyOf(persons.noun, session.personId)))?.record as Person | undefined;
      if (!person?.active) return undefined;
      if (msBetween(seenAt, at) >= TOUCH_EVERY_MS) await touch(item, at);
      return visitorFrom(person, session);
    },
  };
}

/** Open until it is ended, is idle for the house's minutes, or has lasted the house's hours. */
export function isOpen(session: Session, seenAt: Instant, now: Instant): boolean {
  const idleAt = plusMinutes(seenAt, HOUSE.minutesIdle.minutes);
  const overAt = plusHours(session.startedAt, HOUSE.hoursOfSession.hours);
  return !session.endedAt && now < idleAt && now < overAt;
}

/** A person acts in the roles that both their record and, at sign-in, the directory gave them. */
export function visitorFrom(person: Person, session: Session): Visitor {
  const { id, name, email, rank, bureau, command, uniformed, active } = person;
  const roles = person.roles.filter((role) => session.directoryRoles.includes(role));
  return { personId: id, name, email, roles, rank, bureau, command, uniformed, active, sessionId: session.id, formSecret: session.formSecret };
}
