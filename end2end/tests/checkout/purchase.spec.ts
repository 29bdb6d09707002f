// A whole purchase, from the front page to the paid order, with a person approving on the phone.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { fillFields, orderNumber, shillings } from '../../fixtures/person.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { prompts } from '../../fixtures/provider.ts';
import { ask, shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';

test('a shopper buys from the front page on, approves on the phone, and the page says paid by itself', async ({ page, context, person }) => {
  await page.goto(shopUrl(SHOP));
  await page.getByRole('navigation', { name: 'Categories' }).getByRole('link', { name: 'Phone Accessories' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Tempered Glass Protector' }).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  const way = page.getByRole('link', { name: 'View cart' });
  const cart = page.getByRole('heading', { name: 'Your cart' });
  await expect(way.or(cart)).toBeVisible();
  if (await way.isVisible()) await way.click();
  await page.getByRole('link', { name: 'Checkout' }).click();

  await fillFields(page, person);
  await expectNoSidewaysScroll(page);
  const total = await page.locator('dl').filter({ hasText: 'Subtotal' }).locator('dd').last().innerText();
  await page.getByRole('button', { name: 'Place order' }).click();
  const number = await orderNumber(page);
  await expect(page.getByRole('heading', { name: 'Check your phone' })).toBeVisible();
  await expect(page.getByText(`We sent a request for ${total}`)).toBeVisible();
  await expectNoSidewaysScroll(page);

  const question = await answerPrompt(context, person.phone, 'Approve');
  expect(question).toContain(`pay ${total} to KILIMANI ELECTRONICS`);
  expect(question).toMatch(new RegExp(`account ${number}[A-Z]\\?`));
  // Nobody touches the page any more.
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/^M-Pesa receipt [A-Z0-9]{10}$/)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Paid' }).and(page.locator('[aria-current=step]'))).toBeVisible();

  const status = await ask(`${page.url()}/status`);
  expect(status.status).toBe(200);
  expect(JSON.parse(status.body)).toMatchObject({ order_number: number, status: 'paid', payment_status: 'paid' });
  expect((await prompts(person.phone)).map((sent) => sent.Amount)).toEqual([shillings(total)]);
});

test('the whole way works in Swahili', async ({ page, context, person }) => {
  await page.goto(shopUrl(SHOP, '/sw/p/tempered-glass-protector'));
  await page.getByRole('button', { name: 'Weka kwa kikapu' }).click();
  await expect(page.getByRole('link', { name: 'Ona kikapu' }).or(page.getByRole('heading', { name: 'Kikapu chako' }))).toBeVisible();
  await page.goto(shopUrl(SHOP, '/sw/cart'));
  await page.getByRole('link', { name: 'Agiza' }).click();
  await page.getByLabel('Jina', { exact: true }).fill(person.name);
  await page.getByLabel('Nambari ya simu').fill(person.phone);
  await page.getByLabel('Barabara, jengo, ghorofa').fill(person.street);
  await page.getByRole('button', { name: 'Tuma oda' }).click();
  await expect(page).toHaveURL(/\/sw\/orders\/[0-9a-f]{64}$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'sw');
  await answerPrompt(context, person.phone, 'Approve');
  await expect.poll(async () => JSON.parse((await ask(`${page.url()}/status`)).body).payment_status, { timeout: 20_000 }).toBe('paid');
  await expect(page.getByRole('main').getByText('Imelipwa', { exact: false }).first()).toBeVisible({ timeout: 20_000 });
});

test('an order is found again by its number and phone, and a wrong phone finds nothing', async ({ page, person }) => {
  await page.goto(shopUrl(SHOP, '/p/micro-usb-cable'));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('link', { name: 'View cart' }).or(page.getByRole('heading', { name: 'Your cart' }))).toBeVisible();
  await page.goto(shopUrl(SHOP, '/checkout'));
  await fillFields(page, person);
  await page.getByRole('button', { name: 'Place order' }).click();
  const number = await orderNumber(page);
  const address = page.url();

  const find = async (phone: string): Promise<void> => {
    await page.goto(shopUrl(SHOP, '/orders/find'));
    await page.getByLabel('Order number').fill(number);
    await page.getByLabel('Phone number').fill(phone);
    await page.getByRole('button', { name: 'Find order' }).click();
  };
  await find('0700 000 001');
  await expect(page.getByRole('alert')).toContainText('We found no order with this number and this phone.');
  await find(person.phone.replaceAll(' ', '').replace(/^0/, '+254'));
  await expect(page).toHaveURL(address);
});

test('cash on delivery is an order at once, without any prompt', async ({ page, person }) => {
  await page.goto(shopUrl(SHOP, '/p/micro-usb-cable'));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('link', { name: 'View cart' }).or(page.getByRole('heading', { name: 'Your cart' }))).toBeVisible();
  await page.goto(shopUrl(SHOP, '/checkout'));
  await fillFields(page, person);
  await page.getByRole('radio', { name: /^Cash on delivery/ }).check();
  await page.getByRole('button', { name: 'Place order' }).click();
  await orderNumber(page);
  await expect(page.getByRole('heading', { name: 'Order received' })).toBeVisible();
  expect(await prompts(person.phone)).toEqual([]);
});
