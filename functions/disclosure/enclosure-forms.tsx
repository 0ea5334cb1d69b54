/** The page where it is chosen what would leave: kept images of one's cases, redacted copies, records and numbers. */
import { nyText } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Choices,
  DateTimeFields,
  ErrorSummary,
  errorOf,
  FormSecret,
  Nothing,
  Select,
  Submit,
  TextArea,
  TextField,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Disclosure } from './contract.ts';
import type { DisclosureSeen } from './disclosure-seen.ts';
import { EnclosureTable } from './enclosure-table.tsx';
import type { Chosen } from './kept-images.ts';
import { MOST } from './typed-answers.ts';

export type EncloseForm = 'image' | 'copy' | 'record' | 'count';

/** Each form's names; the acts call several of them the same, and ids on a page are one of a kind. */
const NAMES: Readonly<Record<EncloseForm, Readonly<Record<string, string>>>> = {
  image: { imageId: 'imageId', label: 'imageLabel' },
  copy: { madeOf: 'madeOf', whatWasRedacted: 'whatWasRedacted', label: 'copyLabel', fileName: 'copyFileName' },
  record: {
    system: 'system',
    reference: 'reference',
    capturedAt: 'capturedAt',
    label: 'recordLabel',
    fileName: 'recordFileName',
  },
  count: { label: 'countLabel', text: 'countText' },
};

export const nameOf = (form: EncloseForm, field: string): string => NAMES[form][field] ?? field;

export interface EnclosuresPageProps {
  readonly view: DisclosureSeen;
  readonly images: Chosen;
  /** The form that was refused, what was typed into it, and why. */
  readonly refused?:
    | { readonly which: EncloseForm; readonly form: Form; readonly because: readonly Refusal[] }
    | undefined;
}

interface Filled {
  readonly disclosure: Disclosure;
  readonly visitor: DisclosureSeen['visitor'];
  readonly field: (name: string) => { name: string; value: string; error: string | undefined; required: true };
  readonly text: (name: string) => string;
}

export function EnclosuresPage({ view, images, refused }: EnclosuresPageProps) {
  const { disclosure, visitor, names } = view;
  const refusals = (refused?.because ?? []).map((one) => ({ ...one, field: nameOf(refused!.which, one.field) }));
  const text = (name: string): string => refused?.form.text(name) ?? '';
  const field = (name: string) => ({
    name,
    value: text(name),
    error: errorOf(refusals, name),
    required: true as const,
  });
  const filled: Filled = { disclosure, visitor, field, text };
  const open = (which: EncloseForm): boolean => refused?.which === which;
  // Images are kept here; what another technology made is brought as an export of its own system.
  const ofImages = disclosure.asked.technology === 'mobile-x-ray';
  return (
    <>
      <ErrorSummary refusals={refusals} fields={Object.values(NAMES).flatMap((of) => Object.values(of))} />
      <EnclosureTable disclosure={disclosure} names={names} changedBy={visitor} />
      <p>
        <a class="usa-button" href={`/disclosures/${disclosure.id}`}>
          Back to the disclosure
        </a>
      </p>
      {ofImages && (
        <>
          <h2>Add an image</h2>
          <ImageSearch disclosure={disclosure} images={images} />
          <ImageForm {...filled} images={images} />
        </>
      )}
      <h2>{ofImages ? 'Add something else' : 'Add something'}</h2>
      {!ofImages && (
        <details class="pa-quiet" open={open('record')}>
          <summary>A record of the system of this technology</summary>
          <RecordForm {...filled} />
        </details>
      )}
      <details class="pa-quiet" open={open('copy')}>
        <summary>A redacted copy of an original</summary>
        <CopyForm {...filled} images={images} />
      </details>
      <details class="pa-quiet" open={open('count')}>
        <summary>A number that identifies nobody</summary>
        <CountForm {...filled} />
      </details>
    </>
  );
}

/** A GET: it only looks. */
function ImageSearch({
  disclosure,
  images: { cases, caseNumber, isDuty },
}: {
  disclosure: Disclosure;
  images: Chosen;
}) {
  return (
    <>
      <form method="get" action={`/disclosures/${disclosure.id}/enclosures`} class="pa-form">
        <TextField
          name="case"
          label="Case or investigation number"
          hint="Kept images of cases that are your duty."
          required
          value={caseNumber}
          error={
            caseNumber && !isDuty
              ? 'Found a case that is not among your duties; expected one you are assigned to.'
              : undefined
          }
          width="lg"
        />
        <div class="pa-actions pa-actions--still">
          <button type="submit" class="usa-button usa-button--outline">
            Find its images
          </button>
        </div>
      </form>
      {cases !== 'all' && cases.length > 0 && (
        <p>
          Your cases:{' '}
          {cases.slice(0, 20).map((one) => (
            <>
              <a href={`/disclosures/${disclosure.id}/enclosures?case=${encodeURIComponent(one)}`}>{one}</a>{' '}
            </>
          ))}
        </p>
      )}
    </>
  );
}

