// A stranger opens a shop on a phone and sells the first product the same hour.

import { randomInt } from 'node:crypto';
import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform } from '../../fixtures/merchant.ts';
import { fillFields, orderNumber } from '../../fixtures/person.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { shopUrl, type Slug } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

test('a stranger signs up, sets up a shop, opens it, and a shopper buys', async ({ page, context, person, another }) => {
  test.setTimeout(120_000);
  const slug = `kiondo-${randomInt(1_000_000_000)}` as Slug;

  await page.goto(platform('/sign-up'));
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Name of the shop').fill('Kiondo House');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Phone number').fill(person.phone);
  await page.getByLabel('Email').fill(`${slug}@kiondo.test`);
  await page.getByLabel('Password').fill('mti wa mwembe na kiti 2026');
  await page.getByLabel('Address of the shop').fill(slug);
  await page.getByRole('button', { name: 'Create my shop' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Open your shop' })).toBeVisible();
  await expectNoSidewaysScroll(page);

  // Nobody else sees more than that it is coming.
  const public_ = await another();
  const passer = await public_.newPage();
  await passer.goto(shopUrl(slug));
  await expect(passer.getByText('Opening soon')).toBeVisible();

  await page.getByRole('link', { name: 'Add a product', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Kiondo');
  await page.getByLabel('Price in KSh').fill('1,250');
  await page.getByLabel('Pieces in stock').fill('3');
  await page.getByRole('button', { name: 'Put on the shelf' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The product is on the shelf.' })).toBeVisible();

  await page.goto(platform('/dashboard/start'));
  await page.getByRole('link', { name: 'Add a delivery area' }).click();
  await page.getByLabel('Area', { exact: true }).fill('Westlands');
  await page.getByLabel('Fee in KSh').fill('150');
  await page.getByRole('button', { name: 'Add area' }).click();
  await expect(page.getByText('Westlands', { exact: true })).toBeVisible();

  await page.goto(platform('/dashboard/settings/mpesa'));
  await page.locator('[name=kind]').selectOption('till');
  await page.locator('[name=short_code]').fill('600000');
  await page.locator('[name=till_number]').fill('300584');
  await page.locator('[name=consumer_key]').fill('key');
  await page.locator('[name=consumer_secret]').fill('secret');
  await page.locator('[name=passkey]').fill('passkey');
  await page.locator('form', { has: page.locator('[name=short_code]') }).getByRole('button').first().click();
  await page.locator('[name=phone]').fill(person.phone);
  await page.locator('form', { has: page.locator('[name=phone]') }).getByRole('button').first().click();
  await answerPrompt(context, person.phone, 'Approve');

  const mpesa = page.getByRole('listitem').filter({ hasText: 'Connect your M-Pesa' });
  await expect(async () => {
    await page.goto(platform('/dashboard/start'));
    await expect(mpesa).toContainText('Done', { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Open the shop' }).click();
  await expect(page.getByRole('heading', { name: 'Your shop is open' })).toBeVisible();

  await passer.goto(shopUrl(slug, '/p/kiondo'));
  await passer.getByRole('button', { name: 'Add to cart' }).click();
  await passer.goto(shopUrl(slug, '/checkout'));
  await fillFields(passer, person);
  await passer.getByRole('button', { name: 'Place order' }).click();
  await orderNumber(passer);
  await answerPrompt(context, person.phone, 'Approve');
  await expect(passer.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 30_000 });
  await public_.close();
});
