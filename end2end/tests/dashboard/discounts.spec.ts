// A merchant makes a sale that the shop shows at once, gives out codes, and tries what a cart would pay.

import { randomInt } from 'node:crypto';
import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, platform, signIn } from '../../fixtures/merchant.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

/** Goods of its own for each way of running, so that no sale lowers what another test buys. */
const GOODS: Record<string, { slug: string; usual: string; sale: string }> = {
  phone: { slug: 'kitenge-zip-pouch', usual: 'KSh 450', sale: 'KSh 360' },
  'phone-no-scripts': { slug: 'soapstone-heart', usual: 'KSh 450', sale: 'KSh 360' },
  desktop: { slug: 'drool-bibs-set-of-two', usual: 'KSh 480', sale: 'KSh 384' },
};

test('a sale on one product is in the shop at once, and rests when told to', async ({ page }, { project }) => {
  const { slug, usual, sale } = GOODS[project.name] ?? { slug: '', usual: '', sale: '' };
  const name = `Sale ${randomInt(1_000_000_000)}`;
  await signIn(page, 'staff', SHOP);
  await goTo(page, 'Discounts');
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'New discount' }).click();
  await page.getByRole('link', { name: /^Percentage off/ }).click();
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Percent off').fill('20');
  await page.getByLabel('What it is for').selectOption({ label: 'Some products' });
  await page.getByLabel('Products').fill(slug);
  await page.getByRole('button', { name: 'Add discount' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Discounts' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('20 % off');

  await page.goto(shopUrl(SHOP, `/p/${slug}`));
  await expect(page.locator('[data-out="price"]')).toHaveText(sale);
  await expect(page.locator('[data-out="was"]')).toHaveText(usual);

  await page.goto(platform('/dashboard/discounts'));
  await page.getByRole('button', { name: `Pause ${name}` }).click();
  await expect(page.getByRole('button', { name: `Resume ${name}` })).toBeVisible();
  // Another address, since the browser may keep the page for a minute.
  await page.goto(shopUrl(SHOP, `/p/${slug}?again`));
  await expect(page.locator('[data-out="price"]')).toHaveText(usual);
});

test('a batch of codes is made and downloaded', async ({ page }) => {
  const name = `Flyer ${randomInt(1_000_000_000)}`;
  await signIn(page, 'owner', SHOP);
  await goTo(page, 'Discounts');
  await page.getByRole('link', { name: 'New discount' }).click();
  await page.getByRole('link', { name: /^Amount off/ }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('KSh off', { exact: true }).fill('50');
  const code = page.getByLabel('Only with a code');
  await code.check();
  // The words stand beside their box, not against it or below.
  const [box, words] = [await code.boundingBox(), await page.getByText('Only with a code', { exact: true }).boundingBox()];
  expect((words?.x ?? 0) - ((box?.x ?? 0) + (box?.width ?? 0))).toBeGreaterThanOrEqual(8);
  expect(Math.abs((words?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(10);
  await page.getByRole('button', { name: 'Add discount' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Codes of ${name}` })).toBeVisible();
  await page.getByLabel('What the batch is for').fill('December');
  await page.getByLabel(/^How many codes/).fill('25');
  await page.getByRole('button', { name: 'Make codes' }).click();
  await expect(page.getByText('0 of 25 used')).toBeVisible();
  await expectNoSidewaysScroll(page);
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download all codes (CSV)' }).click();
  expect((await waiting).suggestedFilename()).toBe('codes.csv');
});

test('a made-up cart is priced step by step', async ({ page }) => {
  await signIn(page, 'owner', SHOP);
  await goTo(page, 'Discounts');
  await page.getByRole('link', { name: 'Try a cart' }).click();
  await page.getByLabel('Products').fill('beaded-key-ring 2');
  await page.getByLabel('Codes').fill('KARIBU10');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await expect(page.getByRole('heading', { name: /^The cart pays KSh/ })).toBeVisible();
  await expect(page.getByText('Karibu, 10 % off: − KSh 70')).toBeVisible();
  await expectNoSidewaysScroll(page);
});
