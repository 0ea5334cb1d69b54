/** Containment: what somebody is asked to do so that a disclosure does no more harm, on the breach's page and on the page of who is asked. */
import {
  Actions,
  ErrorSummary,
  Facts,
  FormSecret,
  Moment,
  Nothing,
  Notice,
  Submit,
  Tag,
  TextArea,
  TextField,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { BreachView } from './breach-view.ts';
import type { ContainmentTask } from './contract.ts';
import { fieldsOf, Part, PartForm, posted, type Tried } from './part.tsx';

export const CONTAINMENT_FIELDS = ['what', 'askedOf'];

export function containmentIn(form: Form) {
  const read = posted(form, 'containment');
  return { given: { what: read.text('what'), askedOf: read.text('askedOf') }, refusals: read.refusals };
}

export const doneIn = (form: Form) => ({ outcome: posted(form, '').text('outcome') });

const taskHref = (breachId: string, taskId: string): string =>
  `/breaches/${breachId}/containment/${encodeURIComponent(taskId)}`;

export function ContainmentPart({ view, next }: { view: BreachView; next: boolean }) {
  const { breach, eye, mayAct, visitor, tried, names } = view;
  const { typed, own } = fieldsOf(tried, 'containment');
  const open = breach.containment.filter(({ done }) => !done).length;
  return (
    <Part
      id="containment"
      heading="Containment"
      tag={
        breach.containment.length === 0
          ? ['Nothing asked yet', 'waiting']
          : open > 0
            ? [`${open} not done`, 'waiting']
            : ['Done', 'good']
      }
    >
      {breach.containment.length === 0 && (
        <Nothing>
          Who is asked to get it back, destroy it or close the way it went appears here, with what came of it.
        </Nothing>
      )}
      {breach.containment.length > 0 && (
        <ul class="pa-list">
          {breach.containment.map(({ id, what, askedOf, at, done }) => (
            <li>
              <p class="pa-list__what">{eye === 'office' ? <a href={taskHref(breach.id, id)}>{what}</a> : what}</p>
              <p class="pa-list__more">
                Asked of {names.get(askedOf) ?? askedOf}, <Moment at={at} />
                {done && (
                  <>
                    . Done by {names.get(done.by) ?? done.by}, <Moment at={done.at} />: {done.outcome}
                  </>
                )}
              </p>
              <div class="pa-list__side">
                <Tag kind={done ? 'good' : 'waiting'}>{done ? 'done' : 'not done'}</Tag>
              </div>
            </li>
          ))}
        </ul>
      )}
      {mayAct && (
        <PartForm
          action={`/breaches/${breach.id}/containment`}
          visitor={visitor}
          summary="Ask somebody to contain it"
          open={next || own !== undefined}
          submit="Ask for it"
        >
          <TextArea
            {...typed('what')}
            label="What is to be done?"
            hint="Whoever is asked sees this and nothing else of the breach. It names nobody whom the breach is about."
            rows={2}
            required
          />
          <TextField
            {...typed('askedOf')}
            label="Of whom?"
            hint="The name the person signs in by."
            width="md"
            required
          />
        </PartForm>
      )}
    </Part>
  );
}

/** All that whoever was asked sees of a breach. */
export function TaskPage(props: {
  readonly breachId: string;
  readonly task: ContainmentTask;
  readonly names: ReadonlyMap<string, string>;
  readonly visitor: Visitor;
  readonly mayAnswer: boolean;
  readonly isOffice: boolean;
  readonly tried?: Tried | undefined;
}) {
  const { breachId, task, names, visitor, tried } = props;
  const { typed } = fieldsOf(tried, '');
  return (
    <>
      <ErrorSummary refusals={tried?.refusals ?? []} fields={['outcome']} />
      <Facts
        items={[
          ['What is to be done', task.what],
          ['Asked of', names.get(task.askedOf) ?? task.askedOf],
          ['Asked by', `${names.get(task.by) ?? task.by}, for the privacy office`],
          ['Asked', <Moment at={task.at} />],
        ]}
      />
      {task.done && (
        <Notice kind="success" heading="It is done">
          <p>
            {names.get(task.done.by) ?? task.done.by}, <Moment at={task.done.at} />
          </p>
          <p>{task.done.outcome}</p>
        </Notice>
      )}
      {!task.done && props.mayAnswer && (
        <form method="post" action={`${taskHref(breachId, task.id)}/done`} class="pa-form" novalidate>
          <FormSecret visitor={visitor} />
          <TextArea
            {...typed('outcome')}
            label="What came of it?"
            hint="What was done and when; whether copies are left, and where. Names of the people in it have no place here."
            required
          />
          <Actions>
            <Submit>It is done</Submit>
          </Actions>
        </form>
      )}
      {props.isOffice && (
        <p>
          <a href={`/breaches/${breachId}#containment`}>Back to the breach</a>
        </p>
      )}
    </>
  );
}
