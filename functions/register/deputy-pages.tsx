/** The privacy office: naming a deputy, and one person's office with the writings behind it. */
import type { Context, Hono } from 'hono';
import { nyDateText, type Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { holdsOffice } from '../../policies/rules/who-may-sign-off.ts';
import { ClauseLink, Facts, Moment, Nothing, Select, Tag, TextArea, Timeline } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, mustBeAble, type PageEnv } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import type { Visitor } from '../edge/visitor.ts';
import { persons, type Person } from '../records/standing.ts';
import type { DeputyNaming } from './contract.ts';
import { DayFields, draftIn, EntryForm, fieldsOf, type Tried } from './entry-forms.tsx';
import { EndForm } from './entry-views.tsx';
import { endDeputy, nameDeputy } from './name-deputy.ts';
import { MOST_LONG, signerOf } from './needs.ts';
import { everyNaming, namesOf, privacyOffice } from './on-file.ts';
import type { RegisterPageNeeds } from './sheet-pages.tsx';

type C = Context<PageEnv<RegisterPageNeeds>>;
const HERE = '/registers/deputies';

export function deputyPages(app: Hono<PageEnv<RegisterPageNeeds>>): void {
  app.get(`${HERE}/new`, (c) => namingPage(c, mustBeAble(c, 'keep-registers')));

  app.post(HERE, async (c) => {
    const visitor = mustBeAble(c, 'keep-registers');
    const form = await formOf(c);
    const given = {
      deputyId: form.text('deputyId'),
      statement: form.text('statement'),
      from: form.text('from'),
      until: form.text('until'),
    };
    const named = await nameDeputy(c.var.needs, { person: visitor, given, ...draftIn(form) });
    if (named.kind === 'refused') return namingPage(c, visitor, { form, because: named.because });
    return c.redirect(`${HERE}/${encodeURIComponent(named.naming.deputyId)}`, STATUS.SeeOther);
  });

  app.get(`${HERE}/:id`, (c) => deputyPage(c, mustBeAble(c, 'read-disclosures')));

  app.post(`${HERE}/:id/end`, async (c) => {
    const visitor = mustBeAble(c, 'keep-registers');
    const form = await formOf(c);
    const deputyId = c.req.param('id');
    const ended = await endDeputy(c.var.needs, { person: visitor, deputyId, why: form.text('why') });
    if (ended.kind === 'missing') return c.notFound();
    if (ended.kind === 'refused') return deputyPage(c, visitor, { form, because: ended.because });
    return c.redirect(`${HERE}/${encodeURIComponent(deputyId)}`, STATUS.SeeOther);
  });
}

async function namingPage(c: C, visitor: Visitor, tried?: Tried): Promise<Response> {
  const { text } = fieldsOf(tried);
  const people = (await privacyOffice(c.var.needs.records)).filter(({ id }) => id !== visitor.personId);
  return page(
    c,
    {
      title: 'Name a deputy',
      above: <a href={HERE}>The privacy office</a>,
      lead: 'The Agency Privacy Officer names a deputy in writing. The deputy may act in the officer’s stead while the naming lasts.',
      status: tried ? STATUS.Refused : STATUS.Ok,
    },
    <EntryForm
      {...{ visitor, tried }}
      action={HERE}
      fields={['deputyId', 'statement', 'from', 'until']}
      send="Name the deputy"
    >
      <Select
        {...text('deputyId')}
        label="Deputy"
        hint="Members with the role of a privacy officer, which the system administrator gives."
        required
        options={people.map(({ id, name, command }) => ({ value: id, label: `${name}, ${command}` }))}
      />
      <TextArea
        {...text('statement')}
        label="The naming, in your words"
        hint="It is kept as you write it, and its hash is in the ledger."
        required
        maxlength={MOST_LONG}
      />
      <DayFields tried={tried} />
    </EntryForm>,
  );
}

async function deputyPage(c: C, visitor: Visitor, tried?: Tried): Promise<Response> {
  const { records, now } = c.var.needs;
  const id = c.req.param('id') ?? '';
  const [person, namings] = [await records.get(persons, id), await everyNaming(records)];
  const own = namings.filter(({ deputyId }) => deputyId === id);
  if (!person || (!person.privacyOffice && own.length === 0)) return c.notFound();
  const at = now();
  const held = person.privacyOffice;
  const names = await namesOf(records, [
    ...own.flatMap(({ recordedBy, ended }) => [recordedBy, ...(ended ? [ended.by] : [])]),
    ...(held?.namedBy ? [held.namedBy] : []),
  ]);
  const open = held?.office === 'deputy' && (!held.heldUntil || held.heldUntil > at);
  return page(
    c,
    { title: person.name, above: <a href={HERE}>The privacy office</a>, status: tried ? STATUS.Refused : STATUS.Ok },
    <>
      <Office person={person} names={names} now={at} />
      <h2>Named in writing</h2>
      <Namings namings={own} names={names} />
      {open && mayDo(visitor.roles, 'keep-registers') && (
        <EndForm
          action={`${HERE}/${encodeURIComponent(id)}/end`}
          visitor={visitor}
          tried={tried}
          says="The Agency Privacy Officer ends a naming. What the deputy signed while it lasted stays signed."
        />
      )}
    </>,
  );
}

function Office({ person, names, now }: { person: Person; names: ReadonlyMap<string, string>; now: Instant }) {
  const { privacyOffice: held, active } = person;
  if (!held) return <p>Holds no office.</p>;
  const holds = active && holdsOffice(signerOf(person), now);
  return (
    <>
      <p>
        <Tag kind={holds ? 'good' : 'plain'}>
          {holds ? 'In office' : held.heldFrom > now ? 'To come' : 'Not in office'}
        </Tag>
      </p>
      <Facts
        items={[
          [
            'Office',
            <>
              {held.office === 'deputy' ? 'Deputy' : 'Agency Privacy Officer'}{' '}
              <ClauseLink id={held.office === 'deputy' ? 'house-deputy-signs-off' : 'nyc-23-1201-privacy-officer'} />
            </>,
          ],
          ['From', <Moment at={held.heldFrom} />],
          ['Until', held.heldUntil ? <Moment at={held.heldUntil} /> : 'Open'],
          held.namedBy !== undefined && ['Named by', names.get(held.namedBy) ?? held.namedBy],
        ]}
      />
    </>
  );
}

function Namings({ namings, names }: { namings: readonly DeputyNaming[]; names: ReadonlyMap<string, string> }) {
  if (namings.length === 0) return <Nothing>No writing is kept here; the office came with the personnel list.</Nothing>;
  return (
    <Timeline
      label="Namings"
      entries={namings.toReversed().map(({ recordedAt, recordedBy, from, until, statement, ended }) => ({
        at: recordedAt,
        what: `Named from ${nyDateText(from)}${until ? ` through ${nyDateText(until)}` : ''}`,
        who: `by ${names.get(recordedBy) ?? recordedBy}`,
        detail: (
          <>
            <p class="pa-quote">{statement}</p>
            {ended && (
              <p>
                Ended <Moment at={ended.at} /> by {names.get(ended.by) ?? ended.by}: {ended.why}
              </p>
            )}
          </>
        ),
      }))}
    />
  );
}
