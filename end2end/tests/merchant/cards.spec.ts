// The merchant sets up cards: keys that are tried before they are used, and never shown again.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

test('keys that the provider does not take are named, and those in use stay in use', async ({ page }) => {
  await signIn(page, 'owner', 'mama-njeri');
  await page.goto(platform('/dashboard/settings'));
  await page.getByRole('link', { name: /^Cards/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Cards' })).toBeVisible();
  await expect(page.getByText('these keys are for trying')).toBeVisible();
  await expect(page.getByText('/hooks/card/')).toBeVisible();
  await expectNoSidewaysScroll(page);

  await page.getByLabel('Public key').fill('pk_test_njeri_two');
  await page.getByLabel('Secret key').fill('sk_test_njeri_wrong');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Paystack does not take this secret key.')).toBeVisible();
  await expect(page.getByText('What stands below is not in use yet.')).toBeVisible();
  await expect(page.getByLabel('Secret key')).toHaveValue('');
  await expectNoSidewaysScroll(page);

  await page.getByLabel('Secret key').fill('sk_test_mama_njeri');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('What stands below is not in use yet.')).toHaveCount(0);
  await expect(page.getByText('these keys are for trying')).toBeVisible();
});
