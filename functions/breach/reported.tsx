/** What a reporter said, as they said it. */
import { nyText } from '../../policies/instant.ts';
import { Facts } from '../edge/fields.tsx';
import type { Breach } from './contract.ts';
import { RECIPIENT_LABELS, TECHNOLOGY_LABELS } from './labels.ts';
import { Part } from './part.tsx';

export function Reported({ breach, names }: { breach: Breach; names: ReadonlyMap<string, string> }) {
  const { given, reportedAt, reporterId } = breach;
  return (
    <Part id="reported" heading="What was reported">
      <Facts
        items={[
          ['What happened', given.what],
          ['How', given.how],
          ['Technology', TECHNOLOGY_LABELS[given.technology]],
          ['Discovered', nyText(given.discoveredAt)],
          given.occurredAt !== undefined && ['Happened', nyText(given.occurredAt)],
          ['To whom', `${given.toWhom} (${RECIPIENT_LABELS[given.recipient]})`],
          given.disclosureId !== undefined && ['Disclosure', given.disclosureId],
          ['Reported by', `${names.get(reporterId) ?? reporterId}, ${nyText(reportedAt)}`],
        ]}
      />
    </Part>
  );
}
