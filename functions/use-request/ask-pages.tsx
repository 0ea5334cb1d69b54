/** The public form: an outside entity's liaison asks. No account, no access to anything; staff confirm who it is first. */
import type { Hono } from 'hono';
import type { Refusal } from '../../policies/ruling.ts';
import { Actions, ErrorSummary, errorOf, FormSecret, Notice, Select, Submit, TextField } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, publicFormSecret, type Form, type PageEnv } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import { untilWritten } from '../records/until-written.ts';
import { ENTITY_KINDS } from './labels.ts';
import { askedIn, DraftNumber, draftOf, REQUEST_FIELDS, RequestQuestions, type Typed } from './request-form.tsx';
import { submitUseRequest } from './submit-use-request.ts';
import type { UseRequestPagesNeeds } from './use-request-pages.lambda.tsx';

const LIAISON = [
  { name: 'entityName', label: 'Name of your agency or organization', todo: 'name the entity that asks' },
  { name: 'liaisonName', label: 'Your name', todo: 'give your name' },
  { name: 'liaisonTitle', label: 'Your title', todo: 'give your title' },
  { name: 'liaisonEmail', label: 'Your work email', todo: 'give an email address of the entity' },
  { name: 'liaisonPhone', label: 'Your work phone', todo: 'give a phone number of the entity' },
] as const;

const TYPE = { liaisonEmail: 'email', liaisonPhone: 'tel' } as Readonly<Record<string, 'email' | 'tel'>>;
const MOST = 200;
const ADDRESS = /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{1,190}\.[^\s@<>"',;.]{2,}$/;

function liaisonRefusals(form: Form): Refusal[] {
  const clause = 'house-external-requester-confirmed';
  const missing = LIAISON.filter(({ name }) => !form.text(name)).map(({ name, todo }) => ({
    clause,
    field: name,
    found: 'nothing',
    expected: 'who asks, so that it can be confirmed',
    todo,
  }));
  const long = LIAISON.filter(({ name }) => form.text(name).length > MOST).map(({ name }) => ({
    clause,
    field: name,
    found: `${form.text(name).length} characters`,
    expected: `at most ${MOST}`,
    todo: 'shorten it',
  }));
  const address = form.text('liaisonEmail');
  const wrong =
    address && !ADDRESS.test(address)
      ? [
          {
            clause,
            field: 'liaisonEmail',
            found: 'no email address',
            expected: 'one address, such as name@agency.gov',
            todo: 'correct it',
          },
        ]
      : [];
  const kind = ENTITY_KINDS.some(({ value }) => value === form.text('entityKind'))
    ? []
    : [{ clause, field: 'entityKind', found: 'nothing', expected: 'a kind of entity', todo: 'choose one' }];
  return [...missing, ...long, ...wrong, ...kind];
}

export function askPages(app: Hono<PageEnv<UseRequestPagesNeeds>>): void {
  const lead =
    'For agencies and organizations outside the department. There is no account to make: a member of the department confirms who you are before anyone decides.';

  app.get('/ask', (c) =>
    page(
      c,
      { title: 'Ask for help with mobile x-ray', lead },
      <AskForm secret={publicFormSecret(c)} typed={undefined} />,
    ),
  );

  app.post('/ask', async (c) => {
    const form = await formOf(c);
    const read = askedIn(form);
    const refusals = [...liaisonRefusals(form), ...read.refusals];
    const text = (name: string): string => form.text(name).slice(0, MOST);
    const submitted = await untilWritten(() =>
      submitUseRequest(c.var.needs, {
        askedBy: {
          kind: 'external',
          entityName: text('entityName'),
          entityKind: text('entityKind'),
          liaisonName: text('liaisonName'),
          liaisonTitle: text('liaisonTitle'),
          liaisonEmail: text('liaisonEmail'),
          liaisonPhone: text('liaisonPhone'),
        },
        asked: read.asked,
        refusals,
        ...draftOf(form),
      }),
    );
    if (submitted.kind === 'submitted') return c.redirect(`/ask/sent?number=${submitted.request.id}`, STATUS.SeeOther);
    return page(
      c,
      { title: 'Ask for help with mobile x-ray', lead, status: STATUS.Refused },
      <AskForm secret={publicFormSecret(c)} typed={{ form, refusals: submitted.because }} />,
    );
  });

  app.get('/ask/sent', (c) => {
    const number = /^R-[0-9A-Z]{4}-[0-9A-Z]{4}$/.exec(c.req.query('number') ?? '')?.[0];
    return page(
      c,
      { title: 'Your request was received' },
      <Notice kind="success" heading={number ? `Its number is ${number}` : 'Thank you'}>
        <p>
          A member of the department will contact your agency by a way of our own choosing to confirm who you are.
          Nothing is decided before that. You will be told the outcome by mail.
        </p>
        <p>
          Custody and control of the device never leave the department, and its images are not open to outside entities.
        </p>
      </Notice>,
    );
  });
}

function AskForm({ secret, typed }: { secret: string; typed: Typed | undefined }) {
  const error = (name: string) => errorOf(typed?.refusals, name);
  return (
    <>
      <ErrorSummary
        refusals={typed?.refusals ?? []}
        fields={[...LIAISON.map(({ name }) => name), 'entityKind', ...REQUEST_FIELDS]}
      />
      <form method="post" action="/ask" class="pa-form" novalidate>
        <FormSecret secret={secret} />
        <DraftNumber typed={typed} />
        <h2>Who asks</h2>
        <Select
          name="entityKind"
          label="Kind of entity"
          required
          options={ENTITY_KINDS.map((kind) => ({ ...kind }))}
          value={typed?.form.text('entityKind')}
          error={error('entityKind')}
        />
        {LIAISON.map(({ name, label }) => (
          <TextField
            name={name}
            label={label}
            required
            type={TYPE[name] ?? 'text'}
            value={typed?.form.text(name)}
            error={error(name)}
            maxlength={MOST}
          />
        ))}
        <RequestQuestions typed={typed} external />
        <Actions>
          <Submit>Send the request</Submit>
        </Actions>
      </form>
    </>
  );
}
