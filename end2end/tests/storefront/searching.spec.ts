// A shopper finds what they mean, typed wrongly, in either language, or not at all.

import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('kiodno finds the kiondo', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/search'));
  const form = page.getByRole('search').first();
  await form.getByLabel('Search').fill('kiodno');
  await form.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('main').getByRole('link', { name: /kiondo/i }).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('a search as people speak finds what they mean', async ({ page }) => {
  for (const words of ['gauni la kitenge', 'a dress of kitenge']) {
    await page.goto(shopUrl(SHOP, `/search?q=${encodeURIComponent(words)}`));
    await expect(page.getByRole('main').getByRole('link', { name: 'Wanjiru Kitenge Maxi Dress' })).toBeVisible();
  }
});

test('what nobody sells says so and leads on', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/search?q=zzzzqqq'));
  await expect(page.getByRole('main').getByText('Nothing found for', { exact: false })).toBeVisible();
  await page.goto(shopUrl(SHOP, `/search?q=${encodeURIComponent('%_\\')}`));
  await expect(page.getByRole('main').getByText('Nothing found for', { exact: false })).toBeVisible();
});

/** The shop's search box once it suggests: it says so by its role. */
async function suggestingBox(page: Page): Promise<Locator> {
  await page.getByRole('search').getByLabel('Search').focus();
  const box = page.getByRole('combobox', { name: 'Search' });
  await expect(box).toHaveAttribute('aria-expanded', 'false');
  return box;
}

test('while somebody types the shop suggests a shelf and products, by keyboard @scripts', async ({ page }) => {
  await page.goto(shopUrl(SHOP));
  const box = await suggestingBox(page);
  await box.pressSequentially('bask');
  const list = page.getByRole('listbox');
  await expect(list.getByRole('option').first()).toHaveAccessibleName('Baskets Category');
  await expect(list.getByRole('option', { name: /^Planter Basket from KSh 1,700/ })).toBeVisible();
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('6 suggestions');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await box.press('ArrowUp');
  await expect(box).toHaveAttribute('aria-activedescendant', 'suggested-5');
  await box.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).toHaveCount(0);
  await box.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(box).toHaveValue('bask');
  await expect(box).toBeFocused();

  await box.press('ArrowDown');
  await expect(list).toBeVisible();
  await box.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).toHaveAccessibleName('Baskets Category');
  await box.press('Enter');
  await expect(page).toHaveURL(/\/c\/baskets$/);
});

test('a suggestion is opened by thumb, and who chooses none searches as before @scripts', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/sw'));
  let box = page.getByRole('search').getByLabel('Tafuta');
  await box.focus();
  box = page.getByRole('combobox', { name: 'Tafuta' });
  await box.pressSequentially('classic k');
  await page.getByRole('option', { name: /^Classic Kiondo/ }).click();
  await expect(page).toHaveURL(/\/sw\/p\/classic-kiondo$/);

  await page.goto(shopUrl(SHOP));
  box = await suggestingBox(page);
  await box.pressSequentially('kiondo');
  await expect(page.getByRole('option').first()).toBeVisible();
  await box.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=kiondo$/);
});

test('who types on is not told about the word before @scripts', async ({ page }) => {
  await page.goto(shopUrl(SHOP));
  // The first question is never answered.
  await page.route(/\/search\/suggest\?q=ki$/, () => {});
  const box = await suggestingBox(page);
  const asked = page.waitForRequest(/\/search\/suggest\?q=ki$/);
  await box.pressSequentially('ki');
  const former = await asked;
  const given = page.waitForEvent('requestfailed', (request) => request === former);
  await box.pressSequentially('ondo');
  await given;
  await expect(page.getByRole('option', { name: /kiondo/i }).first()).toBeVisible();
  await box.press('Tab');
  await expect(page.getByRole('listbox')).toHaveCount(0);
});

test('a phone that saves data is asked nothing while somebody types @scripts', async ({ page }) => {
  await page.setExtraHTTPHeaders({ 'Save-Data': 'on' });
  await page.goto(shopUrl(SHOP));
  const form = page.getByRole('search');
  await expect(form).toHaveCount(1);
  await expect(page.locator('leptos-island').filter({ has: form })).toHaveCount(0);
  await form.getByLabel('Search').fill('kiondo');
  await form.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/\/search\?q=kiondo$/);
});
