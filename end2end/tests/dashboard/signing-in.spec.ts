// Signing in and out: who comes in, who does not, and what is left behind.

import { email, PASSWORD, platform, signIn, trySignIn } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

test('a wrong password is refused in words that do not say which half was wrong', async ({ page, complaints }) => {
  await trySignIn(page, email('staff', 'mama-njeri'), 'not-the-password');
  await expect(page.getByRole('alert')).toHaveText('E-mail or password does not fit. Check both and try again.');
  complaints.refused(422);
  await expect(page.getByLabel('Email')).toHaveValue(email('staff', 'mama-njeri'));
  await expect(page.getByLabel('Password')).toHaveValue('');
  await trySignIn(page, 'nobody@nowhere.test', PASSWORD);
  await expect(page.getByRole('alert')).toHaveText('E-mail or password does not fit. Check both and try again.');
  complaints.refused(422);
});

test('the right password opens Today, and signing out closes everything', async ({ page, context }) => {
  await signIn(page, 'owner', 'mama-njeri');
  await expect(page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Today', exact: true })).toHaveAttribute('aria-current', 'page');
  const session = await context.cookies();
  expect(session.filter((cookie) => cookie.httpOnly && cookie.sameSite === 'Lax')).not.toEqual([]);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(platform('/'));
  await page.goto(platform('/dashboard/orders'));
  await expect(page).toHaveURL(/\/sign-in/);
  // The old cookie, kept by somebody, opens nothing either.
  await context.addCookies(session);
  await page.goto(platform('/dashboard'));
  await expect(page).toHaveURL(/\/sign-in/);
});

test('nobody who is not signed in sees a section', async ({ page }) => {
  for (const path of ['/dashboard', '/dashboard/orders', '/dashboard/products']) {
    await page.goto(platform(path));
    await expect(page, path).toHaveURL(/\/sign-in/);
    await expect(page.getByLabel('Password')).toBeVisible();
  }
});
