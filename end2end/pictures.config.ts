// Takes the pictures of the README from a running demo; no part of the tests.

import { defineConfig } from '@playwright/test';
import { browser } from './settings.ts';

export default defineConfig({ testDir: 'pictures', workers: 1, timeout: 60_000, use: browser });
