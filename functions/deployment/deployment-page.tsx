/** One deployment's page: its log, and for each person concerned the one thing that is next for them. */
import type { Instant } from '../../policies/instant.ts';
import { nyText } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  Choices,
  ClauseLink,
  Countdown,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Moment,
  Notice,
  Select,
  Submit,
  Table,
  Tag,
  TextArea,
  TextField,
} from './deployment-fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Deployment } from './contract.ts';

export interface DeploymentView {
  readonly deployment: Deployment;
  readonly names: ReadonlyMap<string, string>;
  readonly deviceLabel: string;
  readonly members: readonly { readonly id: string; readonly label: string }[];
  readonly imagesOnRecord: number;
  readonly visitor: Visitor;
  readonly now: Instant;
  readonly refusals?: readonly Refusal[] | undefined;
  readonly typed?: ((name: string) => string) | undefined;
}

const LABEL = { assigned: 'Assigned', 'under-way': 'Under way', closed: 'Closed', cancelled: 'Cancelled' } as const;
const FIELDS = [
  'toPersonId',
  'publicKeptOut',
  'scans',
  'imagesDownloaded',
  'notes',
  'proper',
  'statement',
  'misuseReportId',
];

export function DeploymentPage(view: DeploymentView) {
  const { deployment, names, visitor, now } = view;
  const name = (id: string) => names.get(id) ?? id;
  const operates = deployment.operatorId === visitor.personId;
  const holds = deployment.custody.at(-1)?.custodianId === visitor.personId && !deployment.endedAt;
  const commands = deployment.commanderId === visitor.personId && mayDo(visitor.roles, 'confirm-proper-use');
  return (
    <>
      <p class="pa-state">
        <Tag kind={deployment.state === 'closed' ? 'good' : 'waiting'}>
          {deployment.endedAt && deployment.state === 'under-way' ? 'Ended, to be closed' : LABEL[deployment.state]}
        </Tag>{' '}
        {deployment.state === 'assigned' && <Countdown until={deployment.window.from} now={now} />}
      </p>
      <ErrorSummary refusals={view.refusals ?? []} fields={FIELDS} />
      <p>{nextOf(view)}</p>
      {operates && deployment.startedAt && deployment.state === 'under-way' && (
        <p>
          <a class="usa-button usa-button--outline" href={`/images/new?request=${deployment.requestId}`}>
            File an image
          </a>
        </p>
      )}
      {deployment.state === 'assigned' && operates && <StartForm view={view} />}
      {deployment.state === 'under-way' && holds && <HandOverForm view={view} />}
      {deployment.state === 'under-way' && !deployment.endedAt && operates && <EndForm view={view} />}
      {deployment.state === 'under-way' && deployment.endedAt && commands && <CloseForm view={view} />}
      <h2>The deployment</h2>
      <Facts
        items={[
          ['Request', <a href={`/requests/${deployment.requestId}`}>{deployment.requestId}</a>],
          ['Approved for', `${nyText(deployment.window.from)} until ${nyText(deployment.window.to)}`],
          ['Operator', name(deployment.operatorId)],
          ['Device', view.deviceLabel],
          ['Answers for proper use', name(deployment.commanderId)],
          deployment.startedAt && ['Started', <Moment at={deployment.startedAt} />],
          deployment.endedAt && ['Ended', <Moment at={deployment.endedAt} />],
          deployment.publicKeptOut ? ['How the public was kept out', deployment.publicKeptOut] : false,
          deployment.scans === undefined ? false : ['Scans', String(deployment.scans)],
          deployment.imagesDownloaded === undefined
            ? false
            : ['Images downloaded', `${deployment.imagesDownloaded}, of which ${view.imagesOnRecord} on record`],
          deployment.properUse && [
            'Proper use',
            `${deployment.properUse.confirmed ? 'Confirmed' : `Not proper, misuse report ${deployment.properUse.misuseReportId ?? 'not named'}`}: ${deployment.properUse.statement}`,
          ],
        ]}
      />
      {deployment.custody.length > 0 && (
        <Table
          caption="Custody"
          head={['Who had the device', 'From', 'Until']}
          rows={deployment.custody.map(({ custodianId, from, to }) => [
            name(custodianId),
            nyText(from),
            to ? nyText(to) : 'now',
          ])}
        />
      )}
      <Notice heading="About the device">
        Its display is first in, first out: an image that is not downloaded is overwritten and cannot be brought back.
        It has no network; a person downloads and a person uploads. <ClauseLink id="XR26-RET-03" />{' '}
        <ClauseLink id="XR26-CAP-02" />
      </Notice>
    </>
  );
}

