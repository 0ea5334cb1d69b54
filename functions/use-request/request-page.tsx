/** One request's page: where it stands, what was asked, its story from the ledger, and the drawing of its workflow. */
import type { Instant } from '../../policies/instant.ts';
import { nyText } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import definition from '../../workflows/use-request/use-request.asl.json' with { type: 'json' };
import type { Decision } from '../decision/contract.ts';
import type { Deployment } from '../deployment/contract.ts';
import { Actions, Clauses, Countdown, ErrorSummary, errorOf, Facts, FormSecret, Moment, Nothing, Notice, Submit, Tag, TextArea, TextField, Timeline, type TagKind } from '../edge/fields.tsx';
import { WorkflowDrawing, type Definition } from '../edge/drawing.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Image } from '../image/contract.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import { mayDo } from '../../policies/roles.ts';
import { ENDED, type UseRequest, type UseRequestState } from './contract.ts';
import { entityLabel, STATE_LABELS } from './labels.ts';
import { shownFor } from './shown.ts';
import { sentenceFor } from './story.ts';
import { MOST_CHARACTERS } from './too-long.ts';

export interface RequestView {
  readonly request: UseRequest;
  readonly decision?: Decision | undefined;
  readonly deployment?: Deployment | undefined;
  readonly images: readonly Image[];
  readonly entries: readonly LedgerEntry[];
  readonly names: ReadonlyMap<string, string>;
  readonly visitor: Visitor;
  readonly now: Instant;
  readonly refusals?: readonly Refusal[] | undefined;
  /** What was typed into a form that was refused. */
  readonly typed?: ((name: string) => string) | undefined;
}

const KIND: Readonly<Partial<Record<UseRequestState, TagKind>>> = { refused: 'bad', declined: 'bad', lapsed: 'bad', closed: 'good', withdrawn: 'plain' };

/** The steps a request in this state has been through, for the drawing. */
const ROUTE = ['Check request against policy', 'Does policy allow the request?', 'Ask a bureau executive to decide', 'What did the executive decide?', 'Ask the bureau to deploy', 'How did it end?'];
const STEPS: Readonly<Record<UseRequestState, number>> = { submitted: 0, confirming: 2, deciding: 2, approved: 4, assigned: 4, 'under-way': 4, refused: 2, declined: 4, withdrawn: 3, lapsed: 3, closed: 6 };

export function RequestPage(view: RequestView) {
  const { request, decision, now } = view;
  const open = !ENDED.includes(request.state);
  return (
    <>
      <p class="pa-state">
        <Tag kind={KIND[request.state] ?? 'waiting'}>{STATE_LABELS[request.state]}</Tag>{' '}
        {open && <Countdown until={deadlineOf(request)} now={now} />}
      </p>
      <ErrorSummary refusals={view.refusals ?? []} fields={['reason', 'identityHow', 'affiliationHow', 'publicKeptOutHow']} />
      <NextStep view={view} />
      {request.refusals && <Refused refusals={request.refusals} />}
      {decision?.answer && (
        <Notice kind={decision.answer.answer === 'approve' ? 'success' : 'warning'} heading={decision.answer.answer === 'approve' ? 'Approved' : 'Declined'}>
          <p>
            {view.names.get(decision.answer.by) ?? decision.answer.by}, <Moment at={decision.answer.at} />
            {decision.answer.selfDecided && ' (the executive’s own request, as policy allows)'}
          </p>
          <p>{decision.answer.reason}</p>
        </Notice>
      )}
      <section>
        <h2>Where it stands</h2>
        <WorkflowDrawing definition={definition as Definition} lit={request.step} walked={ROUTE.slice(0, STEPS[request.state])} title={`Request ${request.id}: the workflow`} />
      </section>
      <Asked request={request} names={view.names} />
      <Images view={view} />
      <section>
        <h2>What happened</h2>
        <Timeline
          entries={view.entries.map((entry) => ({
            at: entry.at,
            what: sentenceFor(entry, view.names),
            who: whoDid(entry, view.names),
            clauses: entry.clauses ?? [],
          }))}
        />
        <p class="usa-hint">Each line is an entry of this request’s ledger, chained by hash to the one before it.</p>
      </section>
    </>
  );
}

