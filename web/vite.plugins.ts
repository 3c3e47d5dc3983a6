// What the builds of the panel do beside bundling.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const module = fileURLToPath(new URL('./shared/trusted.ts', import.meta.url));
const made = 's.createPolicy("lit-html",{createHTML:t=>t})';
const posix = (id: string) => id.replaceAll('\\', '/');

/**
 * Lit takes its Trusted Types policy from shared/trusted.ts, which can also start a worker: the pages' security policy admits
 * one policy name only.
 */
export const sharedPolicy = () => ({
  name: 'bearproof-shared-policy',
  transform(code: string, id: string) {
    if (!posix(id).endsWith('/lit-html/lit-html.js')) return undefined;
    if (!code.includes(made)) throw new Error('lit-html makes its policy in another way than this build expects');
    return { code: `import{litPolicy}from${JSON.stringify(module)};${code.replace(made, 'litPolicy(s)')}`, map: null };
  },
});

/** Templates need no indentation. In the code around them it means nothing either. */
export const flatTemplates = () => ({
  name: 'bearproof-flat-templates',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    return /\/web\/panel\/[\w-]+\.ts$/.test(posix(id))
      ? { code: code.replace(/\n[ \t]+/g, '\n'), map: null }
      : undefined;
  },
});

/** The head that all pages of the site have, with the page itself marked as the current one. */
export const siteHead = () => ({
  name: 'bearproof-site-head',
  transformIndexHtml: {
    order: 'pre' as const,
    handler(html: string, { path }: { path: string }) {
      const place = '<header class="site"></header>';
      if (!html.includes(place)) throw new Error(`${path} has no place for the site's head`);
      const head = readFileSync(new URL('./shared/site-head.html', import.meta.url), 'utf8').trimEnd();
      const link = `href="./${basename(path)}"`;
      return html.replace(place, () => head.replace(link, `${link} aria-current="page"`).replaceAll('\n', '\n    '));
    },
  },
});
