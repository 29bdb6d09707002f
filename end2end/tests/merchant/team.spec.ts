// An owner invites somebody, who joins on another phone, and is shown out again; and the settings in Swahili.

import { randomInt } from 'node:crypto';
import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

test('somebody joins by a link, works in the shop, and is out when shown out', async ({ page, another }) => {
  const email = `otieno-${randomInt(1_000_000_000)}@kiondo.test`;
  await signIn(page, 'owner', 'kilimani-electronics');
  await page.goto(platform('/dashboard/settings/team'));
  await expectNoSidewaysScroll(page);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Role', { exact: true }).selectOption('viewer');
  await page.getByRole('button', { name: 'Send the invite' }).click();
  const invite = page.getByRole('listitem').filter({ hasText: email });
  const link = (await invite.locator('.code').textContent()) ?? '';
  expect(link).toMatch(/\/invites\/[0-9a-f]{64}$/);

  const theirs = await another();
  const phone = await theirs.newPage();
  await phone.goto(link);
  await phone.getByLabel('Your name').fill('Otieno');
  await phone.getByLabel('A password').fill('viatu vya mvua nne');
  await phone.getByRole('button', { name: 'Join' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();

  await page.goto(platform('/dashboard/settings/team'));
  const member = page.getByRole('listitem').filter({ hasText: email });
  await member.getByRole('button', { name: 'Show out' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: email }).getByRole('button', { name: 'Let in again' })).toBeVisible();
  await phone.goto(platform('/dashboard'));
  await expect(phone).toHaveURL(/\/sign-in$/);
  await theirs.close();
});

test('whoever signs up in Swahili finds every page of the settings as wide as the phone', async ({ page, person }) => {
  const slug = `wanja-${randomInt(1_000_000_000)}`;
  const typed = { business: 'Wanja Crafts', owner: person.name, phone: person.phone, email: `${slug}@kiondo.test` };
  await page.goto(platform('/sw/sign-up'));
  for (const [name, value] of Object.entries({ ...typed, password: 'mti wa mwembe na kiti 2026', slug })) {
    await page.locator(`[name=${name}]`).fill(value);
  }
  await page.getByRole('button', { name: 'Anzisha duka langu' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Fungua duka lako' })).toBeVisible();
  await page.goto(platform('/dashboard/settings'));
  const ways = await page.getByRole('main').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(ways.length).toBeGreaterThan(10);
  for (const way of ways) {
    await page.goto(platform(way));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
});
