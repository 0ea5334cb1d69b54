/** The signature of an answer, for whoever wants to check it without access to the ledger. */
import { Facts } from '../edge/fields.tsx';
import { signedText } from './answer-signature.ts';
import type { Decision, DisclosureMatter, DispositionMatter } from './contract.ts';

export function Signature({ decision, matter }: { decision: Decision; matter: DisclosureMatter | DispositionMatter }) {
  const { answer } = decision;
  if (!answer?.signature) return null;
  return (
    <details class="pa-quiet">
      <summary>The signature of this answer</summary>
      <Facts
        items={[
          ['Hash of what was answered on', <code>{answer.shownHash}</code>],
          ['What was signed', <code>{signedText(decision, matter, answer)}</code>],
          ['Its hash', <code>{answer.signature.of}</code>],
          ['Signature', <code>{answer.signature.value}</code>],
          ['Key', <code>{answer.signature.keyId}</code>],
        ]}
      />
    </details>
  );
}
