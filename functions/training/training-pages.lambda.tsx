/**
 * The trainings: who may operate the device and until when, and recording a training.
 *
 * Called by  ANY /trainings, /trainings/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Context, Hono } from 'hono';
import { BUREAUS } from '../../policies/editions/ranks.ts';
import { nyDate } from '../../policies/instant.ts';
import { mayDo, type Task } from '../../policies/roles.ts';
import { page } from '../edge/frame.tsx';
import {
  formOf,
  handlerOf,
  mustBeAble,
  mustBeAbleToAny,
  pageApp,
  signedIn,
  type PageEnv,
  type PageNeeds,
} from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { systemNow } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { keyOf } from '../records/entity.ts';
import { recordsIn, type Records } from '../records/records.aws.ts';
import { persons, roleLine, type Person } from '../records/standing.ts';
import { visitorsIn } from '../records/visitors.ts';
import { trainings, type Training } from './contract.ts';
import { recordTraining, type TrainingNeeds } from './record-training.ts';
import { PersonTrainings, TrainedList, TrainingForm } from './training-views.tsx';

export type TrainingPageNeeds = PageNeeds & TrainingNeeds;
type C = Context<PageEnv<TrainingPageNeeds>>;

const READERS = [
  'record-training',
  'assign-deployment',
  'operate-device',
  'read-exceptions',
] as const satisfies readonly Task[];

export function trainingPages(needs: () => TrainingPageNeeds): Hono<PageEnv<TrainingPageNeeds>> {
  const app = pageApp(needs);
  app.get('/trainings', async (c) => {
    const visitor = mustBeAbleToAny(c, READERS);
    const { records, now } = c.var.needs;
    const operators = await peopleWith(records, await records.linesOf(roleLine('ctb-operator')));
    const people = await Promise.all(
      operators.map(async (person) => ({ person, trainings: await trainingsOf(records, person.id) })),
    );
    return page(
      c,
      { title: 'Trainings', lead: 'Operators, and the day until which the training of each is current.' },
      <>
        {mayDo(visitor.roles, 'record-training') && (
          <p class="pa-starts">
            <a class="usa-button" href="/trainings/new">
              Record a training
            </a>
          </p>
        )}
        <TrainedList people={people} today={nyDate(now())} />
      </>,
    );
  });
  app.get('/trainings/new', (c) => formPage(c, mustBeAble(c, 'record-training')));
  app.post('/trainings', async (c) => {
    const visitor = mustBeAble(c, 'record-training');
    const form = await formOf(c);
    const which = form.text('specialised');
    const specialised = which === 'specialised' ? true : which === 'general' ? false : undefined;
    const given = {
      personId: form.text('personId'),
      by: visitor.personId,
      specialised,
      completedOn: form.text('completedOn'),
    };
    const recorded = await recordTraining(c.var.needs, given);
    if (recorded.kind === 'refused') return formPage(c, visitor, { form, because: recorded.because });
    return c.redirect(`/trainings/${encodeURIComponent(recorded.training.personId)}`, STATUS.SeeOther);
  });
  app.get('/trainings/:personId', async (c) => {
    const personId = c.req.param('personId');
    // Everyone may read their own.
    if (signedIn(c).personId !== personId) mustBeAbleToAny(c, READERS);
    const { records, now } = c.var.needs;
    const person = await records.get(persons, personId);
    if (!person) return c.notFound();
    const known = await trainingsOf(records, personId);
    const recorders = await peopleWith(records, [...new Set(known.map(({ recordedBy }) => recordedBy))]);
    return page(
      c,
      { title: person.name, above: <a href="/trainings">Trainings</a> },
      <PersonTrainings
        trainings={known}
        today={nyDate(now())}
        names={new Map(recorders.map(({ id, name }) => [id, name]))}
      />,
    );
  });
  return app;
}

async function formPage(
  c: C,
  visitor: Visitor,
  tried?: Parameters<typeof TrainingForm>[0]['tried'],
): Promise<Response> {
  return page(
    c,
    {
      title: 'Record a training',
      lead: 'It counts from the day after it was completed.',
      status: tried ? STATUS.Refused : STATUS.Ok,
    },
    <TrainingForm
      people={await bureauMembers(c.var.needs.records)}
      visitor={visitor}
      chosen={c.req.query('person')}
      tried={tried}
    />,
  );
}

/** Newest first. More than 200 of one person are not expected. */
async function trainingsOf(records: Records, personId: string): Promise<readonly Training[]> {
  return (await records.ofSubject(trainings, keyOf('person', personId), { newestFirst: true })).records;
}

async function peopleWith(records: Records, ids: readonly string[]): Promise<readonly Person[]> {
  const found = await Promise.all(ids.map((id) => records.get(persons, id)));
  return found.filter((person) => person !== undefined).toSorted((a, b) => a.name.localeCompare(b.name));
}

async function bureauMembers(records: Records): Promise<readonly Person[]> {
  const members: Person[] = [];
  let from: string | undefined;
  do {
    const listing = await records.ofSubject(persons, 'people', from ? { from } : {});
    members.push(...listing.records.filter(({ active, bureau }) => active && bureau === BUREAUS.counterterrorism));
    from = listing.next;
  } while (from);
  return members;
}

const needs = onFirstCall((): TrainingPageNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(trainingPages(needs), 'training-pages');
