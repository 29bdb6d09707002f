// Every way in which a prompt can end: plain words on the page, and a next prompt that pays.

import { lookAgain, order } from '../../fixtures/person.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { prompts, queryCount, script } from '../../fixtures/provider.ts';
import { ask } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'kilimani-electronics';
const PRODUCT = 'micro-usb-cable';

const paymentStatus = async (address: string): Promise<string> => JSON.parse((await ask(`${address}/status`)).body).payment_status;

/** Code, the words for it, and whether it is certain that no money moved. */
const FAILURES: [code: number, heading: string, isSafe: boolean][] = [
  [1, 'Not enough money in your M-Pesa', true],
  [17, 'M-Pesa asks for a short pause', true],
  [1019, 'The request ran out of time', true],
  [1025, 'The request did not reach your phone', true],
  [1032, 'You cancelled the request', true],
  [1037, 'Your phone did not answer', false],
  [2001, 'The PIN was not right', true],
  [8006, 'Your M-Pesa PIN is blocked', true],
];

for (const [code, heading, isSafe] of FAILURES) {
  test(`result ${code} is told in plain words, and the next prompt pays`, async ({ page, person }) => {
    await script({ phone: person.phone, result_code: code });
    const number = await order(page, SHOP, PRODUCT, person);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('No money left your M-Pesa.')).toHaveCount(isSafe ? 1 : 0);
    if (code > 1000) await expect(page.getByRole('status')).not.toContainText(String(code));
    expect(await paymentStatus(page.url())).toBe('unpaid');

    await script({ phone: person.phone, result_code: 0 });
    await page.getByRole('button', { name: 'Send the prompt again' }).click();
    await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('heading', { name: `Order ${number}` })).toBeVisible();
    const sent = await prompts(person.phone);
    // The number and its letter, as it stands in the payer's message.
    const account = expect.stringMatching(new RegExp(`^${number}[A-Z]$`));
    expect(sent.map((one) => one.AccountReference)).toEqual([account, account]);
  });
}

test('a person who cancels and thinks again pays with a second prompt', async ({ page, context, person }) => {
  await order(page, SHOP, PRODUCT, person);
  await answerPrompt(context, person.phone, 'Cancel');
  await expect(page.getByRole('heading', { name: 'You cancelled the request' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Send the prompt again' }).click();
  await answerPrompt(context, person.phone, 'Approve');
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
});

test('another phone can pay for the same order', async ({ page, context, person }) => {
  const friend = person.phone.replace(/^07/, '01');
  await script({ phone: person.phone, result_code: 1 });
  await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'Not enough money in your M-Pesa' })).toBeVisible({ timeout: 20_000 });
  await page.getByLabel('M-Pesa number').fill(friend);
  await page.getByRole('button', { name: 'Send the prompt again' }).click();
  await answerPrompt(context, friend, 'Approve');
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
});

for (const [code, why] of [
  [26, 'a busy provider'],
  [31337, 'a code that nobody knows'],
] as const) {
  test(`${why} decides nothing: the provider is asked, and the order stays open`, async ({ page, person }) => {
    await script({ phone: person.phone, result_code: code });
    await order(page, SHOP, PRODUCT, person);
    await expect.poll(() => queryCount(person.phone), { timeout: 45_000 }).toBeGreaterThanOrEqual(2);
    expect(await paymentStatus(page.url())).toBe('unpaid');
    await lookAgain(page);
    await expect(page.getByRole('heading', { name: /^(Check your phone|We are checking with M-Pesa)$/ })).toBeVisible();
    // A second prompt now could take the money twice.
    await expect(page.getByRole('button', { name: 'Send the prompt again' })).toHaveCount(0);
  });

  test(`after ${why} the answer to the question settles the order as paid`, async ({ page, person }) => {
    await script({ phone: person.phone, result_code: code, query_result_code: 0 });
    await order(page, SHOP, PRODUCT, person);
    await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 45_000 });
    expect(await paymentStatus(page.url())).toBe('paid');
  });
}

test('a callback that was lost is made up for by asking', async ({ page, person }) => {
  await script({ phone: person.phone, result_code: 0, drop_callback: true });
  await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'Check your phone' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 45_000 });
  expect(await queryCount(person.phone)).toBeGreaterThanOrEqual(1);
});

test('callbacks that come late and many times pay the order once', async ({ page, person }) => {
  await script({ phone: person.phone, result_code: 0, delay_ms: 3_000, callbacks: 12 });
  await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'Check your phone' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/^M-Pesa receipt /)).toHaveCount(1);
  expect(await paymentStatus(page.url())).toBe('paid');
  expect(await prompts(person.phone)).toHaveLength(1);
});

test('a callback that lies about success is not believed', async ({ page, person }) => {
  await script({ phone: person.phone, result_code: 0, query_result_code: 1032 });
  await order(page, SHOP, PRODUCT, person);
  await expect.poll(() => queryCount(person.phone), { timeout: 20_000 }).toBeGreaterThanOrEqual(1);
  expect(await paymentStatus(page.url())).toBe('unpaid');
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toHaveCount(0);
});

test('a callback with another sum does not pay the order', async ({ page, person }) => {
  await script({ phone: person.phone, result_code: 0, amount: 1 });
  await order(page, SHOP, PRODUCT, person);
  await expect(page.getByRole('heading', { name: 'We are checking with M-Pesa' })).toBeVisible({ timeout: 20_000 });
  expect(await paymentStatus(page.url())).toBe('unpaid');
});
