/** The first page, for whoever is not signed in. */
import type { Context } from 'hono';
import { page } from '../edge/frame.tsx';
import type { PageEnv } from '../edge/page-app.tsx';

export function firstPage<N>(c: Context<PageEnv<N>>): Promise<Response> {
  return page(
    c,
    {
      title: 'Mobile x-ray, under the POST Act',
      lead: 'Requests to use mobile x-ray, the decisions on them, the deployments and the images that follow, each judged by the published policy and kept in a ledger.',
    },
    <>
      <h2>Members of the department</h2>
      <p>Sign in with the directory to see what waits for you, to ask for a use, or to decide one.</p>
      <p>
        <a class="usa-button" href="/sign-in">
          Sign in
        </a>
      </p>
      <h2>Outside entities</h2>
      <p>
        An agency, another police department or the host of an event may <a href="/ask">ask for help</a> with a
        particular location, event or address. The Counterterrorism Bureau decides case by case.
      </p>
      <h2>Everyone</h2>
      <p>
        Read <a href="/policy">what the technology can do and what it cannot</a>, its{' '}
        <a href="/policy/health">health and safety figures</a> as published, and{' '}
        <a href="/policy/editions">what changed between the editions</a> of the policy.
      </p>
    </>,
  );
}
