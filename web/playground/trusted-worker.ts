// Starts the page's one worker under Trusted Types. The pages' policy admits a single policy name, lit-html's; this page
// does without Lit, so the name is free, and what is registered under it here can do one thing only: bless that one URL.
import workerUrl from './worker.js?worker&url';

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

const rules: ScriptUrlPolicy = {
  createScriptURL(url) {
    if (url !== workerUrl) throw new TypeError('this page starts no other script');
    return url;
  },
};

export function startWorker(): Worker {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  const policy = factory?.createPolicy('lit-html', rules) ?? rules;
  return new Worker(policy.createScriptURL(workerUrl), { type: 'module' });
}
