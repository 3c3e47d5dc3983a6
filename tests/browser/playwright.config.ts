// The pages in real browsers: Debian's Chromium, and the stock Firefox over WebDriver BiDi.
//   BEARPROOF_CHROMIUM, BEARPROOF_FIREFOX  programs (default: Debian's)
//   BEARPROOF_WEB, BEARPROOF_PACKAGE       what is tested (default: build/web, build/npm/bearproof)
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../build/test/browser',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: {
          executablePath: process.env['BEARPROOF_CHROMIUM'] ?? '/usr/bin/chromium',
          args: ['--no-sandbox'],
        },
      },
    },
    {
      name: 'firefox',
      // What has no page in it need not run twice, and Playwright opens no extension pages in Firefox.
      testIgnore: ['units.spec.ts', 'host-client.spec.ts', 'extension-units.spec.ts', 'mv3.spec.ts'],
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: { executablePath: process.env['BEARPROOF_FIREFOX'] ?? '/usr/bin/firefox-esr' },
        // The stock Firefox cannot be told these; the pages' own theme switch serves instead.
        contextOptions: {
          colorScheme: 'no-override' as 'light',
          reducedMotion: 'no-override' as 'reduce',
          forcedColors: 'no-override' as 'none',
          contrast: 'no-override' as 'more',
        },
      },
    },
  ],
});
