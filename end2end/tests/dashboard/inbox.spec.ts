// Money that no order fits: the merchant finds it in the inbox and puts it where it belongs, with one tap or by searching.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { fillCheckout, orderNumber } from '../../fixtures/person.ts';
import { payByHand } from '../../fixtures/phone.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'kanga-pair-asante-mama';

test('till money is proposed for its order, and one tap pays it', async ({ page, context, person, javaScriptEnabled }) => {
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('radio', { name: /^M-Pesa Buy Goods/ }).check();
  await shopper.getByRole('button', { name: 'Place order' }).click();
  const order = await orderNumber(shopper);
  const values = shopper.locator('.by-hand dd');
  const [number = '', amount = ''] = await values.allInnerTexts();
  expect(await payByHand(context, { phone: person.phone, number, amount })).toContain('Paid');

  await signIn(page, 'staff', SHOP);
  const button = page.getByRole('main').getByRole('button', { name: new RegExp(`on order ${order}$`) }).first();
  await expect(async () => {
    await page.goto(platform('/dashboard/payments/inbox'));
    await expect(button).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByRole('navigation', { name: 'Parts of payments' }).getByRole('link', { name: 'Inbox' })).toHaveAttribute('aria-current', 'page');
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await button.click();
  await expect(page.getByRole('status').filter({ hasText: 'the money is on its order' })).toBeVisible();

  const again = await context.newPage();
  await again.goto(shopper.url());
  await expect(again.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible();
});

test('money is searched an order, a part goes there and the rest becomes credit', async ({ page, context, person, javaScriptEnabled }) => {
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('radio', { name: /^M-Pesa Buy Goods/ }).check();
  await shopper.getByRole('button', { name: 'Place order' }).click();
  const order = await orderNumber(shopper);
  const [number = '', amount = ''] = await shopper.locator('.by-hand dd').allInnerTexts();
  const more = String(Number(amount) + 77);
  const friend = person.phone.replace(/^07/, '01');
  expect(await payByHand(context, { phone: friend, number, amount: more })).toContain('Paid');

  await signIn(page, 'owner', SHOP);
  const sum = `KSh ${Number(more).toLocaleString('en')}`;
  const coin = page.getByRole('main').locator('.coin').filter({ hasText: sum }).first();
  await expect(async () => {
    await page.goto(platform('/dashboard/payments/inbox'));
    await expect(coin).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await coin.getByRole('link', { name: 'Another order, a split, credit or refund' }).click();
  await page.getByRole('searchbox', { name: 'Order number, name or phone' }).fill(order);
  await page.getByRole('button', { name: 'Search' }).click();
  const found = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Put it there' }) });
  await expect(found.getByLabel('Amount')).toHaveValue(amount);
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const address = new URL(page.url()).pathname;
  await found.getByRole('button', { name: 'Put it there' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'the money is on its order' })).toBeVisible();

  await page.goto(platform(address));
  await expect(page.getByRole('heading', { level: 1, name: 'KSh 77' })).toBeVisible();
  const credit = page.locator('form').filter({ has: page.getByRole('heading', { name: 'Keep it for a customer' }) });
  await credit.getByLabel("Customer's phone").fill(person.phone);
  await credit.getByRole('button', { name: 'Keep as credit' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'the customer can buy with it' })).toBeVisible();
  // Opened anew: the page that waits for money loads itself again when it comes, and two loads at once are none.
  const again = await context.newPage();
  await again.goto(shopper.url());
  await expect(again.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible();
});
