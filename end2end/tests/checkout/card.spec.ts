// A purchase by card through the provider's page, with scripts and without, on a small phone.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { expectCardPage, pressOnCardPage } from '../../fixtures/card.ts';
import { fillCheckout, orderNumber } from '../../fixtures/person.ts';
import { ask } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';
import type { Page } from '@playwright/test';

const SHOP = 'kilimani-electronics';
const PRODUCT = 'micro-usb-cable';

const paymentStatus = async (address: string): Promise<string> => JSON.parse((await ask(`${address}/status`)).body).payment_status;

/** Up to the provider's page. */
async function orderByCard(page: Page, person: Parameters<typeof fillCheckout>[3]): Promise<void> {
  await fillCheckout(page, SHOP, PRODUCT, person);
  await page.getByRole('radio', { name: /^Card/ }).check();
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Place order' }).click();
  await expectCardPage(page);
}

test('a shopper pays on the provider’s page and comes back to a paid order', async ({ page, person }) => {
  await orderByCard(page, person);
  await expectNoSidewaysScroll(page);
  await pressOnCardPage(page, 'pay');
  await orderNumber(page);
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible();
  await expect(page.getByText('Paid with Visa ending in 4081')).toBeVisible();
  await expectNoSidewaysScroll(page);
  expect(await paymentStatus(page.url())).toBe('paid');
  // Looked at again, the address is the order's own and nothing changes.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible();
});

test('a declined card is told in plain words, and another one pays the same order', async ({ page, person }) => {
  await orderByCard(page, person);
  await pressOnCardPage(page, 'decline');
  await expect(page.getByRole('alert')).toContainText('Declined.');
  await pressOnCardPage(page, 'cancel');
  const number = await orderNumber(page);
  await expect(page.getByRole('heading', { name: 'The card was declined' })).toBeVisible();
  await expect(page.getByText('No money left your card.')).toBeVisible();
  await expectNoSidewaysScroll(page);
  expect(await paymentStatus(page.url())).toBe('unpaid');

  await page.getByRole('button', { name: 'Pay by card' }).click();
  await pressOnCardPage(page, 'pay');
  expect(await orderNumber(page)).toBe(number);
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible();
});

test('who walks away finds the way back to the page on the order', async ({ page, person }) => {
  await orderByCard(page, person);
  await pressOnCardPage(page, 'cancel');
  await orderNumber(page);
  await expect(page.getByRole('heading', { name: 'Your card payment is not finished' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'I have paid, check now' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'Go on to the card page' }).click();
  await pressOnCardPage(page, 'pay');
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible();
});

test('an order that was to be paid by card is paid by M-Pesa instead', async ({ page, person }) => {
  await orderByCard(page, person);
  await pressOnCardPage(page, 'cancel');
  await orderNumber(page);
  await page.getByRole('button', { name: 'Pay with M-Pesa' }).click();
  await expect(page.getByRole('heading', { name: 'Check your phone' })).toBeVisible();
});

test('the words are there in Swahili', async ({ page, person }) => {
  await orderByCard(page, person);
  await pressOnCardPage(page, 'cancel');
  await orderNumber(page);
  await page.goto(page.url().replace('/orders/', '/sw/orders/'));
  await expect(page.getByRole('heading', { name: 'Malipo yako ya kadi hayajakamilika' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Endelea kwa ukurasa wa kadi' })).toBeVisible();
});

test('pages about cards can be used by everybody @scripts', async ({ page, person }) => {
  await orderByCard(page, person);
  await pressOnCardPage(page, 'decline');
  await pressOnCardPage(page, 'cancel');
  await orderNumber(page);
  await expectAccessible(page);
});
