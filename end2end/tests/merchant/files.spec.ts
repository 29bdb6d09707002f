// A merchant brings a small file in, sees its report, and takes everything out again.

import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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
