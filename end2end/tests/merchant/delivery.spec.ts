// Where a shop delivers to: an area with a nickname and rules, tried by staff, and typed by a shopper.

import { randomInt } from 'node:crypto';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { fillCart, fillFields, placeOrder, shillings } from '../../fixtures/person.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'enamel-chai-mug';
const PAGE = '/dashboard/settings/delivery';

test('an area with a nickname is tried by staff and typed by a shopper, who is told the fee first', async ({ page, context, person, complaints, javaScriptEnabled }) => {
  // Every run has an area of its own, since others use the shop too.
  const number = randomInt(1_000_000);
  const [area, nickname] = [`Kwa Babu ${number}`, `Bondeni ${number}`];
  await signIn(page, 'owner', SHOP);
  await page.goto(platform(PAGE));
  await page.getByLabel('Area', { exact: true }).fill(area);
  await page.getByLabel('Fee in KSh').fill('470');
  await page.getByText('More rules').last().click();
  await page.getByLabel('Other names').fill(nickname);
  await page.getByLabel('Free from KSh').fill('90000');
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('button', { name: 'Add area' }).click();
  const row = page.getByRole('listitem').filter({ hasText: area });
  await expect(row).toContainText('KSh 470 · within a day · free from KSh 90,000');

  await page.getByRole('link', { name: 'What would a place pay?' }).click();
  await page.getByLabel('Place').fill(`near ${nickname}`);
  await page.getByLabel('Goods in KSh').fill('1000');
  await page.getByRole('button', { name: 'Show the fee' }).click();
  const told = page.getByRole('status');
  await expect(told).toContainText(area);
  await expect(told).toContainText('KSh 470');
  await expect(told).toContainText("the area's own fee");
  await expectNoSidewaysScroll(page);

  const shopper = await context.newPage();
  await fillCart(shopper, SHOP, PRODUCT);
  await shopper.getByRole('link', { name: 'Checkout' }).click();
  await fillFields(shopper, person);
  await shopper.getByLabel('Or type where you are').fill(nickname.toLowerCase());
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  // Ordered in one go, the fee is told before anything is placed.
  await shopper.getByRole('button', { name: 'Place order' }).click();
  await expect(shopper.getByRole('alert')).toContainText(`Delivery to ${area} costs KSh 470.`);
  complaints.refused(409);
  await expect(shopper.getByText(/This price is yours until \d\d:\d\d\./)).toBeVisible();
  await expect(shopper.getByLabel('Name', { exact: true })).toHaveValue(person.name);
  await expectNoSidewaysScroll(shopper);
  await placeOrder(shopper);

  await page.goto(platform(PAGE));
  await page.getByRole('listitem').filter({ hasText: area }).getByRole('link').click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: area })).toHaveCount(0);
});

test('a nickname, a landmark and a slip of the finger are understood, and other words are asked about', async ({ page }) => {
  await fillCart(page, SHOP, PRODUCT);
  await page.getByRole('link', { name: 'Checkout' }).click();
  const area = page.getByLabel('Delivery area');
  const total = async (): Promise<number> => shillings(await page.locator('dl').filter({ hasText: 'Subtotal' }).locator('dd').last().innerText());
  const sums: number[] = [];
  for (const [typed, wanted] of [
    ['Sarit', 'Westlands'],
    ['lavi', 'Lavington'],
    ['Donhom', 'Donholm'],
  ] as const) {
    await page.getByLabel('Or type where you are').fill(typed);
    await page.getByRole('button', { name: 'Update delivery price' }).click();
    await expect(page.getByRole('status')).toContainText(`“${typed}” is in our area ${wanted}.`);
    await expect(area.locator('option:checked')).toContainText(wanted);
    sums.push(await total());
  }
  expect(sums[2]).not.toBe(sums[0]);
  await page.getByLabel('Or type where you are').fill('Lodwar');
  await page.getByRole('button', { name: 'Update delivery price' }).click();
  await expect(page.getByRole('alert')).toContainText('We do not come to Lodwar, Turkana yet.');
  await page.getByLabel('Or type where you are').fill('Kahawa');
  await page.getByRole('button', { name: 'Update delivery price' }).click();
  await page.getByRole('button', { name: /^Kahawa Sukari – KSh/ }).click();
  await expect(area.locator('option:checked')).toContainText('Kahawa Sukari');
  await expectNoSidewaysScroll(page);
});
