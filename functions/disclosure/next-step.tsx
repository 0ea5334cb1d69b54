/** What is next for whoever looks: the requester completes and sends, the officer decides, the recipient collects. */
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { ClauseLink, Countdown, errorOf, FormSecret, Notice, Submit, TextArea } from '../edge/fields.tsx';
import { fieldsFor, ledInto } from './disclosure-form.tsx';
import { isOwed, isOwn, isTended, type DisclosureView } from './disclosure-view.ts';
import { MOST } from './typed-answers.ts';

export function NextStep(view: DisclosureView) {
  const { disclosure } = view;
  const next = nextOf(view);
  const tended = isTended(view);
  return (
    <>
      {next && <p>{next}</p>}
      {tended && disclosure.state === 'preparing' && <Prepare {...view} />}
      {tended && disclosure.state === 'completing' && <Complete {...view} />}
      {disclosure.state === 'deciding' && asksVisitor(view) && (
        <p class="pa-screen">
          <a class="usa-button" href={`/decisions/${disclosure.decisionId}`}>
            Decide
          </a>
        </p>
      )}
      <ReportExigency {...view} />
      {isOwn(view) && ['preparing', 'checking', 'completing', 'deciding'].includes(disclosure.state) && (
        <WithReason
          view={view}
          act="withdraw"
          what="Withdraw this disclosure"
          label="Why is it withdrawn?"
          button="Withdraw"
        />
      )}
      {tended && disclosure.state === 'released' && (
        <WithReason
          view={view}
          act="revoke"
          what="Revoke this release"
          label="Why is it revoked?"
          button="Revoke"
          hint="The link stops at once, and the recipient is told. What was opened before stays opened."
        />
      )}
    </>
  );
}

const asksVisitor = ({ decision, visitor }: DisclosureView): boolean =>
  decision?.state === 'waiting' && decision.asked.some(({ personId }) => personId === visitor.personId);

function nextOf(view: DisclosureView): string | undefined {
  const { disclosure, decision, names, visitor } = view;
  const who = (id: string): string => (id === visitor.personId ? 'you' : (names.get(id) ?? id));
  const requester = who(disclosure.requesterId);
  switch (disclosure.state) {
    case 'preparing':
      return `Next, by ${requester}: say what would leave, complete it, and send it to be checked. Nothing runs before that.`;
    case 'checking':
      return 'Next: it is checked against policy and law, which takes a moment. Load this page again.';
    case 'completing':
      return `Next, by ${requester}: ${disclosure.askedBack ? 'answer the privacy officer' : 'supply what is missing'}, and send it again.`;
    case 'deciding': {
      const asked = decision?.asked.at(-1);
      return `Next, by ${asked ? who(asked.personId) : 'the privacy officer'}: decide. The link is in the mail and on the desk.`;
    }
    case 'released':
      return 'Next, by the recipient: collect it and confirm receipt.';
    default:
      return undefined;
  }
}

/** What the rules find now, apart from what is the officer's to give. */
const missingNow = ({ judgement: { answer } }: DisclosureView): readonly Refusal[] =>
  answer.kind === 'refused'
    ? answer.because
    : answer.kind === 'needs'
      ? answer.needs.filter(({ need }) => need !== 'officer-approval')
      : [];

