// A merchant puts three pictures on a product with a phone, with scripts and without, and hears what was not taken.

import { randomInt } from 'node:crypto';
import type { JSHandle, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/a11y.ts';
import { platform, signIn } from '../../fixtures/merchant.ts';
import { png } from '../../fixtures/picture.ts';
import { shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';

const SHOP = 'mama-njeri';

const nothing = { name: 'nothing.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) };
const program = { name: 'setup.exe', mimeType: 'image/png', buffer: Buffer.from('MZ this program cannot be run') };

/** A product of its own for each run: its name, and its page of pictures opened. */
async function openPictures(page: Page, project: string): Promise<string> {
  const name = `Pictured ${project} ${randomInt(1_000_000_000)}`;
  await page.goto(platform('/dashboard/products/new'));
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Price in KSh').fill('1,250');
  await page.getByLabel('Pieces in stock').fill('3');
  const product = await page.locator('[name=product]').inputValue();
  await page.getByRole('button', { name: 'Put on the shelf' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The product is on the shelf.' })).toBeVisible();
  await page.goto(platform(`/dashboard/products/${product}/pictures`), { waitUntil: 'networkidle' });
  return name;
}

/** What a hand drags, or a clipboard holds: this file. */
const carrying = (page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<JSHandle<DataTransfer>> =>
  page.evaluateHandle(
    ([name, type, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const carried = new DataTransfer();
      carried.items.add(new File([bytes], name, { type }));
      return carried;
    },
    [file.name, file.mimeType, file.buffer.toString('base64')] as const,
  );

test('a picture that was chosen before the page is awake is sent too @scripts', async ({ page }, { project }) => {
  await signIn(page, 'staff', SHOP);
  await openPictures(page, project.name);
  let wake = (): void => undefined;
  const isAwaited = new Promise<void>((resolve) => {
    wake = resolve;
  });
  await page.route('**/dash/app.wasm', async (route) => {
    await isAwaited;
    await route.continue();
  });
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.getByLabel('Choose pictures').setInputFiles([png('early.png')]);
  wake();
  await expect(page.locator('[data-out=sending] > li').filter({ hasText: 'Added' })).toHaveCount(1);
  await expect(page.getByRole('main').locator('.shots > li')).toHaveCount(1);
});

test('three pictures are added, one is tied to no variant but described, and the shop shows them', async ({ page, complaints, javaScriptEnabled }, { project }) => {
  const hasScripts = javaScriptEnabled !== false;
  await signIn(page, 'staff', SHOP);
  const name = await openPictures(page, project.name);
  await expect(page.getByText('No pictures yet.')).toBeVisible();
  await expectNoSidewaysScroll(page);
  const files = [png('front.png'), program, nothing, png('back.png'), png('label.png')];
  await page.getByLabel('Choose pictures').setInputFiles(files);
  const list = page.getByRole('main').locator('.shots > li');
  if (hasScripts) {
    // Choosing is sending; each file says what became of it.
    const sending = page.locator('[data-out=sending] > li');
    await expect(sending.filter({ hasText: 'Added' })).toHaveCount(3);
    await expect(sending.filter({ hasText: 'setup.exe is not a JPEG, PNG or WebP picture.' })).toHaveCount(1);
    await expect(sending.filter({ hasText: 'nothing.jpg is not a JPEG, PNG or WebP picture.' })).toHaveCount(1);
  } else {
    await page.getByRole('button', { name: 'Add pictures' }).click();
    await expect(page.getByRole('alert')).toContainText('3 pictures were added. Not added:');
    await expect(page.getByRole('alert')).toContainText('setup.exe is not a JPEG, PNG or WebP picture.');
    await expect(page.getByRole('alert')).toContainText('nothing.jpg is not a JPEG, PNG or WebP picture.');
    complaints.refused(422);
  }
  await expect(list).toHaveCount(3);
  await expectNoSidewaysScroll(page);
  if (hasScripts) await expectAccessible(page);

  const second = await list.nth(1).getAttribute('id');
  await page.getByRole('button', { name: 'Move picture 2 up' }).click();
  await expect(list.first()).toHaveAttribute('id', second ?? '');
  await list.first().getByLabel('What it shows').fill('The back of it');
  await list.first().getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove picture 3' }).click();
  await expect(list).toHaveCount(2);

  await page.goto(shopUrl(SHOP, `/p/${name.toLowerCase().replaceAll(' ', '-')}`));
  const gallery = page.getByRole('group', { name: 'Pictures' }).or(page.locator('.gallery'));
  await expect(gallery.first().getByRole('img')).toHaveCount(2);
  await expect(page.getByRole('img', { name: 'The back of it' })).toBeVisible();
});

test('a picture is dropped on the form, and another pasted anywhere on the page @scripts', async ({ page }, { project }) => {
  await signIn(page, 'staff', SHOP);
  await openPictures(page, project.name);
  const form = page.locator('form.drop');
  // The hint stands there once somebody listens.
  await expect(form.locator('[data-only=scripts]')).toBeVisible();
  const sending = form.locator('[data-out=sending] > li');
  const list = page.getByRole('main').locator('.shots > li');

  await form.dispatchEvent('dragover', { dataTransfer: await carrying(page, png('dragged.png')) });
  await expect(form).toHaveClass(/drop--over/);
  await form.dispatchEvent('drop', { dataTransfer: await carrying(page, png('dragged.png')) });
  await expect(form).not.toHaveClass(/drop--over/);
  await expect(sending.filter({ hasText: 'Added' })).toHaveCount(1);
  await expect(list).toHaveCount(1);

  await page.evaluate(
    (clipboardData) => document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })),
    await carrying(page, png('pasted.png')),
  );
  await expect(sending.filter({ hasText: 'Added' })).toHaveCount(2);
  await expect(list).toHaveCount(2);

  await form.dispatchEvent('drop', { dataTransfer: await carrying(page, program) });
  await expect(sending.filter({ hasText: 'setup.exe is not a JPEG, PNG or WebP picture.' })).toHaveCount(1);
  await expect(list).toHaveCount(2);
});
