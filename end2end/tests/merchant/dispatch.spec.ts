// From the packed order to the door: given to a rider, handed over against the buyer's code, or back on the shelf.

import { randomInt } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { findProduct, goTo, openOrder, platform, signIn, stockOf } from '../../fixtures/merchant.ts';
import { fillCheckout, order, placeOrder } from '../../fixtures/person.ts';
import { script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';
import { weigh } from '../../fixtures/weight.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'enamel-chai-mug';
const PHONE = { width: 360, height: 740 };
/** What a rider's page may cost with all that it loads. */
const MOST_BYTES = 20_000;

/** Somebody new, whose number nobody else in the run has. */
async function give(page: Page, rider: { name: string; phone: string }): Promise<void> {
  const known = page.getByLabel('Rider', { exact: true });
  if (await known.isVisible()) await known.selectOption({ label: 'Somebody new' });
  await page.getByLabel("Rider's name").fill(rider.name);
  await page.getByLabel("Rider's phone").fill(rider.phone);
  await page.getByLabel('The rider gets (KSh)').fill('120');
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Give to the rider' }).click();
}

/** A product of its own with three pieces, so that nobody else moves its stock; gives its name. */
async function addProduct(page: Page): Promise<string> {
  const name = `Kombe ${randomInt(1_000_000_000)}`;
  await page.goto(platform('/dashboard/products/new'));
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Price in KSh').fill('900');
  await page.getByLabel('Pieces in stock').fill('3');
  await page.getByRole('button', { name: 'Put on the shelf' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return name;
}

/** Turns the board's pages until it shows what is looked for. */
async function turnTo(page: Page, wanted: Locator): Promise<void> {
  while ((await wanted.count()) === 0) {
    const here = page.url();
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(page).not.toHaveURL(here);
    await expect(page.getByRole('heading', { level: 1, name: 'Deliveries' })).toBeVisible();
  }
}

/** Fits a phone; where scripts run, a machine looks whether it keeps anybody out. */
async function expectOpenToAll(page: Page, hasScripts: boolean): Promise<void> {
  await expectNoSidewaysScroll(page);
  if (hasScripts) await expectAccessible(page);
}

test('a paid order is packed, given to a rider and handed over against the buyer\'s code', async ({ page, context, another, person, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const hasScripts = javaScriptEnabled !== false;
  await page.setViewportSize(PHONE);
  await script({ phone: person.phone, result_code: 0 });
  const shopper = await context.newPage();
  const number = await order(shopper, SHOP, PRODUCT, person);
  await expect(shopper.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });

  await signIn(page, 'staff', SHOP);
  await openOrder(page, number);
  await page.getByRole('button', { name: 'Start packing' }).click();
  await expect(page.getByRole('button', { name: 'Mark as dispatched' })).toBeVisible();
  await page.getByRole('link', { name: 'Delivery', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Delivery of order ${number}` })).toBeVisible();
  await give(page, { name: 'Otieno Okoth', phone: person.phone });
  await expect(page.getByText('Otieno Okoth has it.')).toBeVisible();
  const link = await page.getByLabel('Link for the rider').inputValue();
  await expect(page.getByRole('link', { name: 'Send it on WhatsApp' })).toHaveAttribute('href', /^https:\/\/wa\.me\/2547\d{8}\?text=Order/);
  await expectOpenToAll(page, hasScripts);

  await shopper.reload();
  await expect(shopper.getByText('Otieno is bringing it to you.')).toBeVisible();
  const told = await shopper.getByText('Delivery code').locator('..').innerText();
  const code = /\d{4}/.exec(told)?.[0] ?? '';
  expect(code).toHaveLength(4);

  // The rider's own phone, which has never seen the shop.
  const elsewhere = await another({ viewport: PHONE });
  const rider = await elsewhere.newPage();
  await rider.goto(link);
  await expect(rider.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
  await expect(rider.getByText(person.name)).toBeVisible();
  await expect(rider.getByRole('link', { name: 'On the map' })).toHaveAttribute('href', /^https:\/\/www\.google\.com\/maps\/search\/\?api=1&query=.+Kenya$/);
  await expect(rider.getByRole('heading', { name: 'Ask the shop' })).toBeVisible();
  const { bytes, loaded } = await weigh(rider);
  expect(loaded.map((address) => new URL(address).pathname.split('/').pop())).toContain('shop.css');
  expect(bytes, `with ${loaded.join(', ')}`).toBeLessThan(MOST_BYTES);
  await expect(rider.locator('script')).toHaveCount(0);
  await rider.getByText('I could not hand it over').click();
  await rider.getByText('How is the place found?').first().click();
  await expectOpenToAll(rider, hasScripts);
  await rider.getByLabel("The buyer's code").fill(code === '0000' ? '0001' : '0000');
  await rider.getByRole('button', { name: 'Handed over' }).click();
  await expect(rider.getByRole('alert')).toContainText('That is not the code.');
  await rider.getByText('How is the place found?').first().click();
  await rider.getByRole('textbox', { name: 'How is the place found?' }).fill('Blue gate behind the kiosk');
  await rider.getByRole('button', { name: 'Keep it' }).click();
  await expect(rider.getByRole('status')).toContainText('Kept for the next time.');
  await rider.getByLabel("The buyer's code").fill(code);
  await rider.getByRole('button', { name: 'Handed over' }).click();
  await expect(rider.getByRole('heading', { level: 1, name: 'Delivered' })).toBeVisible();
  const gone = await rider.goto(link);
  expect(gone?.status()).toBe(404);
  await elsewhere.close();

  await shopper.reload();
  await expect(shopper.locator('[aria-current="step"]')).toContainText('Delivered');
  await expect(shopper.getByText('We have your payment, and you have your order.')).toBeVisible();
  await expect(shopper.getByText('Delivery code')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('It is delivered. Nothing is left to do.')).toBeVisible();
  await page.goto(platform('/dashboard/deliveries/figures'));
  await expect(page.getByRole('heading', { level: 1, name: 'Fees and costs' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: `Order ${number}` })).toContainText('You paid KSh 120');
  await expectNoSidewaysScroll(page);
});

test('a parcel that nobody wanted comes back from the board to the shelf', async ({ page, context, another, person, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const hasScripts = javaScriptEnabled !== false;
  await page.setViewportSize(PHONE);
  await signIn(page, 'staff', SHOP);
  const name = await addProduct(page);
  const stock = async (): Promise<number> => stockOf(await findProduct(page, name));
  expect(await stock()).toBe(3);
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, name.toLowerCase().replace(' ', '-'), person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(shopper);
  await openOrder(page, number);
  await page.getByRole('button', { name: 'Accept and pack' }).click();
  await expect(page.getByRole('button', { name: 'Mark as dispatched' })).toBeVisible();
  expect(await stock(), 'what is packed has left the shelf').toBe(2);

  await goTo(page, 'Deliveries');
  await expect(page.getByRole('navigation', { name: 'Where parcels are' }).getByRole('link', { name: /^Ready/ })).toHaveAttribute('aria-current', 'true');
  await expectOpenToAll(page, hasScripts);
  const box = page.getByRole('checkbox', { name: `Choose order ${number}` });
  await turnTo(page, box);
  await box.check();
  await give(page, { name: 'Kamau Njoroge', phone: person.phone });
  await expect(page.getByRole('status')).toContainText('1 of 1 given to the rider');
  await page.getByRole('link', { name: 'Send the links to the rider' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What Kamau Njoroge has' })).toBeVisible();
  await expectOpenToAll(page, hasScripts);
  const stop = page.getByRole('listitem').filter({ hasText: `Order ${number}` });
  await expect(stop).toContainText('Collect KSh');
  // The whole line leads to the order, but for this.
  const opened = context.waitForEvent('page');
  await stop.getByRole('link', { name: 'Open its page' }).click();
  const tab = await opened;
  await expect(tab.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
  await expect(tab.getByText(/^Collect KSh/)).toBeVisible();
  await expectOpenToAll(tab, hasScripts);
  const link = tab.url();
  await tab.close();
  await page.goto(platform('/dashboard/deliveries?state=out'));
  await expect(page.getByRole('heading', { level: 1, name: 'Deliveries' })).toBeVisible();
  await expectOpenToAll(page, hasScripts);
  await page.goto(platform('/dashboard/deliveries/not-booked'));
  await expect(page.getByRole('heading', { level: 1, name: 'Parcels that were not booked' })).toBeVisible();
  await expectOpenToAll(page, hasScripts);

  const elsewhere = await another({ viewport: PHONE });
  const rider = await elsewhere.newPage();
  await rider.goto(link);
  await rider.getByText('I could not hand it over').click();
  await rider.getByLabel('The buyer does not want it').check();
  await rider.getByRole('button', { name: 'Bring it back' }).click();
  await expect(rider.getByRole('heading', { level: 1, name: 'Bring it back to the shop' })).toBeVisible();
  await elsewhere.close();
  await shopper.reload();
  await expect(shopper.getByText('The rider says that you did not want it.')).toBeVisible();

  await goTo(page, 'Deliveries');
  await page.getByRole('navigation', { name: 'Where parcels are' }).getByRole('link', { name: /^Failed/ }).click();
  await expectOpenToAll(page, hasScripts);
  const failed = page.getByRole('link').filter({ hasText: `Order ${number}` });
  await turnTo(page, failed);
  await expect(failed).toContainText('The buyer does not want it');
  await failed.click();
  await page.getByRole('button', { name: 'It is back' }).click();
  await expect(page.getByRole('link', { name: 'Cancel the order' })).toBeVisible();
  const delivery = page.url();
  expect(await stock(), 'a parcel that is back is packed all the same').toBe(2);
  await page.goto(delivery);
  await page.getByRole('link', { name: 'Cancel the order' }).click();
  // Its goods have left the shelf, so they go back there.
  await expect(page.getByLabel(new RegExp(`1 × ${name}`))).toBeChecked();
  await page.getByLabel('Reason').fill('Not wanted at the door');
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Cancelled. Nothing is left to do.');
  expect(await stock(), 'back on the shelf').toBe(3);
});
