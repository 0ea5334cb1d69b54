/** What a recipient sees after the code: what was released, under which terms, and the form that confirms its receipt. */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Disclosure } from '../disclosure/contract.ts';
import {
  Actions,
  Checkbox,
  Countdown,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Moment,
  Notice,
  Submit,
  Tag,
  TextField,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { DeliveredFile, Delivery } from './contract.ts';
import { packageNameOf, pathOf } from './names.ts';
import { sizeText } from './sizes.ts';
import { RECEIPT_STATEMENT, termsOf } from './terms.ts';

interface FilesProps {
  readonly door: string;
  readonly secret: string;
  readonly delivery: Delivery;
  readonly disclosure: Disclosure;
  readonly now: Instant;
  readonly typed?: Form | undefined;
  readonly refusals?: readonly Refusal[] | undefined;
}

export function FilesPage(props: FilesProps) {
  const { delivery, disclosure, now, typed, refusals, door, secret } = props;
  return (
    <>
      <ErrorSummary refusals={refusals ?? []} fields={['name', 'agreed']} />
      <Facts
        items={[
          ['Number', delivery.id],
          ['Open', <Countdown until={delivery.closesAt} now={now} />],
          delivery.visit && ['This visit ends', <Moment at={delivery.visit.until} />],
        ]}
      />
      {delivery.way === 'page' ? <OneByOne {...props} /> : <Sealed {...props} />}
      <h2>Terms</h2>
      <ul class="usa-list">
        {termsOf(disclosure).map((term) => (
          <li>{term}</li>
        ))}
      </ul>
      <h2 id="receipt">Confirm the receipt</h2>
      <p>{unopened(delivery)} Once you have confirmed, the link opens nothing any more: save what you need first.</p>
      <form method="post" action={`${door}/receipt`} class="pa-form" novalidate>
        <FormSecret secret={secret} />
        <TextField
          name="name"
          label="Your name"
          required
          autocomplete="name"
          maxlength={200}
          value={typed?.text('name')}
          error={errorOf(refusals, 'name')}
        />
        <Checkbox
          name="agreed"
          label={RECEIPT_STATEMENT}
          required
          checked={typed?.checked('agreed')}
          error={errorOf(refusals, 'agreed')}
        />
        <Actions>
          <Submit>I received it</Submit>
        </Actions>
      </form>
    </>
  );
}

/** Said before the receipt ends everything, because it is easily overlooked. */
function unopened({ way, files, openings }: Delivery): string {
  const opened = new Set(openings.map(({ what }) => what));
  const wanted = way === 'page' ? files.map(({ enclosureId }) => enclosureId) : ['package', 'passphrase'];
  const left = wanted.filter((what) => !opened.has(what));
  if (left.length === 0) return 'You have opened everything that is here.';
  if (way === 'page') return `${left.length} of ${wanted.length} files are not opened yet.`;
  return left.includes('package') ? 'The package is not downloaded yet.' : 'The passphrase was not shown yet.';
}

function OneByOne({ door, secret, delivery }: FilesProps) {
  return (
    <>
      {delivery.files.length > 0 && <h2>Files</h2>}
      <ul class="pa-list">
        {delivery.files.map((file) => (
          <li>
            <p class="pa-list__what">{file.label}</p>
            <p class="pa-list__more">
              <FileMark file={file} among={delivery.files} /> {pathOf(delivery, file)} ·{' '}
              <span class="pa-number">{sizeText(file.file.bytes)}</span>
              <br />
              SHA-256 <code>{file.file.sha256}</code>
            </p>
            <div class="pa-list__side">
              <form method="post" action={`${door}/open`}>
                <FormSecret secret={secret} />
                <Submit kind="outline" name="what" value={file.enclosureId}>
                  Save <span class="usa-sr-only">{file.label}</span>
                </Submit>
              </form>
            </div>
          </li>
        ))}
      </ul>
      {delivery.counts.length > 0 && (
        <>
          <h2>Numbers</h2>
          <Facts items={delivery.counts.map(({ label, text }) => [label, text] as const)} />
        </>
      )}
    </>
  );
}

/** A redacted copy is always named as one, with what it was made of. */
function FileMark({ file, among }: { file: DeliveredFile; among: readonly DeliveredFile[] }) {
  if (!file.redactedCopyOf) return <Tag>Original</Tag>;
  const original = among.find(({ enclosureId }) => enclosureId === file.redactedCopyOf);
  return <Tag kind="waiting">Redacted copy of {original?.label ?? file.redactedCopyOf}</Tag>;
}

function Sealed({ door, secret, delivery }: FilesProps) {
  const { seal, files, counts } = delivery;
  if (!seal) return null;
  return (
    <>
      <h2>Sealed package</h2>
      <p>
        One ZIP file, encrypted with AES-256. It holds {files.length === 1 ? '1 file' : `${files.length} files`}
        {counts.length > 0 && `, ${counts.length === 1 ? '1 number' : `${counts.length} numbers`}`}, a signed list of
        them, an extract of the ledger, and how to verify all of it (VERIFY.txt). If it was handed to you on a disc, you
        need only the passphrase.
      </p>
      <Facts
        items={[
          ['File', packageNameOf(delivery)],
          ['Size', <span class="pa-number">{sizeText(seal.package.bytes)}</span>],
          ['SHA-256 of the package', <code>{seal.package.sha256}</code>],
          ['SHA-256 of the list inside (manifest.json)', <code>{seal.manifestSha256}</code>],
          ['SHA-256 of the key that signed it (public-key.pem, DER)', <code>{seal.keySha256}</code>],
          ['Sealed', <Moment at={seal.sealedAt} />],
        ]}
      />
      <Notice>
        <p>That the package is downloaded, and that the passphrase is shown, goes on record with the time.</p>
      </Notice>
      <form method="post" action={`${door}/open`} class="pa-form">
        <FormSecret secret={secret} />
        <Actions>
          <Submit kind="outline" name="what" value="package">
            Download the package
          </Submit>
        </Actions>
      </form>
      <form method="post" action={`${door}/passphrase`} class="pa-form">
        <FormSecret secret={secret} />
        <Actions>
          <Submit kind="outline">Show the passphrase</Submit>
        </Actions>
      </form>
    </>
  );
}
