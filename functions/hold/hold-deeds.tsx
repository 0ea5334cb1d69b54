/** What can be done to a hold on its page, each for whom may: review it, hand it over, release it. */
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  ErrorSummary,
  errorOf,
  FormSecret,
  Notice,
  Select,
  Submit,
  TextArea,
  TextField,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Person } from '../records/standing.ts';
import { isAskedOf } from './acknowledge-hold.ts';
import { MOST_CHARACTERS } from './asked.ts';
import type { Hold } from './contract.ts';
import { asksForEnd } from './release-hold.ts';
import { mayTend } from './tend-hold.ts';

export type Deed = 'acknowledge' | 'custodians' | 'review' | 'owner' | 'release';

/** A form of the page that was refused. Its fields carry the name of the deed, since several forms stand on one page. */
export interface DeedTried {
  readonly deed: Deed;
  readonly form: Form;
  readonly refusals: readonly Refusal[];
}

export const fieldOf = (deed: Deed, name: string): string => `${deed}-${name}`;

interface DeedProps {
  readonly hold: Hold;
  readonly visitor: Visitor;
  readonly tried?: DeedTried | undefined;
}

export function HoldDeeds({ owners, ...props }: DeedProps & { readonly owners: readonly Person[] }) {
  const { hold, visitor, tried } = props;
  const binds = hold.state === 'placing' || hold.state === 'placed';
  if (!binds) return tried ? <ErrorSummary refusals={tried.refusals} fields={[]} /> : null;
  return (
    <>
      {tried && (
        <ErrorSummary
          refusals={tried.refusals.map((one) => ({ ...one, field: fieldOf(tried.deed, one.field) }))}
          fields={['review-reason', 'owner-ownerId', 'custodians-custodians', 'release-reason', 'release-endedOn']}
        />
      )}
      {mayTend(hold, visitor) && <Review {...props} />}
      {mayTend(hold, visitor) && <Custodians {...props} />}
      {mayTend(hold, visitor) && <Owner {...props} owners={owners} />}
      {mayDo(visitor.roles, 'release-hold') ? (
        <Release {...props} />
      ) : (
        <Notice heading="To have it released">
          <p>Only the chief of the Legal Bureau releases a hold. Ask there, and say why it is no longer needed.</p>
        </Notice>
      )}
    </>
  );
}

function fieldsIn(tried: DeedTried | undefined, deed: Deed) {
  const own = tried?.deed === deed ? tried : undefined;
  return {
    open: own !== undefined,
    field: (name: string) => ({
      name: fieldOf(deed, name),
      value: own?.form.text(fieldOf(deed, name)),
      error: errorOf(own?.refusals, name),
    }),
  };
}

/** Nothing to whoever is not asked. */
export function Acknowledge({ hold, visitor }: Omit<DeedProps, 'tried'>) {
  if (!isAskedOf(hold, visitor.personId)) return null;
  return (
    <Notice kind="warning" heading="You are asked to keep what this hold names">
      <p>
        Also what you have elsewhere: on devices, drives, paper or in mail. Stop whatever would delete it, and give
        nothing of it away until the hold is released.
      </p>
      <form method="post" action={`/holds/${encodeURIComponent(hold.id)}/acknowledge`}>
        <FormSecret visitor={visitor} />
        <Submit>I have read this and keep it</Submit>
      </form>
    </Notice>
  );
}

function Review({ hold, visitor, tried }: DeedProps) {
  const { open, field } = fieldsIn(tried, 'review');
  return (
    <details class="pa-fold" open={open || (hold.remindAt !== undefined && hold.ownerId === visitor.personId)}>
      <summary>It is still needed</summary>
      <form class="pa-form" method="post" action={`/holds/${encodeURIComponent(hold.id)}/review`} novalidate>
        <FormSecret visitor={visitor} />
        <TextArea
          {...field('reason')}
          label="Why is it still needed?"
          required
          rows={2}
          maxlength={MOST_CHARACTERS.reason}
        />
        <Actions>
          <Submit>Keep the hold</Submit>
        </Actions>
      </form>
    </details>
  );
}

function Custodians({ hold, visitor, tried }: DeedProps) {
  const { open, field } = fieldsIn(tried, 'custodians');
  return (
    <details class="pa-fold" open={open}>
      <summary>Somebody else has such records</summary>
      <form class="pa-form" method="post" action={`/holds/${encodeURIComponent(hold.id)}/custodians`} novalidate>
        <FormSecret visitor={visitor} />
        <TextArea
          {...field('custodians')}
          label="Who else has such records in their hands?"
          hint="Their directory names, one on each line. Each is told in writing what to keep."
          required
          rows={2}
        />
        <Actions>
          <Submit kind="outline">Tell them</Submit>
        </Actions>
      </form>
    </details>
  );
}

function Owner({ hold, visitor, owners, tried }: DeedProps & { readonly owners: readonly Person[] }) {
  const { open, field } = fieldsIn(tried, 'owner');
  return (
    <details class="pa-fold" open={open}>
      <summary>Somebody else is to answer for it</summary>
      <form class="pa-form" method="post" action={`/holds/${encodeURIComponent(hold.id)}/owner`} novalidate>
        <FormSecret visitor={visitor} />
        <Select
          {...field('ownerId')}
          label="Who answers for it from now on?"
          hint="They are told by mail."
          required
          options={owners
            .filter(({ id }) => id !== hold.ownerId)
            .map(({ id, name, command }) => ({ value: id, label: `${name}, ${command}` }))}
        />
        <Actions>
          <Submit kind="outline">Hand it over</Submit>
        </Actions>
      </form>
    </details>
  );
}

function Release({ hold, visitor, tried }: DeedProps) {
  const { open, field } = fieldsIn(tried, 'release');
  return (
    <details class="pa-fold" open={open}>
      <summary>Release it</summary>
      <form class="pa-form" method="post" action={`/holds/${encodeURIComponent(hold.id)}/release`} novalidate>
        <FormSecret visitor={visitor} />
        <p>
          Its records are let go once every date has been worked out again. Other holds on them stay. A released hold is
          not taken back: place a new one.
        </p>
        <TextArea
          {...field('reason')}
          label="Why is it released?"
          required
          rows={3}
          maxlength={MOST_CHARACTERS.reason}
        />
        {asksForEnd(hold.kind) && (
          <TextField
            {...field('endedOn')}
            type="date"
            width="md"
            label="On which day did the legal action end?"
            hint="With every appeal. Its records are kept for at least one more year from that day."
            required
          />
        )}
        <Actions>
          <Submit kind="danger">Release the hold</Submit>
        </Actions>
      </form>
    </details>
  );
}
