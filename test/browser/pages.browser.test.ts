/**
 * Every page, as each demonstration person sees it: accessible by WCAG 2.2 AA, one heading of the first level, a language,
 * a title of its own, nothing wrong in the console and nothing that the page's own security policy had to stop.
 * Screenshots go to the folder that SCREENSHOTS names, if it is set.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEOPLE } from '../../demo/people.ts';
import {
  ask,
  assign,
  close,
  decide,
  deploymentIn,
  end,
  fileImage,
  linkFor,
  requestFields,
  sendFile,
  start,
} from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { startChromium } from './chromium.ts';
import { openImage } from './fill.ts';
import { BrowserPerson } from './person.ts';
import { grayPng } from './pictures.ts';

let postact: Postact;
let browser: Browser;
beforeAll(async () => {
  [postact, browser] = [await startPostact(), await startChromium()];
});
afterAll(async () => {
  await browser?.close();
  await postact?.stop();
});

type Stop = readonly [path: string, title: RegExp];

/** Goes through pages as one person and checks each. A path given twice is only looked at once. */
async function tour(
  personId: string | undefined,
  stops: readonly Stop[],
  then: (person: BrowserPerson) => Promise<void> = async () => undefined,
): Promise<void> {
  const person = personId
    ? await BrowserPerson.as(browser, postact, personId)
    : await BrowserPerson.stranger(browser, postact);
  for (const [path, title] of stops) {
    await person.see(path, path);
    await person.expectWhole(title);
  }
  await then(person);
  expect(person.problems).toEqual([]);
  await person.leave();
}

const notFound = /There is nothing at this address/;

