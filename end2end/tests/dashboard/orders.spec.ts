// An order as the merchant meets it: on Today, in the list, in full, and moved until it is delivered.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, openOrder, platform, search, signIn } from '../../fixtures/merchant.ts';
import { order } from '../../fixtures/person.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'beaded-key-ring';

test('an order just paid is on Today, in the list and in full, and goes its way to the door', async ({ page, context, person }) => {
  await signIn(page, 'owner', SHOP);
  const card = page.getByRole('main').locator('section').filter({ has: page.getByRole('heading', { name: 'Received today' }) });
  const placed = card.locator('.figure').filter({ hasText: 'Orders' }).locator('b');
  const before = Number(await placed.innerText());
  await expectNoSidewaysScroll(page);

  // A long name, for which the list has room on every screen.
  const buyer = { ...person, name: `${person.name} wa Nyokabi Kiprotich Wanjohi-Odhiambo` };
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, buyer);
  await answerPrompt(context, buyer.phone, 'Approve');
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  const receipt = (await shopper.getByText(/^M-Pesa receipt /).innerText()).replace('M-Pesa receipt ', '');
  const total = await shopper.locator('dl').filter({ hasText: 'Subtotal' }).locator('dd').last().innerText();

  await page.reload();
  // Other errands buy in this shop at the same time, and send money back: only orders can be counted on.
  expect(Number(await placed.innerText())).toBeGreaterThan(before);

  await goTo(page, 'Orders');
  await expectNoSidewaysScroll(page);
  await search(page, number);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: `Order ${number}`, exact: true }) });
  await expect(row).toContainText(buyer.name);
  await expect(row).toContainText('Paid');
  await expect(row).toContainText(total);
  await row.getByRole('link').click();

  const main = page.getByRole('main');
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
  for (const told of [buyer.name, buyer.phone, buyer.street, 'Beaded Key Ring', total, receipt]) await expect(main).toContainText(told);
  await expectNoSidewaysScroll(page);

  await page.getByRole('button', { name: 'Start packing' }).click();
  await page.getByRole('button', { name: 'Mark as dispatched' }).click();
  await page.getByRole('button', { name: 'Mark as delivered' }).click();
  await expect(main).toContainText('Delivered. Nothing is left to do.');
  await page.reload();
  await expect(main).toContainText('Delivered. Nothing is left to do.');
  const story = main.locator('section').filter({ has: page.getByRole('heading', { name: 'Timeline' }) }).getByRole('listitem').locator('b');
  await expect(story).toHaveText(['Delivered', 'Dispatched', 'Packing', 'To pack', 'Awaiting payment']);

  await shopper.reload();
  await expect(shopper.locator('[aria-current=step]')).toContainText('Delivered');
});

test('each attempt to pay is told, also the one that brought nothing', async ({ page, context, person }) => {
  await script({ phone: person.phone, result_code: 2001 });
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  await expect(shopper.getByRole('heading', { name: 'The PIN was not right' })).toBeVisible({ timeout: 20_000 });
  await script({ phone: person.phone, result_code: 0 });
  await shopper.getByRole('button', { name: 'Send the prompt again' }).click();
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });

  await signIn(page, 'staff', SHOP);
  await openOrder(page, number);
  const tries = page.getByRole('main').locator('section').filter({ has: page.getByRole('heading', { name: 'Payments' }) }).getByRole('listitem');
  await expect(tries).toHaveCount(2);
  await expect(tries.nth(0)).toContainText('Try 2');
  await expect(tries.nth(0)).toContainText(/Receipt [A-Z0-9]{10}/);
  await expect(tries.nth(1)).toContainText('Try 1');
  await expect(tries.nth(1)).toContainText('The PIN was wrong.');
});

test('an order is found by its number, its phone, its name and its receipt', async ({ page, context, person }) => {
  await script({ phone: person.phone, result_code: 0 });
  const named = { ...person, name: `${person.name} ${person.phone.slice(-3)}${Date.now() % 1_000}` };
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, named);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  const receipt = (await shopper.getByText(/^M-Pesa receipt /).innerText()).replace('M-Pesa receipt ', '');
  await signIn(page, 'viewer', SHOP);
  await goTo(page, 'Orders');
  for (const words of [number, person.phone, named.name, receipt]) {
    await search(page, words);
    await expect(page.getByRole('status').filter({ hasText: /^1 order$/ }), words).toBeVisible();
    await expect(page.getByRole('link', { name: `Order ${number}`, exact: true }), words).toBeVisible();
  }
  await search(page, '999999999');
  await expect(page.getByText('No order fits.')).toBeVisible();
});

test('an order that is not paid cannot be packed', async ({ page, context, person }) => {
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  await signIn(page, 'staff', SHOP);
  await openOrder(page, number);
  await expect(page.getByText('The money is not all here yet. Packing opens when it is.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start packing' })).toHaveCount(0);
});

test('a step that a colleague has taken meanwhile is not taken twice', async ({ page, context, person, complaints, javaScriptEnabled }) => {
  await script({ phone: person.phone, result_code: 0 });
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  await signIn(page, 'owner', SHOP);
  await openOrder(page, number);
  const colleague = await context.newPage();
  await colleague.goto(page.url());
  await page.getByRole('button', { name: 'Start packing' }).click();
  await expect(page.getByRole('button', { name: 'Mark as dispatched' })).toBeVisible();
  await colleague.getByRole('button', { name: 'Start packing' }).click();
  await expect(colleague.getByRole('status').filter({ hasText: 'Somebody else changed this a moment ago' })).toBeVisible();
  if (javaScriptEnabled !== false) complaints.refused(409);
  await page.reload();
  const story = page.getByRole('main').locator('section').filter({ has: page.getByRole('heading', { name: 'Timeline' }) }).getByRole('listitem').locator('b');
  await expect(story).toHaveText(['Packing', 'To pack', 'Awaiting payment']);
});

test('another merchant’s order is not found', async ({ page, context, person, complaints }) => {
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  await signIn(page, 'owner', SHOP);
  await openOrder(page, number);
  const address = page.url();
  expect(address).toMatch(/\/dashboard\/orders\/[0-9a-f-]{36}$/);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(platform('/'));
  await signIn(page, 'owner', 'kilimani-electronics');
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Not here' })).toBeVisible();
  complaints.refused(404);
  await expect(page.locator('body')).not.toContainText(person.name);
  await goTo(page, 'Orders');
  await search(page, person.phone);
  await expect(page.getByText('No order fits.')).toBeVisible();
});

test('a viewer sees everything and can press nothing', async ({ page, context, person }) => {
  await script({ phone: person.phone, result_code: 0 });
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });

  await signIn(page, 'viewer', SHOP);
  await openOrder(page, number);
  await expect(page.getByText('You can look at this order, not move it.')).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  await goTo(page, 'Products');
  await expect(page.getByRole('status').filter({ hasText: 'You can look, not change.' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Save/ })).toHaveCount(0);
  await expect(page.getByRole('main').getByText('Edit', { exact: true })).toHaveCount(0);
});

test('an order’s address that is none is not found', async ({ page, complaints }) => {
  await signIn(page, 'owner', SHOP);
  for (const path of ['/dashboard/orders/1', '/dashboard/orders/00000000-0000-7000-8000-000000000000', '/dashboard/no-such-section']) {
    await page.goto(platform(path));
    await expect(page.getByRole('heading', { name: 'Not here' }), path).toBeVisible();
    complaints.refused(404);
  }
});
