// Somebody has paid by hand and types the code of the message on the order's page.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { order } from '../../fixtures/person.ts';
import { payByHand, script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';
const PRODUCT = 'micro-usb-cable';

test.use({ viewport: { width: 360, height: 740 } });

test('a code that is none is named under its field, and one that M-Pesa does not know is told on the order', async ({ page, person, complaints }) => {
  await script({ phone: person.phone, result_code: 1032 });
  await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'You cancelled the request' })).toBeVisible({ timeout: 20_000 });
  await page.getByText('I have paid', { exact: true }).click();
  await page.getByLabel('M-Pesa code').fill('UD25');
  await page.getByRole('button', { name: 'Check my payment' }).click();
  await expect(page.getByText('This is not an M-Pesa code.')).toBeVisible();
  await expect(page.getByLabel('M-Pesa code')).toHaveValue('UD25');
  complaints.refused(422);
  await expectNoSidewaysScroll(page);

  await page.getByLabel('M-Pesa code').fill('ud25m0rr7c');
  await page.getByRole('button', { name: 'Check my payment' }).click();
  const asked = page.url();
  await expect(async () => {
    await page.goto(asked);
    await expect(page.getByRole('heading', { name: 'UD25M0RR7C did not pay for this order' })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByText('does not look like one from the last days')).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('a code of money that came to another number says so', async ({ page, person }) => {
  await script({ phone: person.phone, result_code: 1032 });
  await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'You cancelled the request' })).toBeVisible({ timeout: 20_000 });
  const receipt = await payByHand({ short_code: '600111', kind: 'paybill', account: 'X', amount: 100, phone: person.phone });
  await page.getByText('I have paid', { exact: true }).click();
  await page.getByLabel('M-Pesa code').fill(receipt);
  await page.getByRole('button', { name: 'Check my payment' }).click();
  const asked = page.url();
  await expect(async () => {
    await page.goto(asked);
    await expect(page.getByRole('heading', { name: `${receipt} went to another number` })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
});

test('without scripts a code is typed on a page that does not draw itself anew @no-scripts', async ({ page, person, complaints }) => {
  await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'Check your phone' })).toBeVisible();
  await page.getByRole('link', { name: 'I have paid: type the code on a page that stands still' }).click();
  await expect(page).toHaveURL(/\?typing#receipt$/);
  await expect(page.locator('meta[http-equiv="refresh"]')).toHaveCount(0);
  await page.getByLabel('M-Pesa code').fill('UD25');
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Check my payment' }).click();
  await expect(page.getByText('This is not an M-Pesa code.')).toBeVisible();
  complaints.refused(422);
});