/** What people wait for; the record's own `dueAt` is when the sweep looks. */
function deadlineOf({ state, asked, dueAt }: UseRequest): Instant {
  if (state === 'under-way') return dueAt ?? asked.endsAt;
  return state === 'approved' || state === 'assigned' ? asked.endsAt : asked.startsAt;
}

const whoDid = ({ by }: LedgerEntry, names: ReadonlyMap<string, string>): string => (by.kind === 'system' ? 'by itself' : by.kind === 'external' ? 'the outside entity' : (names.get(by.id) ?? by.id));

function Asked({ request, names }: { request: UseRequest; names: ReadonlyMap<string, string> }) {
  const { askedBy } = request;
  return (
    <section>
      <h2>What was asked</h2>
      <Facts
        items={[
          ['Asked by', askedBy.kind === 'member' ? (names.get(askedBy.personId) ?? askedBy.personId) : `${askedBy.liaisonName}, ${askedBy.liaisonTitle}, for ${askedBy.entityName} (${entityLabel(askedBy.entityKind)})`],
          askedBy.kind === 'external' ? ['How to reach the liaison', `${askedBy.liaisonEmail}, ${askedBy.liaisonPhone} (as typed; not yet proof of anything)`] : false,
          ['Submitted', nyText(request.submittedAt)],
          ['Judged by', `edition ${request.edition}`],
        ]}
      />
      {shownFor(request, undefined)
        .filter(({ heading }) => heading !== 'Who asks' && !heading.startsWith('Exposure'))
        .map((part) => (
          <>
            <h3>{part.heading}</h3>
            <Facts items={part.lines.map((line) => [line.label, line.text])} />
          </>
        ))}
    </section>
  );
}