describe('every page', () => {
  it('is whole for somebody who is not signed in', async () => {
    await tour(
      undefined,
      [
        ['/', /Mobile x-ray, under the POST Act/],
        ['/sign-in', /Sign in/],
        ['/ask', /Ask for help/],
        ['/ask/sent?number=R-0000-0000', /received/],
        ['/policy', /./],
        ['/policy/health', /./],
        ['/policy/editions', /./],
        ['/policy/clauses/XR26-USE-07', /./],
        ['/policy/no-such-page', notFound],
        ['/mail', /Mail/],
      ],
      async (person) => {
        await person.page.goto('/ask');
        await person.page.getByRole('button', { name: 'Send the request' }).click();
        await person.page.getByRole('heading', { name: /things are in the way/ }).waitFor();
        await person.checked('the form for outside entities, refused');
        await person.page.goto('/desk');
        await person.page.locator('main form button').first().click();
        await person.page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
        await person.checked('the directory');
        await person.expectWhole(/Sign in/);
      },
    );
  }, 180_000);

  it.each(PEOPLE.map(({ personId, name }) => [name, personId]))(
    'that the header offers is whole for %s',
    async (_, personId) => {
      const client = await postact.as(personId);
      await client.go('/desk');
      const nav = /<nav class="pa-nav"[\s\S]*?<\/nav>/.exec(client.page.text)![0];
      const places = [...nav.matchAll(/href="([^"]+)"/g)]
        .map(([, href]) => href!)
        .filter((href) => href !== '/desk' && href !== '/policy');
      await tour(personId, [['/desk', /My desk/]], async (person) => {
        for (const place of places) {
          await person.page.goto(place);
          await person.expectWhole(/./);
        }
      });
    },
    30_000,
  );

  it('is whole at each stage of a request, its deployment and its images', async () => {
    const deciding = await ask(postact);
    const declined = await ask(postact);
    await decide(postact, 'p-lee', declined, 'decline');
    const withdrawn = await ask(postact);
    await (await postact.as('p-reyes')).go(`/requests/${withdrawn}`);
    await (await postact.as('p-reyes')).send('/withdraw', { reason: 'The event was called off' });
    const approved = await ask(postact);
    await decide(postact, 'p-lee', approved);
    const later = await ask(postact, 'p-reyes', {}, { inMinutes: 700, forMinutes: 60 });
    await decide(postact, 'p-lee', later);
    const assigned = deploymentIn(await assign(postact, later));
    const outside = postact.stranger();
    await outside.go('/ask');
    await outside.send('/ask', {
      ...requestFields(postact.now()),
      entityKind: 'city-agency',
      entityName: 'Agency of Bridges',
      liaisonName: 'Kit Moss',
      liaisonTitle: 'Director',
      liaisonEmail: 'kit@bridges.example',
      liaisonPhone: '212 555 0100',
    });
    const confirming = /R-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(outside.words())![0];
    const used = await ask(postact, 'p-reyes', {}, { inMinutes: 5, forMinutes: 120 });
    await decide(postact, 'p-lee', used);
    const running = deploymentIn(await assign(postact, used));
    await postact.advance(6);
    await start(postact, running);
    await postact.settled();

    await tour('p-reyes', [
      ['/requests/new', /Request mobile x-ray/],
      ['/requests', /Requests/],
      [`/requests/${deciding}`, /Request R-/],
      [`/requests/${declined}`, /Request R-/],
      [`/requests/${withdrawn}`, /Request R-/],
      [`/requests/${approved}`, /Request R-/],
      [await linkFor(postact, 'p-lee', deciding), /This link is for someone else/],
      [`/decisions/link/${'x'.repeat(43)}`, /This link opens nothing/],
      ['/ledger', /You may not do this|./],
      [`/requests/${confirming}`, notFound],
    ]);
    await tour(
      'p-lee',
      [
        [await linkFor(postact, 'p-lee', deciding), /Decide on a use/],
        [await linkFor(postact, 'p-lee', declined), /A decision on/],
        ['/desk', /My desk/],
      ],
      async (person) => {
        await person.page.goto(await linkFor(postact, 'p-lee', deciding));
        await person.page.getByLabel('Reason').fill('short');
        await person.page.getByRole('button', { name: 'Approve this use' }).click();
        await person.page.getByRole('heading', { name: /in the way/ }).waitFor();
        await person.checked('a decision refused');
      },
    );
    await tour('p-hale', [
      [`/requests/${confirming}`, /Request R-/],
      ['/desk', /My desk/],
    ]);
    await tour('p-brandt', [
      [`/deployments/new?request=${approved}`, /Assign/],
      [`/deployments/new?request=${declined}`, /Nothing to assign/],
      [`/deployments/${assigned}`, /Deployment P-/],
      [`/requests/${later}`, /Request R-/],
      ['/devices/x-ray-3', /x-ray 3/],
      ['/trainings/p-kim', /./],
    ]);

    await postact.advance(3);
    const { imageId: lapsing } = await fileImage(postact, used);
    const refused = await fileImage(postact, used, { fileName: 'scan-0002.png' });
    await sendFile(refused.client, Buffer.from('these words are no picture'));
    const kept = await fileImage(postact, used, { fileName: 'scan-0003.png' });
    await sendFile(kept.client, grayPng(320, 200));
    await postact.settled();
    await tour(
      'p-ortiz',
      [
        [`/deployments/${running}`, /Deployment P-/],
        [`/deployments/${assigned}`, /Deployment P-/],
        [`/requests/${used}`, /Request R-/],
        [`/images/new?request=${used}`, /File an x-ray image/],
        ['/images', /Images/],
        ['/images?case=2026-0042', /Images/],
        [`/images/${lapsing}`, /Image I-/],
        [`/images/${refused.imageId}`, /Image I-/],
        [`/images/${kept.imageId}`, /Image I-/],
      ],
      async (person) => {
        await person.page.goto(`/images/new?request=${used}`);
        await person.page.getByRole('button', { name: 'Save and go on' }).click();
        await person.page.getByRole('heading', { name: /in the way/ }).waitFor();
        await person.checked('an image refused at the form');
      },
    );

    await tour(
      'p-okafor',
      [
        ['/images?case=2026-0042', /Images/],
        [`/images/${kept.imageId}`, /Image I-/],
      ],
      async (person) => {
        await openImage(person.page, 'See it');
        await person.page.getByText('Shown whole').waitFor();
        await person.checked('the viewer');
        await person.expectWhole(/Image I-/);
      },
    );
    await end(postact, running, 2); // One was kept, one refused.
    await tour('p-brandt', [[`/deployments/${running}`, /Deployment P-/]]);
    await (await postact.as('p-reyes')).go(`/requests/${later}`);
    await (await postact.as('p-reyes')).send('/withdraw', { reason: 'The event was called off' });
    await postact.settled();
    await tour('p-brandt', [[`/deployments/${assigned}`, /Deployment P-/]], (person) =>
      person.page.getByText('It was cancelled before it began').waitFor(),
    );
    await tour(
      'p-stone',
      [
        ['/ledger', /Ledger/],
        [`/ledger?record=${used}`, /Ledger/],
        [`/ledger/use-request/${used}`, /Ledger of/],
      ],
      async (person) => {
        await person.page.getByRole('button', { name: 'Read this ledger' }).click();
        await person.page.getByRole('heading', { name: /This chain holds/ }).waitFor();
        await person.checked('a chain of the ledger');
      },
    );
    await tour(
      'p-wu',
      [
        ['/devices/x-ray-1', /x-ray 1/],
        ['/trainings/new', /training/i],
        ['/trainings/p-ortiz', /./],
      ],
      async (person) => {
        await person.page.goto('/devices/x-ray-1');
        await person.page
          .getByRole('group', { name: 'Is the device accounted for?' })
          .getByText('No', { exact: true })
          .click();
        await person.page
          .getByRole('group', { name: 'Is that a secure place' })
          .getByText('Yes', { exact: true })
          .click();
        await person.page.getByRole('button', { name: 'Record the inspection' }).click();
        await person.page.getByRole('heading', { name: /in the way/ }).waitFor();
        await person.checked('an inspection refused');
      },
    );
    const mails = await postact.mailsTo('p-lee');
    await tour(undefined, [
      ['/mail', /Mail/],
      ['/mail?to=mlee%40example.gov', /Mail/],
      [`/mail/${mails[0]!.id}`, /request R-/],
      ['/mail/none', /No such mail/],
    ]);
    await postact.advance(25 * 60);
    await tour('p-ortiz', [[`/images/${lapsing}`, /Image I-/]]);
    await close(postact, running);
    await tour(
      'p-brandt',
      [
        [`/requests/${used}`, /Request R-/],
        [`/deployments/${running}`, /Deployment P-/],
      ],
      (person) => person.page.getByText('It is closed.').waitFor(),
    );
    await tour('p-reyes', [
      [`/requests/${deciding}`, /Request R-/],
      [`/requests/${approved}`, /Request R-/],
    ]);
  }, 300_000);
});
