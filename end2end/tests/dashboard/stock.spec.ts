// Goods come in, are counted and corrected on a phone, with and without scripts.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn, wayTo } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';

/** Goods of its own for each way of running, by the place in the list. */
const PLACE: Record<string, number> = { phone: 0, 'phone-no-scripts': 1, desktop: 2 };

test('goods that come in are in the ledger with the person and the note', async ({ page }, { project }) => {
  await signIn(page, 'staff', SHOP);
  await (await wayTo(page, 'Stock')).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Stock' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  const line = page.getByRole('main').locator('.shelf').nth(PLACE[project.name] ?? 0);
  await line.getByRole('link').first().click();
  await expectNoSidewaysScroll(page);
  const house = page.locator('.shelf__numbers dd').first();
  const before = Number(await house.textContent());
  const form = page.locator('form', { has: page.getByRole('heading', { name: 'New goods came in' }) });
  await form.getByLabel('Pieces').fill('5');
  await form.getByLabel('Note').fill('from the wholesaler');
  await form.getByRole('button', { name: 'Put on the shelf' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(house).toHaveText(String(before + 5));
  await expect(page.getByRole('listitem').filter({ hasText: 'from the wholesaler' }).first()).toContainText('+5 New goods');
});

test('a count is entered, left, found again and applied', async ({ page }, { project }) => {
  await signIn(page, 'owner', SHOP);
  await page.goto(platform('/dashboard/stock'));
  const line = page.getByRole('main').locator('.shelf').nth(3 + (PLACE[project.name] ?? 0));
  const name = ((await line.getByRole('link').first().textContent()) ?? '').split(',')[0]?.trim() ?? '';
  await page.getByRole('link', { name: 'Counts', exact: true }).click();
  await expectNoSidewaysScroll(page);
  await page.getByLabel('What to count').selectOption('search');
  await page.getByLabel('Search words').fill(name);
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expectNoSidewaysScroll(page);
  const count = page.url();
  // Every run finds more than the one before it.
  const counted = String(1_000 + (Math.floor(Date.now() / 1_000) % 90_000));
  await page.locator('.counting .input').first().fill(counted);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();

  await page.goto(platform('/dashboard'));
  await page.goto(count);
  await expect(page.locator('.counting .input').first()).toHaveValue(counted);
  await page.getByRole('link', { name: 'Differences', exact: true }).click();
  await expect(page.getByRole('main').getByText(/\d more\b/).first()).toBeVisible();
  // Counted once more, and applied without saving in between.
  await page.locator('.counting .input').first().fill(String(Number(counted) + 1));
  await page.getByLabel('Why they differ').fill('found a box');
  await page.getByRole('button', { name: 'Apply the differences' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The differences are in the ledger.' })).toBeVisible();
  await expect(page.getByRole('main').getByText(String(Number(counted) + 1), { exact: true })).toBeVisible();
});

test('what is no number is said at its field and the rest stays typed', async ({ page, complaints }) => {
  await signIn(page, 'owner', SHOP);
  await page.goto(platform('/dashboard/stock'));
  await page.getByRole('main').locator('.shelf').nth(7).getByRole('link').first().click();
  const form = page.locator('form', { has: page.getByRole('heading', { name: 'Correct the stock' }) });
  await form.getByLabel('Change by').fill('a few');
  await form.getByLabel('Note').fill('typed already');
  await form.getByRole('button', { name: 'Correct', exact: true }).click();
  await expect(form.getByText('A whole number of pieces, please', { exact: false })).toBeVisible();
  await expect(form.getByLabel('Note')).toHaveValue('typed already');
  complaints.refused(422);
});
