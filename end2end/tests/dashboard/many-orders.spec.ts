// Orders in the merchant's hands: many moved at once, written on, called off with their money, printed, entered by staff.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, openOrder, platform, search, signIn } from '../../fixtures/merchant.ts';
import { order } from '../../fixtures/person.ts';
import { script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'beaded-key-ring';
const NAME = 'Beaded Key Ring';

test('two orders are packed with one thumb, printed, and the unpaid one says why it stays', async ({ page, context, person }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await script({ phone: person.phone, result_code: 0 });
  const named = { ...person, name: `${person.name} ${Date.now() % 1_000_000}` };
  const shopper = await context.newPage();
  const first = await order(shopper, SHOP, PRODUCT, named);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  await script({ phone: person.phone, result_code: 1032 });
  const unpaid = await order(shopper, SHOP, PRODUCT, named);

  await signIn(page, 'staff', SHOP);
  await goTo(page, 'Orders');
  await search(page, named.name);
  await expect(page.getByRole('status').filter({ hasText: /^2 orders$/ })).toBeVisible();
  await expectNoSidewaysScroll(page);
  for (const number of [first, unpaid]) await page.getByRole('checkbox', { name: `Choose order ${number}` }).check();
  await page.getByRole('button', { name: 'Picking list' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Picking list' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(NAME);
  await expect(page.getByRole('main')).toContainText('2 pieces in all');
  await expectNoSidewaysScroll(page);
  await page.goBack();
  for (const number of [first, unpaid]) await page.getByRole('checkbox', { name: `Choose order ${number}` }).check();
  await page.getByRole('button', { name: 'Packing slips' }).click();
  await expect(page.getByRole('main')).toContainText(named.name);
  await expect(page.getByRole('main')).toContainText('Paid. Nothing to collect.');
  await expectNoSidewaysScroll(page);
  await page.goBack();
  for (const number of [first, unpaid]) await page.getByRole('checkbox', { name: `Choose order ${number}` }).check();
  await page.getByRole('button', { name: 'Accept and pack' }).click();
  const told = page.getByRole('status').filter({ hasText: '1 of 2 moved' });
  await expect(told.getByRole('listitem').filter({ hasText: `Order ${first}` })).toContainText('now packing');
  await expect(told.getByRole('listitem').filter({ hasText: `Order ${unpaid}` })).toContainText('the buyer has not paid yet');
  await expect(page.getByRole('row').filter({ has: page.getByRole('link', { name: `Order ${first}`, exact: true }) })).toContainText('Packing');
  await expectNoSidewaysScroll(page);
});

test('the list is narrowed by filters that stay in its address', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'viewer', SHOP);
  await goTo(page, 'Orders');
  await page.getByText('More filters').click();
  await page.getByLabel('Money').selectOption('Paid');
  await page.getByLabel('Where from').selectOption('The shop\'s pages');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get('paid') === 'paid' && url.searchParams.get('channel') === 'web');
  await expect(page.getByLabel('Money')).toHaveValue('paid');
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('navigation', { name: 'Status' }).getByRole('link', { name: 'Delivered' }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get('paid') === 'paid' && url.searchParams.get('status') === 'delivered');
});

test('notes and tags of an order are there for the team', async ({ page, context, person, javaScriptEnabled }) => {
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  const tag = `t${Date.now() % 1_000_000}`;
  await signIn(page, 'staff', SHOP);
  await openOrder(page, number);
  await page.getByRole('link', { name: /^Notes and tags/ }).click();
  await page.getByLabel('Tags').fill(`Gift, ${tag}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Tags')).toHaveValue(`gift, ${tag}`);
  await page.getByLabel('New note').fill('Ring the upper bell');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Ring the upper bell' })).toContainText('by ');
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await openOrder(page, number);
  await expect(page.getByRole('main')).toContainText('Ring the upper bell');
  await page.goto(platform(`/dashboard/orders?tag=${tag}`));
  await expect(page.getByRole('status').filter({ hasText: /^1 order$/ })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: `Order ${number}` })).toContainText('1 note');
});

test('a paid order is called off with its goods and its money in one form', async ({ page, context, person, javaScriptEnabled }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await script({ phone: person.phone, result_code: 0 });
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  await signIn(page, 'owner', SHOP);
  await openOrder(page, number);
  await page.getByRole('link', { name: 'Cancel the order' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Cancel order ${number}` })).toBeVisible();
  await expect(page.getByLabel(new RegExp(`1 × ${NAME}`))).toBeChecked();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByLabel('Reason').fill('The buyer called');
  await page.getByRole('button', { name: /^Cancel, and send back KSh/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Cancelled. Nothing is left to do.');
  await expect(page.getByRole('main')).toContainText('The buyer called');
  await shopper.reload();
  await expect(shopper.getByText(/is on its way back to you|was sent back on/)).toBeVisible();
  await expect(shopper.getByRole('heading', { name: /^(This order is cancelled|Money returned)$/ })).toBeVisible();
  await expect(shopper.getByText('getting your order ready')).toHaveCount(0);
  await page.goto(`${page.url()}/cancel`);
  await expect(page.getByRole('main')).toContainText('This order is closed already.');
});

test('an order taken by phone prompts the buyer, and the list shows its money by itself', async ({ page, context, person, javaScriptEnabled }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await script({ phone: person.phone, result_code: 0 });
  const named = { ...person, name: `${person.name} ${Date.now() % 1_000_000}` };
  const list = await context.newPage();
  await signIn(page, 'staff', SHOP);
  await list.goto(platform(`/dashboard/orders?words=${encodeURIComponent(named.name)}`));
  await expect(list.getByText('No order fits.')).toBeVisible();

  await goTo(page, 'Orders');
  await page.getByRole('link', { name: 'Enter an order' }).click();
  await page.getByRole('searchbox', { name: 'Find goods' }).fill(NAME);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.getByRole('button', { name: new RegExp(`^Add ${NAME}`) }).first().click();
  await page.getByLabel(new RegExp(`^Pieces of ${NAME}`)).fill('2');
  await page.getByLabel('Where the order comes from').selectOption('By phone');
  await page.getByLabel('Name', { exact: true }).fill(named.name);
  await page.getByLabel('Phone number').fill(named.phone);
  await page.getByLabel('Street, building, door').fill(named.street);
  await page.getByLabel('How it is paid').selectOption('M-Pesa prompt to this phone, now');
  await page.getByRole('button', { name: 'Reckon' }).last().click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(named.name);
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('button', { name: /^Place the order for KSh/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Order \d+$/ })).toBeVisible();
  // Whoever took the order stays on it: the money shows there without a reload.
  if (javaScriptEnabled !== false) await expect(page.getByRole('button', { name: 'Start packing' })).toBeVisible({ timeout: 40_000 });

  if (javaScriptEnabled === false) {
    await expect.poll(async () => { await list.reload(); return list.getByRole('row').filter({ hasText: named.name }).innerText(); }, { timeout: 30_000 }).toContain('Paid');
  } else {
    await expect(list.getByRole('row').filter({ hasText: named.name })).toContainText('Paid', { timeout: 40_000 });
  }
  await expect(list.getByRole('row').filter({ hasText: named.name })).toContainText('By phone');
});

test('a list of orders whose session is over leads to the page to sign in @scripts', async ({ page, context }) => {
  await signIn(page, 'viewer', SHOP);
  await goTo(page, 'Orders');
  await context.clearCookies();
  await expect(page).toHaveURL(/\/sign-in$/, { timeout: 40_000 });
});
