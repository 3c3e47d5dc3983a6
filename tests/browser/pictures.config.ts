// Pictures of everything that a person sees of live consent, in both browsers, to be looked at after a change of its looks:
//   npx playwright test --config tests/browser/pictures.config.ts [-g SCENE] [--project BROWSER]
//   BEARPROOF_PICTURES  where they go (default: build/pictures)
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

export default defineConfig({
  ...tests,
  testMatch: 'pictures.ts',
  outputDir: '../../build/test/pictures',
  workers: 1,
  timeout: 300_000,
});
