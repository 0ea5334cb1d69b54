/**
 * The page a privacy officer signs off on, made for a phone and one minute: the time that is left, what to look at
 * twice, exactly what would leave with a tick before each thing, a reason, and three buttons.
 */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import {
  Actions,
  ClauseLink,
  Countdown,
  ErrorSummary,
  errorOf,
  FormSecret,
  Notice,
  Submit,
  Tag,
  TextArea,
} from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Decision, ShownPart } from './contract.ts';
import { Settled } from './settled.tsx';
import { Lines, Shown } from './shown-part.tsx';
import { MOST_CHARACTERS } from './too-long.ts';

export function SignOffPage(props: {
  decision: Decision;
  visitor: Visitor;
  now: Instant;
  action: string;
  refusals?: readonly Refusal[] | undefined;
  reason?: string | undefined;
  /** What was ticked, where a refused answer is shown again. */
  kept?: readonly string[] | undefined;
}) {
  const { decision, visitor, now, action, refusals = [] } = props;
  const { shown } = decision;
  const open = decision.state === 'waiting' && now < decision.lapsesAt;
  const first = shown.findIndex(({ id }) => id !== undefined);
  const before = first < 0 ? shown : shown.slice(0, first);
  const after = first < 0 ? [] : shown.slice(first).filter(({ id }) => id === undefined);
  const parts = shown.filter(({ id }) => id !== undefined);
  return (
    <>
      <ErrorSummary refusals={refusals} fields={open ? ['reason', 'keep'] : []} />
      {open && (
        <>
          <p class="pa-deadline">
            <Countdown until={decision.lapsesAt} now={now} />
          </p>
          <p>
            Unanswered, it lapses then. It is never approved by itself. <ClauseLink id={HOUSE.daysToSignOff.id} />
          </p>
          <LookTwice shown={shown} />
        </>
      )}
      {open ? (
        <form method="post" action={action} class="pa-form">
          {/* The first button is the one Return presses: none, so that Return in a check box approves nothing. */}
          <button type="submit" disabled hidden></button>
          <FormSecret visitor={visitor} />
          <input type="hidden" name="shown" value={decision.shownHash} />
          {before.map((part) => (
            <Shown part={part} />
          ))}
          <Leaving parts={parts} kept={props.kept} error={errorOf(refusals, 'keep')} />
          {after.map((part) => (
            <Shown part={part} />
          ))}
          <h2>Your answer</h2>
          <TextArea
            name="reason"
            label="Reason, or what you ask back"
            hint={`It stays with your answer. At least ${HOUSE.charactersOfReason.count} characters.`}
            required
            value={props.reason}
            error={errorOf(refusals, 'reason')}
            maxlength={MOST_CHARACTERS}
          />
          <Actions>
            <Submit name="answer" value="approve">
              Approve what is ticked
            </Submit>
            <Submit name="answer" value="decline" kind="outline">
              Decline
            </Submit>
            <Submit name="answer" value="ask-back" kind="outline">
              Ask back
            </Submit>
          </Actions>
          <p class="usa-hint">
            What you see above is hashed into your answer, with your name, your office and the time, and signed. Asking
            back sends your question to whoever asked, and decides nothing.
          </p>
        </form>
      ) : (
        <>
          {before.map((part) => (
            <Shown part={part} />
          ))}
          {parts.map((part) => (
            <section class="pa-shown">
              <h2>
                {part.heading} <Fate decision={decision} id={part.id!} />
              </h2>
              <Lines part={part} />
            </section>
          ))}
          {after.map((part) => (
            <Shown part={part} />
          ))}
          <Settled decision={decision} />
        </>
      )}
    </>
  );
}

/** What contradicts or is missing, gathered before everything else; each stands in its place below too. */
function LookTwice({ shown }: { shown: readonly ShownPart[] }) {
  const warnings = shown.flatMap(({ lines }) => lines.filter(({ warning }) => warning));
  if (warnings.length === 0) return null;
  return (
    <Notice
      kind="warning"
      heading={warnings.length === 1 ? 'Look at this twice' : `Look at these ${warnings.length} twice`}
    >
      <ul class="usa-list">
        {warnings.map(({ label, text, clause }) => (
          <li>
            {label}: {text} {clause && <ClauseLink id={clause} />}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Each thing that would leave, ticked until the officer unticks it: narrowing is one tap. */
function Leaving(props: {
  parts: readonly ShownPart[];
  kept: readonly string[] | undefined;
  error: string | undefined;
}) {
  const { parts, kept, error } = props;
  if (parts.length === 0) return null;
  return (
    <fieldset class="usa-fieldset pa-leaving" aria-describedby={error ? 'keep-hint keep-error' : 'keep-hint'}>
      <legend class="usa-legend">
        <h2>What leaves</h2>
      </legend>
      <span class="usa-hint" id="keep-hint">
        What is ticked leaves if you approve. Untick what stays here.
      </span>
      {error && (
        <span class="usa-error-message" id="keep-error">
          <span class="usa-sr-only">Error: </span>
          {error}
        </span>
      )}
      {parts.map((part, index) => {
        const id = index === 0 ? 'keep' : `keep-${index + 1}`;
        return (
          <>
            <div class="usa-checkbox">
              <input
                class="usa-checkbox__input usa-checkbox__input--tile"
                type="checkbox"
                id={id}
                name="keep"
                value={part.id}
                checked={kept?.includes(part.id!) ?? true}
                aria-describedby={`${id}-what`}
              />
              <label class="usa-checkbox__label" for={id}>
                {part.heading}
              </label>
            </div>
            <div id={`${id}-what`}>
              <Lines part={part} />
            </div>
          </>
        );
      })}
    </fieldset>
  );
}

function Fate({ decision: { answer }, id }: { decision: Decision; id: string }) {
  if (answer?.answer !== 'approve') return null;
  return answer.kept && !answer.kept.includes(id) ? (
    <Tag kind="plain">stays here</Tag>
  ) : (
    <Tag kind="good">may leave</Tag>
  );
}
