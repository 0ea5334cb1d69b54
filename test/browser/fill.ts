/** Fills in a form on the page a browser looks at, as a person would. */
import type { Page } from 'playwright-core';
import { minutesAfter, nyFields } from '../job.ts';

/** A lawful request of two hours, from so many minutes from now on. It is filled in and not sent. */
export async function fillRequest(page: Page, now: Date, inMinutes: number): Promise<void> {
  const from = nyFields('startsAt', minutesAfter(now, inMinutes));
  const until = nyFields('endsAt', minutesAfter(now, inMinutes + 120));
  const choose = (group: string, option: string) =>
    page.getByRole('group', { name: group }).getByText(option, { exact: true }).click();
  await choose('Object', 'Truck');
  await page.getByLabel('Description').fill('White box truck with a covered bed');
  await page.getByLabel('Location, event or address').fill('First Avenue and East 45th Street');
  await choose('Is it on or near a public street?', 'Yes');
  for (const [name, value] of Object.entries({ ...from, ...until })) await page.locator(`[name="${name}"]`).fill(value);
  await page
    .getByLabel('What gravely endangers public safety?')
    .fill('Credible word of explosives hidden in the cargo area');
  await choose('Purpose', 'Law enforcement');
  await page.getByLabel('Law enforcement reason').fill('Secure the approach to the assembly');
  await page
    .getByLabel('How will members of the public be kept out of the scan?')
    .fill('Cordon of thirty feet with officers on each side');
  await choose('Does it concern an investigation of political activity?', 'No');
  await choose('Does it serve immigration enforcement?', 'No');
  await page.getByText('To my knowledge, the use I ask for').click();
}

/** On an image's page: states a purpose that needs no case, and presses one of the two buttons. */
export async function openImage(page: Page, button: 'See it' | 'Save the original'): Promise<void> {
  await page.getByLabel('Purpose').selectOption({ label: 'Other official business of the department' });
  await page.getByLabel('What you need it for').fill('To answer the review of the deployment');
  await page.getByRole('button', { name: button }).click();
}