function Refused({ refusals }: { refusals: readonly Refusal[] }) {
  return (
    <Notice kind="error" heading="Policy does not allow this">
      <ul class="usa-list">
        {refusals.map((refusal) => (
          <li>
            {refusal.field}: found {refusal.found}, expected {refusal.expected}. {refusal.todo} <Clauses ids={[refusal.clause]} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Images({ view: { images, request, deployment, visitor } }: { view: RequestView }) {
  const mayUpload = mayDo(visitor.roles, 'upload-image') && deployment?.startedAt && request.state !== 'closed';
  if (images.length === 0 && !mayUpload) return null;
  return (
    <section>
      <h2>Images</h2>
      {images.length === 0 ? (
        <Nothing>No image is filed yet. One that is not downloaded from the display is overwritten and gone.</Nothing>
      ) : (
        <ul class="pa-list">
          {images.map((image) => (
            <li>
              <p class="pa-list__what">
                <a href={`/images/${image.id}`}>{image.id}</a>
              </p>
              <p class="pa-list__more">
                Filed <Moment at={image.filedAt} />
              </p>
              <div class="pa-list__side">
                <Tag kind={IMAGE_TAG[image.state]}>{image.state.replace('-', ' ')}</Tag>
              </div>
            </li>
          ))}
        </ul>
      )}
      {mayUpload && (
        <p>
          <a class="usa-button" href={`/images/new?request=${request.id}`}>
            File an image
          </a>
        </p>
      )}
    </section>
  );
}

/** Who does what next, for whoever reads it. */
function nextOf({ request, decision, deployment, names, visitor }: RequestView): string | undefined {
  const who = (id: string): string => (id === visitor.personId ? 'you' : (names.get(id) ?? id));
  const asked = decision?.asked.at(-1);
  switch (request.state) {
    case 'submitted':
      return 'Next: it is checked against policy, which takes a moment. Load this page again.';
    case 'confirming':
      return 'Next, by staff: confirm who asks. Nothing is decided before that.';
    case 'deciding':
      return asked ? `Next, by ${who(asked.personId)}: decide. The link is in the mail and on the desk.` : 'Next, by an executive of the bureau: decide.';
    case 'approved':
      return 'Next, by the bureau: assign an operator, a device and the commander who answers for proper use.';
    case 'assigned':
      return deployment && `Next, by ${who(deployment.operatorId)}: start the deployment once its time begins.`;
    case 'under-way':
      if (!deployment) return undefined;
      return deployment.endedAt ? `Next, by ${who(deployment.commanderId)}: answer for proper use and close it.` : `Next, by ${who(deployment.operatorId)}: file each downloaded image, then end the deployment.`;
    default:
      return undefined;
  }
}

const IMAGE_TAG: Readonly<Record<Image['state'], TagKind>> = { 'awaiting-upload': 'waiting', checking: 'waiting', kept: 'good', refused: 'bad', lapsed: 'bad', destroyed: 'plain' };

function NextStep({ view }: { view: RequestView }) {
  const { request, visitor, deployment } = view;
  const own = request.askedBy.kind === 'member' && request.askedBy.personId === visitor.personId;
  const next = nextOf(view);
  return (
    <>
      {next && <p>{next}</p>}
      {request.state === 'confirming' && request.askedBy.kind === 'external' && !request.askedBy.confirmation && mayDo(visitor.roles, 'confirm-external-request') && <ConfirmForm view={view} />}
      {request.state === 'approved' && mayDo(visitor.roles, 'assign-deployment') && (
        <p>
          <a class="usa-button" href={`/deployments/new?request=${request.id}`}>
            Assign operator and device
          </a>
        </p>
      )}
      {deployment && deployment.state !== 'cancelled' && (
        <p>
          <a class="usa-button usa-button--outline" href={`/deployments/${deployment.id}`}>
            Open the deployment
          </a>
        </p>
      )}
      {own && ['submitted', 'confirming', 'deciding', 'approved', 'assigned'].includes(request.state) && (
        <details class="pa-quiet">
          <summary>Withdraw this request</summary>
          <form method="post" action={`/requests/${request.id}/withdraw`}>
            <FormSecret visitor={visitor} />
            <TextField name="reason" label="Why is it withdrawn?" required value={view.typed?.('reason')} error={errorOf(view.refusals, 'reason')} maxlength={MOST_CHARACTERS} />
            <Actions>
              <Submit kind="danger">Withdraw</Submit>
            </Actions>
          </form>
        </details>
      )}
    </>
  );
}

function ConfirmForm({ view: { request, visitor, refusals, typed } }: { view: RequestView }) {
  const field = (name: string) => ({ name, error: errorOf(refusals, name), value: typed?.(name), rows: 2, maxlength: MOST_CHARACTERS });
  return (
    <form method="post" action={`/requests/${request.id}/confirm`} class="pa-form">
      <FormSecret visitor={visitor} />
      <h2>Confirm who asks</h2>
      <p>Reach the entity by a way you found yourself, such as its published number; not by what the form gives.</p>
      <TextArea {...field('identityHow')} label="How was the liaison identified?" required />
      <TextArea {...field('affiliationHow')} label="How was it established that the liaison speaks for the entity?" required />
      {!request.asked.publicKeptOutHow && <TextArea {...field('publicKeptOutHow')} label="How will members of the public be kept out of the scan?" hint="The entity left this to the bureau. Without it, nobody can approve." />}
      <Actions>
        <Submit name="outcome" value="confirmed">
          Confirmed
        </Submit>
        <Submit name="outcome" value="not-confirmed" kind="outline">
          Could not be confirmed
        </Submit>
      </Actions>
    </form>
  );
}
