// The receipt of a paid order: a page that prints from a phone, and the same as a PDF.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { order } from '../../fixtures/person.ts';
import { script } from '../../fixtures/provider.ts';
import { ask } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';
const PRODUCT = 'tempered-glass-protector';

test('who has paid opens the receipt and the PDF', async ({ page, person }) => {
  await script({ phone: person.phone, result_code: 0 });
  const number = await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'See the receipt' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Receipt' })).toBeVisible();
  const sheet = page.getByRole('main');
  for (const told of [person.name, 'Tempered Glass Protector', 'Paid: M-Pesa', number]) await expect(sheet).toContainText(told);
  await expectNoSidewaysScroll(page);
  await expect(page.locator('script')).toHaveCount(0);

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('link', { name: 'Download as PDF' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  const file = await ask(`${page.url()}.pdf`);
  expect(file.status).toBe(200);
  expect(file.headers['content-type']).toBe('application/pdf');
  expect(file.body.startsWith('%PDF-')).toBe(true);

  await page.getByRole('link', { name: 'Back to the order' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
});
