// The element as modules of the npm package: `bearproof/panel`, Lit inside, and the worker that holds the rule core beside
// it. Both take the core's loader from the package.
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { flatTemplates, sharedPolicy } from './vite.plugins.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = `${process.env['BEARPROOF_PACKAGE'] ?? here('../build/npm/bearproof')}/panel`;

export default defineConfig({
  root: here('.'),
  publicDir: false,
  plugins: [
    sharedPolicy(),
    flatTemplates(),
    {
      // In the package the worker is a file beside the element's; pages have it bundled.
      name: 'bearproof-panel-worker',
      enforce: 'pre',
      load(id) {
        return id.endsWith('/panel/worker-url.ts')
          ? 'export default new URL(/* @vite-ignore */ "./worker.js", import.meta.url).href'
          : null;
      },
    },
    {
      name: 'bearproof-panel-types',
      closeBundle() {
        copyFileSync(here('panel/types.d.ts'), `${folder}/index.d.ts`);
      },
    },
  ],
  build: {
    outDir: folder,
    emptyOutDir: true,
    target: ['chrome125', 'firefox128', 'safari18'],
    lib: {
      entry: { index: here('panel/bearproof-panel.ts'), worker: here('panel/worker.ts') },
      formats: ['es'],
      fileName: (_format, name) => `${name}.js`,
    },
    rollupOptions: {
      external: ['bearproof'],
      output: { paths: { bearproof: '../index.js' }, minify: true, comments: false, chunkFileNames: '[name].js' },
    },
  },
});
