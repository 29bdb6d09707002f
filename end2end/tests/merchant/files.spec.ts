// A merchant brings files in, sees their reports, takes everything out, and brings it in again.

import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

test('a file is tried, brought in, reported and taken out', async ({ page }) => {
  test.setTimeout(90_000);
  const number = randomInt(1_000_000_000);
  const file = [
    'Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price',
    `tray-${number},Sisal tray ${number},T-${number},4,"KSh 1,250"`,
    `mug-${number},Enamel mug ${number},M-${number},many,650`,
  ].join('\n');

  await signIn(page, 'staff', 'mama-njeri');
  await page.goto(platform('/dashboard/products/import'));
  await expectNoSidewaysScroll(page);
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: `goods-${number}.csv`, mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: 'Upload and try it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `goods-${number}.csv` })).toBeVisible();

  // The page looks again by itself, and without a script.
  await expect(page.getByRole('heading', { name: 'Ready to bring in' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('It would be: 1 new, 0 changed, 0 as before, 1 not taken')).toBeVisible();
  await expectNoSidewaysScroll(page);

  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(page.getByRole('heading', { name: 'Done', exact: true })).toBeVisible({ timeout: 30_000 });
  const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the report' }).click()]);
  expect(await readFile(await report.path(), 'utf8')).toContain(`"mug-${number}","Variant Inventory Qty","many"`);

  await page.getByRole('link', { name: 'Back to files' }).click();
  await expect(page.getByRole('link', { name: `goods-${number}.csv` })).toBeVisible();
  const [products] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download products' }).click()]);
  expect(await readFile(await products.path(), 'utf8')).toContain(`tray-${number},active,Sisal tray ${number}`);
});

/** A file as merchants really have them where there is one, with the rate its prices need; else the demo's own. */
const real = process.env.DUKA_REAL_FILES;
const BROUGHT = real
  ? { path: join(real, 'shopify-apparel.csv'), rate: '129' }
  : { path: fileURLToPath(new URL('../../../demo/mama-njeri/products.csv', import.meta.url)), rate: '' };

/** Uploads a file and waits until it has been tried without writing anything. */
async function tryFile(page: Page, path: string, rate: string): Promise<void> {
  await page.goto(platform('/dashboard/products/import'));
  if (rate) await page.locator('[name=rate]').fill(rate);
  await page.getByLabel('File', { exact: true }).setInputFiles(path);
  await page.getByRole('button', { name: 'Upload and try it' }).click();
  await expect(page.getByRole('heading', { name: 'Ready to bring in' })).toBeVisible({ timeout: 60_000 });
}

test('a whole file comes in, goes out, and comes in again without changing anything', async ({ page, person }) => {
  test.setTimeout(240_000);
  // A shop of its own, in which nobody else buys meanwhile.
  const slug = `files-${randomInt(1_000_000_000)}`;
  await page.goto(platform('/sign-up'));
  await page.getByLabel('Name of the shop').fill('Shop of files');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Phone number').fill(person.phone);
  await page.getByLabel('Email').fill(`${slug}@files.test`);
  await page.getByLabel('Password').fill('mti wa mwembe na kiti 2026');
  await page.getByLabel('Address of the shop').fill(slug);
  await page.getByRole('button', { name: 'Create my shop' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Open your shop' })).toBeVisible();

  await tryFile(page, BROUGHT.path, BROUGHT.rate);
  const tried = page.getByText(/^It would be: \d+ new, 0 changed, 0 as before, 0 not taken$/);
  const count = Number(/\d+/.exec(await tried.innerText())?.[0]);
  expect(count).toBeGreaterThanOrEqual(20);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Bring it in' }).click();
  // Pictures that are elsewhere are asked for too, and may not answer.
  await expect(page.getByRole('heading', { name: 'Done', exact: true })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(`${count} new, 0 changed, 0 as before, 0 not taken`)).toBeVisible();

  await page.getByRole('link', { name: 'Back to files' }).click();
  const [products] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download products' }).click()]);
  const file = test.info().outputPath('products.csv');
  await products.saveAs(file);
  expect(await readFile(file, 'utf8')).toMatch(/^Slug,/);
  await tryFile(page, file, '');
  await expect(page.getByText(`It would be: 0 new, 0 changed, ${count} as before, 0 not taken`)).toBeVisible();
});
