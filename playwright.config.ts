import { defineConfig } from '@playwright/test'

/** Real Chromium against a real cluster, which `playwright/global-setup.ts` starts. */
export default defineConfig({
  testDir: 'playwright',
  outputDir: 'test-results',
  globalSetup: './playwright/global-setup.ts',
  // Reading a long page for accessibility takes its time on a busy machine.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // Two cores: two browsers already keep them busy.
  workers: 2,
  fullyParallel: false,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    },
    trace: 'retain-on-failure',
  },
})
