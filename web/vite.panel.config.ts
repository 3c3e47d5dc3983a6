// The element as a module of the npm package: `bearproof/panel`, Lit inside, the rule core's loader beside it.
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = `${process.env['BEARPROOF_PACKAGE'] ?? here('../build/npm/bearproof')}/panel`;

export default defineConfig({
  root: here('.'),
  publicDir: false,
  plugins: [
    {
      name: 'bearproof-panel-types',
      closeBundle() {
        copyFileSync(here('panel/package-types.d.mts'), `${folder}/index.d.ts`);
      },
    },
  ],
  build: {
    outDir: folder,
    emptyOutDir: true,
    target: ['chrome125', 'firefox128', 'safari18'],
    lib: { entry: here('panel/bearproof-panel.ts'), formats: ['es'], fileName: () => 'index.js' },
    rollupOptions: { external: ['bearproof'], output: { paths: { bearproof: '../index.js' }, minify: true } },
  },
});
