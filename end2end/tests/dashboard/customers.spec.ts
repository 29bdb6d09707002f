// A merchant finds who buys, mends where it goes, writes down what they said, groups them, and forgets who asks for it.

import { randomInt } from 'node:crypto';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, platform, signIn } from '../../fixtures/merchant.ts';
import { fillCart, fillCheckout, placeOrder } from '../../fixtures/person.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'enamel-chai-mug';

test('a buyer is found by any spelling of their number, and what is known of them can be mended', async ({ page, context, person, javaScriptEnabled }) => {
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(shopper);

  await signIn(page, 'owner', SHOP);
  await goTo(page, 'Customers');
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Name or phone number').fill(`+254 ${person.phone.slice(1)}`);
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('1 customer', { exact: true })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: person.name }).click();
  await expect(page.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: `Order ${number}`, exact: true })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);

  await page.getByText('Change', { exact: true }).click();
  await page.getByLabel("The rider's note").fill('blue gate, ring twice');
  await page.getByRole('listitem').filter({ hasText: 'Greenhouse Mall' }).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByText('blue gate, ring twice').first()).toBeVisible();

  await page.getByText('Write it down', { exact: true }).first().click();
  await page.getByLabel('By', { exact: true }).selectOption({ label: 'SMS' });
  await page.getByLabel('About').selectOption({ label: 'Offers and news' });
  await page.getByLabel('They said').selectOption({ label: 'Yes' });
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(page.getByText('said yes', { exact: true })).toBeVisible();

  const tag = `tag ${randomInt(1_000_000_000)}`;
  await page.getByLabel('Tags').fill(tag);
  await page.locator('form').filter({ has: page.getByLabel('Tags') }).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();

  await page.goto(platform('/dashboard/customers/groups'));
  await page.getByLabel('Name of the group').fill(`Group of ${tag}`);
  await page.getByLabel('Tag').fill(tag);
  await page.getByRole('button', { name: 'Add the group' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: tag }).first()).toContainText('1 customer');
  await expectNoSidewaysScroll(page);
});

test('the next checkout in the same browser begins filled in, until somebody says that it is not them', async ({ page, person }) => {
  await fillCheckout(page, SHOP, PRODUCT, person);
  await page.getByRole('radio', { name: /^Cash on delivery/ }).check();
  await placeOrder(page);
  await fillCart(page, SHOP, PRODUCT);
  await page.goto(shopUrl(SHOP, '/checkout'));
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(person.name);
  await expect(page.getByLabel('Street, building, floor')).toHaveValue(person.street);
  await page.getByRole('button', { name: 'Not you? Start empty' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('');
});

test('erasing somebody with an open order is explained and waits', async ({ page, context, person }) => {
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(shopper);

  await signIn(page, 'owner', SHOP);
  await page.goto(platform(`/dashboard/customers?words=${encodeURIComponent(person.phone)}`));
  await page.getByRole('main').getByRole('link', { name: person.name }).click();
  await page.getByRole('link', { name: 'Their data' }).click();
  await expect(page.getByText(`Order ${number} is still open`)).toBeVisible();
  await expectNoSidewaysScroll(page);
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the copy' }).click();
  expect((await waiting).suggestedFilename()).toMatch(/^customer-.*\.json$/);
  await page.getByRole('checkbox', { name: "Erase this person's data" }).check();
  await page.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(page.getByText('Erasing was asked for')).toBeVisible();
  await page.getByRole('button', { name: 'Do not erase' }).click();
  await expect(page.getByRole('button', { name: 'Erase', exact: true })).toBeVisible();
});
