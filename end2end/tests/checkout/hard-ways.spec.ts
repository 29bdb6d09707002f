// The same purchase for who has no mouse, and on a line that takes its time.

import type { Locator, Page } from '@playwright/test';
import { orderNumber, placeOrder } from '../../fixtures/person.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';
/** 400 kbit/s with 400 ms for every answer, as a full cell gives them. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/** Goes on with the keyboard until it stands where it is wanted; nothing may hold it on the way. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  const isThere = (): Promise<boolean> => wanted.evaluate((element) => element === document.activeElement);
  for (let pressed = 0; pressed < 100; pressed += 1) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not come to ${wanted.toString()}`);
}

/** Presses what the keyboard stands on. */
async function enter(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

test('everything from the shelf to the paid order is done by keyboard @scripts', async ({ page, context, person }) => {
  test.setTimeout(120_000);
  await page.goto(shopUrl(SHOP, '/p/micro-usb-cable'));
  await enter(page, page.getByRole('button', { name: 'Add to cart' }));
  const way = page.getByRole('link', { name: 'View cart' });
  const cart = page.getByRole('heading', { name: 'Your cart', level: 1 });
  await expect(way.or(cart)).toBeVisible();
  if (await way.isVisible()) {
    // The button was switched off for a moment, and the keyboard still stands on it.
    await expect(page.getByRole('button', { name: 'Add to cart' })).toBeFocused();
    await enter(page, way);
  }
  await expect(cart).toBeVisible();
  await enter(page, page.getByRole('link', { name: 'Checkout' }));
  await expect(page.getByRole('heading', { name: 'Checkout', level: 1 })).toBeVisible();
  for (const [label, typed] of [
    ['Name', person.name],
    ['Phone number', person.phone],
    ['Street, building, floor', person.street],
  ] as const) {
    await tabTo(page, page.getByLabel(label, { exact: label === 'Name' }));
    await page.keyboard.type(typed);
  }
  await enter(page, page.getByRole('button', { name: 'Place order' }));
  await orderNumber(page);
  await answerPrompt(context, person.phone, 'Approve');
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
});

test('on a slow line the purchase takes longer and comes to the same order @scripts', async ({ page, context, person }) => {
  test.setTimeout(180_000);
  page.setDefaultNavigationTimeout(60_000);
  const patient = { timeout: 60_000 };
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', SLOW);
  await page.goto(shopUrl(SHOP, '/p/micro-usb-cable'));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  const way = page.getByRole('link', { name: 'View cart' });
  const cart = page.getByRole('heading', { name: 'Your cart', level: 1 });
  await expect(way.or(cart)).toBeVisible(patient);
  if (await way.isVisible()) await way.click();
  await expect(cart).toBeVisible(patient);
  await page.getByRole('link', { name: 'Checkout' }).click();
  await expect(page.getByRole('heading', { name: 'Checkout', level: 1 })).toBeVisible(patient);
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('Phone number').fill(person.phone);
  await page.getByLabel('Street, building, floor').fill(person.street);
  await placeOrder(page);
  await answerPrompt(context, person.phone, 'Approve');
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible(patient);
});
