/** The page an executive decides on: exactly what is decided, the time that is left, a reason, and two buttons. */
import type { Instant } from '../../policies/instant.ts';
import { PUBLIC_KEPT_OUT_ACKNOWLEDGEMENT } from '../../policies/public-text.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  Checkbox,
  ClauseLink,
  Countdown,
  ErrorSummary,
  errorOf,
  FormSecret,
  Notice,
  Submit,
  TextArea,
} from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Decision } from './contract.ts';
import { Settled } from './settled.tsx';
import { Shown } from './shown-part.tsx';
import { MOST_CHARACTERS } from './too-long.ts';

const FIELDS = ['reason', 'acknowledgesPublicKeptOut'];

export function DecisionPage(props: {
  decision: Decision;
  visitor: Visitor;
  now: Instant;
  action: string;
  refusals?: readonly Refusal[] | undefined;
  reason?: string | undefined;
  acknowledged?: boolean | undefined;
}) {
  const { decision, visitor, now, action, refusals = [] } = props;
  const open = decision.state === 'waiting' && now < decision.lapsesAt;
  return (
    <>
      <ErrorSummary refusals={refusals} fields={FIELDS} />
      {open && (
        <>
          <p class="pa-deadline">
            <Countdown until={decision.lapsesAt} now={now} />
          </p>
          <p>
            Undecided, it lapses then. It is never approved by itself. <ClauseLink id="XR26-USE-07" />
          </p>
        </>
      )}
      {'requesterId' in decision.matter && decision.matter.requesterId === visitor.personId && (
        <Notice kind="warning" heading="You would decide a request of your own">
          The bureau’s executives may elect to use the device themselves. The record says that you asked and that you
          decided. <ClauseLink id="XR26-USE-08" />
        </Notice>
      )}
      {decision.shown.map((part) => (
        <Shown part={part} />
      ))}
      {open ? (
        <form method="post" action={action} class="pa-form">
          <FormSecret visitor={visitor} />
          <input type="hidden" name="shown" value={decision.shownHash} />
          <h2>Your decision</h2>
          <Checkbox
            name="acknowledgesPublicKeptOut"
            label={PUBLIC_KEPT_OUT_ACKNOWLEDGEMENT.paragraphs[0]!}
            hint="Needed to approve."
            checked={props.acknowledged}
            error={errorOf(refusals, 'acknowledgesPublicKeptOut')}
          />
          <TextArea
            name="reason"
            label="Reason"
            hint="It stays with the decision. At least ten characters."
            required
            value={props.reason}
            error={errorOf(refusals, 'reason')}
            maxlength={MOST_CHARACTERS}
          />
          <Actions>
            <Submit name="answer" value="approve">
              Approve this use
            </Submit>
            <Submit name="answer" value="decline" kind="outline">
              Decline
            </Submit>
          </Actions>
          <p class="usa-hint">What you see above is hashed into your decision, with your name, rank and the time.</p>
        </form>
      ) : (
        <Settled decision={decision} />
      )}
    </>
  );
}
