// Cash at the door: accepted by staff, collected by a rider with a link, by prompt or by hand.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { openOrder, signIn } from '../../fixtures/merchant.ts';
import { fillCheckout, placeOrder } from '../../fixtures/person.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'enamel-chai-mug';

test('a cash order is accepted, the rider sends the prompt at the door, and the order turns paid', async ({ page, context, person, javaScriptEnabled }) => {
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(shopper);
  await expect(shopper.getByRole('heading', { name: 'Order received' })).toBeVisible();

  await signIn(page, 'staff', SHOP);
  await openOrder(page, number);
  await page.getByRole('button', { name: 'Accept and pack' }).click();
  await page.getByRole('button', { name: 'Mark as dispatched' }).click();
  await page.getByRole('link', { name: "Rider's link" }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Rider's link for order ${number}` })).toBeVisible();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('Link for the rider').inputValue();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);

  const rider = await context.newPage();
  await rider.goto(link);
  await expect(rider.getByText(/^Collect KSh/)).toBeVisible();
  await expect(rider.getByText(person.name)).toBeVisible();
  await expectNoSidewaysScroll(rider);
  await rider.getByRole('button', { name: 'Send the prompt' }).click();
  await expect(rider.getByText('We sent the request to')).toBeVisible();
  // What is typed is not drawn away: the forms stand on a page that looks again only when it is asked to.
  await rider.getByRole('link', { name: 'Cash, or something else' }).click();
  await rider.getByLabel('Amount (KSh)').fill('50');
  await expect(rider.locator('meta[http-equiv="refresh"]')).toHaveCount(0);
  await expectNoSidewaysScroll(rider);
  await rider.getByRole('link', { name: 'Look again' }).click();
  await expect(rider.getByLabel('Amount (KSh)')).toHaveCount(0);
  await answerPrompt(context, person.phone, 'Approve');
  // The page looks again by itself.
  await expect(rider.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 25_000 });

  await page.goto(page.url().replace(/\/rider$/, ''));
  await expect(page.getByRole('link', { name: 'Receipt' })).toBeVisible();
  await page.getByRole('button', { name: 'Mark as delivered' }).click();
  await expect(page.getByRole('main')).toContainText('Delivered. Nothing is left to do.');
  await shopper.reload();
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible();
});

test('money that is handed over is written down, first a part and then the rest', async ({ page, context, person, javaScriptEnabled }) => {
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(shopper);
  await signIn(page, 'owner', SHOP);
  await openOrder(page, number);
  await page.getByRole('button', { name: 'Accept and pack' }).click();
  await expect(page.getByRole('button', { name: 'Mark as dispatched' })).toBeVisible();
  await page.getByRole('link', { name: 'Money received' }).click();
  await page.getByLabel('Amount (KSh)').fill('100');
  await page.getByLabel('Who brought it').fill('Otieno');
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('button', { name: 'Record the money' }).click();
  await expect(page.getByRole('status')).toContainText('The order is paid in part');
  const missing = /Still to be paid: KSh ([\d,]+)/.exec(await page.getByRole('main').innerText())?.[1] ?? '';
  await page.getByLabel('Amount (KSh)').fill(missing);
  await page.getByRole('button', { name: 'Record the money' }).click();
  await expect(page.getByRole('status')).toContainText('Recorded. The order is paid.');
  await expect(page.getByRole('listitem').filter({ hasText: 'Otieno' })).toContainText('KSh 100');
});

test('an unpaid order has a link to send to the buyer', async ({ page, context, person, javaScriptEnabled }) => {
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(shopper);
  await signIn(page, 'staff', SHOP);
  await openOrder(page, number);
  await page.getByRole('button', { name: 'Accept and pack' }).click();
  await expect(page.getByRole('button', { name: 'Mark as dispatched' })).toBeVisible();
  await page.getByRole('link', { name: 'Payment link' }).click();
  expect(await page.getByLabel('Link', { exact: true }).inputValue()).toBe(shopper.url());
  await expect(page.getByRole('link', { name: 'Send it on WhatsApp' })).toHaveAttribute('href', /^https:\/\/wa\.me\/2547\d{8}\?text=Hello/);
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
});
