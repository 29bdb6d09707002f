// The pages that everybody needs, looked at by a machine for what would keep somebody out.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, openOrder, platform, signIn } from '../../fixtures/merchant.ts';
import { fillCart, fillCheckout, order } from '../../fixtures/person.ts';
import { script } from '../../fixtures/provider.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';
const PRODUCT = 'tempered-glass-protector';

for (const [name, address] of [
  ['the front page', shopUrl(SHOP)],
  ['the other shop’s front page', shopUrl('mama-njeri')],
  ['the front page in Swahili', shopUrl(SHOP, '/sw/')],
  ['a category', shopUrl('mama-njeri', '/c/baskets')],
  ['a category that somebody chose from', shopUrl('mama-njeri', '/c/baskets?in_stock=1&option=Size%3AMedium')],
  ['a search that finds nothing', shopUrl('mama-njeri', '/search?q=zzzzqqq')],
  ['a product with two choices', shopUrl('mama-njeri', '/p/nairobi-sunset-t-shirt')],
  ['a product that is sold out', shopUrl('mama-njeri', '/p/wedding-collar-in-white')],
  ['search', shopUrl(SHOP, '/search?q=cable')],
  ['an empty cart', shopUrl(SHOP, '/cart')],
  ['finding an order', shopUrl(SHOP, '/orders/find')],
  ['asking for a code', shopUrl(SHOP, '/account')],
  ['where a shop delivers', shopUrl(SHOP, '/delivery')],
  ['what a visit costs', shopUrl(SHOP, '/data')],
  ['the platform', platform('/')],
  ['signing in', platform('/sign-in')],
  ['signing up', platform('/sign-up')],
  ['signing up in Swahili', platform('/sw/sign-up')],
  ['a forgotten password', platform('/forgot')],
] as const) {
  test(`${name} is open to everybody`, async ({ page }) => {
    await page.goto(address);
    await expectAccessible(page);
  });
}

test('a page that is not here is open to everybody', async ({ page, complaints }) => {
  await page.goto(shopUrl(SHOP, '/p/no-such-thing'));
  complaints.refused(404);
  await expectAccessible(page);
});

test('cart and checkout are open to everybody, also with a mistake in them', async ({ page, person, complaints }) => {
  await fillCart(page, SHOP, PRODUCT);
  await expectAccessible(page);
  await fillCheckout(page, SHOP, PRODUCT, { ...person, phone: 'my phone' });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page.getByLabel('Phone number')).toHaveAttribute('aria-invalid', 'true');
  complaints.refused(422);
  await expectAccessible(page);
  // The way to the mistake leads to the field with its name, which stands above it.
  await page.getByRole('alert').getByRole('link', { name: 'Phone number' }).click();
  await expect(page.getByLabel('Phone number')).toBeFocused();
  await expect(page.locator('label[for=f-phone]')).toBeInViewport({ ratio: 1 });
});

test('an order is open to everybody while it waits, when it failed and when it is paid', async ({ page, person }) => {
  await script({ phone: person.phone, result_code: 1032, delay_ms: 8_000 });
  await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'Check your phone' })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole('heading', { name: 'You cancelled the request' })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await script({ phone: person.phone, result_code: 0 });
  await page.getByRole('button', { name: 'Send the prompt again' }).click();
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await page.getByRole('link', { name: 'See the receipt' }).click();
  await expectAccessible(page);
});

test('the dashboard is open to everybody', async ({ page, context, person }) => {
  await script({ phone: person.phone, result_code: 0 });
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  await signIn(page, 'owner', SHOP);
  await expectAccessible(page);
  await openOrder(page, number);
  await expectAccessible(page);
  await goTo(page, 'Orders');
  await expectAccessible(page);
  await goTo(page, 'Products');
  await page.getByRole('main').getByText('Edit', { exact: true }).first().click();
  await expectAccessible(page);
});

test('the settings are open to everybody and fit the screen', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'owner', 'mama-njeri');
  for (const path of [
    'settings',
    'settings/stores',
    'settings/business',
    'settings/domains',
    'settings/delivery',
    'settings/mpesa',
    'settings/cash',
    'settings/team',
    'settings/activity',
    'account',
    'account/password',
    'account/email',
    'account/second-factor',
    'account/sessions',
    'start',
    'products/new',
    'categories',
    'confirm?to=/dashboard/settings/mpesa',
  ]) {
    await page.goto(platform(`/dashboard/${path}`));
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  await page.goto(platform('/dashboard/settings/stores'));
  await page.getByRole('main').getByRole('link', { name: /Mama Njeri/ }).click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

for (const scheme of ['dark', 'light'] as const) {
  test(`${scheme} colours have enough contrast`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(shopUrl('mama-njeri', '/p/classic-kiondo'));
    await expectAccessible(page);
    await signIn(page, 'viewer', 'mama-njeri');
    await expectAccessible(page);
  });
}
