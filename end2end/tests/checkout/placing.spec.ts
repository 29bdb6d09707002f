// Placing an order when something is not as it should be: twice, from two tabs, with another total, with wrong fields.

import type { Page } from '@playwright/test';
import { fillCart, fillCheckout, fillFields, orderNumber, placeOrder, shillings } from '../../fixtures/person.ts';
import { prompts } from '../../fixtures/provider.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';
const PRODUCT = 'sauti-wired-earphones';

/** The text of the first area that costs something else than the one chosen. */
async function areaWithAnotherFee(page: Page): Promise<string> {
  const area = page.getByLabel('Delivery area');
  const chosen = await area.locator('option:checked').innerText();
  const all = await area.locator('option').allInnerTexts();
  const fee = (text: string): number => (text.includes('KSh') ? shillings(text) : 0);
  const other = all.find((text) => fee(text) !== fee(chosen));
  if (other === undefined) throw new Error('every area costs the same');
  return other;
}

const total = async (page: Page): Promise<string> => page.locator('dl').filter({ hasText: 'Subtotal' }).locator('dd').last().innerText();

test('another area with the old total says what changed, and that page’s form succeeds', async ({ page, person, complaints }) => {
  await fillCheckout(page, SHOP, PRODUCT, person);
  const seen = await total(page);
  await page.getByLabel('Delivery area').selectOption({ label: await areaWithAnotherFee(page) });
  await page.getByRole('button', { name: 'Place order' }).click();
  const said = page.getByRole('alert');
  await expect(said).toContainText('Nothing was ordered and no money moved.');
  complaints.refused(409);
  const now = await total(page);
  expect(now).not.toBe(seen);
  await expect(said).toContainText(`The total is now ${now}. It was ${seen}.`);
  expect(await prompts(person.phone)).toEqual([]);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(person.name);
  await expect(page.getByLabel('Street, building, floor')).toHaveValue(person.street);

  await placeOrder(page);
  await expect.poll(async () => (await prompts(person.phone)).map((sent) => sent.Amount)).toEqual([shillings(now)]);
});

test('the price for another area can be asked before ordering', async ({ page, person }) => {
  await fillCart(page, SHOP, PRODUCT);
  await page.getByRole('link', { name: 'Checkout' }).click();
  const before = await total(page);
  const other = await areaWithAnotherFee(page);
  await page.getByLabel('Delivery area').selectOption({ label: other });
  await page.getByRole('button', { name: 'Update delivery price' }).click();
  await expect(page.getByLabel('Delivery area').locator('option:checked')).toHaveText(other);
  expect(await total(page)).not.toBe(before);
  await fillFields(page, person);
  await placeOrder(page);
});

test('pressing Place order twice makes one order and one prompt', async ({ page, person }) => {
  await fillCheckout(page, SHOP, PRODUCT, person);
  await page.getByRole('button', { name: 'Place order' }).dblclick();
  const number = await orderNumber(page);
  await expect.poll(async () => (await prompts(person.phone)).map((sent) => sent.AccountReference)).toEqual([expect.stringMatching(new RegExp(`^${number}[A-Z]$`))]);
  await page.goto(shopUrl(SHOP, '/cart'));
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
});

test('two tabs with the same cart end on the same order', async ({ page, context, person }) => {
  await fillCheckout(page, SHOP, PRODUCT, person);
  const other = await context.newPage();
  await other.goto(shopUrl(SHOP, '/checkout'));
  await fillFields(other, person);
  const number = await placeOrder(page);
  expect(await placeOrder(other)).toBe(number);
  expect(other.url()).toBe(page.url());
  await expect.poll(async () => (await prompts(person.phone)).length).toBe(1);
});

test('going back after ordering does not order again', async ({ page, person }) => {
  await fillCheckout(page, SHOP, PRODUCT, person);
  const number = await placeOrder(page);
  const address = page.url();
  await page.goBack();
  const again = page.getByRole('button', { name: 'Place order' });
  await expect(again.or(page.getByRole('heading', { name: 'Your cart is empty' }))).toBeVisible();
  if (await again.isVisible()) {
    // The browser kept the page: posting it leads to the order that exists.
    await again.click();
    await expect(page).toHaveURL(address);
  }
  await page.goto(address);
  expect((await prompts(person.phone)).map((sent) => sent.AccountReference)).toEqual([expect.stringMatching(new RegExp(`^${number}[A-Z]$`))]);
});

test('checkout without anything in the cart leads to the cart', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/checkout'));
  await expect(page).toHaveURL(shopUrl(SHOP, '/cart'));
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
});

test('a number that is no phone is told at its field, everything typed is kept, and nothing is ordered', async ({ page, person, complaints }) => {
  await fillCheckout(page, SHOP, PRODUCT, { ...person, phone: '12345' });
  const area = await areaWithAnotherFee(page);
  await page.getByLabel('Delivery area').selectOption({ label: area });
  await page.getByLabel('Instructions for the rider').fill('Blue gate, ask for Mama Otis');
  await page.getByRole('button', { name: 'Place order' }).click();
  const phone = page.getByLabel('Phone number');
  await expect(phone).toHaveAttribute('aria-invalid', 'true');
  complaints.refused(422);
  await expect(phone).toHaveValue('12345');
  await expect(phone).toHaveAccessibleDescription(/This is not a Kenyan mobile number\. Write it like 0712 345 678\./);
  await expect(page.getByRole('alert')).toContainText('nothing was ordered yet');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(person.name);
  await expect(page.getByLabel('Street, building, floor')).toHaveValue(person.street);
  await expect(page.getByLabel('Instructions for the rider')).toHaveValue('Blue gate, ask for Mama Otis');
  await expect(page.getByLabel('Delivery area').locator('option:checked')).toHaveText(area);

  await phone.fill(person.phone);
  await placeOrder(page);
});
