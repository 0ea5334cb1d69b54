/** How a decision ended, for whoever answered it or comes too late. */
import { nyText } from '../../policies/instant.ts';
import { Clauses, Notice } from '../edge/fields.tsx';
import type { Decision, DisclosureMatter } from './contract.ts';
import { DisposalSettled } from './disposal-page.tsx';
import { partsOf } from './judge-sign-off.ts';
import { Signature } from './signature.tsx';

export function Settled({ decision }: { decision: Decision }) {
  if (decision.matter.question === 'disposition')
    return <DisposalSettled decision={decision} matter={decision.matter} />;
  return decision.matter.question === 'disclosure' ? (
    <SignOffSettled decision={decision} matter={decision.matter} />
  ) : (
    <UseSettled decision={decision} />
  );
}

const USE_ENDED = {
  answered: 'This has been decided',
  withdrawn: 'This request was withdrawn',
  lapsed: 'This request has lapsed undecided',
  waiting: 'The time to decide has passed',
} as const;

function UseSettled({ decision }: { decision: Decision }) {
  const { answer } = decision;
  return (
    <Notice heading={USE_ENDED[decision.state]} kind={answer ? 'success' : 'info'}>
      {answer ? (
        <>
          <p>
            {answer.answer === 'approve' ? 'Approved' : 'Declined'} {nyText(answer.at)}. Reason: {answer.reason}
          </p>
          <Clauses ids={answer.clauses} />
        </>
      ) : (
        <p>There is nothing left to decide. If the need remains, a new request is made.</p>
      )}
      <p>
        <a href={`/requests/${decision.on.replace('use-request#', '')}`}>See where the request stands</a>
      </p>
    </Notice>
  );
}

const SIGN_OFF_ENDED = {
  answered: 'This has been answered',
  withdrawn: 'This disclosure was withdrawn',
  lapsed: 'This has lapsed and was not approved',
  waiting: 'The time to sign off has passed',
} as const;

function SignOffSettled({ decision, matter }: { decision: Decision; matter: DisclosureMatter }) {
  const { answer } = decision;
  return (
    <>
      <Notice heading={SIGN_OFF_ENDED[decision.state]} kind={answer ? 'success' : 'info'}>
        {answer ? (
          <>
            <p>
              {saidOf(decision)} {nyText(answer.at)}.
            </p>
            <p>
              {answer.answer === 'ask-back' ? 'Question' : 'Reason'}: {answer.reason}
            </p>
            {answer.answer === 'ask-back' && (
              <p>It goes to whoever asked for the disclosure. Their answer comes back as a new sign-off.</p>
            )}
            <Clauses ids={answer.clauses} />
          </>
        ) : (
          <p>There is nothing left to decide, and nothing has left.</p>
        )}
        <p>
          <a href={`/disclosures/${matter.disclosureId}`}>See where the disclosure stands</a>
        </p>
      </Notice>
      <Signature decision={decision} matter={matter} />
    </>
  );
}

function saidOf(decision: Decision): string {
  const { answer, kept } = decision.answer!;
  if (answer === 'decline') return 'Declined';
  if (answer === 'ask-back') return 'Asked back';
  return kept
    ? `Approved in part: ${kept.length} of ${partsOf(decision).length} things may leave, answered`
    : 'Approved';
}
