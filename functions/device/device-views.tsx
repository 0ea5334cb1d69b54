/** What the pages about devices show: the list with how each stands, one device with its history, and its forms. */
import type { Policy } from '../../policies/editions/edition.ts';
import { nyDateText, type Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { DeviceStanding } from '../../policies/rules/which-device-may-go.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  Choices,
  ClauseLink,
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
  TextField,
  Timeline,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Device, Inspection } from './contract.ts';
import { LONGEST_REMARKS } from './record-inspection.ts';
import { standingOf } from './standing-of-device.ts';

export function StandingTag({ standing }: { standing: DeviceStanding }) {
  if (standing.kind === 'refused') return <Tag kind="bad">may not go out</Tag>;
  return standing.flags.length > 0 ? (
    <Tag kind="waiting">may go out, with notes</Tag>
  ) : (
    <Tag kind="good">may go out</Tag>
  );
}

export function DeviceList({ devices, policy, now }: { devices: readonly Device[]; policy: Policy; now: Instant }) {
  if (devices.length === 0)
    return (
      <Nothing>No device is on record. Each one of the inventory will appear here, with whether it may go out.</Nothing>
    );
  return (
    <ul class="pa-list">
      {devices.map((device) => {
        const standing = standingOf(device, policy, now);
        return (
          <li>
            <p class="pa-list__what">
              <a href={`/devices/${encodeURIComponent(device.id)}`}>{device.label}</a>
            </p>
            <p class="pa-list__more">
              {device.id}, {device.manufacturer}. {lastInspection(device)}
            </p>
            <div class="pa-list__side">
              <StandingTag standing={standing} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function lastInspection({ inspectedAt, accountedFor }: Device) {
  if (!inspectedAt) return 'Never inspected.';
  return (
    <>
      {accountedFor ? 'Inspected and accounted for ' : 'Not accounted for '}
      <Moment at={inspectedAt} />.
    </>
  );
}

export interface Tried {
  readonly form: Form;
  readonly because: readonly Refusal[];
  readonly which: 'inspection' | 'radiation';
}

export function DeviceView(props: {
  device: Device;
  standing: DeviceStanding;
  history: readonly Inspection[];
  visitor: Visitor;
  tried?: Tried | undefined;
  names: ReadonlyMap<string, string>;
}) {
  const { device, standing, history, visitor, tried, names } = props;
  const { storage, radiationAssessment: assessment } = device;
  return (
    <>
      {standing.kind === 'refused' ? (
        <Notice kind="error" heading="This device may not go out">
          <ul class="usa-list">
            {standing.because.map(({ found, expected, todo, clause }) => (
              <li>
                Found {found}; expected {expected}. To do: {todo}. <ClauseLink id={clause} />
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Notice kind={standing.flags.length > 0 ? 'warning' : 'success'} heading="This device may go out">
          <p>Its inspection holds through {nyDateText(standing.inspectionHoldsThrough)}.</p>
          {standing.flags.map(({ clause, note }) => (
            <p>
              {note} <ClauseLink id={clause} />
            </p>
          ))}
        </Notice>
      )}
      <Facts
        items={[
          ['Maker', device.manufacturer],
          ['Service', device.inService ? 'In service' : 'Out of service'],
          ['Kept at', `${storage.place}${storage.nonPublic ? '' : ' (the public can reach it)'}`],
          ['Last inspection', lastInspection(device)],
          [
            'Radiation safety',
            assessment ? `Found ${assessment.outcome} on ${nyDateText(assessment.on)}` : 'Not assessed yet',
          ],
          ['Third parties confirming', String(device.thirdPartyConfirmations ?? 0)],
        ]}
      />
      {mayDo(visitor.roles, 'inspect-device') && (
        <InspectionForm device={device} visitor={visitor} tried={tried?.which === 'inspection' ? tried : undefined} />
      )}
      {mayDo(visitor.roles, 'assess-radiation') && (
        <RadiationForm device={device} visitor={visitor} tried={tried?.which === 'radiation' ? tried : undefined} />
      )}
      {mayDo(visitor.roles, 'register-device') && <ServiceForm device={device} visitor={visitor} />}
      <h2>Inspections</h2>
      {history.length === 0 ? (
        <Nothing>No inspection is on record. Each will appear here with who made it and what was found.</Nothing>
      ) : (
        <Timeline
          label="Inspections"
          entries={history.map(({ at, by, accountedFor, storageNonPublic, remarks }) => ({
            at,
            who: names.get(by) ?? by,
            what: `${accountedFor ? 'Accounted for' : 'Not accounted for'}, stored where the public ${storageNonPublic ? 'cannot' : 'can'} reach it`,
            ...(remarks && { detail: <p class="pa-quote">{remarks}</p> }),
          }))}
        />
      )}
    </>
  );
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

interface FormProps {
  device: Device;
  visitor: Visitor;
  tried: Tried | undefined;
}

function InspectionForm({ device, visitor, tried }: FormProps) {
  const error = (name: string) => errorOf(tried?.because, name);
  const typed = (name: string) => tried?.form.text(name);
  return (
    <form class="pa-form" method="post" action={`/devices/${encodeURIComponent(device.id)}/inspections`}>
      <h2>Record an inspection</h2>
      {tried && <ErrorSummary refusals={tried.because} />}
      <FormSecret visitor={visitor} />
      <Choices
        name="accountedFor"
        label="Is the device accounted for?"
        hint="You have seen it, and it is the device on record."
        required
        options={YES_NO}
        value={typed('accountedFor')}
        error={error('accountedFor')}
      />
      <TextField
        name="storagePlace"
        label="Where it is kept when not in use"
        required
        maxlength={200}
        value={typed('storagePlace') ?? device.storage.place}
        error={error('storagePlace')}
      />
      <Choices
        name="storageNonPublic"
        label="Is that a secure place the public cannot reach?"
        required
        options={YES_NO}
        value={typed('storageNonPublic')}
        error={error('storageNonPublic')}
      />
      <TextArea
        name="remarks"
        label="Remarks"
        hint="Needed where an answer is no: what you found, and what is being done about it."
        maxlength={LONGEST_REMARKS}
        value={typed('remarks')}
        error={error('remarks')}
      />
      <Actions>
        <Submit>Record the inspection</Submit>
      </Actions>
    </form>
  );
}

function RadiationForm({ device, visitor, tried }: FormProps) {
  const typed = (name: string) => tried?.form.text(name);
  const outcomes = [
    { value: 'safe', label: 'It works safely' },
    { value: 'unsafe', label: 'It does not; the device stays in' },
  ];
  return (
    <form class="pa-form" method="post" action={`/devices/${encodeURIComponent(device.id)}/radiation`}>
      <h2>Record a radiation safety assessment</h2>
      {tried && <ErrorSummary refusals={tried.because} />}
      <FormSecret visitor={visitor} />
      <Choices
        name="outcome"
        label="What did you find?"
        required
        options={outcomes}
        value={typed('outcome')}
        error={errorOf(tried?.because, 'outcome')}
      />
      <TextField
        name="on"
        type="date"
        width="md"
        label="Day of the assessment"
        required
        value={typed('on')}
        error={errorOf(tried?.because, 'on')}
      />
      <Submit>Record the assessment</Submit>
    </form>
  );
}

function ServiceForm({ device, visitor }: Omit<FormProps, 'tried'>) {
  return (
    <form class="pa-form" method="post" action={`/devices/${encodeURIComponent(device.id)}/service`}>
      <h2>Service</h2>
      <FormSecret visitor={visitor} />
      <p>{device.inService ? 'The device can be assigned to a use.' : 'The device cannot be assigned to a use.'}</p>
      <Submit kind="outline" name="inService" value={device.inService ? 'no' : 'yes'}>
        {device.inService ? 'Take it out of service' : 'Put it back in service'}
      </Submit>
    </form>
  );
}
