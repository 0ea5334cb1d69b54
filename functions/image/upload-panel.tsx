/**
 * Where the file is chosen and sent. Without scripts it is a plain form straight to the store, which comes back to the
 * image's page. With scripts upload.js reads the file first for its SHA-256, shows how far it is, and tries again after
 * an interruption; it asks for a fresh form with the second form here, whose secret never goes to the store.
 */
import { FormSecret } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Image } from './contract.ts';
import { xrayPolicyAt } from './judge-file.ts';
import type { UploadForm } from './originals.ts';

export function UploadPanel({ image, form, visitor }: { image: Image; form: UploadForm; visitor: Visitor }) {
  const most = xrayPolicyAt(image.filedAt).house.largestImage.bytes;
  return (
    <section id="upload">
      <h2>Send the file</h2>
      <form
        id="upload-form"
        class="pa-form"
        method="post"
        action={form.url}
        enctype="multipart/form-data"
        data-most-bytes={most}
      >
        {Object.entries(form.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="usa-form-group">
          <label class="usa-label" for="file">
            The original, as it came from the device
          </label>
          <span class="usa-hint" id="file-hint">
            At most {most / 1_000_000} MB. Do not open, convert or rename it first: the original is evidence.
          </span>
          <input class="usa-file-input" type="file" id="file" name="file" required aria-describedby="file-hint" />
        </div>
        <div class="pa-actions">
          <button class="usa-button" type="submit" id="upload-button">
            Send the file
          </button>
          <button class="usa-button usa-button--outline" type="button" id="upload-stop" hidden>
            Stop
          </button>
        </div>
      </form>
      <form id="upload-retry" method="post" action={`/images/${image.id}/retry`} hidden>
        <FormSecret visitor={visitor} />
      </form>
      <div id="upload-progress" hidden>
        <label for="upload-bar" id="upload-step">
          Sending
        </label>
        <progress id="upload-bar" max="100" value="0" />
      </div>
      <p id="upload-words" role="status" />
      <p>
        <a href={`/images/${image.id}`}>Load this page again</a> if the form is older than 15 minutes.
      </p>
    </section>
  );
}