/** Each thing that is missing leads to where it is supplied. */
function Missing({ view, missing }: { view: DisclosureView; missing: readonly Refusal[] }) {
  const { id, asked } = view.disclosure;
  const { kind } = asked.recipient;
  const fields = fieldsFor(kind);
  return (
    <Notice
      kind="warning"
      heading={missing.length === 1 ? 'One thing is missing' : `${missing.length} things are missing`}
    >
      <ul class="usa-list">
        {ledInto(kind, missing).map(({ clause, field, found, expected, todo }) => (
          <li>
            Found {found}; expected {expected}.{' '}
            {field === 'enclosures' ? (
              <a href={`/disclosures/${id}/enclosures`}>{todo}</a>
            ) : fields.includes(field) ? (
              <a href={`/disclosures/${id}/change#${field}`}>{todo}</a>
            ) : (
              todo
            )}{' '}
            <ClauseLink id={clause} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Prepare(view: DisclosureView) {
  const missing = missingNow(view);
  return (
    <>
      {missing.length > 0 && <Missing view={view} missing={missing} />}
      <SendForm view={view} words={missing.length > 0 ? 'Send it as it is' : 'Send it to be checked'} />
    </>
  );
}

function Complete(view: DisclosureView) {
  const { askedBack } = view.disclosure;
  const missing = missingNow(view);
  return (
    <>
      {askedBack && (
        <Notice heading={`${view.names.get(askedBack.by) ?? askedBack.by} asks`}>
          <p class="pa-quote">{askedBack.question}</p>
        </Notice>
      )}
      {missing.length > 0 && <Missing view={view} missing={missing} />}
      <SendForm view={view} words="Send it again" />
    </>
  );
}

function SendForm({ view, words }: { view: DisclosureView; words: string }) {
  const { disclosure, visitor, refusals, typed } = view;
  return (
    <form method="post" action={`/disclosures/${disclosure.id}/send`} class="pa-form pa-screen" novalidate>
      <FormSecret visitor={visitor} />
      {disclosure.askedBack && (
        <TextArea
          name="answerToOfficer"
          label="Your answer to the privacy officer"
          required
          value={typed?.('answerToOfficer')}
          error={errorOf(refusals, 'answerToOfficer')}
          maxlength={MOST.text}
        />
      )}
      {disclosure.requesterId !== visitor.personId && (
        <p>
          If you change it or enclose something, somebody else of the privacy office signs it off.{' '}
          <ClauseLink id="house-not-your-own-disclosure" />
        </p>
      )}
      <div class="pa-actions pa-actions--still">
        <a class="usa-button usa-button--outline" href={`/disclosures/${disclosure.id}/enclosures`}>
          Enclose something
        </a>
        <a class="usa-button usa-button--outline" href={`/disclosures/${disclosure.id}/change`}>
          Change what is asked
        </a>
        <Submit>{words}</Submit>
      </div>
    </form>
  );
}

/** The privacy office tells; everybody else is told that it will. */
function ReportExigency(view: DisclosureView) {
  const { disclosure, visitor, now } = view;
  if (!isOwed(view)) return null;
  return (
    <Notice kind="warning" heading="The Chief Privacy Officer is yet to be told">
      <p>
        What left in exigent circumstances is explained to the City’s Chief Privacy Officer by the privacy office, as
        soon as practicable. <ClauseLink id="nyc-23-1202-d" />
      </p>
      {disclosure.explainBy && (
        <p>
          <Countdown until={disclosure.explainBy} now={now} />
        </p>
      )}
      {mayDo(visitor.roles, 'decide-disclosure') && (
        <p class="pa-screen">
          <a class="usa-button" href={`/disclosures/${disclosure.id}/exigency`}>
            Read the report and send it
          </a>
        </p>
      )}
    </Notice>
  );
}

function WithReason(props: {
  view: DisclosureView;
  act: 'withdraw' | 'revoke';
  what: string;
  label: string;
  button: string;
  hint?: string;
}) {
  const { view, act, what, label, button, hint } = props;
  const error = errorOf(view.refusals, 'reason');
  return (
    <details class="pa-quiet pa-screen" open={error !== undefined}>
      <summary>{what}</summary>
      <form method="post" action={`/disclosures/${view.disclosure.id}/${act}`} class="pa-form" novalidate>
        <FormSecret visitor={view.visitor} />
        <TextArea
          name="reason"
          label={label}
          hint={hint}
          required
          rows={2}
          value={view.typed?.('reason')}
          error={error}
          maxlength={MOST.text}
        />
        <div class="pa-actions pa-actions--still">
          <Submit kind="danger">{button}</Submit>
        </div>
      </form>
    </details>
  );
}
