/**
 * The page an office signs the destruction of a batch on: the time that is left, what would be destroyed by number, class,
 * schedule and dates, who else has signed, the hash of the list that the signature is for, a reason, and two buttons.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { SigningOffice } from '../disposition/contract.ts';
import {
  Actions,
  ClauseLink,
  Countdown,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Moment,
  Notice,
  Submit,
  TextArea,
} from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Decision, DispositionMatter } from './contract.ts';
import { Signature } from './signature.tsx';
import { Shown } from './shown-part.tsx';
import { MOST_CHARACTERS } from './too-long.ts';

export const OFFICES: Readonly<Record<SigningOffice, string>> = {
  'records-officer': 'For the department, its records officer',
  'law-department': 'For the Corporation Counsel, the Law Department',
  'records-commissioner': 'For its commissioner, the Department of Records',
};

export function DisposalPage(props: {
  decision: Decision;
  visitor: Visitor;
  now: Instant;
  action: string;
  refusals?: readonly Refusal[] | undefined;
  reason?: string | undefined;
  signed?: readonly Decision[] | undefined;
}) {
  const { decision, visitor, now, action, refusals = [], signed = [] } = props;
  const open = decision.state === 'waiting' && now < decision.lapsesAt;
  const matter = decision.matter as DispositionMatter;
  return (
    <>
      <ErrorSummary refusals={refusals} fields={open ? ['reason'] : []} />
      {open && (
        <>
          <p class="pa-deadline">
            <Countdown until={decision.lapsesAt} now={now} />
          </p>
          <p>
            Unsigned, it lapses then, and its records are kept. Nothing is ever destroyed because nobody answered.{' '}
            <ClauseLink id={HOUSE.daysToSignDisposal.id} />
          </p>
        </>
      )}
      {decision.shown.map((part) => (
        <Shown part={part} />
      ))}
      <p>
        <a href={`/dispositions/${encodeURIComponent(matter.dispositionId)}#records`}>
          Read the list: every record, its dates, and why
        </a>
      </p>
      <section class="pa-shown">
        <h2>Who signs</h2>
        <Facts
          items={signed.flatMap(({ matter: other, answer }) =>
            other.question === 'disposition' ? [[OFFICES[other.office], <Answered answer={answer} />] as const] : [],
          )}
        />
      </section>
      {open ? (
        <form method="post" action={action} class="pa-form">
          <FormSecret visitor={visitor} />
          <input type="hidden" name="shown" value={decision.shownHash} />
          <h2>Your answer</h2>
          <TextArea
            name="reason"
            label="Reason"
            hint={`It stays with your signature. At least ${HOUSE.charactersOfReason.count} characters.`}
            required
            value={props.reason}
            error={errorOf(refusals, 'reason')}
            maxlength={MOST_CHARACTERS}
          />
          <Actions>
            <Submit name="answer" value="approve" kind="danger">
              Sign: these records are destroyed
            </Submit>
            <Submit name="answer" value="decline" kind="outline">
              Decline: they are kept
            </Submit>
          </Actions>
          <p class="usa-hint">
            You sign the list by its hash, with your name, your office and the time. A hold that is placed later still
            wins: what it takes in is left out. <ClauseLink id={RECORDS_LAW.approvedDisposal.id} />
          </p>
        </form>
      ) : (
        <DisposalSettled decision={decision} matter={matter} />
      )}
    </>
  );
}

function Answered({ answer }: { answer: Decision['answer'] | undefined }) {
  if (!answer) return <>not answered yet</>;
  return (
    <>
      {answer.answer === 'approve' ? 'signed' : 'declined'} <Moment at={answer.at} />
    </>
  );
}

const ENDED = {
  answered: 'This has been answered',
  withdrawn: 'This batch is no longer to be signed',
  lapsed: 'The time to sign has passed',
  waiting: 'The time to sign has passed',
} as const;

export function DisposalSettled({ decision, matter }: { decision: Decision; matter: DispositionMatter }) {
  const { answer, state } = decision;
  return (
    <>
      <Notice heading={ENDED[state]} kind={answer ? 'success' : 'info'}>
        {answer ? (
          <p>
            {answer.answer === 'approve' ? 'Signed' : 'Declined'} <Moment at={answer.at} />. Reason: {answer.reason}
          </p>
        ) : (
          <p>There is nothing left to sign.</p>
        )}
        <p>
          <a href={`/dispositions/${encodeURIComponent(matter.dispositionId)}`}>See where the batch stands</a>
        </p>
      </Notice>
      <Signature decision={decision} matter={matter} />
    </>
  );
}
