// Draws every demo picture: serves the drawing modules to a headless Chromium and saves the WebP and PNG files it sends back.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { iconSvg } from './brand.mjs';

const demo = dirname(dirname(fileURLToPath(import.meta.url)));
const project = dirname(demo);
const only = process.argv[2] ?? '';
const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/demo/pictures/page.mjs"></script>';
const GIVE_UP_AFTER_MS = 15 * 60 * 1000;

let browser;
let profile;
let count = 0;
let bytes = 0;

function stop(code) {
  try {
    process.kill(-browser.pid);
  } catch {
    // The browser has already gone.
  }
  server.close();
  setTimeout(() => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code);
  }, 500);
}

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const wanted = normalize(url.pathname);
  if (request.method === 'POST') {
    const content = await body(request);
    response.end();
    if (wanted === '/finished') {
      console.log(`${count} pictures, ${Math.round(bytes / 1024)} KiB`);
      stop(content.length ? 1 : 0);
      if (content.length) console.error(content.toString());
    } else if (/^\/(demo|public)\/[\w/-]+\.(webp|png)$/.test(wanted)) {
      mkdirSync(dirname(join(project, wanted)), { recursive: true });
      writeFileSync(join(project, wanted), content);
      count += 1;
      bytes += content.length;
      if (wanted.endsWith('.webp') && content.length > 60_000) console.error(`${wanted} is ${content.length} bytes, more than 60 kB`);
    }
    return;
  }
  if (wanted === '/') {
    response.setHeader('content-type', 'text/html');
    response.end(page);
  } else if (/^\/demo\/[\w/-]+\.mjs$/.test(wanted)) {
    response.setHeader('content-type', 'text/javascript');
    response.end(readFileSync(join(project, wanted)));
  } else {
    response.statusCode = 404;
    response.end();
  }
});

mkdirSync(join(project, 'public'), { recursive: true });
writeFileSync(join(project, 'public/icon.svg'), iconSvg());

server.listen(0, '127.0.0.1', () => {
  profile = mkdtempSync(join(tmpdir(), 'duka-pictures-'));
  const flags = [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${profile}`,
    `http://127.0.0.1:${server.address().port}/?only=${encodeURIComponent(only)}`,
  ];
  browser = spawn(process.env.CHROMIUM ?? 'chromium', flags, { detached: true, stdio: 'ignore' });
  browser.on('error', () => {
    console.error('No Chromium found. Install it, or name its program in CHROMIUM.');
    process.exit(1);
  });
  setTimeout(() => {
    console.error('The drawing did not finish in 15 minutes.');
    stop(1);
  }, GIVE_UP_AFTER_MS).unref();
});
