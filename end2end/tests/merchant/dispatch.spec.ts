// From the packed order to the door: given to a rider, handed over against the buyer's code, or back on the shelf.

import type { Locator, Page } from '@playwright/test';
import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, openOrder, platform, signIn } from '../../fixtures/merchant.ts';
import { fillCheckout, order, placeOrder } from '../../fixtures/person.ts';
import { script } from '../../fixtures/provider.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'enamel-chai-mug';
const NAME = 'Enamel Chai Mug';
const PHONE = { width: 360, height: 740 };

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

/** Turns the board's pages until it shows what is looked for. */
async function turnTo(page: Page, wanted: Locator): Promise<void> {
  while ((await wanted.count()) === 0) {
    const here = page.url();
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(page).not.toHaveURL(here);
    await expect(page.getByRole('heading', { level: 1, name: 'Deliveries' })).toBeVisible();
  }
}

test('a paid order is packed, given to a rider and handed over against the buyer\'s code', async ({ page, context, browser, person }) => {
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
  await expectNoSidewaysScroll(page);

  await shopper.reload();
  await expect(shopper.getByText('Otieno is bringing it to you.')).toBeVisible();
  const told = await shopper.getByText('Delivery code').locator('..').innerText();
  const code = /\d{4}/.exec(told)?.[0] ?? '';
  expect(code).toHaveLength(4);

  // The rider's own phone, which has never seen the shop.
  const elsewhere = await browser.newContext({ viewport: PHONE });
  const rider = await elsewhere.newPage();
  await rider.goto(link);
  await expect(rider.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
  await expect(rider.getByText(person.name)).toBeVisible();
  await expectNoSidewaysScroll(rider);
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
  await expect(shopper.getByText('Delivery code')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('It is delivered. Nothing is left to do.')).toBeVisible();
  await page.goto(platform('/dashboard/deliveries/figures'));
  await expect(page.getByRole('heading', { level: 1, name: 'Fees and costs' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: `Order ${number}` })).toContainText('You paid KSh 120');
  await expectNoSidewaysScroll(page);
});

test('a parcel that nobody wanted comes back from the board to the shelf', async ({ page, context, browser, person }) => {
  await page.setViewportSize(PHONE);
  const shopper = await context.newPage();
  await fillCheckout(shopper, SHOP, PRODUCT, person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(shopper);
  await signIn(page, 'staff', SHOP);
  await openOrder(page, number);
  await page.getByRole('button', { name: 'Accept and pack' }).click();
  await expect(page.getByRole('button', { name: 'Mark as dispatched' })).toBeVisible();

  await goTo(page, 'Deliveries');
  await expect(page.getByRole('navigation', { name: 'Where parcels are' }).getByRole('link', { name: /^Ready/ })).toHaveAttribute('aria-current', 'true');
  await expectNoSidewaysScroll(page);
  const box = page.getByRole('checkbox', { name: `Choose order ${number}` });
  await turnTo(page, box);
  await box.check();
  await give(page, { name: 'Kamau Njoroge', phone: person.phone });
  await expect(page.getByRole('status')).toContainText('1 of 1 given to the rider');
  await page.getByRole('link', { name: 'Send the links to the rider' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What Kamau Njoroge has' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  const stop = page.getByRole('listitem').filter({ hasText: `Order ${number}` });
  await expect(stop).toContainText('Collect KSh');
  const link = (await stop.getByRole('link', { name: 'Open its page' }).getAttribute('href')) ?? '';

  const elsewhere = await browser.newContext({ viewport: PHONE });
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
  await expectNoSidewaysScroll(page);
  const failed = page.getByRole('link').filter({ hasText: `Order ${number}` });
  await turnTo(page, failed);
  await expect(failed).toContainText('The buyer does not want it');
  await failed.click();
  await page.getByRole('button', { name: 'It is back' }).click();
  await page.getByRole('link', { name: 'Cancel the order' }).click();
  // Its goods have left the shelf, so they go back there.
  await expect(page.getByLabel(new RegExp(`1 × ${NAME}`))).toBeChecked();
  await page.getByLabel('Reason').fill('Not wanted at the door');
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Cancelled. Nothing is left to do.');
});
