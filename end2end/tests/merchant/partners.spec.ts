// A parcel to an agent: chosen by the shopper, booked from the order, followed to the end; and the partner being away.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { openOrder, platform, signIn } from '../../fixtures/merchant.ts';
import { fillCart, fillCheckout, type Person, placeOrder } from '../../fixtures/person.ts';
import { beAwayFor, moveParcel } from '../../fixtures/parcels.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';
import type { Page } from '@playwright/test';

const SHOP = 'mama-njeri';
const PRODUCT = 'enamel-chai-mug';
const AGENT = 'Rongai Parcel Point, Maasai Mall (Pickup Mtaani)';

/** Up to the order's page, with an agent instead of an address, paid by prompt. */
async function orderToAgent(page: Page, person: Person): Promise<string> {
  await fillCart(page, SHOP, PRODUCT);
  await page.getByRole('link', { name: 'Checkout' }).click();
  // The worker reads the agents when the demo starts.
  await expect(async () => {
    await page.reload();
    await expect(page.getByLabel('Delivery area').locator('option', { hasText: AGENT })).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await page.getByLabel('Delivery area').selectOption(AGENT);
  await page.getByRole('button', { name: 'Update delivery price' }).click();
  await expect(page.getByText('You pick it up from this agent')).toBeVisible();
  await expect(page.getByText(/This price is yours until \d\d:\d\d\./)).toBeVisible();
  await expect(page.getByLabel('Street, building, floor')).toHaveCount(0);
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('Phone number').fill(person.phone);
  await expectNoSidewaysScroll(page);
  const number = await placeOrder(page);
  await answerPrompt(page.context(), person.phone, 'Approve');
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  return number;
}

/** The page of the order's parcel, from the order. */
async function openParcel(page: Page, number: string): Promise<void> {
  await openOrder(page, number);
  await page.getByRole('link', { name: 'Deliver to' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Parcel of order ${number}` })).toBeVisible();
}

test('a shopper chooses an agent, staff book the parcel, and both see where it is', async ({ page, context, person, javaScriptEnabled }) => {
  const shopper = await context.newPage();
  const number = await orderToAgent(shopper, person);
  await signIn(page, 'staff', SHOP);
  await openOrder(page, number);
  await expect(page.getByRole('link', { name: 'Parcel to the agent' })).toHaveAttribute('href', /\/parcel$/);
  await openParcel(page, number);
  await expect(page.getByRole('combobox', { name: 'Agent' }).locator('option:checked')).toContainText(AGENT);
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('button', { name: 'Book the parcel' }).click();
  const tries = page.getByRole('main').getByRole('list').first();
  await expect(async () => {
    await page.reload();
    await expect(tries).toContainText(/Code: PM-\d+/, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  const code = /PM-\d+/.exec(await tries.innerText())?.[0] ?? '';
  await expect(page.getByRole('button', { name: 'Book the parcel' })).toHaveCount(0);
  await expectNoSidewaysScroll(page);

  await shopper.reload();
  await expect(shopper.getByRole('heading', { name: 'Your parcel' })).toBeVisible();
  await expect(shopper.getByText(code)).toBeVisible();
  await expectNoSidewaysScroll(shopper);

  await moveParcel(context, code, 'On its way');
  await expect(async () => {
    await shopper.reload();
    await expect(shopper.getByText('It is on its way to the agent')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await moveParcel(context, code, 'Picked up');
  await expect(async () => {
    await shopper.reload();
    await expect(shopper.locator('[aria-current=step]')).toContainText('Delivered', { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await openOrder(page, number);
  await expect(page.getByRole('main')).toContainText('Delivered. Nothing is left to do.');
});

test('with the partner away the shopper buys all the same, and staff take the parcel elsewhere', async ({ page, context, person, javaScriptEnabled }) => {
  await beAwayFor(person.phone);
  const shopper = await context.newPage();
  const number = await orderToAgent(shopper, person);
  await signIn(page, 'staff', SHOP);
  await openParcel(page, number);
  await page.getByRole('button', { name: 'Book the parcel' }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Not booked yet')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByText('look into your account there first, then book by hand below')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Who has it').fill('Easy Coach');
  await page.getByLabel('Code or receipt number').fill(`EC-${number}`);
  await page.getByLabel('What it cost you, in KSh').fill('300');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(page.getByRole('main')).toContainText(`Code: EC-${number}`);
  await expect(page.getByRole('main')).toContainText('Given up');
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);

  await shopper.reload();
  await expect(shopper.getByText(`EC-${number}`)).toBeVisible();
  await page.getByRole('button', { name: 'It is on its way' }).click();
  await page.getByRole('button', { name: 'The buyer has it' }).click();
  await shopper.reload();
  await expect(shopper.locator('[aria-current=step]')).toContainText('Delivered');
});

test('a wrong key is said so; with the partner away from the first day the shopper buys all the same, and the parcel goes by hand', async ({ page, context, person, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const shop = 'kilimani-electronics';
  await signIn(page, 'owner', shop);
  await page.goto(platform('/dashboard/settings'));
  await page.getByRole('link', { name: /^Delivery partners/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Delivery partners' })).toBeVisible();
  await page.getByLabel('Business number').fill('12');
  await page.getByLabel('API key').fill('kilimanis-wrong');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Pickup Mtaani does not take this key.')).toBeVisible();
  await expect(page.getByLabel('API key')).toHaveValue('');
  await expectNoSidewaysScroll(page);

  // Nothing was ever read from it, and now nobody answers.
  await page.getByLabel('API key').fill('kilimanis-away');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Pickup Mtaani could not be reached just now.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Not set up: shoppers are offered no agents.')).toBeVisible();

  await script({ phone: person.phone, result_code: 0 });
  const shopper = await context.newPage();
  await fillCheckout(shopper, shop, 'micro-usb-cable', person);
  await expect(shopper.getByLabel('Delivery area').locator('option', { hasText: 'Pickup Mtaani' })).toHaveCount(0);
  const number = await placeOrder(shopper);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });

  await openParcel(page, number);
  await expect(page.getByRole('button', { name: 'Book the parcel' })).toHaveCount(0);
  await page.getByLabel('Who has it').fill('Easy Coach');
  await page.getByLabel('Code or receipt number').fill(`EC-${number}`);
  await page.getByLabel('What it cost you, in KSh').fill('300');
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(page.getByRole('main')).toContainText(`Code: EC-${number}`);
  await shopper.reload();
  await expect(shopper.getByText(`EC-${number}`)).toBeVisible();
  await page.getByRole('button', { name: 'It is on its way' }).click();
  await page.getByRole('button', { name: 'The buyer has it' }).click();
  await shopper.reload();
  await expect(shopper.locator('[aria-current=step]')).toContainText('Delivered');
});
