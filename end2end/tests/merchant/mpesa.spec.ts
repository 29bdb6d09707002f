// The owner gives M-Pesa's operator, registers the addresses, and asks the balance, on a phone.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { PASSWORD, platform, signIn } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

test.use({ viewport: { width: 360, height: 740 } });

test('operator, addresses and balance are set and seen on one page', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'owner', 'kilimani-electronics');
  await page.goto(platform('/dashboard/settings/mpesa'));
  if (page.url().includes('/confirm')) {
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('main').getByRole('button').first().click();
  }
  await expect(page.getByRole('heading', { level: 1, name: 'M-Pesa' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);

  await page.getByLabel('Operator name').fill('dukaapi');
  await page.getByLabel('Operator password').fill('Safe#2026');
  await page.locator('#operator').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Set: dukaapi.')).toBeVisible();
  await expect(page.getByLabel('Operator password')).toHaveValue('');
  await expect(page.getByText('M-Pesa takes it for 90 days')).toBeVisible();

  await page.getByRole('button', { name: 'Register addresses' }).click();
  await expect(page.locator('#addresses').getByRole('status')).toHaveText(/Registered, nothing heard yet|Working/);

  await page.getByRole('button', { name: 'Ask the balance' }).click();
  // The answer comes when it comes; the page says what there is when it is opened.
  await expect(async () => {
    await page.goto(platform('/dashboard/settings/mpesa'));
    await expect(page.getByText('Utility Account')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expectNoSidewaysScroll(page);
});
