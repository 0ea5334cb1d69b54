/** What is known of an image: what its uploader said, and what its file is. */
import { Facts, Moment } from '../edge/fields.tsx';
import type { Image } from './contract.ts';
import type { ImageView } from './image-view.ts';
import { labelOf } from './kinds.ts';

export function Said({ image, names }: ImageView) {
  const { filed } = image;
  const typedBy = ` (typed by ${names.get(image.uploaderId) ?? image.uploaderId})`;
  return (
    <section>
      <h2>What its uploader said</h2>
      <Facts
        items={[
          ['Request', <a href={`/requests/${image.requestId}`}>{image.requestId}</a>],
          [
            'Deployment and device',
            <>
              <a href={`/deployments/${filed.deploymentId}`}>{filed.deploymentId}</a>, {filed.deviceId}
            </>,
          ],
          [
            'Downloaded',
            <>
              {filed.downloadedBy}, <Moment at={filed.downloadedAt} />
            </>,
          ],
          ['Carried on', filed.medium],
          filed.lateReason ? ['Reason for the delay', filed.lateReason] : undefined,
          [
            'Filed',
            <>
              {names.get(image.uploaderId) ?? image.uploaderId}, <Moment at={image.filedAt} />
            </>,
          ],
          image.uploadedAt ? ['Uploaded', <Moment at={image.uploadedAt} />] : undefined,
          ['Case', filed.caseNumber],
          ['Why it matters', filed.relevance],
          filed.location ? ['Place', filed.location + typedBy] : undefined,
          filed.plate ? ['Plate', filed.plate + typedBy] : undefined,
          filed.fileName ? ['Name on the medium', filed.fileName] : undefined,
          ['Declared as', labelOf(filed.declaredKind)],
          ['Judged by', `edition ${image.edition}`],
        ]}
      />
    </section>
  );
}

export function File({ image }: { image: Image }) {
  const { checked, stored } = image;
  if (!checked) return null;
  return (
    <section>
      <h2>The file</h2>
      <Facts
        items={[
          [
            'Kind by its content',
            checked.dicos ? 'DICOM or DICOS, kept as an opaque original' : labelOf(checked.contentKind),
          ],
          ['Size', `${checked.bytes.toLocaleString('en-US')} bytes`],
          ['SHA-256', <code>{checked.sha256}</code>],
          image.filed.sha256
            ? ['SHA-256 in the browser', image.filed.sha256 === checked.sha256 ? 'the same' : 'another']
            : undefined,
          checked.findings.length > 0
            ? ['Found in it', checked.findings.map(({ kind, where }) => `${kind}: ${where}`).join('; ')]
            : undefined,
          stored ? ['Stored', <Moment at={stored.storedAt} />] : undefined,
        ]}
      />
    </section>
  );
}
