// A shopper pays by hand to the shop's own number, from the phone, and the page turns paid; a prompt that fails leads there too.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { fillCheckout, lookAgain, orderNumber, shillings } from '../../fixtures/person.ts';
import { payByHand } from '../../fixtures/phone.ts';
import { prompts, script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';

const PAYBILL = { shop: 'kilimani-electronics', product: 'micro-usb-cable' } as const;

test.use({ viewport: { width: 360, height: 740 } });

/** The values on the order's page, each by what stands beside it. */
const value = (name: string) => async (page: import('@playwright/test').Page): Promise<string> =>
  page.locator('.by-hand > div').filter({ hasText: name }).locator('dd').innerText();

test('a shopper pays the paybill by hand with the numbers of the page', async ({ page, context, person, javaScriptEnabled }) => {
  await fillCheckout(page, PAYBILL.shop, PAYBILL.product, person);
  await page.getByRole('radio', { name: /^M-Pesa Paybill/ }).check();
  await page.getByRole('button', { name: 'Place order' }).click();
  const number = await orderNumber(page);
  await expect(page.getByRole('heading', { name: 'Pay with M-Pesa' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const paybill = await value('Business number')(page);
  const account = await value('Account number')(page);
  const amount = await value('Amount')(page);
  expect(account).toMatch(new RegExp(`^${number}[A-Z]$`));
  expect(shillings(await page.locator('dl').filter({ hasText: 'Subtotal' }).locator('dd').last().innerText())).toBe(Number(amount));
  // No prompt was sent: the person does it.
  expect(await prompts(person.phone)).toEqual([]);

  const outcome = await payByHand(context, { phone: person.phone, number: paybill, account: account.toLowerCase(), amount });
  expect(outcome).toContain('Paid');
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
});

test('a till is paid by its number alone, and the merchant is asked whose money it is', async ({ page, context, person }) => {
  await fillCheckout(page, 'mama-njeri', 'kanga-pair-asante-mama', person);
  await page.getByRole('radio', { name: /^M-Pesa Buy Goods/ }).check();
  await page.getByRole('button', { name: 'Place order' }).click();
  await orderNumber(page);
  await expectNoSidewaysScroll(page);
  const number = await value('Till number')(page);
  const amount = await value('Amount')(page);
  await expect(page.locator('.by-hand')).not.toContainText('Account number');
  expect(await payByHand(context, { phone: person.phone, number, amount })).toContain('Paid');
  // Nobody can know yet, so the page goes on waiting.
  await lookAgain(page);
  await expect(page.getByRole('heading', { name: 'Pay with M-Pesa' })).toBeVisible();
});

test('a wrong account, a wrong sum and a stranger are refused before money moves', async ({ page, context, person }) => {
  await fillCheckout(page, PAYBILL.shop, PAYBILL.product, person);
  await page.getByRole('radio', { name: /^M-Pesa Paybill/ }).check();
  await page.getByRole('button', { name: 'Place order' }).click();
  await orderNumber(page);
  const number = await value('Business number')(page);
  const account = await value('Account number')(page);
  const amount = await value('Amount')(page);
  for (const [wrong, sum, code] of [
    ['rent', amount, 'C2B00012'],
    [account, String(Number(amount) + 1), 'C2B00013'],
  ] as const) {
    expect(await payByHand(context, { phone: person.phone, number, account: wrong, amount: sum })).toContain(code);
  }
  await lookAgain(page);
  await expect(page.getByRole('heading', { name: 'Pay with M-Pesa' })).toBeVisible();
});

test('a prompt that failed leads to paying by hand', async ({ page, person }) => {
  await script({ phone: person.phone, result_code: 2001 });
  await fillCheckout(page, PAYBILL.shop, PAYBILL.product, person);
  await page.getByRole('button', { name: 'Place order' }).click();
  await orderNumber(page);
  await expect(page.getByRole('heading', { name: 'The PIN was not right' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('heading', { name: 'Or pay it yourself' })).toBeVisible();
  await expectNoSidewaysScroll(page);
});
