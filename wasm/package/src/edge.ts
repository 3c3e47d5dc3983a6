// A Worker module: POST a document, get its report. Nothing is kept and nothing is fetched.

import wasm from './bearproof.wasm';
import { load, type CheckOptions } from './index.js';

/** Bytes of one request body, NDJSON included. */
const bodyLimit = 8 << 20;

/** A larger body is read this far and thrown away: a client that is still sending seldom listens for the answer. */
const patience = 4 * bodyLimit;

const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
};

const titles: Record<number, string> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
};

/** Why a request gets no report: an answer after RFC 9457. */
class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }

  response(): Response {
    const { status, message: detail, headers } = this;
    return new Response(JSON.stringify({ type: 'about:blank', title: titles[status], status, detail }), {
      status,
      headers: { ...securityHeaders, ...headers, 'content-type': 'application/problem+json' },
    });
  }
}

const tooLarge = () => new Problem(413, `a body has at most ${String(bodyLimit)} bytes`);

/** What the Content-Type says the body is: one document, or one on each line. */
const readsLines = (request: Request): boolean => {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (/^application\/(x-ndjson|ndjson|jsonl)$/.test(type)) return true;
  if (/^(application\/([\w.-]+\+)?json|text\/json)$/.test(type)) return false;
  throw new Problem(415, 'send application/json, or application/x-ndjson for one document per line', {
    'accept-post': 'application/json, application/x-ndjson',
  });
};

/** From the text of a query parameter to the option; whether it can be that is the core's to judge. */
const queryOptions: Record<string, (value: string) => unknown> = {
  mode: (value) => value,
  level: (value) => value,
  now: (value) => (value === 'system' ? new Date().toISOString() : value),
  ttlMinutes: (value) => (/^\d+$/.test(value) ? Number(value) : value),
};

const readOptions = (url: URL): CheckOptions => {
  const options: Record<string, unknown> = {};
  for (const [name, value] of url.searchParams) {
    const read = Object.hasOwn(queryOptions, name) ? queryOptions[name] : undefined;
    if (!read) {
      const known = Object.keys(queryOptions).join(', ');
      throw new Problem(400, `there is no option ${JSON.stringify(name)}; the options are ${known}`);
    }
    if (name in options) throw new Problem(400, `${name} is given twice`);
    options[name] = read(value);
  }
  return options;
};

/** The body, as long as it keeps to the limit, whatever its Content-Length claims. */
const readBody = async (request: Request): Promise<Uint8Array> => {
  if (Number(request.headers.get('content-length')) > patience) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    const reader = request.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > patience) {
        await reader.cancel();
        break;
      }
      if (size <= bodyLimit) chunks.push(part.value);
    }
  }
  if (size > bodyLimit) throw tooLarge();
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
};

/** Compiled when the Worker is deployed, instantiated once for all requests. */
const bearproof = await load({ wasm, limits: { document: bodyLimit, line: bodyLimit } });

const answer = async (request: Request): Promise<Response> => {
  if (request.method !== 'POST') throw new Problem(405, 'POST a document to get its report', { allow: 'POST' });
  const lines = readsLines(request);
  const options = { ...readOptions(new URL(request.url)), source: 'request' };
  const body = await readBody(request);
  try {
    const report = lines ? bearproof.checkLinesText(body, options) : bearproof.checkText(body, options);
    return new Response(report, { headers: { ...securityHeaders, 'content-type': 'application/json' } });
  } catch (error) {
    // The only thing that the core refuses is an option.
    if (error instanceof TypeError) throw new Problem(400, error.message);
    throw error;
  }
};

export default {
  async fetch(request: Request): Promise<Response> {
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof Problem) return error.response();
      throw error;
    }
  },
};
