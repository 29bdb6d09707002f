// The browser tests: a phone, the same phone without scripts, a wide screen, each against a running demo.

import { defineConfig } from '@playwright/test';
import { browser, phone } from './settings.ts';

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes only when repeated does not pass.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { ...browser, actionTimeout: 10_000, navigationTimeout: 20_000, trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'phone', use: phone, testIgnore: '**/crawlers/**', grepInvert: /@no-scripts/ },
    {
      name: 'phone-no-scripts',
      use: { ...phone, javaScriptEnabled: false },
      testIgnore: ['**/crawlers/**', '**/accessibility/**'],
      grepInvert: /@scripts/,
    },
    {
      name: 'desktop',
      use: { viewport: { width: 1280, height: 900 } },
      testIgnore: '**/checkout/**',
      grepInvert: /@no-scripts/,
    },
  ],
});
