/**
 * Where the file of an enclosure is sent. It needs no script: a plain form straight to the store, which brings the browser
 * back here; then a button of ours takes in what arrived, since looking at a page changes nothing.
 */
import { FormSecret, Notice } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Enclosure } from './contract.ts';
import type { UploadForm } from './enclosure-store.ts';

export interface EnclosureUploadProps {
  readonly disclosureId: string;
  readonly enclosure: Extract<Enclosure, { kind: 'redacted-copy' | 'record' }>;
  readonly form: UploadForm;
  /** Size of the file that has arrived, if one has. */
  readonly arrived?: number | undefined;
  readonly visitor: Visitor;
}

export function EnclosureUpload({ disclosureId, enclosure, form, arrived, visitor }: EnclosureUploadProps) {
  const path = `/disclosures/${disclosureId}/files/${enclosure.id}`;
  return (
    <>
      {arrived !== undefined && (
        <>
          <Notice kind="success" heading="The file has arrived">
            <p>
              {arrived.toLocaleString('en-US')} bytes. Take it in, and its SHA-256 is read and kept with it. From then
              on it can be left out, but not exchanged.
            </p>
          </Notice>
          <form method="post" action={path} class="pa-form">
            <FormSecret visitor={visitor} />
            <div class="pa-actions">
              <button class="usa-button" type="submit">
                Take it in
              </button>
            </div>
          </form>
          <h2>Send another in its place</h2>
        </>
      )}
      <form class="pa-form" method="post" action={form.url} enctype="multipart/form-data">
        {Object.entries(form.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="usa-form-group">
          <label class="usa-label" for="file">
            {enclosure.kind === 'record' ? 'The record, as it was exported' : 'The redacted copy'}
          </label>
          <span class="usa-hint" id="file-hint">
            {enclosure.fileName}. The recipient gets exactly these bytes.
          </span>
          <input class="usa-file-input" type="file" id="file" name="file" required aria-describedby="file-hint" />
        </div>
        <div class="pa-actions">
          <button class={`usa-button${arrived !== undefined ? ' usa-button--outline' : ''}`} type="submit">
            Send the file
          </button>
        </div>
      </form>
      <p>
        <a href={path}>Load this page again</a> if the form is older than 15 minutes.
      </p>
      <p>
        <a href={`/disclosures/${disclosureId}/enclosures`}>Back to what is enclosed</a>
      </p>
    </>
  );
}
