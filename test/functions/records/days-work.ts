/** A day's work on the embedded host, and the store it leaves: hours apart, so that digests are signed between. */
import { sourceAt } from '../../../functions/records/verify-ledger.aws.ts';
import { ask, assign, close, decide, deploymentIn, end, start } from '../../job.ts';
import type { Postact } from '../../postact.ts';
import { readStored, type StoredLedger } from './stored-ledger.ts';

export const readFrom = ({ outputs, endpoint }: Postact): Promise<StoredLedger> =>
  readStored(
    sourceAt({
      table: outputs.TableName,
      bucket: outputs.LedgerBucketName,
      key: outputs.DigestKeyId,
      localEndpoint: endpoint,
    }),
  );

/** One request from asking to its close, another declined, a person who loses a role: records of several versions, lines ended, heads that no digest has seen yet. */
export async function daysWork(
  postact: Postact,
): Promise<{ readonly earlier: StoredLedger; readonly ledger: StoredLedger }> {
  const id = await ask(postact, 'p-reyes', {}, { inMinutes: 90, forMinutes: 60 });
  await decide(postact, 'p-lee', id);
  const deployment = deploymentIn(await assign(postact, id));
  await postact.advance(70);
  const earlier = await readFrom(postact);
  await postact.advance(30);
  await start(postact, deployment);
  await end(postact, deployment);
  await close(postact, deployment);
  await postact.importPerson('p-kim', { roles: ['member'] });
  await postact.advance(150);
  const declined = await ask(postact, 'p-reyes', {}, { inMinutes: 300, forMinutes: 60 });
  await decide(postact, 'p-lee', declined, 'decline');
  return { earlier, ledger: await readFrom(postact) };
}
