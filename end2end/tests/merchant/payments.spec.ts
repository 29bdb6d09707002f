// The merchant looks where the money is: the list of payments, one payment, and the days that were closed.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('a payment is found, leads to its order, and tells where its money is', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'staff', SHOP);
  await page.goto(platform('/dashboard/payments'));
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const states = page.getByRole('navigation', { name: 'State' });
  await states.getByRole('link', { name: 'Received', exact: true }).click();
  await expect(page).toHaveURL(/state=received/);
  const first = page.getByRole('main').locator('.payment').first();
  const order = (await first.getByRole('link', { name: /^Order \d+$/ }).textContent()) ?? '';
  await first.locator('.payment__amount').click();
  await expect(page.getByRole('heading', { name: 'Where the money is' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Step by step' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('main').getByRole('link', { name: order, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: order })).toBeVisible();

  await page.goto(platform('/dashboard/payments'));
  await page.getByLabel('M-Pesa code, order number or end of the phone').fill(order.replace(/\D/g, ''));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('main').getByRole('link', { name: order, exact: true }).first()).toBeVisible();
  await page.getByLabel('M-Pesa code, order number or end of the phone').fill('nothing like it');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByText('No payment fits here.')).toBeVisible();
});

test('the accountant gets a file, and a range that is none is said at its field', async ({ page, complaints }) => {
  await signIn(page, 'owner', SHOP);
  await page.goto(platform('/dashboard/payments'));
  const form = page.locator('form', { has: page.getByRole('heading', { name: 'For the accountant' }) });
  const downloading = page.waitForEvent('download');
  await form.getByRole('button', { name: 'Download' }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^payments-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  await form.getByLabel('From').fill('2026-11-20');
  await form.getByLabel('Up to').fill('2026-11-19');
  await form.getByRole('button', { name: 'Download' }).click();
  await expect(page.locator('.field__problem')).toBeVisible();
  await expect(page.getByLabel('From')).toHaveValue('2026-11-20');
  complaints.refused(422);
});

test('the close says what it is, at the width of a phone', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'viewer', SHOP);
  await page.goto(platform('/dashboard/payments/close'));
  await expect(page.getByRole('heading', { level: 1, name: 'Daily close' })).toBeVisible();
  await expect(page.getByText('each shilling that came must be somewhere', { exact: false })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
});
