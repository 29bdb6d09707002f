// Light mode: no picture travels before it is tapped, by the phone's own wish or by the switch at the foot of a page.

import type { Page } from '@playwright/test';
import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = '/p/classic-kiondo';

/** Addresses of the shop's pictures that the page has asked for since. */
function watchPictures(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/media/')) asked.push(request.url());
  });
  return asked;
}

test('a phone that saves data gets a product page without one byte of pictures', async ({ page }) => {
  await page.setExtraHTTPHeaders({ 'Save-Data': 'on' });
  const asked = watchPictures(page);
  await page.goto(shopUrl(SHOP, PRODUCT), { waitUntil: 'load' });
  await expect(page.getByRole('heading', { level: 1, name: 'Classic Kiondo' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Show picture: / }).first()).toBeVisible();
  await expect(page.locator('img')).toHaveCount(0);
  expect(asked).toEqual([]);
  await expectNoSidewaysScroll(page);
});

test('a tap brings the picture into its place @scripts', async ({ page }) => {
  await page.setExtraHTTPHeaders({ 'Save-Data': 'on' });
  await page.goto(shopUrl(SHOP, PRODUCT));
  await page.getByRole('link', { name: /^Show picture: / }).first().click();
  const picture = page.locator('.gallery > img');
  await expect(picture).toHaveCount(1);
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(page).toHaveURL(shopUrl(SHOP, PRODUCT));
});

test('without scripts a tap leads to the picture, and back to the page @no-scripts', async ({ page }) => {
  await page.setExtraHTTPHeaders({ 'Save-Data': 'on' });
  await page.goto(shopUrl(SHOP, PRODUCT));
  await page.getByRole('link', { name: /^Show picture: / }).first().click();
  await expect(page).toHaveURL(/\/media\/.+-360\.webp$/);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Classic Kiondo' })).toBeVisible();
});

test('the switch holds from page to page until it is turned back', async ({ page }) => {
  await page.goto(shopUrl(SHOP, PRODUCT));
  await expect(page.locator('.gallery > img').first()).toBeVisible();
  await page.getByRole('contentinfo').getByRole('button', { name: 'Light mode: pictures on tap' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Classic Kiondo' })).toBeVisible();
  await expect(page.locator('img')).toHaveCount(0);
  const asked = watchPictures(page);
  await page.goto(shopUrl(SHOP, '/c/baskets'));
  await expect(page.getByRole('link', { name: /^Show picture: / }).first()).toBeVisible();
  expect(asked).toEqual([]);
  await expectNoSidewaysScroll(page);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Show all pictures again' }).click();
  await expect(page.locator('.card__picture img').first()).toBeVisible();
});
