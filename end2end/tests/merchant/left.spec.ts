// A shopper comes back from the checkout and says why; the merchant reads it beside what can be done.

import { randomInt } from 'node:crypto';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, signIn } from '../../fixtures/merchant.ts';
import { fillCart } from '../../fixtures/person.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('a merchant reads why a shopper left, in their own words', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const said = `Syokimau is not that far ${randomInt(1_000_000_000)}`;
  await fillCart(page, SHOP, 'enamel-chai-mug');
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.getByRole('link', { name: 'Change the cart' }).click();
  await page.getByLabel('In your own words first, if you like').fill(said);
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('button', { name: 'Delivery costs too much' }).click();
  await expect(page.getByRole('heading', { name: 'Did something stop you?' })).toHaveCount(0);

  await signIn(page, 'viewer', SHOP);
  await goTo(page, 'Orders');
  await page.getByRole('link', { name: 'Why shoppers left at the checkout' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Left at checkout' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Delivery costs too much' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: said })).toContainText('Delivery costs too much');
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('link', { name: 'Delivery areas and fees' }).click();
  await expect(page).toHaveURL(/\/dashboard\/settings\/delivery$/);
});
