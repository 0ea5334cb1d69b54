/** Who and what can go: the bureau assigns operator, device and commander, and sees at once who cannot and why. */
import type { Refusal } from '../../policies/ruling.ts';
import { nyText } from '../../policies/instant.ts';
import {
  Actions,
  Clauses,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Nothing,
  Select,
  Submit,
  Table,
} from './deployment-fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { UseRequest } from '../use-request/contract.ts';

/** One operator or device on offer, with what is in the way of it, if anything. */
export interface Candidate {
  readonly id: string;
  readonly label: string;
  readonly because: readonly Refusal[];
}

export interface AssignView {
  readonly request: UseRequest;
  readonly operators: readonly Candidate[];
  readonly devices: readonly Candidate[];
  readonly commanders: readonly { readonly id: string; readonly label: string }[];
  readonly visitor: Visitor;
  readonly refusals?: readonly Refusal[] | undefined;
  readonly chosen?:
    | { readonly operatorId: string; readonly deviceId: string; readonly commanderId: string }
    | undefined;
}

export function AssignPage({ request, operators, devices, commanders, visitor, refusals = [], chosen }: AssignView) {
  const fit = (candidates: readonly Candidate[]) =>
    candidates.filter(({ because }) => because.length === 0).map(({ id, label }) => ({ value: id, label }));
  return (
    <>
      <ErrorSummary refusals={refusals} fields={['operatorId', 'deviceId', 'commanderId']} />
      <Facts
        items={[
          ['Request', <a href={`/requests/${request.id}`}>{request.id}</a>],
          ['From', nyText(request.asked.startsAt)],
          ['Until', nyText(request.asked.endsAt)],
          ['Where', request.asked.location],
        ]}
      />
      <form method="post" action="/deployments/new" class="pa-form">
        <FormSecret visitor={visitor} />
        <input type="hidden" name="requestId" value={request.id} />
        <Select
          name="operatorId"
          label="Operator"
          required
          options={fit(operators)}
          value={chosen?.operatorId}
          error={errorOf(refusals, 'operatorId')}
        />
        <Select
          name="deviceId"
          label="Device"
          required
          options={fit(devices)}
          value={chosen?.deviceId}
          error={errorOf(refusals, 'deviceId')}
        />
        <Select
          name="commanderId"
          label="Commander who answers for proper use"
          required
          options={commanders.map(({ id, label }) => ({ value: id, label }))}
          value={chosen?.commanderId}
          error={errorOf(refusals, 'commanderId')}
        />
        <Actions>
          <Submit>Assign</Submit>
        </Actions>
      </form>
      <h2>Who and what cannot go, and why</h2>
      <InTheWay candidates={[...operators, ...devices]} />
    </>
  );
}

function InTheWay({ candidates }: { candidates: readonly Candidate[] }) {
  const blocked = candidates.filter(({ because }) => because.length > 0);
  if (blocked.length === 0) return <Nothing>Everyone trained and every device is fit and free for this time.</Nothing>;
  return (
    <Table
      caption="Not on offer for this time"
      head={['Who or what', 'In the way', 'What to do']}
      rows={blocked.map(({ label, because }) => [
        label,
        <>
          {because.map(({ found, clause }) => (
            <p>
              {found} <Clauses ids={[clause]} />
            </p>
          ))}
        </>,
        <>
          {because.map(({ todo }) => (
            <p>{todo}</p>
          ))}
        </>,
      ])}
    />
  );
}
