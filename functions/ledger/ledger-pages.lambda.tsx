/**
 * The ledger, for those whose duty it is to read it. Reading a chain is itself told, so it takes a POST: a link shows
 * whose chain it is and asks, and nothing is read or written until the reader says so.
 *
 * Called by  ANY /ledger, /ledger/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Context, Hono } from 'hono';
import { Actions, FormSecret, Nothing, Notice, spoken, Submit, TextField } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, handlerOf, mustBeAble, pageApp, type PageEnv, type PageNeeds } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { systemNow } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { recordsIn } from '../records/records.aws.ts';
import type { Noun } from '../records/nouns.ts';
import { visitorsIn } from '../records/visitors.ts';
import { ChainView } from './chain-view.tsx';
import { isNoun, readChain, subjectsWith, type LedgerNeeds } from './read-chain.ts';

export type LedgerPageNeeds = PageNeeds & LedgerNeeds;
type C = Context<PageEnv<LedgerPageNeeds>>;

/** Longer than any id; a longer text is none. */
const LONGEST_ID = 100;

export function ledgerPages(needs: () => LedgerPageNeeds): Hono<PageEnv<LedgerPageNeeds>> {
  const app = pageApp(needs);
  app.get('/ledger', async (c) => {
    mustBeAble(c, 'read-ledger');
    const id = (c.req.query('record') ?? '').trim();
    return searchPage(c, id, id && id.length <= LONGEST_ID ? await subjectsWith(c.var.needs.records, id) : []);
  });
  app.get('/ledger/:noun/:id', async (c) => {
    const visitor = mustBeAble(c, 'read-ledger');
    const { noun, id } = c.req.param();
    return isNoun(noun) && id.length <= LONGEST_ID ? askPage(c, visitor, noun, id) : c.notFound();
  });
  app.post('/ledger/:noun/:id', async (c) => {
    const visitor = mustBeAble(c, 'read-ledger');
    await formOf(c);
    const { noun, id } = c.req.param();
    const chain =
      isNoun(noun) && id.length <= LONGEST_ID ? await readChain(c.var.needs, noun, id, visitor.personId) : undefined;
    if (!chain) return c.notFound();
    return page(
      c,
      { title: `Ledger of ${id}`, above: spoken(noun), lead: 'Oldest first. That you read it is in the ledger too.' },
      <ChainView chain={chain} />,
    );
  });
  return app;
}

function searchPage(c: C, id: string, nouns: readonly Noun[]): Promise<Response> {
  return page(
    c,
    {
      title: 'Ledger',
      lead: 'Every change, with its time, its author and the clauses that decided it. Each entry holds the hash of the one before.',
      status: STATUS.Ok,
    },
    <>
      <form class="pa-form" method="get" action="/ledger">
        <TextField
          name="record"
          label="Id of the record"
          hint="Such as R-7K3M-Q9TX for a request or P-… for a person, exactly as it is shown."
          required
          value={id}
          width="xl"
          maxlength={LONGEST_ID}
        />
        <Actions>
          <Submit>Find it</Submit>
        </Actions>
      </form>
      {id && (
        <section aria-labelledby="found">
          <h2 id="found">Found</h2>
          {nouns.length === 0 ? (
            <Nothing>The ledger has nothing under this id. Ids are told apart by every letter, large or small.</Nothing>
          ) : (
            <ul class="pa-list">
              {nouns.map((noun) => (
                <li>
                  <p class="pa-list__what">
                    <a href={`/ledger/${noun}/${encodeURIComponent(id)}`}>{id}</a>
                  </p>
                  <p class="pa-list__more">{spoken(noun)}</p>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>,
  );
}

function askPage(c: C, visitor: Visitor, noun: Noun, id: string): Promise<Response> {
  return page(
    c,
    { title: `Ledger of ${id}`, above: spoken(noun) },
    <form method="post" action={`/ledger/${noun}/${encodeURIComponent(id)}`}>
      <FormSecret visitor={visitor} />
      <Notice kind="info" heading="Reading is recorded">
        <p>You are about to read who did what with this record. The ledger keeps that you did, and when.</p>
      </Notice>
      <Submit>Read this ledger</Submit>
    </form>,
  );
}

const needs = onFirstCall((): LedgerPageNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(ledgerPages(needs), 'ledger-pages');
