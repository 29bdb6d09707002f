// A shopper finds what they mean, typed wrongly, in either language, or not at all.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('kiodno finds the kiondo', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/search'));
  const form = page.getByRole('search').first();
  await form.getByRole('searchbox').fill('kiodno');
  await form.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('main').getByRole('link', { name: /kiondo/i }).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('what nobody sells says so and leads on', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/search?q=zzzzqqq'));
  await expect(page.getByRole('main').getByText('Nothing found for', { exact: false })).toBeVisible();
  await page.goto(shopUrl(SHOP, `/search?q=${encodeURIComponent('%_\\')}`));
  await expect(page.getByRole('main').getByText('Nothing found for', { exact: false })).toBeVisible();
});
