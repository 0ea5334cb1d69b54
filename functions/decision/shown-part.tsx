/** One part of what a decider is shown: its heading, its lines, and what stands out of them. */
import { ClauseLink, Facts } from '../edge/fields.tsx';
import type { ShownPart } from './contract.ts';

export function Shown({ part }: { part: ShownPart }) {
  return (
    <section class="pa-shown">
      <h2>{part.heading}</h2>
      <Lines part={part} />
    </section>
  );
}

export function Lines({ part }: { part: ShownPart }) {
  return (
    <Facts
      items={part.lines.map((line) => [
        line.label,
        <>
          {line.warning ? <strong class="pa-warning">{line.text}</strong> : line.text}{' '}
          {line.clause && <ClauseLink id={line.clause} />}
        </>,
      ])}
    />
  );
}
