// What a sale does to the shelf, seen by the merchant: once, however often the provider tells of it.

import { findProduct, openOrder, signIn, stockOf } from '../../fixtures/merchant.ts';
import { order } from '../../fixtures/person.ts';
import { script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';

/** Goods of its own for each way of running. */
const GOODS: Record<string, { name: string; slug: string }> = {
  phone: { name: 'Universal Remote', slug: 'universal-remote' },
  'phone-no-scripts': { name: 'Indoor Rabbit-Ear Aerial', slug: 'indoor-rabbit-ear-aerial' },
};

test('twelve callbacks for one payment take one piece from the shelf and one payment into the books', async ({ page, context, person }, { project }) => {
  const { name, slug } = GOODS[project.name] ?? { name: '', slug: '' };
  await signIn(page, 'viewer', SHOP);
  const product = await findProduct(page, name);
  const before = await stockOf(product);
  const list = page.url();

  await script({ phone: person.phone, result_code: 0, delay_ms: 500, callbacks: 12 });
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, slug, person);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });

  await openOrder(page, number);
  const main = page.getByRole('main');
  const tries = main.locator('section').filter({ has: page.getByRole('heading', { name: 'Payments' }) }).getByRole('listitem');
  await expect(tries).toHaveCount(1);
  const story = main.locator('section').filter({ has: page.getByRole('heading', { name: 'Timeline' }) }).getByRole('listitem').locator('b');
  await expect(story).toHaveText(['To pack', 'Awaiting payment']);
  await page.goto(list);
  expect(await stockOf(product)).toBe(before - 1);
});