function ImageForm({ images, disclosure, visitor, field, text }: Filled & { images: Chosen }) {
  const { found, caseNumber, isDuty } = images;
  if (!caseNumber || !isDuty) return null;
  const enclosed = disclosure.enclosures.flatMap((one) => (one.kind === 'image' && !one.leftOut ? [one.imageId] : []));
  const free = found.filter(({ id }) => !enclosed.includes(id));
  if (free.length === 0)
    return (
      <Nothing>
        {found.length === 0 ? `No kept image of ${caseNumber} is on record.` : 'Every kept image of it is enclosed.'}
      </Nothing>
    );
  return (
    <form method="post" action={`/disclosures/${disclosure.id}/images`} class="pa-form" novalidate>
      <FormSecret visitor={visitor} />
      <input type="hidden" name="case" value={caseNumber} />
      <Choices
        {...field('imageId')}
        value={text('imageId')}
        label={`Kept images of ${caseNumber}`}
        options={free.map(({ id, filedAt, filed }) => ({
          value: id,
          label: id,
          hint: (
            <>
              Filed {nyText(filedAt)}. {filed.personInImage ? 'A person is visible. ' : ''}
            </>
          ),
        }))}
      />
      <p>
        Look before you choose:{' '}
        {free.map(({ id }) => (
          <>
            <a href={`/images/${id}`}>open the page of {id}</a>{' '}
          </>
        ))}
      </p>
      <TextField {...field('imageLabel')} label="What the recipient reads beside it" maxlength={MOST.line} />
      <div class="pa-actions pa-actions--still">
        <Submit>Enclose this image</Submit>
      </div>
    </form>
  );
}

function CopyForm({ images, disclosure, visitor, field }: Filled & { images: Chosen }) {
  const enclosed = disclosure.enclosures.filter(({ kind }) => kind === 'image' || kind === 'record');
  const options = [
    ...enclosed.map(({ id, label }) => ({ value: id, label: `${label} (enclosed)` })),
    ...images.found
      .filter(({ id }) => !enclosed.some((one) => one.kind === 'image' && one.imageId === id))
      .map(({ id }) => ({ value: id, label: `${id} (the original stays here)` })),
  ];
  return (
    <form method="post" action={`/disclosures/${disclosure.id}/files`} class="pa-form" novalidate>
      <FormSecret visitor={visitor} />
      <input type="hidden" name="kind" value="redacted-copy" />
      <input type="hidden" name="case" value={images.caseNumber} />
      <Select
        {...field('madeOf')}
        label="The original it was made of"
        hint="Find the images of a case above to choose one that is not enclosed."
        options={options}
      />
      <TextArea {...field('whatWasRedacted')} label="What was taken out" rows={2} maxlength={MOST.text} />
      <TextField {...field('copyLabel')} label="What the recipient reads beside it" maxlength={MOST.line} />
      <FileName {...field('copyFileName')} />
      <div class="pa-actions pa-actions--still">
        <Submit>Go on to the file</Submit>
      </div>
    </form>
  );
}

function RecordForm({ disclosure, visitor, field, text }: Filled) {
  return (
    <form method="post" action={`/disclosures/${disclosure.id}/files`} class="pa-form" novalidate>
      <FormSecret visitor={visitor} />
      <input type="hidden" name="kind" value="record" />
      <TextField {...field('system')} label="The system it comes from" maxlength={MOST.line} />
      <TextField {...field('reference')} label="Its number there" maxlength={MOST.line} />
      <DateTimeFields
        name="capturedAt"
        error={field('capturedAt').error}
        label="When it was recorded"
        date={text('capturedAtDate')}
        time={text('capturedAtTime')}
      />
      <TextField {...field('recordLabel')} label="What the recipient reads beside it" maxlength={MOST.line} />
      <FileName {...field('recordFileName')} />
      <div class="pa-actions pa-actions--still">
        <Submit>Go on to the file</Submit>
      </div>
    </form>
  );
}

function FileName(field: ReturnType<Filled['field']>) {
  return (
    <TextField
      {...field}
      label="Name of the file"
      hint="With its ending, such as copy.png. The recipient gets it under this name."
      width="lg"
      maxlength={MOST.line}
    />
  );
}

function CountForm({ disclosure, visitor, field }: Filled) {
  return (
    <form method="post" action={`/disclosures/${disclosure.id}/counts`} class="pa-form" novalidate>
      <FormSecret visitor={visitor} />
      <TextField {...field('countLabel')} label="What is counted" maxlength={MOST.line} />
      <TextArea
        {...field('countText')}
        label="The number, in words the recipient reads"
        hint="Nobody can be told from it: no names, no plates, no places, and no count that is so small that it points at someone."
        rows={2}
        maxlength={MOST.text}
      />
      <div class="pa-actions pa-actions--still">
        <Submit>Enclose this number</Submit>
      </div>
    </form>
  );
}
