/** What differs between the pages of one question and of another: their titles, their form, and whose they are. */
import { groundOf } from '../../policies/editions/disclosure-grounds.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { signOffClause } from '../../policies/rules/who-may-sign-off.ts';
import { ClauseLink, Notice } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Answer, Decision, Matter } from './contract.ts';
import { DecisionPage } from './decision-page.tsx';
import { DisposalPage, OFFICES } from './disposal-page.tsx';
import { SignOffPage } from './sign-off-page.tsx';
import { policyOf } from './stage.ts';

/** What may be answered. A form that posts anything else is shown again. */
export const ANSWERS: Readonly<Record<Matter['question'], readonly Answer[]>> = {
  'x-ray-use': ['approve', 'decline'],
  disclosure: ['approve', 'decline', 'ask-back'],
  disposition: ['approve', 'decline'],
};

/** The fields a refusal names when who answers is in the way, and when there is nothing left to answer. */
export const NOT_YOURS: readonly string[] = ['decider', 'signer'];
export const SETTLED: readonly string[] = ['requestState', 'state'];

/** What was typed into a form that was refused. */
export interface Typed {
  readonly refusals: readonly Refusal[];
  readonly reason: string;
  readonly acknowledged: boolean;
  readonly kept: readonly string[];
}

export function QuestionPage(props: {
  decision: Decision;
  visitor: Visitor;
  now: Instant;
  action: string;
  typed?: Typed | undefined;
  /** Of a disposal, how the other offices have answered so far. */
  signed?: readonly Decision[] | undefined;
}) {
  const { typed, signed: _, ...asked } = props;
  const { question } = asked.decision.matter;
  if (question === 'disposition')
    return <DisposalPage {...asked} refusals={typed?.refusals} reason={typed?.reason} signed={props.signed} />;
  return question === 'disclosure' ? (
    <SignOffPage {...asked} refusals={typed?.refusals} reason={typed?.reason} kept={typed?.kept} />
  ) : (
    <DecisionPage {...asked} refusals={typed?.refusals} reason={typed?.reason} acknowledged={typed?.acknowledged} />
  );
}

export function headingOf(decision: Decision) {
  const { matter, state, on } = decision;
  if (matter.question === 'disclosure') {
    const title = `${state === 'waiting' ? 'Sign off' : 'The sign-off of'} disclosure ${matter.disclosureId}`;
    const above = (
      <>
        {groundOf(matter.ground).label} <ClauseLink id={clauseOf(decision)} />
      </>
    );
    return { title, above };
  }
  if (matter.question === 'disposition') {
    const above = (
      <>
        {OFFICES[matter.office]} <ClauseLink id={clauseOf(decision)} />
      </>
    );
    const title = `${state === 'waiting' ? 'Sign the destruction of' : 'The signature on'} batch ${matter.dispositionId}`;
    return { title, above };
  }
  return {
    title: state === 'waiting' ? 'Decide on a use of mobile x-ray' : 'A decision on mobile x-ray',
    above: on.replace('use-request#', 'Request '),
  };
}

const SAID: Readonly<Record<Matter['question'], Readonly<Record<Answer, string>>>> = {
  'x-ray-use': { approve: 'You approved this use', decline: 'You declined this use', 'ask-back': 'You asked back' },
  disclosure: {
    approve: 'You signed off this disclosure',
    decline: 'You declined this disclosure',
    'ask-back': 'You asked back about this disclosure',
  },
  disposition: {
    approve: 'You signed the destruction of this batch',
    decline: 'You declined the destruction of this batch',
    'ask-back': 'You asked back about this batch',
  },
};

export const titleAnswered = ({ matter, answer }: Decision): string => SAID[matter.question][answer!.answer];

/** The clause by which the answer is for a named person, of the edition the decision is judged by. */
export function clauseOf(decision: Decision): string {
  const { matter } = decision;
  if (matter.question === 'disposition') return RECORDS_LAW.approvedDisposal.id;
  return matter.question === 'disclosure' ? signOffClause(policyOf(decision).edition, matter.ground) : 'XR26-USE-07';
}

export function ForSomeoneElse({ matter }: { matter: Matter }) {
  return (
    <Notice kind="warning" heading="It works only for the person it was sent to">
      {matter.question === 'disposition' ? (
        <p>
          The destruction of records is signed by the person of the office it was put to. If it should be you, it comes
          to your own mail and desk when it is your turn.
        </p>
      ) : matter.question === 'disclosure' ? (
        <p>
          A disclosure is signed off by the privacy officer or deputy it names. If you hold that office, it comes to
          your own mail and desk when it is your turn.
        </p>
      ) : (
        <p>
          A decision is taken by the executive it names. If you should decide, the bureau’s rota has to name you; the
          decision then comes to your own mail and desk.
        </p>
      )}
    </Notice>
  );
}
