// A shopper comes back by a code to their phone: their orders, addresses, language, a copy of their data and its end.

import type { Browser, BrowserContext } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { PASSWORD, platform, signIn } from '../../fixtures/merchant.ts';
import { fillCheckout, placeOrder } from '../../fixtures/person.ts';
import { type Slug, shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';
import { sandboxUrl } from '../../settings.ts';

const SETTINGS = '/dashboard/settings/sms';

/** The owner switches texts on, unless another test was faster: then it is looked at once more. */
async function sendTexts(browser: Browser, shop: Slug): Promise<void> {
  const office = await browser.newContext();
  const page = await office.newPage();
  await signIn(page, 'owner', shop);
  const isOn = page.getByText('Buyers who left no e-mail are told by SMS.');
  await expect(async () => {
    await page.goto(platform(SETTINGS));
    if (page.url().includes('/confirm')) {
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('main').getByRole('button').first().click();
    }
    await expect(page.getByRole('heading', { level: 1, name: 'SMS' })).toBeVisible();
    if (!(await isOn.isVisible())) {
      await page.getByLabel('Username').fill(shop);
      await page.getByLabel('API key').fill('atsk_for_trying');
      await page.getByLabel('Sender name').fill('DUKA');
      await page.getByLabel('Tell buyers who left no e-mail by SMS').check();
      await page.getByRole('button', { name: 'Save' }).click();
    }
    await expect(isOn).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await office.close();
}

/** The code on this phone, as the sandbox shows it. */
async function codeOn(context: BrowserContext, phone: string): Promise<string> {
  const page = await context.newPage();
  await page.goto(sandboxUrl.href);
  const message = page.getByRole('listitem').filter({ hasText: phone }).filter({ hasText: 'your code is' });
  // The page looks again by itself every few seconds.
  await expect(message).toBeVisible({ timeout: 15_000 });
  const code = /your code is (\d{6})\./.exec(await message.innerText())?.[1] ?? '';
  await page.close();
  return code;
}

test.use({ viewport: { width: 360, height: 740 } });

test('a shopper comes back by a code and decides about what is their own', async ({ page, context, browser, person, complaints, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const isAwake = javaScriptEnabled !== false;
  const shop = isAwake ? 'mama-njeri' : 'kilimani-electronics';
  await sendTexts(browser, shop);
  await fillCheckout(page, shop, isAwake ? 'enamel-chai-mug' : 'micro-usb-cable', person);
  await page.getByRole('radio', { name: /^Cash on delivery/ }).check();
  const number = await placeOrder(page);
  await expect(page.getByRole('main').getByRole('link', { name: 'Your orders' })).toHaveAttribute('href', '/account');

  await page.goto(shopUrl(shop, '/account'));
  await expectNoSidewaysScroll(page);
  if (isAwake) await expectAccessible(page);
  await page.getByLabel('Order number').fill(number);
  await page.getByLabel('Phone number').fill(person.phone);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Type the code' })).toBeVisible();
  if (isAwake) await expectAccessible(page);
  const code = await codeOn(context, person.phone);
  const field = page.getByLabel('Code', { exact: true });
  await field.fill(code === '000000' ? '111111' : '000000');
  await page.getByRole('button', { name: 'See my orders' }).click();
  await expect(page.getByRole('alert')).toContainText('4 more tries are left');
  complaints.refused(422);
  await field.fill(code);
  await page.getByRole('button', { name: 'See my orders' }).click();

  await expect(page).toHaveURL(shopUrl(shop, '/account'));
  await expect(page.getByRole('heading', { level: 1, name: 'Your orders' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: `Order ${number}` })).toHaveAttribute('href', /^\/orders\/[0-9a-f]{64}$/);
  await expect(page.getByText(`Signed in: ${person.name}`)).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (isAwake) await expectAccessible(page);

  const menu = page.getByRole('navigation', { name: 'Your pages' });
  await menu.getByRole('link', { name: 'Your addresses' }).click();
  await page.getByText('Change', { exact: true }).click();
  await page.getByLabel('What you call it').fill('Home');
  await page.getByLabel('How to find it').fill('Opposite the mosque');
  if (isAwake) await expectAccessible(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');
  await expect(page.getByRole('heading', { level: 2, name: /^Home: / })).toBeVisible();
  await expectNoSidewaysScroll(page);

  await menu.getByRole('link', { name: 'Your data' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Kiswahili' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Taarifa zako' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your data' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (isAwake) await expectAccessible(page);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download my data' }).click()]);
  expect(file.suggestedFilename()).toBe('my-data.json');
  await expect(page.getByText(`Order ${number} is still open`)).toBeVisible();
  await page.getByLabel('Yes, erase what the shop knows of me').check();
  await page.getByRole('button', { name: 'Erase my data' }).click();
  await expect(page.getByRole('status')).toContainText('You have asked for your data to be erased.');
  const lookedAt = (): Promise<string> => page.evaluate(() => localStorage.getItem('seen') ?? '');
  if (isAwake) expect(await lookedAt(), 'what this phone looked at goes too').toBe('');
  await page.getByRole('button', { name: 'Do not erase' }).click();
  await expect(page.getByRole('button', { name: 'Erase my data' })).toBeVisible();

  // The phone may be a lent one: what it keeps for when there is no connection is not their cart any more.
  const isCartKept = (): Promise<boolean> => page.evaluate(async () => (await caches.match('/cart', { ignoreVary: true })) !== undefined);
  if (isAwake) {
    await page.goto(shopUrl(shop, '/p/enamel-chai-mug'));
    await expect.poll(lookedAt).toContain('enamel-chai-mug');
    await page.goto(shopUrl(shop, '/cart'));
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 20_000 }).toBe(true);
    await page.goto(shopUrl(shop, '/cart'));
    await expect.poll(isCartKept).toBe(true);
    await page.goto(shopUrl(shop, '/account'));
  }
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(shopUrl(shop, '/'));
  if (isAwake) await expect.poll(isCartKept).toBe(false);
  if (isAwake) expect(await lookedAt()).toBe('');
  await page.goto(shopUrl(shop, '/account'));
  await expect(page.getByRole('button', { name: 'Send me a code' })).toBeVisible();
});
