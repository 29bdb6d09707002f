// A cart goes on on another phone by its link; a link that is none is refused in words.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { fillCart } from '../../fixtures/person.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('another phone opens the same cart by its link', async ({ page, another }) => {
  await fillCart(page, SHOP, 'enamel-chai-mug');
  await page.getByRole('button', { name: 'Continue on another phone' }).click();
  const link = await page.getByRole('textbox', { name: 'Link to your cart' }).inputValue();
  expect(link).toMatch(/\/cart\/[\w-]{22}$/);
  const chat = await page.getByRole('link', { name: 'Send it to yourself on WhatsApp' }).getAttribute('href');
  expect(chat).toContain(encodeURIComponent(link));
  await expectNoSidewaysScroll(page);
  const theirs = await another();
  const elsewhere = await theirs.newPage();
  await elsewhere.goto(link);
  await expect(elsewhere).toHaveURL(shopUrl(SHOP, '/cart'));
  await expect(elsewhere.getByRole('main').getByRole('listitem').filter({ hasText: 'Enamel Chai Mug' })).toHaveCount(1);
  await theirs.close();
});

test('a link that opens no cart says so kindly', async ({ page, complaints }) => {
  await page.goto(shopUrl(SHOP, '/cart/AAAAAAAAAAAAAAAAAAAAAA'));
  complaints.refused(404);
  await expect(page.getByRole('heading', { level: 1, name: 'This link opens no cart any more' })).toBeVisible();
  await page.getByRole('link', { name: 'Continue shopping' }).click();
  await expect(page).toHaveURL(shopUrl(SHOP, '/'));
});
