// The rule core, beside the page: a document of any size leaves the page responsive.
import { load, type Bearproof, type Report } from 'bearproof';
import { assemble, type Part } from '../shared/line-files.js';
import { examples } from './examples.js';
import type { Answer, CheckRequest, Request } from './protocol.js';

/** Documents of a set whose stories are told. */
const told = 100;

const whole = ({ source, content }: Part) => ({ source, content });
const answer = (message: Answer) => postMessage(message);
const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

function check(bearproof: Bearproof, { id, documents, current, level, mode }: CheckRequest): void {
  try {
    const { inputs, starts, named } = assemble(documents);
    const start = performance.now();
    const text = bearproof.checkAllText(inputs, { level, mode, pretty: true });
    const took = performance.now() - start;
    const report = named(JSON.parse(text) as Report);
    const stories = documents.length > 1 ? bearproof.narrate(documents.slice(0, told).map(whole)) : [];
    const story = stories[current] ?? bearproof.narrate(documents.slice(current, current + 1).map(whole))[0];
    answer({ type: 'checked', id, report, text, starts, story, stories, took });
  } catch (error) {
    answer({ type: 'failed', id, message: words(error) });
  }
}

function catalogue(bearproof: Bearproof): void {
  const kinds: Record<string, string> = {};
  for (const { path, text } of examples) {
    const kind = bearproof.check(text, { source: path }).documents[0]?.kind;
    if (kind !== undefined) kinds[path] = kind;
  }
  answer({ type: 'catalogue', rules: bearproof.rules(), kinds });
}

try {
  // Everything that will ever be asked for is fetched now: the page goes on when its server is gone.
  const bearproof = await load({ texts: true });
  addEventListener('message', ({ data }: MessageEvent<Request>) => {
    if (data.type === 'check') check(bearproof, data);
    else catalogue(bearproof);
  });
  answer({ type: 'ready', version: bearproof.version, ruleset: bearproof.ruleset });
} catch (error) {
  answer({ type: 'failed', id: 0, message: words(error) });
}
