/**
 * Pages of the noun decision: the link in a mail, and the same from one's desk. Opening one shows; only the named
 * person's POST decides, and everything is judged again at that moment. A sign-off is shown only to somebody who could
 * give it when it is opened, because it says who is in what would leave.
 *
 * Called by  ANY /decisions/{proxy+}
 */
import type { Context } from 'hono';
import type { Refusal } from '../../policies/ruling.ts';
import { formOf, handlerOf, pageApp, signedIn, type PageEnv, type PageNeeds } from '../edge/page-app.tsx';
import { page } from '../edge/frame.tsx';
import { ErrorSummary, Notice } from '../edge/fields.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { systemNow } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { sha256 } from '../records/canonical.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { visitorsIn } from '../records/visitors.ts';
import { answerDecision, type Answering, type AnswerNeeds } from './answer-decision.ts';
import {
  ANSWERS,
  clauseOf,
  ForSomeoneElse,
  headingOf,
  NOT_YOURS,
  QuestionPage,
  SETTLED,
  titleAnswered,
} from './by-question.tsx';
import { decisions, linkLine, type Decision, type DispositionMatter, type Link } from './contract.ts';
import { answerKeyAt } from './decision-signature.aws.ts';
import { disposalSignerNow, maySeeDisposal } from './judge-disposal.ts';
import { maySeeSignOff, signerNow } from './judge-sign-off.ts';
import { Settled } from './settled.tsx';

export interface DecisionPagesNeeds extends PageNeeds, Pick<AnswerNeeds, 'records' | 'sign'> {}

type Page = Context<PageEnv<DecisionPagesNeeds>>;

