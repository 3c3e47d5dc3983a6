// The one Trusted Types policy of a page that uses Lit. The page's security policy admits a single name, Lit's own; the
// build (vite.plugins.ts) lets Lit take its policy from here, so that the same policy can also start the worker of the rule
// core, and no other script.

interface Policy {
  createHTML(text: string): unknown;
  createScriptURL(url: string): unknown;
}
interface PolicyRules {
  createHTML(text: string): string;
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: PolicyRules): Policy;
}

const scripts = new Set<string>();

const rules: PolicyRules = {
  // Lit hands over the constant parts of its templates only.
  createHTML: (text) => text,
  createScriptURL(url) {
    if (!scripts.has(url)) throw new TypeError('this page starts no other script');
    return url;
  },
};

let policy: Policy | undefined;

/** Called by Lit in place of `createPolicy('lit-html', …)`. */
export function litPolicy(factory: PolicyFactory): Policy {
  return (policy = factory.createPolicy('lit-html', rules));
}

/** Starts a module worker from a URL that is a constant of the build. @throws where the page's policy refuses it */
export function startWorker(url: string): Worker {
  scripts.add(url);
  return new Worker((policy?.createScriptURL(url) ?? url) as string, { type: 'module' });
}
