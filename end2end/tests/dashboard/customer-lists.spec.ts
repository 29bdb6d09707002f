// A merchant brings a list of customers in after looking what it would do, and takes the list out again.

import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, platform, signIn } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

test('a list is tried, brought in, and taken out again by its tag', async ({ page, javaScriptEnabled }) => {
  const number = randomInt(1_000_000_000);
  const phone = `07${String(randomInt(100_000_000)).padStart(8, '0')}`;
  const [tag, name] = [`list ${number}`, `Person ${number}`];
  const list = ['Phone,Name,Tags', `${phone},${name},${tag}`, `+254${phone.slice(1)},Twice,`, '12345,Nobody,'].join('\n');

  await signIn(page, 'owner', 'mama-njeri');
  await goTo(page, 'Customers');
  await page.getByRole('link', { name: 'Bring a list in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bring a list in' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('button', { name: 'Upload and try it' }).click();
  await expect(page.getByRole('heading', { name: 'Ready to bring in' })).toBeVisible();
  await expect(page.getByText('It would be: 1 new, 0 filled, 0 as before, 2 not taken')).toBeVisible();
  await expect(page.getByText('The same person stands on line 2.')).toBeVisible();
  await expect(page.getByText('This is no Kenyan mobile number.')).toBeVisible();
  await expectNoSidewaysScroll(page);

  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(page.getByRole('heading', { name: 'The list is in' })).toBeVisible();
  await expect(page.getByText('1 new, 0 filled, 0 as before, 2 not taken')).toBeVisible();

  await page.goto(platform(`/dashboard/customers?words=${encodeURIComponent(name)}`));
  await expect(page.getByText('1 customer', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Take the list out' }).click();
  await expect(page.getByText('1 customer will be in it.')).toBeVisible();
  await expectNoSidewaysScroll(page);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the list' }).click()]);
  expect(file.suggestedFilename()).toBe('customers.csv');
  const spaced = `${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}`;
  expect((await readFile(await file.path(), 'utf8')).split('\n')[1]).toBe(`${name},${spaced},,,${tag},0,0,,,,,,,,`);
});
