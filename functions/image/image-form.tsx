/** The form an image is filed with: its questions, and what was typed read as facts. */
import { fromNyForm, nyDate, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Deployment } from '../deployment/contract.ts';
import type { Device } from '../device/contract.ts';
import {
  Actions,
  Checkbox,
  Choices,
  DateTimeFields,
  ErrorSummary,
  errorOf,
  FormSecret,
  Select,
  Submit,
  TextArea,
  TextField,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { caseNumberOf, MEDIA, type FiledDraft } from './contract.ts';
import { xrayPolicyAt } from './judge-file.ts';
import { CONTENT_KINDS, isContentKind, labelOf } from './kinds.ts';

export const FILING_FIELDS = [
  'deviceId',
  'downloadedBy',
  'downloadedAt',
  'medium',
  'lateReason',
  'caseNumber',
  'relevance',
  'personInImage',
  'personExplanation',
  'location',
  'plate',
  'fileName',
  'declaredKind',
] as const;

/** Longest texts, in characters: room for what officers write, and well inside the form's limit. */
const MOST = { line: 200, text: 2000 } as const;

/** What was typed, as facts, and what already stands in the way. Blank optional fields are left out. */
export function filedIn(
  form: Form,
  now: Instant,
): { readonly filed: FiledDraft; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = [];
  const [date, time] = [form.text('downloadedAtDate'), form.text('downloadedAtTime')];
  const downloaded = date || time ? fromNyForm(date, time, 'downloadedAt') : undefined;
  if (downloaded?.kind === 'refused') refusals.push(...downloaded.because);
  const kind = form.text('declaredKind');
  if (!isContentKind(kind)) {
    const clause = xrayPolicyAt(now).house.fileKinds.id;
    refusals.push({
      clause,
      field: 'declaredKind',
      found: 'nothing',
      expected: 'what kind of file it is',
      todo: 'choose one',
    });
  }
  const optional = <Name extends string>(name: Name, most: number): { readonly [key in Name]?: string } => {
    const text = form.text(name).slice(0, most);
    return (text ? { [name]: text } : {}) as { readonly [key in Name]?: string };
  };
  const filed: FiledDraft = {
    deploymentId: form.text('deploymentId').slice(0, MOST.line),
    deviceId: form.text('deviceId').slice(0, MOST.line),
    downloadedBy: form.text('downloadedBy').slice(0, MOST.line),
    ...(downloaded?.kind === 'instant' && { downloadedAt: downloaded.at }),
    medium: form.text('medium').slice(0, MOST.line),
    caseNumber: caseNumberOf(form.text('caseNumber').slice(0, MOST.line)),
    relevance: form.text('relevance').slice(0, MOST.text),
    personInImage: form.checked('personInImage'),
    declaredKind: isContentKind(kind) ? kind : 'opaque',
    ...optional('lateReason', MOST.text),
    ...optional('personExplanation', MOST.text),
    ...optional('location', MOST.line),
    ...optional('plate', MOST.line),
    ...optional('fileName', MOST.line),
  };
  return { filed, refusals };
}

export interface FilingFormProps {
  readonly visitor: Visitor;
  readonly requestId: string;
  readonly deployment: Deployment;
  readonly devices: readonly Device[];
  readonly now: Instant;
  readonly typed?: Form | undefined;
  readonly refusals?: readonly Refusal[] | undefined;
}

export function FilingForm({ visitor, requestId, deployment, devices, now, typed, refusals = [] }: FilingFormProps) {
  const text = (name: string, first = ''): string => (typed ? typed.text(name) : first);
  const error = (name: string): string | undefined => errorOf(refusals, name);
  const { house } = xrayPolicyAt(now);
  return (
    <>
      <ErrorSummary refusals={refusals} fields={FILING_FIELDS} />
      <form method="post" action="/images" class="pa-form" novalidate>
        <FormSecret visitor={visitor} />
        <input type="hidden" name="request" value={requestId} />
        <input type="hidden" name="deploymentId" value={deployment.id} />
        <h2>From the monitor to here</h2>
        <Select
          name="deviceId"
          label="Device the image was made with"
          required
          value={text('deviceId', deployment.deviceId)}
          error={error('deviceId')}
          options={devices.map((device) => ({ value: device.id, label: `${device.label} (${device.id})` }))}
        />
        <TextField
          name="downloadedBy"
          label="Who downloaded it"
          hint="Name and tax number of the member who copied it from the monitor."
          required
          value={text('downloadedBy', visitor.name)}
          error={error('downloadedBy')}
          maxlength={MOST.line}
        />
        <DateTimeFields
          name="downloadedAt"
          label="When it was downloaded"
          required
          date={text('downloadedAtDate', nyDate(now))}
          time={text('downloadedAtTime')}
          error={error('downloadedAt') ?? error('uploadedAt')}
        />
        <Choices
          name="medium"
          label="Local medium it was carried on"
          required
          value={text('medium')}
          error={error('medium')}
          options={MEDIA.map((medium) => ({ value: medium, label: medium }))}
        />
        <TextArea
          name="lateReason"
          label="Reason for the delay"
          hint={`Needed when the upload comes more than ${house.hoursToUpload.hours} hours after the download.`}
          value={text('lateReason')}
          error={error('lateReason')}
          rows={2}
          maxlength={MOST.text}
        />
        <h2>What it is for</h2>
        <TextField
          name="caseNumber"
          label="Case or investigation number"
          required
          value={text('caseNumber')}
          error={error('caseNumber')}
          width="lg"
          maxlength={MOST.line}
        />
        <TextArea
          name="relevance"
          label="Why the image matters to this case"
          required
          value={text('relevance')}
          error={error('relevance')}
          maxlength={MOST.text}
        />
        <Checkbox
          name="personInImage"
          label="A person can be seen in the image"
          hint="The device is not used on people, but someone may have come into the picture."
          checked={typed?.checked('personInImage')}
          error={error('personInImage')}
        />
        <TextArea
          name="personExplanation"
          label="How a person came to be in the image"
          hint="Needed when a person can be seen."
          value={text('personExplanation')}
          error={error('personExplanation')}
          rows={3}
          maxlength={MOST.text}
        />
        <h2>What you add by hand</h2>
        <p>The device knows no place and reads no plates. What you type here is marked as typed by you.</p>
        <TextField
          name="location"
          label="Place"
          value={text('location')}
          error={error('location')}
          maxlength={MOST.line}
        />
        <TextField name="plate" label="Plate" value={text('plate')} error={error('plate')} width="md" maxlength={20} />
        <h2>The file</h2>
        <Choices
          name="declaredKind"
          label="Kind of file"
          hint="A file that is not what it is declared to be is refused. A file with sound, moving pictures, a position, heat or biometric data is refused and never stripped."
          required
          value={text('declaredKind')}
          error={error('declaredKind')}
          options={CONTENT_KINDS.map((kind) => ({ value: kind, label: labelOf(kind) }))}
        />
        <TextField
          name="fileName"
          label="Name of the file on the medium"
          value={text('fileName')}
          error={error('fileName')}
          maxlength={MOST.line}
        />
        <Actions>
          <Submit>Save and go on to the file</Submit>
        </Actions>
      </form>
    </>
  );
}
