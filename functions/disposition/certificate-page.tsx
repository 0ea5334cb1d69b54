/** A certificate of destruction, to read and to print, and how to check it without us. */
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { nyText } from '../../policies/instant.ts';
import { ClauseLink, Facts } from '../edge/fields.tsx';
import { certificateText } from './certificate.ts';
import type { Certificate } from './contract.ts';
import { hrefOf, records } from './disposition-list.tsx';
import { bytesText, OFFICE_TITLES, TECHNOLOGIES } from './labels.ts';

export function CertificatePage(props: {
  certificate: Certificate;
  names: ReadonlyMap<string, string>;
  scheduleTitle: string;
}) {
  const { certificate, names, scheduleTitle } = props;
  const { says, signature } = certificate;
  const file = `${hrefOf(certificate.dispositionId)}/certificate`;
  return (
    <>
      <p class="pa-starts pa-no-print">
        <a class="usa-button" href={`${file}/file`}>
          Download the certificate and its list
        </a>{' '}
        <a class="usa-button usa-button--outline" href={`${file}/key`}>
          Download the public key
        </a>
      </p>
      <article class="pa-sheet" aria-label="The certificate">
        <h2>Certificate of destruction {certificate.id}</h2>
        <p>
          {records(says.records)} of {TECHNOLOGIES[says.technology].toLowerCase()} were destroyed between{' '}
          {nyText(says.destroyedFrom)} and {nyText(says.destroyedUntil)}, under an approved schedule and with the
          approval of three offices. <ClauseLink id={RECORDS_LAW.approvedDisposal.id} />
        </p>
        <Facts
          items={[
            ['Class', says.classId],
            ['Schedule', `${scheduleTitle} (${says.scheduleId})`],
            ['Files', `${bytesText(says.bytes)} in ${says.versions} version${says.versions === 1 ? '' : 's'}`],
            ['How', says.method],
            ...says.signatures.map(
              ({ office, personId, at, decisionId }) =>
                [
                  OFFICE_TITLES[office],
                  `${names.get(personId) ?? personId}, ${nyText(at)}, decision ${decisionId}`,
                ] as const,
            ),
            ['Hash of the list', <code>{says.listSha256}</code>],
            ['Signature', <code>{signature.value}</code>],
            ['Key', <code>{signature.keyId}</code>],
          ]}
        />
      </article>
      <details class="pa-quiet pa-no-print">
        <summary>How to check it without us</summary>
        <p>
          The download holds what was signed, the signature, and the list: the number, hash and time of each record, one
          line each. With the public key: <code>npm run verify-certificate -- FILE KEY</code>. By hand, this text is
          what was signed (ECDSA on P-256 with SHA-256), and the list has the hash it names.
        </p>
        <p>
          <code>{certificateText(says)}</code>
        </p>
      </details>
    </>
  );
}