/** How the visitor came to a decision; `other` is somebody it does not name. */
interface Found {
  readonly decision: Decision;
  readonly door: Answering['door'] | { readonly kind: 'other' };
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

export function decisionPages(needs: () => DecisionPagesNeeds) {
  const app = pageApp(needs);

  app.get('/decisions/link/:secret', async (c) => {
    const visitor = signedIn(c);
    const link = await byLink(c, c.req.param('secret'));
    return link ? show(c, visitor, doorOf(link, visitor), `/decisions/link/${c.req.param('secret')}`) : unknownLink(c);
  });
  app.post('/decisions/link/:secret', async (c) => {
    const visitor = signedIn(c);
    const link = await byLink(c, c.req.param('secret'));
    return link
      ? decide(c, visitor, doorOf(link, visitor), `/decisions/link/${c.req.param('secret')}`)
      : unknownLink(c);
  });
  app.get('/decisions/:id', async (c) => {
    const visitor = signedIn(c);
    const found = await fromDesk(c, c.req.param('id'), visitor);
    return found ? show(c, visitor, found, `/decisions/${found.decision.id}`) : unknownLink(c);
  });
  app.post('/decisions/:id', async (c) => {
    const visitor = signedIn(c);
    const found = await fromDesk(c, c.req.param('id'), visitor);
    return found ? decide(c, visitor, found, `/decisions/${found.decision.id}`) : unknownLink(c);
  });
  return app;
}

async function byLink(c: Page, secret: string): Promise<{ decision: Decision; link: Link } | undefined> {
  if (!SECRET.test(secret)) return undefined;
  const { records } = c.var.needs;
  const hash = sha256(secret);
  const [id] = await records.linesOf(linkLine(hash));
  const decision = id ? await records.get(decisions, id) : undefined;
  const link = decision?.links.find((one) => one.hash === hash);
  return decision && link ? { decision, link } : undefined;
}

const doorOf = ({ decision, link }: { decision: Decision; link: Link }, visitor: Visitor): Found => ({
  decision,
  door: link.personId === visitor.personId ? { kind: 'mail-link', linkFor: link.personId } : { kind: 'other' },
});

async function fromDesk(c: Page, id: string, visitor: Visitor): Promise<Found | undefined> {
  const decision = await c.var.needs.records.get(decisions, id);
  if (!decision) return undefined;
  return {
    decision,
    door: decision.asked.some(({ personId }) => personId === visitor.personId) ? { kind: 'desk' } : { kind: 'other' },
  };
}

/** Somebody else's link shows nothing of the request; its use by them is told at the POST only, since a GET changes nothing. */
async function show(c: Page, visitor: Visitor, { decision, door }: Found, action: string) {
  if (door.kind === 'other') return forSomeoneElse(c, decision);
  const because = await hiddenBecause(c, visitor, decision);
  if (because.length > 0) return notYours(c, because);
  return page(
    c,
    headingOf(decision),
    <QuestionPage
      decision={decision}
      visitor={visitor}
      now={c.var.needs.now()}
      action={action}
      signed={await othersOf(c, decision)}
    />,
  );
}

async function decide(c: Page, visitor: Visitor, { decision, door }: Found, action: string) {
  const form = await formOf(c);
  if (door.kind === 'other') {
    await untilWritten(() => tellForeignAttempt(c, visitor, decision));
    return forSomeoneElse(c, decision);
  }
  const { question } = decision.matter;
  const answer = ANSWERS[question].find((one) => one === form.text('answer'));
  if (!answer) return c.redirect(action, STATUS.SeeOther);
  const acknowledged = form.checked('acknowledgesPublicKeptOut');
  const reason = form.text('reason');
  const kept = form.texts('keep');
  const result = await untilWritten(() =>
    answerDecision(c.var.needs, {
      decisionId: decision.id,
      person: visitor,
      door,
      answer,
      reason,
      ...(question === 'disclosure' && { kept }),
      ...(question === 'x-ray-use' && { acknowledgesPublicKeptOut: acknowledged }),
      shownHash: form.text('shown'),
    }),
  );
  if (result.kind === 'answered')
    return page(c, { title: titleAnswered(result.decision) }, <Settled decision={result.decision} />);

  const { because } = result;
  const about = (fields: readonly string[]) => because.some(({ field }) => fields.includes(field));
  if (question !== 'x-ray-use' && about(NOT_YOURS)) return notYours(c, because);
  const status = about(SETTLED) ? STATUS.Conflict : about(NOT_YOURS) ? STATUS.Forbidden : STATUS.Refused;
  return page(
    c,
    { title: headingOf(decision).title, status },
    <QuestionPage
      decision={result.decision ?? decision}
      visitor={visitor}
      now={c.var.needs.now()}
      action={action}
      typed={{ refusals: because, reason, acknowledged, kept }}
      signed={await othersOf(c, decision)}
    />,
  );
}

/** Of a batch to destroy, how the three offices have answered, this one with them. */
async function othersOf(c: Page, { id, matter }: Decision): Promise<readonly Decision[]> {
  if (matter.question !== 'disposition') return [];
  const found = await Promise.all([id, ...matter.others].map((one) => c.var.needs.records.get(decisions, one)));
  return found.filter((one) => one !== undefined);
}

/** Why a named person is not shown a sign-off: since it was put to them, their office or their role has ended. */
async function hiddenBecause(c: Page, visitor: Visitor, decision: Decision): Promise<readonly Refusal[]> {
  const { matter } = decision;
  const { records, now } = c.var.needs;
  if (matter.question === 'x-ray-use') return [];
  const ruling =
    matter.question === 'disposition'
      ? maySeeDisposal(decision, matter, await signerOf(records, decision, matter, visitor), now())
      : maySeeSignOff(decision, matter, (await signerNow(records, visitor)).signer, now());
  return ruling.kind === 'refused' ? ruling.because : [];
}

/** Who has signed for an office may see what they signed. */
async function signerOf(
  records: DecisionPagesNeeds['records'],
  { answer }: Decision,
  matter: DispositionMatter,
  visitor: Visitor,
) {
  const signer = await disposalSignerNow(records, matter, visitor);
  return answer?.by === visitor.personId ? { ...signer, alreadySigned: [] } : signer;
}

/** A forwarded link or a guessed id, tried for real: the ledger names who tried, and nothing else happens. */
async function tellForeignAttempt(c: Page, visitor: Visitor, decision: Decision): Promise<void> {
  await c.var.needs.records.write({
    at: c.var.needs.now(),
    by: { kind: 'person', id: visitor.personId },
    puts: [],
    tells: [
      {
        subject: decision.on,
        act: 'decision refused to a person',
        edition: decision.edition,
        clauses: [clauseOf(decision)],
        facts: { decision: decision.id, fields: ['not named'] },
      },
    ],
  });
}

const forSomeoneElse = (c: Page, { matter }: Decision) =>
  page(c, { title: 'This link is for someone else', status: STATUS.Forbidden }, <ForSomeoneElse matter={matter} />);

const notYours = (c: Page, because: readonly Refusal[]) =>
  page(
    c,
    { title: 'This is not yours to sign off now', status: STATUS.Forbidden },
    <ErrorSummary refusals={because} fields={[]} />,
  );

const unknownLink = (c: Page) =>
  page(
    c,
    { title: 'This link opens nothing', status: STATUS.NotFound },
    <Notice kind="warning" heading="It is not a link we sent, or it was cut short">
      <p>Open it from the mail again, or open the request from your desk.</p>
    </Notice>,
  );

const needs = onFirstCall(() => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  const { sign } = answerKeyAt(readEnv('DECISION_KEY'));
  return { records, sign, now: systemNow, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(decisionPages(needs), 'decision-pages');
