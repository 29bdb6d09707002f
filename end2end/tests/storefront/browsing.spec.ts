// Looking around a shop: from the front page to a product, by category, by search, in both languages.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { shillings } from '../../fixtures/person.ts';
import { ask, shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('the front page leads over a category to a product that can be bought', async ({ page }) => {
  await page.goto(shopUrl(SHOP));
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await page.getByRole('navigation', { name: 'Categories' }).getByRole('link', { name: 'Baskets' }).click();
  await expect(page).toHaveURL(/\/c\/baskets$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Baskets' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Market Kiondo, Large' }).click();
  await expect(page).toHaveURL(/\/p\/market-kiondo-large$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Market Kiondo, Large' })).toBeVisible();
  await expect(page.getByText('KSh 3,200', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
});

test('the front page of each shop shows at least two products in stock', async ({ page }) => {
  for (const shop of ['mama-njeri', 'kilimani-electronics']) {
    await page.goto(shopUrl(shop));
    const cards = page.getByRole('main').getByRole('listitem').filter({ has: page.locator('a[href^="/p/"]') });
    await expect(cards.filter({ hasNotText: 'Sold out' }).nth(1), shop).toBeVisible();
  }
});

test('a category can be sorted by price and turned page by page', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/c/baskets'));
  await page.getByText('Sort and filter').click();
  await page.getByLabel('Sort by').selectOption({ label: 'Price, low to high' });
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/sort=price_up/);
  const cards = page.getByRole('main').getByRole('listitem').filter({ has: page.locator('a[href^="/p/"]') });
  const prices = (await cards.allInnerTexts()).map(shillings);
  expect(prices.length).toBeGreaterThan(3);
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
});

test('search finds a product by a word of its name, and says so when it finds nothing', async ({ page }) => {
  await page.goto(shopUrl(SHOP));
  const box = page.getByRole('search').getByLabel('Search');
  await box.fill('kiondo');
  await page.getByRole('search').getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/\/search\?q=kiondo$/);
  await expect(page.getByRole('main').getByRole('link', { name: 'Mini Kiondo' })).toBeVisible();
  await box.fill('submarine');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing found for “submarine”' })).toBeVisible();
});

test('the same page exists in Swahili, and the way back keeps the page', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/p/market-kiondo-large'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('link', { name: 'Kiswahili' }).click();
  await expect(page).toHaveURL(/\/sw\/p\/market-kiondo-large$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'sw');
  await expect(page.getByRole('button', { name: 'Weka kwa kikapu' })).toBeVisible();
  // Every further step stays in the language.
  await page.getByRole('banner').getByRole('link', { name: 'Kikapu' }).click();
  await expect(page).toHaveURL(/\/sw\/cart$/);
  await expect(page.getByRole('heading', { name: 'Kikapu chako ni tupu' })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/p\/market-kiondo-large$/);
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
});

test('an address that a shop does not have is answered in the shop’s dress with a way on', async ({ page, complaints }) => {
  for (const path of ['/p/no-such-thing', '/c/no-such-shelf', '/no/such/page', '/sw/p/hakuna']) {
    await page.goto(shopUrl(SHOP, path));
    complaints.refused(404);
    await expect(page.getByRole('banner').getByRole('link', { name: 'Mama Njeri' }), path).toBeVisible();
    await expect(page.getByRole('main').getByRole('heading', { level: 1 }), path).toBeVisible();
  }
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/sw\/?$/);
});

test('the foot of a page leads to what a visit costs in data', async ({ page }) => {
  await page.goto(shopUrl(SHOP));
  await page.getByRole('contentinfo').getByRole('link', { name: 'What a visit costs in data' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What a visit costs in data' })).toBeVisible();
  const product = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'A product' }) });
  await expect(product.getByRole('cell').last()).toHaveText(/^KSh 0\.\d\d$/);
  await product.getByRole('link').click();
  await expect(page).toHaveURL(/\/p\//);
});

test('a host that is no shop is not found and shows nothing of any shop', async () => {
  const answer = await ask(shopUrl('nobody-sells-here'));
  expect(answer.status).toBe(404);
  expect(answer.body).not.toMatch(/Mama Njeri|Kilimani|KSh/);
});

test('an order’s address that nobody was given opens nothing', async ({ page, complaints }) => {
  await page.goto(shopUrl(SHOP, `/orders/${'0'.repeat(64)}`));
  complaints.refused(404);
  await page.goto(shopUrl(SHOP, '/orders/1'));
  complaints.refused(404);
});

test('the foot of a page leads to where the shop delivers, and on to one area', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/'));
  await page.locator('footer a[href="/delivery"]').click();
  const area = page.locator('table a').first();
  const name = await area.innerText();
  await area.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  await expect(page.locator('table')).toContainText('KSh');
});

test('the last line of a page breaks between what it says, and never within', async ({ page }) => {
  for (const path of ['/', '/sw/']) {
    await page.goto(shopUrl(SHOP, path));
    const parts = page.locator('.footer__end > span');
    await expect(parts).toHaveCount(3);
    const wraps = await parts.evaluateAll((all) => all.map((part) => part.clientHeight > 1.9 * parseFloat(getComputedStyle(part).lineHeight)));
    expect(wraps, path).toEqual([false, false, false]);
  }
});

test('no page of the shop scrolls sideways', async ({ page }) => {
  for (const path of ['/', '/c/baskets', '/p/nairobi-sunset-t-shirt', '/p/classic-kiondo', '/search?q=dress', '/cart', '/orders/find', '/account', '/sw/account', '/delivery', '/sw/delivery', '/data', '/sw/data', '/sw/']) {
    await page.goto(shopUrl(SHOP, path));
    await expectNoSidewaysScroll(page);
  }
});

test('the front page remembers what this phone looked at @scripts', async ({ page }) => {
  const shelf = page.locator('[data-recent]');
  await page.goto(shopUrl(SHOP));
  await expect(shelf).toBeHidden();
  for (const product of ['mini-kiondo', 'market-kiondo-large', 'mini-kiondo']) await page.goto(shopUrl(SHOP, `/p/${product}`));
  await page.goto(shopUrl(SHOP));
  await expect(shelf.getByRole('link')).toHaveText(['Mini Kiondo', 'Market Kiondo, Large']);
  await page.goto(shopUrl(SHOP, '/sw/'));
  await shelf.getByRole('link', { name: 'Mini Kiondo' }).click();
  await expect(page).toHaveURL(shopUrl(SHOP, '/sw/p/mini-kiondo'));
});

test('without scripts there is no empty shelf @no-scripts', async ({ page }) => {
  await page.goto(shopUrl(SHOP));
  await expect(page.getByRole('heading', { name: 'Recently viewed' })).toHaveCount(0);
});
