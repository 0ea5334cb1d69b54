/** One thing on file, on a page of its own: what it says, how it stands, what rests on it, and how it is ended. */
import type { Child } from 'hono/jsx';
import { nyDateText, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  ClauseLink,
  Clauses,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Moment,
  Nothing,
  Notice,
  Submit,
  Tag,
  TextArea,
  Timeline,
  type TagKind,
} from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { judgedNow, mustEnd } from './access-sheet.ts';
import type {
  OnFile,
  RegisteredAccess,
  RegisteredAgreement,
  RegisteredDesignation,
  RegisteredPreApproval,
} from './contract.ts';
import type { Tried } from './entry-forms.tsx';
import { coverLabel, LEVEL_LABELS, REACH_LABELS, recipientLabel, technologyLabel } from './labels.ts';
import { MOST_LONG } from './needs.ts';
import { standingOf, STANDING_LABELS } from './on-file-sheets.ts';
import { quarterText, type Provision } from './provisions.ts';

type Items = readonly (readonly [Child, Child] | false)[];

export const agreementFacts = (one: RegisteredAgreement): Items => [
  ['With', one.with],
  ['Where the signed paper is', one.reference],
  ['Technologies', one.technologies.map(technologyLabel).join(', ')],
];

export const preApprovalFacts = (one: RegisteredPreApproval): Items => [
  ['Reference', one.reference],
  ['Covers', one.covers.map(coverLabel).join('\n')],
];

export const designationFacts = (one: RegisteredDesignation): Items => [
  ['Why', one.why],
  ['Kinds of disclosure', one.covers.map(coverLabel).join('\n')],
  ['Kinds of recipients', one.recipients.map(recipientLabel).join('\n')],
];

export const accessFacts = (one: RegisteredAccess): Items => [
  ['Level of government', LEVEL_LABELS[one.level]],
  ['Technology', technologyLabel(one.technology)],
  ['System', one.facts.system],
  ['What it reaches', REACH_LABELS[one.facts.reaches]],
  ['How far', one.extent],
  one.facts.agreement !== undefined && [
    'Agreement',
    <a href={`/registers/agreements/${encodeURIComponent(one.facts.agreement.agreementId)}`}>
      {one.facts.agreement.agreementId}
    </a>,
  ],
  [
    'Judged when recorded',
    <>
      {one.allowed ? 'Allowed' : 'Not allowed'} by {one.edition} <Clauses ids={one.clauses} />
    </>,
  ],
];

const TAGS: Readonly<Record<ReturnType<typeof standingOf>, TagKind>> = {
  'to-come': 'plain',
  good: 'good',
  'ends-soon': 'waiting',
  over: 'plain',
  ended: 'plain',
};

export function EntryPage(props: {
  readonly entry: OnFile;
  readonly facts: Items;
  readonly names: ReadonlyMap<string, string>;
  readonly now: Instant;
}) {
  const { entry, facts, names, now } = props;
  const { from, until, recordedAt, recordedBy, ended } = entry;
  const standing = standingOf(entry, now);
  const nameOf = (id: string): string => names.get(id) ?? id;
  return (
    <>
      <p>
        <Tag kind={TAGS[standing]}>{STANDING_LABELS[standing]}</Tag>
      </p>
      <Facts items={[...facts, ['First day', nyDateText(from)], ['Last day', until ? nyDateText(until) : 'Open']]} />
      <h2>What happened</h2>
      <Timeline
        entries={[
          { at: recordedAt, what: 'Put on file', who: `by ${nameOf(recordedBy)}` },
          ...(ended
            ? [
                {
                  at: ended.at,
                  what: 'Ended',
                  who: `by ${nameOf(ended.by)}`,
                  detail: <p class="pa-quote">{ended.why}</p>,
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

export function AccessStands({ access, now }: { access: RegisteredAccess; now: Instant }) {
  if (!mustEnd(access, now)) return null;
  const { edition, refusals } = judgedNow(access, now);
  return (
    <Notice kind="error" heading="This access must end">
      <p>The policy in force today, {edition}, does not allow it. It stays in the register with its dates.</p>
      <ul class="usa-list">
        {refusals.map(({ found, expected, todo, clause }) => (
          <li>
            Found {found}; expected {expected}. To do: {todo}. <ClauseLink id={clause} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What was released under it in a quarter; each is a row of the register of provisions. */
export function Resting({
  id,
  provisions,
  quarter,
}: {
  id: string;
  provisions: readonly Provision[];
  quarter: string;
}) {
  return (
    <>
      <h2>What rests on it</h2>
      {provisions.length === 0 ? (
        <Nothing>Nothing was released under it in {quarterText(quarter)}.</Nothing>
      ) : (
        <ul class="pa-list">
          {provisions.map((one) => (
            <li>
              <p class="pa-list__what">
                <a href={`/disclosures/${encodeURIComponent(one.id)}`}>{one.id}</a>
              </p>
              <p class="pa-list__more">
                {one.asked.addressee.organization || recipientLabel(one.asked.recipient.kind)},{' '}
                <Moment at={one.release.at} />
              </p>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`/registers/provisions?quarter=${quarter}&under=${encodeURIComponent(id)}`}>
          These in the register of provisions, for this and other quarters
        </a>
      </p>
    </>
  );
}

export function EndForm(props: {
  readonly action: string;
  readonly visitor: Visitor;
  readonly tried: Tried | undefined;
  readonly says: string;
}) {
  const { action, visitor, tried, says } = props;
  const because: readonly Refusal[] | undefined = tried?.because;
  return (
    <>
      <h2>End it</h2>
      <form class="pa-form" method="post" action={action}>
        {because && <ErrorSummary refusals={because} fields={['why']} />}
        <FormSecret visitor={visitor} />
        <TextArea
          name="why"
          label="Why it ends"
          hint={says}
          required
          maxlength={MOST_LONG}
          value={tried?.form.text('why')}
          error={errorOf(because, 'why')}
        />
        <Actions>
          <Submit kind="danger">End it now</Submit>
        </Actions>
      </form>
    </>
  );
}
