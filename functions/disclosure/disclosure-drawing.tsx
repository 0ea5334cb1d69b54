/** The workflow of a disclosure, drawn, with the way it came and the step it is at. */
import definition from '../../workflows/disclosure/disclosure.asl.json' with { type: 'json' };
import { WorkflowDrawing, type Definition } from '../edge/drawing.tsx';
import type { Disclosure } from './contract.ts';

const CHECKED = ['Check disclosure against policy', 'What is next for the disclosure?'];
const SIGNED = 'Ask a privacy officer to sign off';
const RELEASED = ['Write release in ledger', 'Was it released?'];
const SEALED = 'Write sealed package';
const COLLECTED = 'Ask recipient to collect';

/** The steps behind it, by what the record says has happened. */
export function walkedBy(disclosure: Disclosure): readonly string[] {
  const { state, asked, sentAt, release, approval, decisionId } = disclosure;
  if (!sentAt) return [];
  const signed = approval !== undefined || (decisionId !== undefined && state !== 'deciding');
  const before = signed ? [...CHECKED, SIGNED] : [];
  if (!release) return state === 'checking' ? before : [...before, ...CHECKED];
  const out = [...before, ...CHECKED, ...RELEASED, ...(asked.way === 'sealed-package' ? [SEALED] : [])];
  if (state === 'released') return out;
  return [...out, COLLECTED, ...(state === 'not-collected' ? CHECKED : ['How did it end?'])];
}

export function DisclosureDrawing({ disclosure }: { disclosure: Disclosure }) {
  const walked = walkedBy(disclosure);
  // What it is at now is not behind it.
  const end = walked.lastIndexOf(disclosure.step);
  return (
    <section>
      <h2>Where it stands</h2>
      {!disclosure.sentAt && <p>It has not been sent: no step of the workflow has run.</p>}
      <WorkflowDrawing
        definition={definition as Definition}
        lit={disclosure.step}
        walked={end < 0 ? walked : walked.slice(0, end)}
        title={`Disclosure ${disclosure.id}: the workflow`}
      />
    </section>
  );
}
