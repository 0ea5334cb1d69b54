/** What is in the way, as a list: what several clauses say in the same words is said once, with all of them. */
import type { Refusal } from '../../policies/ruling.ts';
import { Clauses } from '../edge/fields.tsx';

export function WhyNot({ because }: { because: readonly Refusal[] }) {
  const sentences = Map.groupBy(
    because,
    ({ found, expected, todo }) => `Found ${found}; expected ${expected}. What to do: ${todo}.`,
  );
  return (
    <ul class="usa-list">
      {[...sentences].map(([sentence, refusals]) => (
        <li>
          {sentence} <Clauses ids={[...new Set(refusals.map(({ clause }) => clause))]} />
        </li>
      ))}
    </ul>
  );
}
