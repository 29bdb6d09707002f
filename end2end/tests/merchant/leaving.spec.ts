// Somebody who walks away from a changed form is asked first, and who saves it is not.

import { platform, type Role, signIn, wayTo } from '../../fixtures/merchant.ts';
import { expect, test } from '../../fixtures/test.ts';

const FORM = platform('/dashboard/account');

/** A person of their own for each way of running, so that none changes what another reads. */
const PEOPLE: Record<string, Role> = { phone: 'owner', 'phone-no-scripts': 'viewer', desktop: 'staff' };

test('leaving a changed form asks, and staying keeps what was typed @scripts', async ({ page }, { project }) => {
  await signIn(page, PEOPLE[project.name] ?? 'owner', 'kilimani-electronics');
  await page.goto(FORM, { waitUntil: 'networkidle' });
  const name = page.locator('[name=name]');
  const before = await name.inputValue();
  const asked: string[] = [];
  let stays = true;
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await (stays ? dialog.dismiss() : dialog.accept());
  });

  // Nothing was typed: nothing is asked.
  await (await wayTo(page, 'Settings')).click();
  await expect(page).toHaveURL(/\/dashboard\/settings$/);
  expect(asked).toEqual([]);

  await page.goto(FORM, { waitUntil: 'networkidle' });
  await name.fill('Somebody else');
  await (await wayTo(page, 'Settings')).click({ noWaitAfter: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await expect(name).toHaveValue('Somebody else');
  await expect(page).toHaveURL(FORM);

  // Typed back, it is as it came; and sending it is no leaving.
  await name.fill(before);
  await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');
  expect(asked).toEqual(['beforeunload']);

  await page.goto(FORM, { waitUntil: 'networkidle' });
  await name.fill('Somebody else');
  stays = false;
  await (await wayTo(page, 'Settings')).click();
  await expect(page).toHaveURL(/\/dashboard\/settings$/);
  expect(asked).toEqual(['beforeunload', 'beforeunload']);
});

test('the same form is saved by a browser without scripts @no-scripts', async ({ page }, { project }) => {
  await signIn(page, PEOPLE[project.name] ?? 'viewer', 'kilimani-electronics');
  await page.goto(FORM);
  await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');
});
