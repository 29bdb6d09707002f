// A merchant writes a post for the blog, looks at it, publishes it, and reads it in the shop.

import { randomInt } from 'node:crypto';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { goTo, signIn } from '../../fixtures/merchant.ts';
import { png } from '../../fixtures/picture.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

test('a post is written, looked at, published and read', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const title = `Sisal from Machakos ${randomInt(1_000_000_000)}`;
  const slug = title.toLowerCase().replaceAll(' ', '-');
  await signIn(page, 'owner', SHOP);
  await goTo(page, 'Pages');
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByLabel('What it is').selectOption('Blog post');
  await page.getByRole('button', { name: 'Begin a draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();

  // Looked at before it is saved.
  await page.getByLabel('Text', { exact: true }).fill('Woven **by hand**\n\n## Care\n\n- wash cold\n- dry in the shade');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is saved yet' })).toBeVisible();
  const looks = page.getByRole('figure').filter({ hasText: 'How it looks' });
  await expect(looks.getByRole('listitem')).toHaveCount(2);
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);

  await page.getByLabel('Who reads it').selectOption({ label: 'Published: everybody, from now on' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'See it in the shop' })).toBeVisible();

  // From the foot of the shop to the post.
  await page.goto(shopUrl(SHOP));
  await page.getByRole('contentinfo').getByRole('link', { name: 'Blog', exact: true }).click();
  await page.getByRole('main').getByRole('link', { name: title }).click();
  await expect(page).toHaveURL(shopUrl(SHOP, `/blog/${slug}`));
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Care' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'wash cold' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  if (javaScriptEnabled !== false) await expectAccessible(page);
});

test('a picture is put into a post, with its words, and seen in the shop', async ({ page, complaints, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const hasScripts = javaScriptEnabled !== false;
  const title = `Baskets from Kitui ${randomInt(1_000_000_000)}`;
  const slug = title.toLowerCase().replaceAll(' ', '-');
  await signIn(page, 'owner', SHOP);
  await goTo(page, 'Pages');
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByLabel('What it is').selectOption('Blog post');
  await page.getByRole('button', { name: 'Begin a draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.waitForLoadState('networkidle');

  // What is no picture is refused with its reason, whatever it says it is.
  const add = page.getByRole('button', { name: 'Add the picture' });
  const program = { name: 'setup.exe', mimeType: 'image/png', buffer: Buffer.from('MZ this program cannot be run') };
  await page.getByLabel('What it shows').fill('A basket of sisal');
  await page.getByLabel('Choose a picture').setInputFiles(program);
  const refusal = 'setup.exe is not a JPEG, PNG or WebP picture.';
  if (hasScripts) {
    await expect(page.locator('[data-out=sending]')).toContainText(refusal);
  } else {
    await add.click();
    await expect(page.getByRole('alert')).toContainText(refusal);
    complaints.refused(422);
  }
  await expect(page.getByLabel('What it shows')).toHaveValue('A basket of sisal');
  await page.getByLabel('Choose a picture').setInputFiles(png('basket.png'));
  if (!hasScripts) await add.click();
  const put = page.getByLabel('Put this into the text');
  await expect(put).toHaveValue('![A basket of sisal](picture:1)');
  await expectNoSidewaysScroll(page);
  if (hasScripts) await expectAccessible(page);

  await page.getByLabel('Text', { exact: true }).fill(`Woven by hand\n\n${await put.inputValue()}\n\n![x](https://elsewhere.example/x.png)`);
  await page.getByRole('button', { name: 'Preview' }).click();
  const looks = page.getByRole('figure').filter({ hasText: 'How it looks' });
  await expect(looks.getByRole('img')).toHaveCount(1);
  await page.getByLabel('Who reads it').selectOption({ label: 'Published: everybody, from now on' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();

  await page.goto(shopUrl(SHOP, `/blog/${slug}`));
  const seen = page.getByRole('article').getByRole('img');
  await expect(seen).toHaveCount(1);
  await expect(seen).toHaveAccessibleName('A basket of sisal');
  await expectNoSidewaysScroll(page);
  if (hasScripts) await expectAccessible(page);
});
