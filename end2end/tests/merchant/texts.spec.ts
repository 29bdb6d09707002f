// The merchant switches text messages on; who has only a phone is told there, and follows the link to their order.

import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { PASSWORD, platform, signIn } from '../../fixtures/merchant.ts';
import { fillCheckout, placeOrder } from '../../fixtures/person.ts';
import { expect, test } from '../../fixtures/test.ts';
import { sandboxUrl } from '../../settings.ts';

const PAGE = '/dashboard/settings/sms';

test.use({ viewport: { width: 360, height: 740 } });

test('a buyer without an e-mail gets a text message with a link to the order', async ({ page, context, person, javaScriptEnabled }) => {
  // Each kind of browser has a shop of its own, so that two do not set up one account at once.
  const isAwake = javaScriptEnabled !== false;
  const shop = isAwake ? 'mama-njeri' : 'kilimani-electronics';
  await signIn(page, 'owner', shop);
  await page.goto(platform(PAGE));
  if (page.url().includes('/confirm')) {
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('main').getByRole('button').first().click();
  }
  await expect(page.getByRole('heading', { level: 1, name: 'SMS' })).toBeVisible();
  // An earlier run may have switched it on.
  if (!(await page.getByText('Buyers who left no e-mail are told by SMS.').isVisible())) {
    await page.getByLabel('Username').fill(shop);
    await page.getByLabel('API key').fill('atsk_for_trying');
    await page.getByLabel('Sender name').fill('DUKA');
    await page.getByLabel('Tell buyers who left no e-mail by SMS').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
  }
  await expect(page.getByText('Buyers who left no e-mail are told by SMS.')).toBeVisible();
  await expect(page.getByLabel('API key')).toHaveValue('');
  await expect(page.getByText('/hooks/sms/')).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (isAwake) await expectAccessible(page);

  const shopper = await context.newPage();
  await fillCheckout(shopper, shop, isAwake ? 'enamel-chai-mug' : 'micro-usb-cable', person);
  await shopper.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(shopper);

  await shopper.goto(sandboxUrl.href);
  const message = shopper.getByRole('listitem').filter({ hasText: person.phone }).filter({ hasText: `we have your order ${number}` });
  // The page looks again by itself every few seconds.
  await expect(message).toBeVisible({ timeout: 15_000 });
  // Not clicked: the page may look again just then.
  await shopper.goto((await message.getByRole('link').getAttribute('href')) ?? '');
  await expect(shopper.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible();
});
