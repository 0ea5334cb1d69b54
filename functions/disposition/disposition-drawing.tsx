/** The workflow of a batch, drawn, with the way it came and the step it is at. */
import definition from '../../workflows/disposition/disposition.asl.json' with { type: 'json' };
import { WorkflowDrawing, type Definition } from '../edge/drawing.tsx';
import type { Disposition } from './contract.ts';

const CHECKED = ['Check disposition', 'What is next for the disposition?'];
const OBJECTED = [...CHECKED, 'Ask for objections'];
const ASKED = [...OBJECTED, ...CHECKED, 'At the same time: three offices sign'];
const TRIED = [...ASKED, ...CHECKED, 'For each batch of records', 'Write certificate of destruction', ...CHECKED];
const BACK = [...ASKED, ...CHECKED, 'Write records back as kept', ...CHECKED];

/** The steps behind it, by what the record says has happened. */
export function walkedBy({ state, decisions, destructionBeganAt }: Disposition): readonly string[] {
  if (state === 'proposed') return OBJECTED;
  if (state === 'signing') return ASKED;
  if (state === 'declined' || state === 'lapsed') return BACK;
  if (state === 'emptied' && !destructionBeganAt)
    return decisions.length > 0 ? [...ASKED, ...CHECKED] : [...OBJECTED, ...CHECKED];
  return TRIED;
}

export function DispositionDrawing({ disposition }: { disposition: Disposition }) {
  const walked = walkedBy(disposition);
  // What it is at now is not behind it.
  const end = walked.lastIndexOf(disposition.step);
  return (
    <section>
      <h2>Where it stands</h2>
      <WorkflowDrawing
        definition={definition as unknown as Definition}
        lit={disposition.step}
        walked={end < 0 ? walked : walked.slice(0, end)}
        title={`Batch ${disposition.id}: the workflow`}
      />
    </section>
  );
}
