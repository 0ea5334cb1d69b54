/** A deployment under way, from which images are filed. */
import { ask, assign, decide, deploymentIn, start } from '../job.ts';
import type { Postact } from '../postact.ts';

/** Answers the request's id. It is three minutes into its deployment, so a download a minute ago was within it. */
export async function underWay(postact: Postact): Promise<string> {
  const requestId = await ask(postact, 'p-reyes', {}, { inMinutes: 5, forMinutes: 240 });
  await decide(postact, 'p-lee', requestId);
  const deployment = deploymentIn(await assign(postact, requestId));
  await postact.advance(6);
  await start(postact, deployment);
  await postact.advance(3);
  return requestId;
}
