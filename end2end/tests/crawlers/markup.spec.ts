// A page of every kind as the server sends it, followed link by link and put into files for the HTML checker, which
// `make test` then runs over all of them at once.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { fillCart, order } from '../../fixtures/person.ts';
import { script } from '../../fixtures/provider.ts';
import { type Answer, ask, shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';
const PRODUCT = 'enamel-chai-mug';
const FOLDER = process.env.DUKA_PAGES_DIR;
/** More kinds than there are; a link that makes up new ones must not keep the walk going. */
const MOST = 150;

/** Keeps a page under a name that says which it is; without a folder it was only asked for. */
async function keep(name: string, html: string): Promise<void> {
  if (FOLDER === undefined) return;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${name.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '')}.html`), html);
}

const isPage = (answer: Answer): boolean => (answer.headers['content-type'] ?? '').startsWith('text/html');
/** A page that the browser brings to life carries marks between its texts, which no other page has. */
const isHydrated = (html: string): boolean => html.includes('<!>');

async function cookies(context: BrowserContext, address: string): Promise<Record<string, string>> {
  const all = await context.cookies(address);
  return { cookie: all.map((one) => `${one.name}=${one.value}`).join('; ') };
}

/** `/dashboard/orders/{id}` of the address of one order. */
const kind = (path: string): string =>
  path
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}')
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, '{day}')
    .replace(/^(\/sw)?(\/(?:p|c|pages|blog|delivery)\/)[^/]+$/, '$1$2{name}');

/** Follows the links below `inside` from one page to the next and keeps one page of each kind; gives the kinds. */
async function walk(name: string, origin: string, start: string[], inside: RegExp, headers: Record<string, string>): Promise<string[]> {
  const seen = new Set<string>();
  const kept: string[] = [];
  const waiting = [...start];
  for (let path = waiting.shift(); path !== undefined && seen.size < MOST; path = waiting.shift()) {
    const what = kind(new URL(path, origin).pathname);
    if (seen.has(what)) continue;
    seen.add(what);
    const answer = await ask(new URL(path, origin).href, headers);
    expect(answer.status, path).toBeLessThan(500);
    const links = [...answer.body.matchAll(/ href="([^"#]+)/g)].map((found) => found[1] ?? '');
    for (const link of answer.status === 200 && isPage(answer) ? links : [answer.headers.location ?? path]) {
      const next = new URL(link.replaceAll('&amp;', '&'), new URL(path, origin));
      if (next.origin === new URL(origin).origin && inside.test(next.pathname)) waiting.push(next.pathname + next.search);
    }
    // Another test may just have taken away what a link led to.
    if (answer.status !== 200 || !isPage(answer)) continue;
    if (isHydrated(answer.body)) continue;
    kept.push(what);
    await keep(`${name} ${what}`, answer.body);
  }
  return kept;
}

test('a page of every kind of a shop is kept for the checker', async () => {
  test.setTimeout(120_000);
  const pages = /^\/(?!media\/|s\/|whatsapp|light|preview|cart|checkout|.*\.)/;
  const kept = await walk('shop', shopUrl(SHOP), ['/'], pages, {});
  for (const wanted of ['/', '/p/{name}', '/c/{name}', '/delivery', '/delivery/{name}', '/data', '/orders/find']) {
    expect(kept).toContain(wanted);
  }
  expect(kept.filter((path) => path.startsWith('/sw')).length).toBeGreaterThan(3);
  const others: [name: string, path: string, status: number, headers: Record<string, string>][] = [
    ['light home', '/', 200, { 'save-data': 'on' }],
    ['light product', '/p/classic-kiondo', 200, { 'save-data': 'on' }],
    ['product with two choices', '/p/nairobi-sunset-t-shirt', 200, {}],
    ['product that is sold out', '/p/wedding-collar-in-white', 200, {}],
    ['chosen category', '/c/baskets?in_stock=1&option=Size%3AMedium', 200, {}],
    ['search', '/search?q=basket', 200, {}],
    ['search that finds nothing', '/search?q=zzzzqqq', 200, {}],
    ['empty cart', '/cart', 200, {}],
    ['not here', '/p/no-such-thing', 404, {}],
    ['no cart behind the link', '/cart/AAAAAAAAAAAAAAAAAAAAAA', 404, {}],
  ];
  for (const [name, path, status, headers] of others) {
    const answer = await ask(shopUrl(SHOP, path), headers);
    expect(answer.status, path).toBe(status);
    await keep(`shop ${name}`, answer.body);
  }
});

test('cart, checkout, order and receipt are kept for the checker', async ({ page, context, person }) => {
  test.setTimeout(120_000);
  await script({ phone: person.phone, result_code: 0, delay_ms: 5_000 });
  await fillCart(page, SHOP, PRODUCT);
  const keepNow = async (name: string, address: string): Promise<void> => {
    const answer = await ask(address, await cookies(context, address));
    expect(answer.status, name).toBe(200);
    await keep(`shop ${name}`, answer.body);
  };
  await keepNow('cart', shopUrl(SHOP, '/cart'));
  await keepNow('checkout', shopUrl(SHOP, '/checkout'));
  await order(page, SHOP, PRODUCT, person);
  const address = page.url();
  await keepNow('order that waits', address);
  await expect(page.getByRole('heading', { name: 'Paid, thank you' })).toBeVisible({ timeout: 30_000 });
  await keepNow('paid order', address);
  await keepNow('receipt', `${address}/receipt`);
});

test('the still pages of platform and dashboard are kept for the checker', async ({ page, context }) => {
  test.setTimeout(180_000);
  for (const path of ['/', '/sw', '/sign-in', '/sign-up', '/sw/sign-up', '/forgot']) {
    const answer = await ask(platform(path));
    expect(answer.status, path).toBe(200);
    await keep(`platform ${path}`, answer.body);
  }
  await signIn(page, 'owner', SHOP);
  const start = [
    ...['', '/start', '/orders', '/orders/new', '/products', '/products/new', '/products/import', '/categories'],
    ...['/stock', '/stock/counts', '/discounts', '/discounts/new', '/customers', '/customers/groups', '/deliveries'],
    ...['/deliveries/figures', '/payments', '/payments/inbox', '/payments/close', '/payments/refunds', '/pages'],
    ...['/settings', '/account', '/account/sessions', '/confirm?to=/dashboard/settings/mpesa'],
  ];
  const paths = start.map((path) => `/dashboard${path}`);
  const kept = await walk('dashboard', platform('/'), paths, /^\/dashboard(\/|$)/, await cookies(context, platform('/')));
  for (const wanted of ['/orders', '/stock', '/payments', '/payments/{id}', '/customers/{id}', '/settings/mpesa', '/settings/team']) {
    expect(kept).toContain(`/dashboard${wanted}`);
  }
});
