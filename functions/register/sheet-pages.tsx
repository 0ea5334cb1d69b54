/**
 * Each register as a page, as a download and as a page for printing. Looking changes nothing and writes nothing: all
 * three are made from the records at the moment they are asked for.
 */
import type { Hono } from 'hono';
import { nyText } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { csvFile } from '../edge/csv.ts';
import { ClauseLink } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { mustBeAble, type PageEnv, type PageNeeds } from '../edge/page-app.tsx';
import type { RegisterNeeds } from './needs.ts';
import { OverviewPage, overviewOf } from './overview.tsx';
import { ProvisionFilterForm, WhatIsLeftOut } from './provision-filter.tsx';
import { filterIn } from './provisions.ts';
import { csvOfSheet } from './sheet.ts';
import { PrintedSheet, SheetActions, SheetTable } from './sheet-views.tsx';
import { SHEET_NAMES, sheetOf, type SheetName } from './sheets.ts';
import { SHELVES } from './shelves.tsx';

export interface RegisterPageNeeds extends PageNeeds, RegisterNeeds {
  /** The agency's name, as papers give it. */
  readonly agency: string;
}

type App = Hono<PageEnv<RegisterPageNeeds>>;

const LEADS: Readonly<Record<SheetName, string>> = {
  provisions: 'What was released in a quarter: to whom, when, what, on which ground, and who decided.',
  access:
    'Every agency that reaches a system of the department by itself, how far, and since when. What is over stays.',
  agreements: 'What recipients promised about the use of what is disclosed, and how much was released under it.',
  'pre-approvals': 'What the City’s Chief Privacy Officer approved beforehand, for disclosures to other City agencies.',
  designations: 'What the privacy office designated as routine, for which recipients, and why.',
  deputies: 'Who is the Agency Privacy Officer, and who was named a deputy in writing.',
};

const NOTHING: Readonly<Record<SheetName, string>> = {
  provisions: 'Nothing was released in this quarter that this would show.',
  access:
    'No direct access is on file. Each agency with direct access is shown here, with how far it reaches and its dates.',
  agreements: 'No agreement is on file. Disclosures to third parties rest on these.',
  'pre-approvals': 'No approval in advance is on file.',
  designations: 'No routine designation is on file.',
  deputies: 'Nobody holds the office.',
};

export function sheetPages(app: App): void {
  app.get('/registers', async (c) => {
    mustBeAble(c, 'read-disclosures');
    const { records, now } = c.var.needs;
    return page(
      c,
      { title: 'Registers', lead: 'What left the department, who reaches in, and what is on file for it to rest on.' },
      <OverviewPage overview={await overviewOf(records, now())} />,
    );
  });

  for (const name of SHEET_NAMES) {
    app.get(`/registers/${name}`, async (c) => {
      const visitor = mustBeAble(c, 'read-disclosures');
      const now = c.var.needs.now();
      const query = (field: string) => c.req.query(field);
      const sheet = await sheetOf(name, { records: c.var.needs.records, now, query });
      return page(
        c,
        { title: sheet.title, above: <a href="/registers">Registers</a>, lead: LEADS[name], wide: true },
        <>
          <SheetActions sheet={sheet}>{mayDo(visitor.roles, 'keep-registers') && <Add name={name} />}</SheetActions>
          {name === 'provisions' && <ProvisionFilterForm filter={filterIn(query, now)} now={now} />}
          <SheetTable sheet={sheet} nothing={NOTHING[name]} />
          {name === 'provisions' && <WhatIsLeftOut />}
          <p>
            {sheet.period}. Answers <ClauseLink id={sheet.answers} />
          </p>
        </>,
      );
    });

    app.get(`/registers/${name}/print`, async (c) => {
      const visitor = mustBeAble(c, 'read-disclosures');
      const { records, now, agency } = c.var.needs;
      const at = now();
      const sheet = await sheetOf(name, { records, now: at, query: (field) => c.req.query(field) });
      return page(
        c,
        { title: sheet.title, above: `Register of ${agency}, made ${nyText(at)}`, wide: true },
        <PrintedSheet sheet={sheet} agency={agency} madeAt={at} madeBy={visitor.name} />,
      );
    });

    app.get(`/registers/${name}.csv`, async (c) => {
      mustBeAble(c, 'read-disclosures');
      const { records, now } = c.var.needs;
      const sheet = await sheetOf(name, { records, now: now(), query: (field) => c.req.query(field) });
      return csvFile(c, `${sheet.name}-${sheet.suffix}`, csvOfSheet(sheet));
    });
  }
}

function Add({ name }: { name: SheetName }) {
  const add = name === 'deputies' ? 'Name a deputy' : SHELVES.find(({ path }) => path === name)?.add;
  return add ? (
    <a class="usa-button" href={`/registers/${name}/new`}>
      {add}
    </a>
  ) : null;
}
