// The choice among variants, and the cart: in, more, less, out, and what is refused.

import { expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { fillCart, fillCheckout, placeOrder } from '../../fixtures/person.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('the chosen variant is the one in the cart', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/p/classic-kiondo'));
  await page.getByRole('radio', { name: 'Natural' }).check();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('link', { name: 'View cart' }).or(page.getByRole('heading', { name: 'Your cart' }))).toBeVisible();
  await page.goto(shopUrl(SHOP, '/cart'));
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Classic Kiondo' });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('Natural');
  await expect(line.getByRole('spinbutton', { name: 'Quantity of Classic Kiondo' })).toHaveValue('1');
});

test('what is sold out cannot be chosen, and a product that is sold out has no button', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/p/zawadi-tiered-sundress'));
  await expect(page.getByRole('radio', { name: 'S Sold out' })).toBeDisabled();
  await expect(page.getByRole('radio', { name: 'L', exact: true })).toBeEnabled();
  await page.goto(shopUrl(SHOP, '/p/wedding-collar-in-white'));
  await expect(page.getByRole('button', { name: 'Add to cart' })).toHaveCount(0);
  await expect(page.getByRole('main').getByText('Sold out', { exact: true }).first()).toBeVisible();
});

test('with scripts, a dearer choice shows its price at once, and adding stays on the product and says so @scripts', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/p/planter-basket'));
  const price = page.locator('[data-out="price"]');
  await expect(price).toHaveText('KSh 1,700');
  await page.getByText(/^Large/).click();
  await expect(page.getByRole('radio', { name: /^Large/ })).toBeChecked();
  // Only a script can have changed this: from here on it is awake.
  await expect(price).toHaveText('KSh 2,600');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Added to your cart.' })).toBeVisible();
  await expect(page).toHaveURL(/\/p\/planter-basket\?variant=/);
  await expect(page.getByRole('banner').getByRole('link', { name: 'Cart' })).toContainText('1');
  await page.getByRole('link', { name: 'View cart' }).click();
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Planter Basket' });
  await expect(line).toContainText('Large');
  await expect(line).toContainText('KSh 2,600');
});

test('a quantity is changed, the sums follow, and nought takes the line out', async ({ page }) => {
  await fillCart(page, SHOP, 'enamel-chai-mug');
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Enamel Chai Mug' });
  const quantity = line.getByRole('spinbutton', { name: 'Quantity of Enamel Chai Mug' });
  await expect(line).toContainText('KSh 420');
  await quantity.fill('3');
  await quantity.press('Enter');
  await expect(line.getByText('KSh 1,260', { exact: true })).toBeVisible();
  await page.reload();
  await expect(quantity).toHaveValue('3');
  await expect(page.getByText('Subtotal').locator('..')).toContainText('KSh 1,260');
  await line.getByRole('button', { name: 'Remove Enamel Chai Mug' }).click();
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
});

test('the same product twice is one line of two', async ({ page }) => {
  await fillCart(page, SHOP, 'beaded-key-ring');
  await fillCart(page, SHOP, 'beaded-key-ring');
  const lines = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Beaded Key Ring' });
  await expect(lines).toHaveCount(1);
  await expect(lines.getByRole('spinbutton')).toHaveValue('2');
});

test('more than there is cannot be added, in words, and the cart stays as it was @no-scripts', async ({ page, complaints }) => {
  await page.goto(shopUrl(SHOP, '/p/laundry-basket-with-lid'));
  await page.getByRole('spinbutton', { name: 'Quantity' }).fill('500');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('alert')).toContainText('of Laundry Basket with Lid left. Your cart is unchanged.');
  complaints.refused(409);
  await page.goto(shopUrl(SHOP, '/cart'));
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
});

test('a cart that wants more than there is says so at the line, and less makes it right', async ({ page }) => {
  await fillCart(page, SHOP, 'laundry-basket-with-lid');
  const quantity = page.getByRole('spinbutton', { name: 'Quantity of Laundry Basket with Lid' });
  await quantity.fill('500');
  await quantity.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(/^Only \d+ left\. Please lower the quantity\.$/);
  await quantity.fill('1');
  await quantity.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(quantity).toHaveValue('1');
});

test('who comes back from the checkout is asked why, once', async ({ page }) => {
  await fillCart(page, SHOP, 'enamel-chai-mug');
  const question = page.getByRole('heading', { name: 'Did something stop you?' });
  await expect(question).toHaveCount(0);
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.getByRole('link', { name: 'Change the cart' }).click();
  await expect(question).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Delivery costs too much' }).click();
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible();
  await expect(question).toHaveCount(0);
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.getByRole('link', { name: 'Change the cart' }).click();
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible();
  await expect(question).toHaveCount(0);
});

test('an empty cart says so and leads back to the shelves', async ({ page }) => {
  await page.goto(shopUrl(SHOP, '/cart'));
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
  await page.getByRole('link', { name: 'Continue shopping' }).click();
  await expect(page).toHaveURL(shopUrl(SHOP, '/'));
});

test('carts of two shops know nothing of each other', async ({ page }) => {
  await fillCart(page, SHOP, 'enamel-chai-mug');
  await page.goto(shopUrl('kilimani-electronics', '/cart'));
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
});

test('a full cart and its checkout do not scroll sideways', async ({ page }) => {
  await fillCart(page, SHOP, 'soapstone-candle-holders-pair');
  await expectNoSidewaysScroll(page);
  await page.goto(shopUrl(SHOP, '/checkout'));
  await expectNoSidewaysScroll(page);
});

test('a street without a blank breaks where it must, on the page of the order too', async ({ page, person }) => {
  await fillCheckout(page, SHOP, 'enamel-chai-mug', { ...person, street: 'S'.repeat(120) });
  await page.getByLabel('Instructions for the rider').fill('I'.repeat(150));
  await page.getByRole('radio', { name: /^Cash on delivery/ }).check();
  await placeOrder(page);
  await expect(page.getByText('S'.repeat(120))).toBeVisible();
  await expectNoSidewaysScroll(page);
});
