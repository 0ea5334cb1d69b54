/** A sign-off on the embedded host, opened as the workflow of a disclosure opens it, and the links of its mails. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Decision } from '../functions/decision/contract.ts';
import { recordsIn, type Records } from '../functions/records/records.aws.ts';
import { instantOf, plusMinutes } from '../policies/instant.ts';
import { openIn } from './functions/decision/signing-off.ts';
import { linkFor } from './job.ts';
import type { Postact } from './postact.ts';

export const AT_HOST = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

export const recordsOf = ({ endpoint, outputs }: Postact): Records =>
  recordsIn(outputs.TableName, new DynamoDBClient(AT_HOST(endpoint)));

/** Put to the privacy office: its workflow waits, and the officer has a mail. @default it lapses in 14 days */
export async function openSignOff(postact: Postact, lapsesInMinutes = 14 * 24 * 60): Promise<Decision> {
  const at = instantOf(postact.now().toISOString());
  const lapsesAt = plusMinutes(at, lapsesInMinutes);
  const decision = await openIn(recordsOf(postact), at, { start: true, more: { lapsesAt, dueAt: lapsesAt } });
  await postact.settled();
  return decision;
}

export const disclosureIdOf = ({ on }: Pick<Decision, 'on'>): string => on.slice('disclosure#'.length);

export const signOffLink = (postact: Postact, personId: string, decision: Decision): Promise<string> =>
  linkFor(postact, personId, disclosureIdOf(decision));
