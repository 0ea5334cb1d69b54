/** The routes of the notices: the letter, the people, what was tried, and each person's letter to print. The office's alone. */
import type { Refusal } from '../../policies/ruling.ts';
import { page } from '../edge/frame.tsx';
import type { Form } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import { deed, type App, type Reader } from './breach-deeds.tsx';
import type { BreachView } from './breach-view.ts';
import { delayNotice, liftDelay } from './delay-notice.ts';
import { attemptIn, attemptPart, delayIn, letterIn, NoticesPage, personIn } from './notice-page.tsx';
import { noticeOf } from './notice-of.ts';
import { addPerson, mailNotice, noteAttempt } from './people-to-tell.ts';
import { PrintedLetter } from './printed-letter.tsx';
import { ofOffice, STYLE, triedWith, type C } from './shown.tsx';
import { writeLetter } from './write-letter.ts';

const pathOf = (c: C): string => `/breaches/${encodeURIComponent(c.req.param('id')!)}/notices`;

export function noticePages(app: App): void {
  app.get('/breaches/:id/notices', async (c) => {
    const view = await ofOffice(c, c.req.param('id'));
    return view instanceof Response ? view : noticesPage(c, view);
  });

  app.get('/breaches/:id/notices/:ref/letter', async (c) => {
    const view = await ofOffice(c, c.req.param('id'));
    if (view instanceof Response) return view;
    const { breach, now } = view;
    const person = breach.people.find(({ personRef }) => personRef === c.req.param('ref'));
    if (!person) return c.notFound();
    return page(
      c,
      {
        title: `Letter ${person.personRef}`,
        above: <a href={pathOf(c)}>Notices of breach {breach.id}</a>,
        style: STYLE,
      },
      <PrintedLetter breach={breach} person={person} now={now} />,
    );
  });

  const noticeDeed = (path: string, partOf: (c: C) => string, hash: (c: C) => string, read: (c: C) => Reader): void => {
    app.post(`/breaches/:id/${path}`, (c) => {
      const again = async (form: Form, because: readonly Refusal[]): Promise<Response> => {
        const view = await ofOffice(c, c.req.param('id')!);
        return view instanceof Response
          ? view
          : noticesPage(c, { ...view, tried: triedWith(partOf(c), form, because) });
      };
      return deed(c, partOf(c), read(c), again, `${pathOf(c)}#${hash(c)}`);
    });
  };
  const of = (part: string) => () => part;
  const refOf = (c: C): string => c.req.param('ref')!;

  noticeDeed('letter', of('letter'), of('letter'), () => (form) => {
    const { given, refusals } = letterIn(form);
    return { refusals, act: (needs, on) => writeLetter(needs, { ...on, ...given }) };
  });
  noticeDeed('delay', of('delay'), of('delay'), () => (form) => {
    const { given, refusals } = delayIn(form);
    return { refusals, act: (needs, on) => delayNotice(needs, { ...on, ...given }) };
  });
  noticeDeed('delay/lift', of('delay'), of('delay'), () => () => ({ refusals: [], act: liftDelay }));
  noticeDeed('people', of('people'), of('people'), () => (form) => {
    const { given, refusals } = personIn(form);
    return { refusals, act: (needs, on) => addPerson(needs, { ...on, ...given }) };
  });
  noticeDeed(
    'people/:ref/mail',
    (c) => attemptPart(refOf(c)),
    (c) => `person-${refOf(c)}`,
    (c) => () => ({ refusals: [], act: (needs, on) => mailNotice(needs, { ...on, personRef: refOf(c) }) }),
  );
  noticeDeed(
    'people/:ref/attempts',
    (c) => attemptPart(refOf(c)),
    (c) => `person-${refOf(c)}`,
    (c) => (form) => {
      const { given, refusals } = attemptIn(form, refOf(c));
      return { refusals, act: (needs, on) => noteAttempt(needs, { ...on, personRef: refOf(c), ...given }) };
    },
  );
}

/** Before it is read there is nothing here, and nobody is told of what violates nothing. */
async function noticesPage(c: C, view: BreachView): Promise<Response> {
  const { breach, policy, now, tried } = view;
  if (breach.state === 'reported' || breach.state === 'no-violation')
    return c.redirect(`/breaches/${encodeURIComponent(breach.id)}`, STATUS.SeeOther);
  return page(
    c,
    {
      title: 'Notices to the people affected',
      above: <a href={`/breaches/${encodeURIComponent(breach.id)}#notice`}>Breach {breach.id}</a>,
      lead: 'Their names are on this page and on their letters, and on no other.',
      style: STYLE,
      ...(tried && { status: STATUS.Refused }),
    },
    <NoticesPage view={view} notice={noticeOf(breach, policy, now)} />,
  );
}
