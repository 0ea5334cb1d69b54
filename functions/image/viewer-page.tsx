/**
 * An image in the page, as a rendering: it can be moved, enlarged, lightened and darkened there, and nothing of that
 * touches the original. Without scripts a PNG or JPEG is shown as it is; an opaque original is never rendered.
 */
import type { Instant } from '../../policies/instant.ts';
import { Countdown, Facts, Notice } from '../edge/fields.tsx';
import type { Image, View } from './contract.ts';
import { labelOf } from './kinds.ts';

const SHOWN_BY_BROWSERS = ['png', 'jpeg'];

export function ViewerPage({
  image,
  view,
  now,
}: {
  image: Image & Required<Pick<Image, 'stored'>>;
  view: View;
  now: Instant;
}) {
  const { stored, filed } = image;
  const file = `/images/${image.id}/file?view=${view.id}`;
  return (
    <>
      <p>
        <Countdown until={view.until} now={now} />
      </p>
      <Notice heading="Rendering for viewing. The original is unchanged.">
        <p>Zoom, brightness and contrast change what you see here and nothing else.</p>
      </Notice>
      {filed.personInImage && (
        <Notice kind="warning" heading="A person can be seen in this image">
          <p>Treat it as identifying information.</p>
        </Notice>
      )}
      {stored.contentKind === 'opaque' ? (
        <p>
          There is no rendering of this kind of file. Go back to save the original and open it with the maker’s program.
        </p>
      ) : (
        <Rendering image={image} file={file} />
      )}
      <Facts
        items={[
          ['Kind', labelOf(stored.contentKind)],
          ['SHA-256 of the original', <code>{stored.sha256}</code>],
          ['Opened for', `${view.purpose.replaceAll('-', ' ')}: ${view.need}`],
        ]}
      />
      <p>
        <a href={`/images/${image.id}`}>Back to the record of image {image.id}</a>
      </p>
    </>
  );
}

function Rendering({ image, file }: { image: Image & Required<Pick<Image, 'stored'>>; file: string }) {
  const kind = image.stored.contentKind;
  return (
    <figure class="pa-viewer" id="viewer" data-file={file} data-kind={kind}>
      <div class="pa-viewer__tools" id="viewer-tools" role="group" aria-label="How the image is shown" hidden>
        <button type="button" class="usa-button usa-button--outline" data-do="closer" aria-keyshortcuts="+">
          Closer
        </button>
        <button type="button" class="usa-button usa-button--outline" data-do="farther" aria-keyshortcuts="-">
          Farther
        </button>
        <button type="button" class="usa-button usa-button--outline" data-do="whole" aria-keyshortcuts="0">
          Whole image
        </button>
        <label>
          Brightness{' '}
          <input type="range" class="usa-range" data-set="brightness" min="20" max="300" value="100" step="5" />
        </label>
        <label>
          Contrast <input type="range" class="usa-range" data-set="contrast" min="20" max="400" value="100" step="5" />
        </label>
        <p class="usa-hint">Keys on the image: + and − to zoom, arrows to move, 0 for the whole image.</p>
      </div>
      {SHOWN_BY_BROWSERS.includes(kind) ? (
        <img id="viewer-image" class="pa-viewer__image" src={file} alt={`X-ray image ${image.id}`} />
      ) : (
        <p id="viewer-without">Showing this kind of file needs scripts. Without them, go back and save the original.</p>
      )}
      <p id="viewer-words" role="status" />
      <figcaption>Rendering for viewing. The original is unchanged.</figcaption>
    </figure>
  );
}
