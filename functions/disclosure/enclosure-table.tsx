/** What is enclosed: each original beside the redacted copies of it, with its SHA-256, so that nobody takes one for the other. */
import type { Child } from 'hono/jsx';
import { nyText } from '../../policies/instant.ts';
import { FormSecret, Moment, Nothing, Tag } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Disclosure, Enclosure, StoredFile } from './contract.ts';

type RedactedCopy = Extract<Enclosure, { kind: 'redacted-copy' }>;

export interface EnclosureTableProps {
  readonly disclosure: Disclosure;
  readonly names: ReadonlyMap<string, string>;
  /** Who may take something out; undefined shows the table alone. */
  readonly changedBy?: Visitor | undefined;
}

export function EnclosureTable({ disclosure, names, changedBy }: EnclosureTableProps) {
  const { enclosures } = disclosure;
  if (enclosures.length === 0) return <Nothing>Nothing is enclosed yet: nothing would leave.</Nothing>;
  const copies = enclosures.filter((one) => one.kind === 'redacted-copy');
  const others = enclosures.filter((one) => one.kind !== 'redacted-copy');
  const isOf = (copy: RedactedCopy, one: Enclosure): boolean =>
    copy.madeOf === one.id || (one.kind === 'image' && copy.madeOf === one.imageId);
  const alone = copies.filter((copy) => !others.some((one) => isOf(copy, one)));
  const cell = (one: Enclosure, label: string) => (
    <One enclosure={one} label={label} disclosure={disclosure} names={names} changedBy={changedBy} />
  );
  return (
    <table class="usa-table usa-table--stacked pa-enclosures">
      <caption>The redacted copies stand beside the originals they were made of</caption>
      <thead>
        <tr>
          <th scope="col">Original or number</th>
          <th scope="col">Redacted copy</th>
        </tr>
      </thead>
      <tbody>
        {others.map((one) => (
          <tr>
            <td data-label="Original or number">{cell(one, one.label)}</td>
            <td data-label="Redacted copy">
              {copies.filter((copy) => isOf(copy, one)).map((copy) => cell(copy, `Redacted copy of ${one.label}`))}
            </td>
          </tr>
        ))}
        {alone.map((copy) => (
          <tr>
            <td data-label="Original or number">
              <p>{copy.madeOf}. The original is not enclosed and stays here.</p>
            </td>
            <td data-label="Redacted copy">{cell(copy, `Redacted copy of ${copy.madeOf}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const KIND: Readonly<Record<Enclosure['kind'], string>> = {
  image: 'Untouched original of a kept image',
  'redacted-copy': 'Redacted copy',
  record: 'Record of another system',
  count: 'Number that identifies nobody',
};

function One(props: EnclosureTableProps & { readonly enclosure: Enclosure; readonly label: string }) {
  const { enclosure, label, disclosure, names, changedBy } = props;
  const { leftOut } = enclosure;
  const who = (id: string): string => names.get(id) ?? id;
  return (
    <div class="pa-enclosure">
      <p class="pa-list__what">{label}</p>
      <p class="pa-list__more">
        {KIND[enclosure.kind]}
        {detailOf(enclosure)}
      </p>
      <File enclosure={enclosure} disclosureId={disclosure.id} changedBy={changedBy} />
      {leftOut ? (
        <p class="pa-list__more">
          <Tag kind="bad">Left out</Tag> by {who(leftOut.by)}, <Moment at={leftOut.at} />. It does not leave.
        </p>
      ) : (
        <p class="pa-list__more">
          Enclosed by {who(enclosure.addedBy)}, <Moment at={enclosure.addedAt} />
        </p>
      )}
      {changedBy && !leftOut && (
        <form method="post" action={`/disclosures/${disclosure.id}/enclosures/${enclosure.id}/leave-out`}>
          <FormSecret visitor={changedBy} />
          <button class="usa-button usa-button--outline" type="submit">
            Take out<span class="usa-sr-only">: {label}</span>
          </button>
        </form>
      )}
    </div>
  );
}

function detailOf(enclosure: Enclosure): Child {
  switch (enclosure.kind) {
    case 'image':
      return (
        <>
          {': '}
          <a href={`/images/${enclosure.imageId}`}>{enclosure.imageId}</a>, case {enclosure.caseNumber}
        </>
      );
    case 'redacted-copy':
      return `: ${enclosure.label} (${enclosure.fileName}). Taken out: ${enclosure.whatWasRedacted}`;
    case 'record':
      return `: ${enclosure.system}, ${enclosure.reference}${enclosure.capturedAt ? `, of ${nyText(enclosure.capturedAt)}` : ''}. ${enclosure.fileName}`;
    case 'count':
      return `: ${enclosure.text}`;
  }
}

/** The file as it lies in the store, by the first letters of its SHA-256; or the way to send it. */
function File(props: { enclosure: Enclosure; disclosureId: string; changedBy: Visitor | undefined }) {
  const { enclosure, disclosureId, changedBy } = props;
  if (enclosure.kind === 'count') return null;
  if (enclosure.file) return <Stored file={enclosure.file} />;
  if (enclosure.leftOut) return null;
  return (
    <p>
      <Tag kind="waiting">Awaits its file</Tag>{' '}
      {changedBy && <a href={`/disclosures/${disclosureId}/files/${enclosure.id}`}>Send the file</a>}
    </p>
  );
}

function Stored({ file }: { file: StoredFile }) {
  return (
    <p class="pa-list__more">
      {file.bytes.toLocaleString('en-US')} bytes, SHA-256{' '}
      <code title={file.sha256}>
        {file.sha256.slice(0, 12)}
        <span aria-hidden="true">…</span>
      </code>
    </p>
  );
}
