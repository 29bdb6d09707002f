// What search engines and chat previews read: addresses, titles, languages, structured data.

import type { Page } from '@playwright/test';
import { ask, type Slug, shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOPS: Slug[] = ['mama-njeri', 'kilimani-electronics'];
const SAMPLE = ['/', '/c/baskets', '/c/beadwork', '/p/market-kiondo-large', '/p/classic-kiondo', '/p/nairobi-sunset-t-shirt'];

const origin = (shop: Slug): string => shopUrl(shop, '');

async function addresses(url: string): Promise<string[]> {
  const answer = await ask(url);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^(application|text)\/xml/);
  return [...answer.body.matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => (found[1] ?? '').replaceAll('&amp;', '&'));
}

async function sitemap(shop: Slug): Promise<string[]> {
  const files = await addresses(shopUrl(shop, '/sitemap.xml'));
  expect(files.length).toBeGreaterThan(0);
  return (await Promise.all(files.map(addresses))).flat();
}

for (const shop of SHOPS) {
  test(`${shop}: robots.txt names the map and keeps crawlers out of carts and orders`, async () => {
    const answer = await ask(shopUrl(shop, '/robots.txt'));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    expect(answer.body).toContain(`Sitemap: ${origin(shop)}/sitemap.xml`);
    for (const closed of ['/cart', '/checkout', '/orders/']) expect(answer.body).toContain(`Disallow: ${closed}`);
  });

  test(`${shop}: every address of the map is a page of this shop`, async () => {
    const all = await sitemap(shop);
    expect(all.filter((address) => address.includes('/p/')).length).toBeGreaterThanOrEqual(60);
    expect(all.filter((address) => address.includes('/delivery/')).length).toBeGreaterThanOrEqual(2);
    expect(all.every((address) => address.startsWith(`${origin(shop)}/`))).toBe(true);
    expect(new Set(all).size).toBe(all.length);
    for (const address of all) expect((await ask(address)).status, address).toBe(200);
  });

  test(`${shop}: the manifest and every picture of a product page can be fetched`, async ({ page }) => {
    const manifest = await ask(shopUrl(shop, '/manifest.webmanifest'));
    expect(manifest.status).toBe(200);
    for (const icon of JSON.parse(manifest.body).icons) {
      const answer = await ask(new URL(icon.src, shopUrl(shop)).href);
      expect([answer.status, answer.headers['content-type']], icon.src).toEqual([200, 'image/png']);
    }
    const [product] = (await sitemap(shop)).filter((address) => address.includes('/p/'));
    await page.goto(product ?? '');
    await expect(page.locator('link[rel=apple-touch-icon]')).toHaveAttribute('href', JSON.parse(manifest.body).icons[0].src);
    const sources = await page.locator('img').evaluateAll((found) =>
      found.flatMap((one) => [(one as HTMLImageElement).src, ...(one as HTMLImageElement).srcset.split(',').map((part) => part.trim().split(' ')[0] ?? '')]),
    );
    for (const source of new Set(sources.filter(Boolean))) {
      const url = new URL(source, page.url());
      expect(url.origin, 'no foreign host').toBe(origin(shop));
      const answer = await ask(url.href);
      expect(answer.status, source).toBe(200);
      expect(answer.headers['content-type']).toBe('image/webp');
    }
  });
}

async function structured(page: Page): Promise<Record<string, any>[]> {
  const texts = await page.locator('script[type="application/ld+json"]').allTextContents();
  return texts.flatMap((text) => JSON.parse(text));
}

