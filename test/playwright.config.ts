import { defineConfig } from '@playwright/test'

const chromium = process.env['BALLAST_CHROMIUM']
const asRoot = process.getuid?.() === 0

/** The page in a real browser against the built desk host; `BALLAST_CHROMIUM` names the browser where Playwright has none. */
export default defineConfig({
  testDir: './e2e',
  outputDir: '../.test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: {
    headless: true,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: asRoot ? ['--no-sandbox'] : [],
    },
  },
})
