// Discount codes in the cart: one that counts, one that nobody gave out, and taking it out again.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { fillCart, fillFields, placeOrder } from '../../fixtures/person.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('a code makes the cart cheaper, and the order keeps it', async ({ page, person }) => {
  await fillCart(page, SHOP, 'beaded-key-ring');
  await page.getByText('Have a discount code?').click();
  await page.getByRole('textbox', { name: 'Discount code' }).fill('karibu-10');
  await page.getByRole('button', { name: 'Use code' }).click();
  await expect(page).toHaveURL(shopUrl(SHOP, '/cart'));
  await expect(page.getByText('Karibu, 10 % off (code KARIBU10)')).toBeVisible();
  await expect(page.getByText('You save KSh 35', { exact: true })).toBeVisible();
  // Goods, what is taken off, what is left; the sum beside the button is what is left.
  await expect(page.locator('.totals div')).toHaveText([/^Subtotal/, /^Karibu, 10 % off/, /^After discounts/]);
  await expect(page.locator('.bar__sum')).toHaveText(/^After discounts/);
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'Checkout' }).click();
  await expect(page.getByText('Karibu, 10 % off (code KARIBU10)')).toBeVisible();
  await fillFields(page, person);
  await page.getByRole('radio', { name: /^Cash on delivery/ }).check();
  await placeOrder(page);
  await expect(page.getByText('Discount', { exact: true }).locator('..')).toContainText('KSh 35');
});

test('a code that nobody gave out is refused in words, and the cart stays as it was', async ({ page, complaints }) => {
  await fillCart(page, SHOP, 'beaded-key-ring');
  await page.getByText('Have a discount code?').click();
  await page.getByRole('textbox', { name: 'Discount code' }).fill('NOBODY99');
  await page.getByRole('button', { name: 'Use code' }).click();
  complaints.refused(422);
  await expect(page.getByText('We do not know the code NOBODY99. Check the spelling. Your cart is unchanged.')).toBeVisible();
  await expect(page.getByText(/You save/)).toHaveCount(0);
});

test('a code is taken out again', async ({ page }) => {
  await fillCart(page, SHOP, 'beaded-key-ring');
  await page.getByText('Have a discount code?').click();
  await page.getByRole('textbox', { name: 'Discount code' }).fill('KARIBU10');
  await page.getByRole('button', { name: 'Use code' }).click();
  await page.getByRole('button', { name: 'Remove code KARIBU10' }).click();
  await expect(page).toHaveURL(shopUrl(SHOP, '/cart'));
  await expect(page.getByText(/You save/)).toHaveCount(0);
});
