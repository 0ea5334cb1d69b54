/** One image's page: where it stands, what its uploader said, what the check saw, and the way to open it. */
import type { Refusal } from '../../policies/ruling.ts';
import { VIEW_PURPOSES } from '../../policies/editions/view-purposes.ts';
import { mayDo } from '../../policies/roles.ts';
import definition from '../../workflows/image-intake/image-intake.asl.json' with { type: 'json' };
import { WorkflowDrawing, type Definition } from '../edge/drawing.tsx';
import {
  Actions,
  ClauseLink,
  Countdown,
  ErrorSummary,
  errorOf,
  FormSecret,
  Notice,
  Nothing,
  Select,
  Submit,
  Tag,
  TextArea,
  TextField,
  Timeline,
  type TagKind,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { ImageState } from './contract.ts';
import { File, Said } from './image-facts.tsx';
import { ImageKeeping } from './image-keeping.tsx';
import type { ImageView } from './image-view.ts';
import type { UploadForm } from './originals.ts';
import { sentenceFor } from './story.ts';
import { UploadPanel } from './upload-panel.tsx';

export const STATES: Readonly<Record<ImageState, readonly [label: string, kind: TagKind]>> = {
  'awaiting-upload': ['Awaiting the file', 'waiting'],
  checking: ['Being checked', 'waiting'],
  kept: ['Kept', 'good'],
  refused: ['Refused', 'bad'],
  lapsed: ['Lapsed: no file came', 'bad'],
  destroyed: ['Destroyed', 'bad'],
};

const ASKED = 'Ask uploader for the file';
const CHECKED = [ASKED, 'Check the file', 'Is the file fit to keep?'];
const WALKED: Readonly<Record<ImageState, readonly string[]>> = {
  'awaiting-upload': [],
  checking: [ASKED],
  kept: [...CHECKED, 'Write image under its record'],
  refused: [...CHECKED, 'Write refusal in ledger'],
  lapsed: [ASKED, 'Write that the upload lapsed', 'Did the file come after all?'],
  destroyed: [...CHECKED, 'Write image under its record'],
};

export interface ImagePageProps extends ImageView {
  /** For the uploader, while the file is awaited. */
  readonly upload?: UploadForm | undefined;
  readonly typed?: Form | undefined;
  readonly refusals?: readonly Refusal[] | undefined;
}

export function ImagePage(props: ImagePageProps) {
  const { image, visitor, now, upload } = props;
  const [label, kind] = STATES[image.state];
  return (
    <>
      <p>
        <Tag kind={kind}>{label}</Tag>{' '}
        {image.state === 'awaiting-upload' && <Countdown until={image.uploadEndsAt} now={now} />}
      </p>
      {upload && <UploadPanel image={image} form={upload} visitor={visitor} />}
      {image.refusals && <Refused refusals={image.refusals} />}
      {image.filed.personInImage && (
        <Notice kind="warning" heading="A person can be seen in this image">
          <p>Treat it as identifying information. {image.filed.personExplanation}</p>
        </Notice>
      )}
      <SameBytes {...props} />
      {props.refusals && (
        <ErrorSummary refusals={props.refusals} fields={['purpose', 'need', 'caseNumber', 'recipient', 'dutyReason']} />
      )}
      {image.stored && <Open {...props} />}
      <ImageKeeping card={props.card} />
      {image.state !== 'destroyed' && <Said {...props} />}
      <File image={image} />
      {image.stored && <PassOn {...props} />}
      <section>
        <h2>Where it stands</h2>
        <WorkflowDrawing
          definition={definition as Definition}
          lit={image.step}
          walked={WALKED[image.state]}
          title={`Image ${image.id}: the workflow`}
        />
      </section>
      {props.views && <Views {...props} />}
      <section>
        <h2>What happened</h2>
        <Timeline
          entries={props.entries.map((entry) => ({
            at: entry.at,
            what: sentenceFor(entry),
            who: whoDid(entry.by, props),
            clauses: entry.clauses ?? [],
          }))}
        />
      </section>
    </>
  );
}

const whoDid = (by: { readonly kind: string; readonly id: string }, { names }: ImageView): string =>
  by.kind === 'person' ? (names.get(by.id) ?? 'a member') : 'by itself';

function Refused({ refusals }: { refusals: readonly Refusal[] }) {
  return (
    <Notice kind="error" heading="The file was not kept">
      <ul class="usa-list">
        {refusals.map(({ clause, found, expected, todo }) => (
          <li>
            Found {found}; expected {expected}. What to do: {todo}. <ClauseLink id={clause} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function SameBytes({ image, sameBytes }: ImageView) {
  if (sameBytes.length === 0) return null;
  return (
    <Notice heading={image.duplicateOf ? `The same file as ${image.duplicateOf}` : 'The same file was kept again'}>
      <p>
        These images have exactly the same bytes:{' '}
        {sameBytes.map((id) => (
          <>
            <a href={`/images/${id}`}>{id}</a>{' '}
          </>
        ))}
      </p>
    </Notice>
  );
}

function Open({ image, visitor, typed, refusals = [] }: ImagePageProps) {
  if (!mayDo(visitor.roles, 'view-image')) return null;
  const error = (name: string): string | undefined => errorOf(refusals, name);
  return (
    <section>
      <h2>Open the image</h2>
      <p>For five minutes, for you alone. What you open it for goes into the ledger.</p>
      <form method="post" action={`/images/${image.id}/views`} class="pa-form" novalidate>
        <FormSecret visitor={visitor} />
        <Select
          name="purpose"
          label="Purpose"
          required
          value={typed?.text('purpose')}
          error={error('purpose')}
          options={VIEW_PURPOSES.map(({ id, label }) => ({ value: id, label }))}
        />
        <TextField
          name="caseNumber"
          label="Case"
          hint="Needed for a purpose that belongs to a case."
          value={typed?.text('caseNumber')}
          error={error('caseNumber')}
          width="lg"
        />
        <TextArea
          name="need"
          label="What you need it for"
          required
          value={typed?.text('need')}
          error={error('need')}
          rows={2}
        />
        <Actions>
          <Submit name="operation" value="view">
            See it
          </Submit>
          <Submit name="operation" value="download" kind="outline">
            Save the original
          </Submit>
        </Actions>
      </form>
    </section>
  );
}

/** XR26-SAFE-14: passed on inside the department only as a lawful duty requires, and never without saying which. */
function PassOn({ image, visitor, names, typed, refusals }: ImagePageProps) {
  return (
    <section>
      <h2>Pass it on to a member</h2>
      {image.shares && (
        <Timeline
          label="Who it was passed on to"
          entries={image.shares.map((share) => ({
            at: share.at,
            what: names.get(share.personId) ?? share.personId,
            who: `by ${names.get(share.by) ?? share.by}`,
            detail: <p>{share.dutyReason}</p>,
          }))}
        />
      )}
      <form method="post" action={`/images/${image.id}/shares`} class="pa-form" novalidate>
        <FormSecret visitor={visitor} />
        <TextField
          name="recipient"
          label="Sign-in name of the member"
          required
          value={typed?.text('recipient')}
          error={errorOf(refusals, 'recipient')}
          width="md"
        />
        <TextArea
          name="dutyReason"
          label="The lawful duty they need it for"
          required
          value={typed?.text('dutyReason')}
          error={errorOf(refusals, 'dutyReason')}
          rows={2}
        />
        <Actions>
          <Submit kind="outline">Pass it on</Submit>
        </Actions>
      </form>
    </section>
  );
}

function Views({ views = [], names }: ImageView) {
  return (
    <section>
      <h2>Who opened it</h2>
      {views.length === 0 ? (
        <Nothing>Each time somebody opens the image, it appears here with their purpose.</Nothing>
      ) : (
        <Timeline
          label="Who opened it"
          entries={views.map((view) => ({
            at: view.at,
            what: view.use === 'view' ? 'Seen' : 'Saved',
            who: names.get(view.personId) ?? view.personId,
            detail: (
              <p>
                {VIEW_PURPOSES.find(({ id }) => id === view.purpose)?.label ?? view.purpose}: {view.need}
              </p>
            ),
          }))}
        />
      )}
    </section>
  );
}
