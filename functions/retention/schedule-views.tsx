/** What the pages about schedules show: the versions, and of each its classes, approvals and what its trial counted. */
import { nyDateText } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { ApprovingOffice, ClassOf, Schedule } from '../../policies/retention.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { ClauseLink, ErrorSummary, Facts, Moment, Nothing, Notice, Tag } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Recalculation, ScheduleRecord } from './contract.ts';
import { CountsTable, recalculationHref, RecalculationTag } from './recalculation-pages.tsx';
import { ApproveForm, DryRunForm, WithdrawForm } from './schedule-forms.tsx';
import type { SchedulesKnown } from './schedules-known.ts';
import { countText, isClause, periodText } from './words.ts';

const STATES: Readonly<Record<ScheduleRecord['state'], readonly [string, 'plain' | 'waiting' | 'good' | 'bad']>> = {
  draft: ['loaded, not tried', 'waiting'],
  tried: ['tried, to be approved', 'waiting'],
  'in-force': ['in force', 'good'],
  replaced: ['replaced', 'plain'],
  withdrawn: ['withdrawn', 'plain'],
};

const OFFICES: Readonly<Record<ApprovingOffice, string>> = {
  'law-department': 'Law Department',
  'records-department': 'Department of Records and Information Services',
};

const TAKES_IN: Readonly<Record<ClassOf, string>> = {
  case: 'cases',
  'suspect-file': 'personal data files of suspects',
  'associated-file': 'personal data files of persons associated with a case',
  'plate-read': 'plate reads',
};

export function ScheduleList({ known, visitor }: { known: SchedulesKnown; visitor: Visitor }) {
  return (
    <>
      {mayDo(visitor.roles, 'manage-records') && (
        <p class="pa-starts">
          <a class="usa-button" href="/retention/schedules/load">
            Load a schedule
          </a>
        </p>
      )}
      <h2>Loaded here</h2>
      {known.loaded.length === 0 ? (
        <Nothing>
          No schedule was loaded. Until one with both approvals is in force, dates are only shown, and nothing is
          disposed of.
        </Nothing>
      ) : (
        <ul class="pa-list">
          {known.loaded.map(({ id, schedule, state, loadedAt }) => (
            <ScheduleItem id={id} schedule={schedule} side={<Tag kind={STATES[state][1]}>{STATES[state][0]}</Tag>}>
              , loaded <Moment at={loadedAt} />
            </ScheduleItem>
          ))}
        </ul>
      )}
      <h2>Printed in policies</h2>
      <ul class="pa-list">
        {known.printed.map((schedule) => (
          <ScheduleItem id={schedule.id} schedule={schedule} side={<Tag>printed</Tag>} />
        ))}
      </ul>
    </>
  );
}

function ScheduleItem({
  id,
  schedule,
  side,
  children,
}: {
  id: string;
  schedule: Schedule;
  side: unknown;
  children?: unknown;
}) {
  return (
    <li>
      <p class="pa-list__what">
        <a href={`/retention/schedules/${encodeURIComponent(id)}`}>{schedule.title}</a>
      </p>
      <div class="pa-list__more">
        {countText(schedule.classes.length)} classes, from {nyDateText(schedule.from)}
        {schedule.until && ` to ${nyDateText(schedule.until)}`}
        {children as never}
      </div>
      <div class="pa-list__side">{side as never}</div>
    </li>
  );
}

export function PrintedPage({ schedule }: { schedule: Schedule }) {
  return (
    <>
      <Notice kind="info">
        <p>
          It is printed in a policy. Where no approval of it is on file, its dates are shown and nothing is disposed of
          by it.
        </p>
      </Notice>
      <ScheduleFacts schedule={schedule} />
      <ClassTable schedule={schedule} />
    </>
  );
}

/** What somebody sent of it that was refused. */
export interface TriedOn {
  readonly reason: string;
  readonly withdrawal?: string;
  readonly because: readonly Refusal[];
}

export interface LoadedProps {
  readonly record: ScheduleRecord;
  readonly inForce: boolean;
  readonly trial: Recalculation | undefined;
  /** How many records its trial has looked at so far. */
  readonly done: number | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly visitor: Visitor;
  readonly tried?: TriedOn | undefined;
}

