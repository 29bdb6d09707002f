// A list is narrowed, sorted and turned by one form and by links, with scripts or without.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { shillings } from '../../fixtures/person.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';
import type { Page } from '@playwright/test';

const SHOP = 'mama-njeri';

const cards = (page: Page) => page.getByRole('main').getByRole('listitem').filter({ has: page.locator('a[href*="/p/"]') });

test('a shelf is narrowed by a brand, and a link takes it away again', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/c/baskets'));
  await expect(page.locator('meta[name="robots"]')).toHaveCount(0);
  await page.getByText('Sort and filter').click();
  await page.getByLabel(/^Taita Hands \(\d+\)$/).check();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/brand=Taita(\+|%20)Hands/);
  await expect(cards(page)).toHaveCount(1);
  await expect(page.getByRole('main').getByRole('link', { name: 'Kiondo in Banana Fibre' })).toBeVisible();
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', /\/c\/baskets$/);
  await expectNoSidewaysScroll(page);
  // Sorting keeps what is chosen.
  await page.getByText('Sort and filter').click();
  await expect(page.getByLabel(/^Taita Hands \(\d+\)$/)).toBeChecked();
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Sort by').selectOption({ label: 'Name' });
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(cards(page)).toHaveCount(1);
  await page.getByRole('link', { name: 'Remove Taita Hands' }).click();
  await expect(page).toHaveURL(/\/c\/baskets\?sort=name$/);
  expect(await cards(page).count()).toBeGreaterThan(3);
});

test('a price band and a size leave what is both, and all is cleared at once', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/c/baskets'));
  await page.getByText('Sort and filter').click();
  await page.getByRole('link', { name: /^KSh 1,000 to KSh 2,499 \(\d+\)$/ }).click();
  await expect(page).toHaveURL(/\/c\/baskets\?min=1000&max=2499$/);
  const prices = (await cards(page).allInnerTexts()).map(shillings);
  expect(prices.length).toBeGreaterThan(1);
  expect(prices.every((price) => price >= 1000 && price <= 2499)).toBe(true);
  await page.getByText('Sort and filter').click();
  await page.getByLabel(/^Medium \(\d+\)$/).check();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('main').getByRole('link', { name: 'Planter Basket' })).toBeVisible();
  await expect(cards(page)).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Remove Size: Medium' })).toBeVisible();
  await page.getByRole('link', { name: 'Clear all' }).click();
  await expect(page).toHaveURL(/\/c\/baskets$/);
  await expect(page.getByRole('navigation', { name: 'Chosen' })).toHaveCount(0);
});

test('a long search has a second page in the same order', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/search?q=njeri&sort=name'));
  const first = await cards(page).first().innerText();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/\/search\?q=njeri&page=2&sort=name$/);
  await expect(page.getByText(/^Page 2 of \d+$/)).toBeVisible();
  expect(await cards(page).first().innerText()).not.toBe(first);
  await expectNoSidewaysScroll(page);
});

test('a search that finds nothing leads to the shelves, to other products and to the merchant', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/search?q=zzzzqqq'));
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: 'Ask on WhatsApp' })).toHaveAttribute('href', /\/whatsapp\?text=.*zzzzqqq/);
  await expect(main.getByRole('link', { name: 'Baskets', exact: true })).toBeVisible();
  await expect(cards(page).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.goto(shopUrl(SHOP, '/sw/c/baskets?in_stock=1'));
  await page.getByRole('link', { name: 'Ondoa Zilizopo tu' }).click();
  await expect(page).toHaveURL(/\/sw\/c\/baskets$/);
});
