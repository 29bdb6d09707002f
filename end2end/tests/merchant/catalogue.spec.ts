// A merchant makes a product with six variants, prices them from a spreadsheet, and arranges the shelves.

import { randomInt } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { png } from '../../fixtures/picture.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

/** A product of its own for each run, so that none changes what another reads. */
async function addProduct(page: Page): Promise<string> {
  const name = `Kiondo ${randomInt(1_000_000_000)}`;
  await page.goto(platform('/dashboard/products/new'));
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Price in KSh').fill('1,250');
  await page.getByLabel('Pieces in stock').fill('3');
  await page.getByRole('button', { name: 'Put on the shelf' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return name;
}

const part = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Parts of the product' }).getByRole('link', { name });

/** Three sizes in two colours. */
async function makeSix(page: Page): Promise<void> {
  await part(page, 'Variants').click();
  await page.getByLabel('Option 1').fill('Size');
  await page.getByLabel('Values 1').fill('S, M, L');
  await page.getByLabel('Option 2').fill('Colour');
  await page.getByLabel('Values 2').fill('Red\nBlue');
  await page.getByRole('button', { name: 'Make the variants' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveCount(6);
}

test('a product with six variants and three pictures is made, described and on sale', async ({ page, complaints, javaScriptEnabled }) => {
  test.setTimeout(150_000);
  await signIn(page, 'owner', SHOP);
  const name = await addProduct(page);
  const slug = name.toLowerCase().replaceAll(' ', '-');
  await expect(page.getByRole('status').filter({ hasText: 'The product is on the shelf.' })).toBeVisible();
  await expectNoSidewaysScroll(page);

  // Looked at before it is saved.
  await page.getByLabel('Description', { exact: true }).fill('Woven **by hand**\n\n- sisal\n- leather');
  await page.getByLabel('Title for search engines').fill('Kiondo from Machakos');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is saved yet' })).toBeVisible();
  await expect(page.getByRole('figure').filter({ hasText: 'How the description looks' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByText('Kiondo from Machakos · Mama Njeri')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessible(page);

  await makeSix(page);
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByLabel('Price, L / Blue', { exact: true }).fill('1,900');
  await page.getByLabel('SKU, L / Blue', { exact: true }).fill(`${slug}-lb`);
  await page.getByLabel('SKU, M / Blue', { exact: true }).fill(`${slug}-lb`);
  await page.getByRole('button', { name: 'Save all variants' }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing was saved yet');
  await expect(page.getByText('Another line here has this too.')).toHaveCount(2);
  complaints.refused(422);
  await page.getByLabel('SKU, M / Blue', { exact: true }).fill(`${slug}-mb`);
  await page.getByRole('button', { name: 'Save all variants' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' }).first()).toBeVisible();

  // Three pictures, of which one is what the small red one looks like.
  await page.goto(page.url().replace(/\/variants.*$/, '/pictures'), { waitUntil: 'networkidle' });
  const pictures = page.getByRole('main').locator('.shots > li');
  await page.getByLabel('Choose pictures').setInputFiles([png('front.png'), png('back.png'), png('red.png')]);
  if (javaScriptEnabled === false) await page.getByRole('button', { name: 'Add pictures' }).click();
  await expect(pictures).toHaveCount(3);
  const last = pictures.nth(2);
  await last.getByLabel('What it shows').fill('The small red one');
  await last.getByLabel('Shown for').selectOption({ label: 'S / Red' });
  const variant = await last.getByLabel('Shown for').inputValue();
  await last.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expectNoSidewaysScroll(page);

  // Whoever is sent to that variant sees that picture first, and others see another.
  const shown = page.locator('.gallery').getByRole('img');
  await page.goto(shopUrl(SHOP, `/p/${slug}?variant=${variant}`));
  await expect(shown).toHaveCount(3);
  await expect(shown.first()).toHaveAttribute('alt', 'The small red one');
  await expect(shown.first()).toBeInViewport();
  await expect.poll(() => shown.first().evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  await expect(page.locator('input[name=variant]:checked')).toHaveValue(variant);
  await expectNoSidewaysScroll(page);

  await page.goto(shopUrl(SHOP, `/p/${slug}`));
  await expect(page.getByRole('main').getByText('leather')).toBeVisible();
  await expect(shown.first()).not.toHaveAttribute('alt', 'The small red one');
  for (const size of ['S', 'M', 'L']) {
    const group = page.getByRole('group', { name: new RegExp(`^Size ${size} ·`) });
    for (const colour of ['Red', 'Blue']) await expect(group.getByText(colour)).toBeVisible();
  }
});

test('the search result follows what is typed @scripts', async ({ page }) => {
  await signIn(page, 'owner', SHOP);
  await addProduct(page);
  await page.goto(page.url().replace('?added', ''), { waitUntil: 'networkidle' });
  await page.getByLabel('Title for search engines').fill('Kiondo za Machakos');
  const result = page.getByRole('figure').filter({ hasText: 'How it looks in a search' });
  await expect(result).toContainText('Kiondo za Machakos · Mama Njeri');
  await page.getByLabel('Address', { exact: true }).fill('kiondo-za-machakos');
  await expect(result).toContainText('/p/kiondo-za-machakos');
});

test('prices are pasted from a spreadsheet, moved through with the keyboard, and not lost @scripts', async ({ page, context }, { project }) => {
  test.skip(project.name !== 'desktop', 'a phone has no spreadsheet');
  test.setTimeout(120_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: platform('/').replace(/\/$/, '') });
  await signIn(page, 'owner', SHOP);
  await addProduct(page);
  await makeSix(page);
  await page.goto(page.url().replace(/[?#].*$/, ''), { waitUntil: 'networkidle' });
  await page.evaluate(() => navigator.clipboard.writeText('1100\t1400\t600\r\n1200\t\t650\r\n1300\t1500\r\n'));
  await page.getByLabel('Price, S / Red', { exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByLabel('Price before, S / Red', { exact: true })).toHaveValue('1400');
  await expect(page.getByLabel('Cost, S / Blue', { exact: true })).toHaveValue('650');
  await expect(page.getByLabel('Price, M / Red', { exact: true })).toHaveValue('1300');
  await expect(page.getByRole('status').filter({ hasText: '3 rows not saved' })).toBeVisible();

  // More than there are rows is not lost in silence.
  await page.evaluate(() => navigator.clipboard.writeText('700\r\n710\r\n720\r\n'));
  await page.getByLabel('Cost, L / Blue', { exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByRole('status').filter({ hasText: '4 rows not saved · Pasted cells without a place here: 2' })).toBeVisible();

  await page.getByLabel('Price, M / Red', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Price, M / Blue', { exact: true })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByLabel('Price, S / Blue', { exact: true })).toBeFocused();

  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await page.getByRole('link', { name: 'Details' }).click({ noWaitAfter: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await page.getByRole('button', { name: 'Save all variants' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' }).first()).toBeVisible();
  await expect(page.getByLabel('Price, S / Red', { exact: true })).toHaveValue('1100');
  await expect(page.getByRole('status').filter({ hasText: 'not saved' })).toHaveCount(0);
  expect(asked).toEqual(['beforeunload']);
});

test('a category is added, moved into another one with all inside, and hidden', async ({ page, complaints, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  await signIn(page, 'owner', 'kilimani-electronics');
  const nth = randomInt(1_000_000_000);
  const add = async (name: string, inside?: string): Promise<void> => {
    await page.goto(platform('/dashboard/categories'));
    await page.getByLabel('Name', { exact: true }).fill(name);
    if (inside) await page.getByLabel('Stands in').selectOption({ label: inside });
    await page.getByRole('button', { name: 'Add category' }).click();
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  };
  await add(`Radios ${nth}`);
  await add(`Solar ${nth}`, `Radios ${nth}`);
  await add(`Old things ${nth}`);
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);

  await page.getByRole('link', { name: `Radios ${nth}`, exact: true }).click();
  await page.getByLabel('Stands in').selectOption({ label: `– Solar ${nth}` });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('A category cannot stand inside itself')).toBeVisible();
  complaints.refused(422);
  await page.getByLabel('Stands in').selectOption({ label: `Old things ${nth}` });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();

  await page.goto(platform('/dashboard/categories'));
  const shelf = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: `Solar ${nth}`, exact: true }) });
  await expect(shelf).toHaveAttribute('data-depth', '2');
  await page.getByRole('button', { name: `Hide: Old things ${nth}` }).click();
  await expect(page.getByRole('button', { name: `Show: Old things ${nth}` })).toBeVisible();
  const answer = await page.goto(shopUrl('kilimani-electronics', `/c/solar-${nth}`));
  expect(answer?.status()).toBe(404);
  complaints.refused(404);
});