test('structured data of a product says what the page says', async ({ page }) => {
  await page.goto(shopUrl('mama-njeri', '/p/market-kiondo-large'));
  const all = await structured(page);
  expect(all.map((one) => one['@type']).sort()).toEqual(['BreadcrumbList', 'Product']);
  const product = all.find((one) => one['@type'] === 'Product') ?? {};
  expect(product['@context']).toBe('https://schema.org');
  expect(product.name).toBe('Market Kiondo, Large');
  expect(product.offers).toMatchObject({ priceCurrency: 'KES', availability: 'https://schema.org/InStock' });
  expect(Number(product.offers.price ?? product.offers.lowPrice)).toBe(3200);
  expect((await ask(product.image[0])).status).toBe(200);
  const trail = all.find((one) => one['@type'] === 'BreadcrumbList')?.itemListElement ?? [];
  expect(trail.map((step: { position: number }) => step.position)).toEqual(trail.map((_: unknown, at: number) => at + 1));
});

test('the front page tells machines who the shop is', async ({ page }) => {
  await page.goto(shopUrl('kilimani-electronics'));
  const types = (await structured(page)).map((one) => one['@type']);
  expect(types).toContain('WebSite');
  expect(types.some((type) => /Store$/.test(String(type)))).toBe(true);
});

test('every page names itself and the same page in both languages', async ({ page }) => {
  for (const path of SAMPLE) {
    for (const [lang, prefix] of [
      ['en', ''],
      ['sw', '/sw'],
    ] as const) {
      const at = (before: string): string => shopUrl('mama-njeri', `${before}${path === '/' && before ? '' : path}`);
      await page.goto(shopUrl('mama-njeri', `${prefix}${path}`));
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      const canonical = (await page.locator('link[rel=canonical]').getAttribute('href')) ?? '';
      expect(canonical.replace(/\/$/, '')).toBe(at(prefix).replace(/\/$/, ''));
      const others = await page
        .locator('link[rel=alternate][hreflang]')
        .evaluateAll((links) => links.map((link) => [link.getAttribute('hreflang'), (link as HTMLLinkElement).href.replace(/\/$/, '')]));
      expect(new Map(others as [string, string][])).toEqual(
        new Map([
          ['en', at('').replace(/\/$/, '')],
          ['sw', at('/sw').replace(/\/$/, '')],
          ['x-default', at('').replace(/\/$/, '')],
        ]),
      );
    }
  }
});

test('titles and descriptions of a sample of pages are there and all different', async ({ page }) => {
  const titles: string[] = [];
  const descriptions: string[] = [];
  for (const path of SAMPLE.flatMap((one) => [one, `/sw${one}`])) {
    await page.goto(shopUrl('mama-njeri', path));
    titles.push(await page.title());
    descriptions.push((await page.locator('meta[name=description]').getAttribute('content')) ?? '');
  }
  expect(titles.filter((title) => title.length < 5 || title.length > 80)).toEqual([]);
  expect(descriptions.filter((text) => text.length < 30 || text.length > 200)).toEqual([]);
  expect(new Set(titles.filter((_, at) => at % 2 === 0)).size).toBe(SAMPLE.length);
  expect(new Set(descriptions.filter((_, at) => at % 2 === 0)).size).toBe(SAMPLE.length);
});

test('a link in a chat shows name, words and picture', async ({ page }) => {
  await page.goto(shopUrl('mama-njeri', '/p/market-kiondo-large'));
  const property = async (name: string): Promise<string> => (await page.locator(`meta[property="${name}"]`).first().getAttribute('content')) ?? '';
  expect(await property('og:title')).toContain('Market Kiondo, Large');
  expect((await property('og:description')).length).toBeGreaterThan(30);
  expect(await property('og:url')).toBe(shopUrl('mama-njeri', '/p/market-kiondo-large'));
  const picture = await ask(await property('og:image'));
  expect(picture.status).toBe(200);
  expect(picture.headers['content-type']).toMatch(/^image\//);
});

test('carts, checkouts, orders and searches ask not to be listed', async ({ page }) => {
  for (const path of ['/cart', '/search?q=kiondo', '/orders/find']) {
    await page.goto(shopUrl('mama-njeri', path));
    await expect(page.locator('meta[name=robots]'), path).toHaveAttribute('content', /noindex/);
  }
});
