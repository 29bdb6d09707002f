// Money that goes back: all of an order with one good on the shelf again, and a part that is sent by hand with a receipt.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { findProduct, openOrder, signIn, stockOf } from '../../fixtures/merchant.ts';
import { fillCart, fillCheckout, orderNumber, placeOrder, shillings } from '../../fixtures/person.ts';
import { script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'kanga-pair-asante-mama';
const NAME = 'Kanga Pair: Asante Mama';
/** Nobody else buys this one: what its shelf says is this file's alone. */
const OWN = { product: 'kanga-pair-haba-na-haba', name: 'Kanga Pair: Haba na Haba' };

test('all of an order goes back with a thumb, and its good is on the shelf again', async ({ page, context, person }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await script({ phone: person.phone, result_code: 0 });
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, OWN.product, person);
  const number = await placeOrder(shopper);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });

  await signIn(page, 'owner', SHOP);
  const before = await stockOf(await findProduct(page, OWN.name));
  await openOrder(page, number);
  await page.getByRole('link', { name: 'Send money back' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Send money back for order ${number}` })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByLabel(/^All of it/).check();
  await page.getByLabel(new RegExp(`^Back on the shelf: ${OWN.name}`)).check();
  await page.getByLabel('Reason').fill('It broke on the way');
  await page.getByLabel('How it goes back').selectOption('I send it myself');
  await page.getByRole('button', { name: 'Show what goes back' }).click();
  const sum = page.getByRole('status').filter({ hasText: 'What goes back' });
  await expect(sum).toContainText('You send it yourself and note the receipt.');
  const total = shillings(await sum.locator('.sums__total').innerText());
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: /^Send back KSh/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
  expect(await stockOf(await findProduct(page, OWN.name))).toBe(before + 1);

  await shopper.reload();
  await expect(shopper.getByText(/is on its way back to you/)).toBeVisible();
  await openOrder(page, number);
  await page.getByRole('link', { name: /^Refunds: KSh/ }).click();
  await page.getByRole('link', { name: new RegExp(`^Order ${number}`) }).click();
  await page.getByLabel('Receipt').fill(`UKE2E${Date.now() % 100_000_000}`);
  await page.getByRole('button', { name: 'Mark as sent' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Done.' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await shopper.reload();
  await expect(shopper.getByRole('heading', { name: 'Money returned' })).toBeVisible();
  await expect(shopper.getByText(/was sent back on/)).toContainText(`KSh ${total.toLocaleString('en')}`);
  await openOrder(page, number);
  await expect(page.getByRole('main')).toContainText('Refunded. Nothing is left to do.');
});

test('a part goes back by hand, wrong sums are named, and the order stays paid', async ({ page, context, person, complaints }) => {
  await script({ phone: person.phone, result_code: 0 });
  const shopper = await context.newPage();
  await fillCart(shopper, SHOP, PRODUCT);
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('button', { name: 'Place order' }).click();
  const number = await orderNumber(shopper);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });

  await signIn(page, 'owner', SHOP);
  await openOrder(page, number);
  await page.getByRole('link', { name: 'Send money back' }).click();
  await page.getByLabel(new RegExp(`^Pieces of ${NAME}`)).fill('3');
  await page.getByLabel('Reason').fill('One was scratched');
  await page.getByRole('button', { name: 'Show what goes back' }).click();
  complaints.refused(422);
  await expect(page.getByText('More than were bought and are not back yet.')).toBeVisible();
  await expect(page.getByLabel('Reason')).toHaveValue('One was scratched');
  await page.getByLabel(new RegExp(`^Pieces of ${NAME}`)).fill('1');
  await page.getByRole('button', { name: 'Show what goes back' }).click();
  await page.getByRole('button', { name: /^Send back KSh/ }).click();
  await page.getByRole('link', { name: /^Refunds: KSh/ }).click();
  await page.getByRole('link', { name: new RegExp(`^Order ${number}`) }).click();
  await page.getByLabel('Given back in cash').check();
  await page.getByRole('button', { name: 'Mark as sent' }).click();
  await expect(page.getByRole('main')).toContainText('In cash');
  await openOrder(page, number);
  await expect(page.getByRole('main')).toContainText('Refunds: KSh');
  await expect(page.getByRole('button', { name: 'Start packing' })).toBeVisible();
});
