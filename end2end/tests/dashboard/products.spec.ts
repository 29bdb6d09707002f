// Prices and stock as the merchant changes them, and as the shop shows them right after.

import { randomInt } from 'node:crypto';
import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { findProduct, signIn, stockOf } from '../../fixtures/merchant.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

/** Goods of its own for each way of running, so that none changes what another reads. */
const GOODS: Record<string, { priced: string; counted: string; raced: string }> = {
  phone: { priced: 'Kitenge Backpack', counted: 'Cow Horn Pendant', raced: 'Mpishi Apron' },
  'phone-no-scripts': { priced: 'Shuka Poncho', counted: 'Carved Giraffe Pair', raced: 'Kikoi Beach Towel' },
  desktop: { priced: 'Kitenge Table Runner', counted: 'Brass Leaf Earrings', raced: 'Star Wall Tray' },
};
const goods = (project: string) => GOODS[project] ?? { priced: '', counted: '', raced: '' };
const inShop = (name: string): string => shopUrl(SHOP, `/p/${name.toLowerCase().replaceAll(' ', '-')}`);

test('a new price is in the shop at once', async ({ page, javaScriptEnabled }, { project }) => {
  const { priced } = goods(project.name);
  await signIn(page, 'owner', SHOP);
  const product = await findProduct(page, priced);
  await expectNoSidewaysScroll(page);
  const price = randomInt(1_000, 9_000);
  await product.getByText('Edit', { exact: true }).click();
  await product.getByLabel('Price in KSh').fill(String(price));
  await expectNoSidewaysScroll(page);
  await product.getByRole('button', { name: 'Save price' }).click();
  const sum = `KSh ${price.toLocaleString('en')}`;
  await expect(product.getByText(sum, { exact: true })).toBeVisible();
  if (javaScriptEnabled !== false) await expect(product.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await page.goto(inShop(priced));
  await expect(page.getByRole('main').getByText(sum, { exact: true }).first()).toBeVisible();
});

test('a price that is none is refused and the old one stays', async ({ page, javaScriptEnabled }, { project }) => {
  const { raced } = goods(project.name);
  await signIn(page, 'staff', SHOP);
  const product = await findProduct(page, raced);
  await product.getByText('Edit', { exact: true }).click();
  const field = product.getByLabel('Price in KSh');
  const before = await field.inputValue();
  await field.fill('-5');
  await product.getByRole('button', { name: 'Save price' }).click();
  const said = javaScriptEnabled === false ? page.getByRole('status').filter({ hasText: 'Nothing was changed.' }) : product.getByText('Whole shillings above zero, please, like 1,250.');
  await expect(said).toBeVisible();
  await page.goto(inShop(raced));
  await expect(page.getByRole('main').getByText(`KSh ${Number(before).toLocaleString('en')}`, { exact: true }).first()).toBeVisible();
});

test('goods counted away are sold out in the shop, and goods put in are for sale again', async ({ page, context }, { project }) => {
  const { counted } = goods(project.name);
  await signIn(page, 'owner', SHOP);
  const product = await findProduct(page, counted);
  const before = await stockOf(product);
  expect(before).toBeGreaterThan(0);
  const change = async (by: number, reason: string): Promise<void> => {
    const field = product.getByLabel('Change by');
    if (!(await field.isVisible())) await product.getByText('Edit', { exact: true }).click();
    await field.fill(String(by));
    await product.getByLabel('Reason').selectOption({ label: reason });
    await product.getByLabel('Note (optional)').fill(reason);
    await product.getByRole('button', { name: 'Save stock' }).click();
  };
  await change(-before, 'Counted again');
  await expect(product).toContainText('0 in stock');
  // The next change has a reason of its own.
  await expect(product.getByLabel('Note (optional)')).toHaveValue('');
  const shop = await context.newPage();
  await shop.goto(inShop(counted));
  await expect(shop.getByRole('button', { name: 'Add to cart' })).toHaveCount(0);
  await expect(shop.getByRole('main').getByText('Sold out', { exact: true }).first()).toBeVisible();

  await change(before, 'New goods came in');
  await expect(product).toContainText(`${before} in stock`);
  await shop.reload();
  await expect(shop.getByRole('button', { name: 'Add to cart' })).toBeVisible();
});

test('a colleague’s change is not overwritten', async ({ page, context, complaints, javaScriptEnabled }, { project }) => {
  const { raced } = goods(project.name);
  await signIn(page, 'owner', SHOP);
  const mine = await findProduct(page, raced);
  const colleague = await context.newPage();
  await colleague.goto(page.url());
  const theirs = colleague.getByRole('main').getByRole('listitem').filter({ has: colleague.getByRole('heading', { name: raced, exact: true }) });
  await mine.getByText('Edit', { exact: true }).click();
  await theirs.getByText('Edit', { exact: true }).click();
  const price = randomInt(1_000, 9_000);
  const sum = `KSh ${price.toLocaleString('en')}`;
  await mine.getByLabel('Price in KSh').fill(String(price));
  await mine.getByRole('button', { name: 'Save price' }).click();
  await expect(mine.getByText(sum, { exact: true })).toBeVisible();
  await theirs.getByLabel('Price in KSh').fill(String(price + 1));
  await theirs.getByRole('button', { name: 'Save price' }).click();
  await expect(colleague.getByRole('status').filter({ hasText: 'Somebody else changed this a moment ago' })).toBeVisible();
  if (javaScriptEnabled !== false) complaints.refused(409);
  await page.reload();
  await expect(mine.getByText(sum, { exact: true })).toBeVisible();
});