/** Who does what next, for whoever reads it. */
function nextOf({ deployment, names, visitor }: DeploymentView): string {
  const who = (id: string) => (id === visitor.personId ? 'you' : (names.get(id) ?? id));
  const [operator, commander] = [who(deployment.operatorId), who(deployment.commanderId)];
  switch (deployment.state) {
    case 'assigned':
      return `Next, by ${operator}: start it once the approved time begins, ${nyText(deployment.window.from)}.`;
    case 'under-way':
      if (deployment.endedAt) return `Next, by ${commander}: answer for proper use and close it.`;
      return `Next, by ${operator}: file each downloaded image, then end the deployment.`;
    case 'closed':
      return 'It is closed. Nothing is left to do.';
    case 'cancelled':
      return 'It was cancelled before it began: its request was withdrawn or lapsed.';
  }
}

function StartForm({ view: { deployment, visitor } }: { view: DeploymentView }) {
  return (
    <form method="post" action={`/deployments/${deployment.id}/start`} class="pa-form">
      <FormSecret visitor={visitor} />
      <h2>Take the device out</h2>
      <p>Starting takes the device into your custody. It may start once the approved time begins.</p>
      <Actions>
        <Submit>Start the deployment</Submit>
      </Actions>
    </form>
  );
}

function HandOverForm({ view: { deployment, visitor, members, refusals } }: { view: DeploymentView }) {
  return (
    <details class="pa-quiet">
      <summary>Hand the device to another member</summary>
      <form method="post" action={`/deployments/${deployment.id}/hand-over`} class="pa-form">
        <FormSecret visitor={visitor} />
        <Select
          name="toPersonId"
          label="Who takes it"
          required
          options={members.filter(({ id }) => id !== visitor.personId).map(({ id, label }) => ({ value: id, label }))}
          error={errorOf(refusals, 'toPersonId')}
          hint="Members of the department only. Custody never passes to an outside entity."
        />
        <Actions>
          <Submit kind="outline">Hand over</Submit>
        </Actions>
      </form>
    </details>
  );
}

function EndForm({ view: { deployment, visitor, refusals, typed } }: { view: DeploymentView }) {
  const field = (name: string) => ({ name, error: errorOf(refusals, name), value: typed?.(name) });
  return (
    <form method="post" action={`/deployments/${deployment.id}/end`} class="pa-form">
      <FormSecret visitor={visitor} />
      <h2>End the deployment</h2>
      <TextField {...field('scans')} label="How many scans?" type="number" width="sm" inputmode="numeric" required />
      <TextField
        {...field('imagesDownloaded')}
        label="How many images were downloaded from the display?"
        type="number"
        width="sm"
        inputmode="numeric"
        required
      />
      <TextArea
        {...field('publicKeptOut')}
        label="How were members of the public kept out of the scan?"
        rows={3}
        required
        maxlength={4000}
      />
      <TextArea {...field('notes')} label="Anything else" rows={2} maxlength={4000} />
      <Actions>
        <Submit>End the deployment</Submit>
      </Actions>
    </form>
  );
}

function CloseForm({ view: { deployment, visitor, refusals, typed } }: { view: DeploymentView }) {
  const field = (name: string) => ({ name, error: errorOf(refusals, name), value: typed?.(name) });
  return (
    <form method="post" action={`/deployments/${deployment.id}/close`} class="pa-form">
      <FormSecret visitor={visitor} />
      <h2>Answer for proper use</h2>
      <Choices
        {...field('proper')}
        label="Was the use proper?"
        required
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
      />
      <TextArea {...field('statement')} label="What you looked at" rows={3} required maxlength={4000} />
      <TextField {...field('misuseReportId')} label="If not proper: number of the misuse report" />
      <Actions>
        <Submit>Close the deployment</Submit>
      </Actions>
    </form>
  );
}
