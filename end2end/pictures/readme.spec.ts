// The README's pictures: the shop on a phone, the dashboard on a wide screen.

import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from '../fixtures/merchant.ts';
import { shopUrl } from '../fixtures/shop.ts';
import { phone } from '../settings.ts';

/** Bytes; a picture in a document is looked at once. */
const MOST = 200 * 1024;

/** As it is, or with half the dots when that is too much. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].filter((image) => image.loading !== 'lazy').map((image) => image.decode().catch(() => undefined)));
  });
  const path = fileURLToPath(new URL(`../../docs/pictures/${name}.png`, import.meta.url));
  await page.screenshot({ path, animations: 'disabled', scale: 'device' });
  if (statSync(path).size > MOST) await page.screenshot({ path, animations: 'disabled', scale: 'css' });
  expect(statSync(path).size, path).toBeLessThanOrEqual(MOST);
}

test.describe('on a phone', () => {
  test.use(phone);

  test('the shop', async ({ page }) => {
    await page.goto(shopUrl('mama-njeri'));
    await take(page, 'shop-home');
  });

  test('a product', async ({ page }) => {
    await page.goto(shopUrl('mama-njeri', '/p/classic-kiondo'));
    await take(page, 'shop-product');
  });
});

test.describe('on a wide screen', () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test('Today', async ({ page }) => {
    await signIn(page, 'owner', 'mama-njeri');
    await take(page, 'dashboard-today');
  });
});
