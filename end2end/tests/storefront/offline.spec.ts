// No connection: what was seen still opens, a change of the cart waits, and nothing is ever ordered by itself.

import { randomInt } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { findProduct, platform, signIn, stockOf } from '../../fixtures/merchant.ts';
import { fillCart, fillCheckout, fillFields, placeOrder } from '../../fixtures/person.ts';
import { prompts } from '../../fixtures/provider.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

/** The worker comes a while after the first page; from then on it sees what the page asks for. */
async function waitForWorker(page: Page): Promise<void> {
  await page.goto(shopUrl(SHOP));
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 20_000 }).toBe(true);
}

test('the shop says what it is on a home screen', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/sw'));
  await expect(page.locator('link[rel=manifest]')).toHaveAttribute('href', '/sw/manifest.webmanifest');
});

/** The phone's connection goes or comes back, for its page and for the worker. */
async function connect(page: Page, isThere: boolean): Promise<void> {
  const everything = `${shopUrl(SHOP)}**`;
  if (isThere) await page.context().unroute(everything);
  else await page.context().route(everything, (route) => route.abort('internetdisconnected'));
  await page.context().setOffline(!isThere);
  // A phone says so; the emulation says nothing to a page that the worker has answered.
  if (isThere) await page.evaluate(() => dispatchEvent(new Event('online')));
}

test('what was seen opens without a connection, a change waits, and the new price is told before anything is ordered @scripts', async ({
  page,
  another,
  complaints,
}) => {
  test.setTimeout(120_000);
  // Goods of its own, since their price changes.
  const name = `Chondo ${randomInt(1_000_000_000)}`;
  const slug = name.toLowerCase().replaceAll(' ', '-');
  const elsewhere = await another();
  const merchant = await elsewhere.newPage();
  await signIn(merchant, 'owner', SHOP);
  await merchant.goto(platform('/dashboard/products/new'));
  await merchant.getByLabel('Name', { exact: true }).fill(name);
  await merchant.getByLabel('Price in KSh').fill('1,250');
  await merchant.getByLabel('Pieces in stock').fill('3');
  await merchant.getByRole('button', { name: 'Put on the shelf' }).click();
  await expect(merchant.getByRole('heading', { level: 1, name })).toBeVisible();

  await waitForWorker(page);
  await fillCart(page, SHOP, slug);
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: name });
  const quantity = line.getByRole('spinbutton', { name: `Quantity of ${name}` });
  await expect(quantity).toHaveValue('1');

  complaints.cut();
  await connect(page, false);
  const before = page.getByRole('alert').filter({ hasText: 'this is from your last visit' });
  await page.goto(shopUrl(SHOP, `/p/${slug}`));
  // Within its first minute it may come out of the browser's own memory, which needs no sentence.
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.goto(shopUrl(SHOP, '/delivery'));
  await expect(page.getByRole('heading', { level: 1, name: 'No connection' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'Open the cart' }).click();
  await expect(before).toBeVisible();
  await expect(line).toContainText('KSh 1,250');
  await quantity.fill('2');
  await quantity.press('Enter');
  const isKept = page.getByRole('alert').filter({ hasText: 'your change to the cart is kept' });
  await expect(isKept).toBeVisible();
  await expect(page).toHaveURL(shopUrl(SHOP, '/cart'));
  // Told once on a page, however often something is changed.
  await page.goto(shopUrl(SHOP, '/cart'));
  await expect(before).toBeVisible();
  await quantity.fill('2');
  await quantity.press('Enter');
  await expect(isKept).toHaveCount(1);

  const product = await findProduct(merchant, name);
  await product.getByText('Edit', { exact: true }).click();
  await product.getByLabel('Price in KSh').fill('1,400');
  await product.getByRole('button', { name: 'Save price' }).click();
  await expect(product.getByText('KSh 1,400', { exact: true })).toBeVisible();

  await connect(page, true);
  await expect(line).toContainText('Was KSh 1,250 when you put it in, now KSh 1,400.');
  await expect(quantity).toHaveValue('2');
  await expect(line.getByText('KSh 2,800', { exact: true })).toBeVisible();
  await expect(before).toHaveCount(0);
  expect(await stockOf(await findProduct(merchant, name))).toBe(3);
  await elsewhere.close();
});

test('a page that was not there for want of a connection comes by itself when it is back @scripts', async ({ page, complaints }) => {
  await waitForWorker(page);
  // The phone has the loader from a page that it saw under the worker.
  await page.goto(shopUrl(SHOP, '/c/baskets'));
  complaints.cut();
  await connect(page, false);
  await page.goto(shopUrl(SHOP, '/delivery'));
  await expect(page.getByRole('heading', { level: 1, name: 'No connection' })).toBeVisible();
  await expect(page.getByText('This page is not kept on this phone.')).toBeVisible();
  await connect(page, true);
  await expect(page.getByRole('heading', { level: 1, name: 'Where we deliver' })).toBeVisible();
});

test('an order is never kept for later: the form stays as it was typed and says so @scripts', async ({ page, complaints, person }) => {
  await waitForWorker(page);
  await fillCheckout(page, SHOP, 'enamel-chai-mug', person);
  complaints.cut();
  await connect(page, false);
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing is ordered or paid by itself.' })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(person.name);
  await connect(page, true);
  await expect(page.getByLabel('Street, building, floor')).toHaveValue(person.street);
  expect(await prompts(person.phone), 'nothing was ordered by itself').toEqual([]);
  await placeOrder(page);
  await expect.poll(async () => (await prompts(person.phone)).length).toBe(1);
});

test('the cart that was seen goes from the phone with the order that it became @scripts', async ({ page, complaints, person }) => {
  const isKept = (): Promise<boolean> => page.evaluate(async () => (await caches.match('/cart', { ignoreVary: true })) !== undefined);
  await waitForWorker(page);
  await fillCart(page, SHOP, 'enamel-chai-mug');
  await expect.poll(isKept).toBe(true);
  await page.getByRole('link', { name: 'Checkout' }).click();
  await fillFields(page, person);
  await page.getByRole('radio', { name: /^Cash on delivery/ }).check();
  await placeOrder(page);
  await expect.poll(isKept).toBe(false);
  complaints.cut();
  await connect(page, false);
  await page.goto(shopUrl(SHOP, '/cart'));
  await expect(page.getByRole('heading', { level: 1, name: 'No connection' })).toBeVisible();
});
