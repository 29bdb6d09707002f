// Where the demo listens and how Chromium is started: shared by the tests and the pictures.

import type { PlaywrightTestConfig } from '@playwright/test';

const required = (name: string, usual: string): string => (process.env[name] || usual).replace(/\/$/, '');

/** The platform's address: dashboard and sign-in; shops live on sub-domains of it. */
export const baseUrl = new URL(required('DUKA_TEST_BASE_URL', 'http://localhost:3000'));
/** The phones and the providers' stand-ins. */
export const sandboxUrl = new URL(required('DUKA_TEST_SANDBOX_URL', 'http://127.0.0.1:3100'));

/** A phone that most of our shoppers hold. */
export const phone = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

export const browser: NonNullable<PlaywrightTestConfig['use']> = {
  browserName: 'chromium',
  baseURL: baseUrl.href,
  locale: 'en-KE',
  timezoneId: 'Africa/Nairobi',
  launchOptions: {
    executablePath: process.env.DUKA_CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};
