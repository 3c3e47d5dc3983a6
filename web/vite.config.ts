// The pages: static files below build/web that run under the policy of tools/serve.mjs from any folder of any server.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { flatTemplates, sharedPolicy, siteHead } from './vite.plugins.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [sharedPolicy(), flatTemplates(), siteHead()],
  resolve: { alias: { bearproof: process.env['BEARPROOF_PACKAGE'] ?? here('../build/npm/bearproof') } },
  worker: { format: 'es' },
  build: {
    outDir: here('../build/web'),
    emptyOutDir: true,
    target: ['chrome125', 'firefox128', 'safari18'],
    // Inlined files would be data: URLs, which the policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: {
        index: here('index.html'),
        live: here('live.html'),
        panel: here('panel.html'),
        playground: here('playground.html'),
      },
    },
  },
});