export function LoadedPage(props: LoadedProps) {
  const { record, inForce, trial, names, visitor, tried } = props;
  const { schedule, state, loadedBy, loadedAt, approvedBy, approvedAt, withdrawnBy, withdrawnAt, reason } = record;
  const open = state === 'draft' || state === 'tried';
  return (
    <>
      {tried && <ErrorSummary refusals={tried.because} fields={['reason', 'withdrawal']} />}
      <Facts
        items={[
          ['State', <Tag kind={STATES[state][1]}>{STATES[state][0]}</Tag>],
          inForce && ['Dates are worked out by it', 'yes'],
          ['Loaded', <By name={names.get(loadedBy) ?? loadedBy} at={loadedAt} />],
          approvedBy !== undefined &&
            approvedAt !== undefined && [
              'Put in force',
              <By name={names.get(approvedBy) ?? approvedBy} at={approvedAt} />,
            ],
          withdrawnBy !== undefined &&
            withdrawnAt !== undefined && [
              'Withdrawn',
              <By name={names.get(withdrawnBy) ?? withdrawnBy} at={withdrawnAt} />,
            ],
          reason !== undefined && ['Reason', reason],
        ]}
      />
      {(open || trial) && <Trial {...props} open={open} />}
      {open && mayDo(visitor.roles, 'manage-records') && trial?.state === 'whole' && <ApproveForm {...props} />}
      {open && mayDo(visitor.roles, 'manage-records') && <WithdrawForm {...props} />}
      <h2>The schedule</h2>
      <ScheduleFacts schedule={schedule} />
      <ClassTable schedule={schedule} />
    </>
  );
}

const By = ({ name, at }: { name: string; at: ScheduleRecord['loadedAt'] }) => (
  <>
    <Moment at={at} />, by {name}
  </>
);

/** What it would change, counted over every record; nothing of it is written. */
function Trial({ open, ...props }: LoadedProps & { readonly open: boolean }) {
  const { trial, done, visitor } = props;
  return (
    <>
      <h2>What it would change</h2>
      {!trial && (
        <Nothing>
          It was not tried yet. A trial looks at every record, counts what would change, and changes nothing.
        </Nothing>
      )}
      {trial && (
        <p>
          <RecalculationTag state={trial.state} /> <a href={recalculationHref(trial.id)}>The trial</a>
          {done !== undefined &&
            `, ${countText(done)} of ${trial.total === undefined ? 'all' : countText(trial.total)} records so far`}
        </p>
      )}
      {trial?.counts && <CountsTable counts={trial.counts} />}
      {open && mayDo(visitor.roles, 'manage-records') && trial?.state !== 'owed' && trial?.state !== 'running' && (
        <DryRunForm {...props} again={trial !== undefined} />
      )}
    </>
  );
}

function ScheduleFacts({ schedule: { id, source, from, until, approvals } }: { schedule: Schedule }) {
  return (
    <Facts
      items={[
        ['Version', <code>{id}</code>],
        ['Source', source],
        ['In force', `from ${nyDateText(from)}${until ? ` to ${nyDateText(until)}` : ''}`],
        [
          'Approvals',
          approvals.length === 0
            ? 'none on file'
            : approvals
                .map(({ office, reference, on }) => `${OFFICES[office]}: ${reference}, ${nyDateText(on)}`)
                .join('\n'),
        ],
      ]}
    />
  );
}

function ClassTable({ schedule: { classes } }: { schedule: Schedule }) {
  return (
    <div class="pa-scroll" role="region" aria-label="Its classes" tabindex={0}>
      <table class="usa-table usa-table--borderless">
        <caption>Every period is a minimum</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Takes in</th>
            <th scope="col">Kept</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {classes.map(({ id, title, of, rule, clause, doubt }) => (
            <tr>
              <th scope="row">
                <a href={`/retention/classes/${encodeURIComponent(id)}`}>{title}</a>
                {doubt && <div class="pa-list__more">{doubt}</div>}
              </th>
              <td>{TAKES_IN[of]}</td>
              <td>{periodText(rule)}</td>
              <td>{isClause(clause) ? <ClauseLink id={clause} /> : clause}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
