// A small deposit before a cash order: the merchant's rule, the shopper's prompt, and the rest in cash at the door.

import { randomInt } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { openOrder, platform, signIn } from '../../fixtures/merchant.ts';
import { fillCheckout, lookAgain, placeOrder, shillings } from '../../fixtures/person.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { prompts } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PHONE = { width: 360, height: 740 };
const DEPOSIT = 200;
/** Dearer than all that other errands buy in cash here: the rule is for this one alone. */
const FROM = 40_000;
const PRICE = 60_000;

const ksh = (sum: number): string => `KSh ${sum.toLocaleString('en-US')}`;

/** Asks for a deposit on dear cash orders; the same again changes nothing. */
async function askForDeposit(page: Page): Promise<void> {
  await page.goto(platform('/dashboard/settings/cash'));
  await expect(page.getByRole('heading', { level: 1, name: 'Cash and other ways to pay' })).toBeVisible();
  await page.getByLabel('Take cash on delivery').check();
  await page.getByLabel('Deposit (KSh)').fill(String(DEPOSIT));
  await page.getByLabel('For orders from (KSh)').fill(String(FROM));
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(page.getByLabel('Deposit (KSh)')).toHaveValue(String(DEPOSIT));
}

/** A dear thing of its own; gives the end of its address. */
async function addDearThing(page: Page): Promise<string> {
  const name = `Kiti ${randomInt(1_000_000_000)}`;
  await page.goto(platform('/dashboard/products/new'));
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Price in KSh').fill(String(PRICE));
  await page.getByLabel('Pieces in stock').fill('2');
  await page.getByRole('button', { name: 'Put on the shelf' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return name.toLowerCase().replace(' ', '-');
}

test('a cash order is accepted by its deposit, and the rider collects the rest in cash', async ({ page, context, person, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const hasScripts = javaScriptEnabled !== false;
  await page.setViewportSize(PHONE);
  await signIn(page, 'owner', SHOP);
  await askForDeposit(page);
  const product = await addDearThing(page);

  const shopper = await context.newPage();
  await shopper.setViewportSize(PHONE);
  await fillCheckout(shopper, SHOP, product, person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  await expect(shopper.getByText(`You confirm it with ${ksh(DEPOSIT)} by M-Pesa now; you pay the rest when it is delivered`)).toBeVisible();
  await expectNoSidewaysScroll(shopper);
  const total = shillings(await shopper.locator('dl').filter({ hasText: 'Subtotal' }).locator('dd').last().innerText());
  const rest = ksh(total - DEPOSIT);
  const number = await placeOrder(shopper);
  await expect(shopper.getByRole('heading', { name: 'Check your phone' })).toBeVisible();
  await expect(shopper.getByText(`${ksh(DEPOSIT)} confirms your order. You pay the rest when it is delivered.`).first()).toBeVisible();
  await expect(shopper.getByText('The goods are kept for you until')).toBeVisible();
  await expectNoSidewaysScroll(shopper);

  const question = await answerPrompt(context, person.phone, 'Approve');
  expect(question).toContain(`pay ${ksh(DEPOSIT)} to`);
  // The page looks again by itself, with scripts or without.
  await expect(shopper.getByRole('heading', { name: 'Order received' })).toBeVisible({ timeout: 25_000 });
  await expect(shopper.getByText(`You pay ${rest} when it is delivered.`)).toBeVisible();
  await expect(shopper.getByText('The goods are kept for you until')).toHaveCount(0);
  await expectNoSidewaysScroll(shopper);
  if (hasScripts) await expectAccessible(shopper);
  expect((await prompts(person.phone)).map((sent) => Number(sent.Amount))).toEqual([DEPOSIT]);

  // Nobody had to accept it: it stands to be packed, with what it lacks.
  await openOrder(page, number);
  const sums = page.locator('dl').filter({ hasText: 'Deposit that accepts it' });
  await expect(sums.locator('div').filter({ hasText: 'Deposit that accepts it' })).toContainText(ksh(DEPOSIT));
  await expect(sums.locator('div').filter({ hasText: 'Still missing' })).toContainText(rest);
  await page.getByRole('button', { name: 'Start packing' }).click();
  await page.getByRole('button', { name: 'Mark as dispatched' }).click();
  await page.getByRole('link', { name: "Rider's link" }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('Link for the rider').inputValue();

  const rider = await context.newPage();
  await rider.setViewportSize(PHONE);
  await rider.goto(link);
  await expect(rider.getByText(`Collect ${rest}`)).toBeVisible();
  await expectNoSidewaysScroll(rider);
  if (hasScripts) await expectAccessible(rider);
  await rider.getByLabel('Amount (KSh)').fill(String(total - DEPOSIT));
  await rider.getByRole('button', { name: 'Cash received' }).click();
  await expect(rider.getByRole('status').filter({ hasText: 'Written down.' })).toBeVisible();
  await expect(rider.getByRole('heading', { name: 'Paid' })).toBeVisible();

  await page.goto(page.url().replace(/\/rider$/, ''));
  await page.getByRole('button', { name: 'Mark as delivered' }).click();
  await expect(page.getByRole('main')).toContainText('Delivered. Nothing is left to do.');
  await lookAgain(shopper);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible();
});
