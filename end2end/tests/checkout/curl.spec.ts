// The README's purchase by `curl` alone, run as it stands there: a script, or a very old phone, ends with a paid order.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openOrder, signIn } from '../../fixtures/merchant.ts';
import { answerPrompt } from '../../fixtures/phone.ts';
import { ask, shopUrl } from '../../fixtures/shop.ts';
import { expect, test } from '../../fixtures/test.ts';
import { baseUrl } from '../../settings.ts';

const SHOP = 'mama-njeri';
const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(() => true, () => false);

test('the purchase that the README writes out ends paid, and the merchant finds it @no-scripts', async ({ page, context, person }) => {
  test.skip(!hasCurl, 'there is no curl on this machine');
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const written = /By `curl` alone[^]*?```sh\n([^]*?)```/.exec(readme)?.[1] ?? '';
  expect(written).toContain('$at/checkout');
  // At the address of this demo, by a buyer and of goods that no other test counts.
  const script = written
    .replaceAll('localhost:3000', baseUrl.host)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${baseUrl.port}`)
    .replace('0711223344', person.phone.replaceAll(' ', ''))
    .replace(/^product=.*$/m, (line) => `${line}\necho "first: $product"\nproduct=/p/mwiko-set-in-olive-wood`);
  const folder = await mkdtemp(join(tmpdir(), 'duka-curl-'));
  const { stdout } = await run('sh', ['-c', script], { cwd: folder, timeout: 30_000 });
  await rm(folder, { recursive: true });
  expect(stdout).toMatch(/^first: \/p\/[a-z0-9-]+$/m);
  expect(stdout).toMatch(/^HTTP\/1\.1 303/m);
  const token = /^location: \/orders\/([0-9a-f]{64})\s*$/im.exec(stdout)?.[1] ?? '';
  expect(token, stdout).toHaveLength(64);

  await answerPrompt(context, person.phone, 'Approve');
  const status = async (): Promise<Record<string, unknown>> => JSON.parse((await ask(shopUrl(SHOP, `/orders/${token}/status`))).body);
  await expect.poll(async () => (await status()).payment_status, { timeout: 20_000 }).toBe('paid');
  await signIn(page, 'viewer', SHOP);
  await openOrder(page, String((await status()).order_number));
});
