// serve.mjs [--root build/web] [--port 8274] [--host 127.0.0.1] [--live] [--once]: serves a folder's files under the
// Content-Security-Policy that the pages are made for, and prints its address. With --live it also starts simulated agents and
// bridges the live page to a host of build/native-release (tools/live/). With --once it asks itself for the first page, goes
// through the live page's way and ends. The browser tests import serve().
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Bridge } from './live/bridge.mjs';
import { builtHost } from './live/host.mjs';
import { rehearse } from './live/rehearsal.mjs';

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** The JavaScript package as it is built. */
const packageFolder = fileURLToPath(new URL('../build/npm/bearproof', import.meta.url));

const contentTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.ndjson': 'application/x-ndjson; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** The file that a request path names inside the folder, or undefined. A folder stands for its index.html. */
async function find(folder, url) {
  let pathname;
  let path;
  try {
    ({ pathname } = new URL(url, 'http://localhost'));
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const root = resolve(folder);
  let file = resolve(join(root, path));
  if (path.includes('\0') || (file !== root && !file.startsWith(root + sep))) return undefined;
  let found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) {
    if (!path.endsWith('/')) return { redirect: `${pathname}/` };
    file = join(file, 'index.html');
    found = await stat(file).catch(() => undefined);
  }
  return found?.isFile() ? { file, size: found.size } : undefined;
}

/**
 * Serves a folder.
 * @param {string} folder
 * @param {{ port?: number, host?: string, bridge?: Bridge }} [options] port 0, the default, takes a free one; the bridge is
 *   asked before the files
 * @returns {Promise<{ url: string, close(): Promise<void> }>} close() also cuts the connections that are open
 */
export async function serve(folder, { port = 0, host = '127.0.0.1', bridge } = {}) {
  const server = createServer(async (request, response) => {
    const headers = {
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      // A page of yesterday's build beside today's Wasm would be worse than loading both again.
      'cache-control': 'no-store',
    };
    if (await bridge?.answer(request, response, headers)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end();
      return;
    }
    const found = await find(folder, request.url ?? '/');
    if (!found) {
      response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end('not found\n');
    } else if (found.redirect) {
      response.writeHead(308, { ...headers, location: found.redirect }).end();
    } else {
      const type = contentTypes[extname(found.file)] ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'content-type': type, 'content-length': found.size });
      if (request.method === 'HEAD') response.end();
      // A client that leaves, or a file that goes away meanwhile, ends this answer and no other.
      else await pipeline(createReadStream(found.file), response).catch(() => response.destroy());
    }
  });
  await new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  });
  return {
    url: `http://${host}:${server.address().port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Until the user or the terminal ends this process. */
const ended = () =>
  new Promise((end) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end);
  });

/** @param {string} url @param {boolean} live */
async function tryOnce(url, live) {
  const { status } = await fetch(url);
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  if (live) await rehearse({ url, package: packageFolder, say: console.log });
}

/** @param {string[]} parameters @returns {Promise<number>} the exit code */
async function main(parameters) {
  const { values } = parseArgs({
    args: parameters,
    options: {
      root: { type: 'string', default: 'build/web' },
      port: { type: 'string', default: '8274' },
      host: { type: 'string', default: '127.0.0.1' },
      live: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
    },
  });
  const { root, host, live, once } = values;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`not a port: ${values.port}`);
    return 2;
  }
  if (live && host !== '127.0.0.1') {
    console.error('--live is for this machine alone: --host 127.0.0.1');
    return 2;
  }
  const end = ended();
  let bridge;
  let site;
  try {
    if (live) {
      const say = (/** @type {string} */ line) => console.log(`  ${new Date().toTimeString().slice(0, 8)}  ${line}`);
      bridge = await Bridge.start({ ...builtHost, page: join(root, 'live.html'), say });
    }
    site = await serve(root, { port, host, bridge }).catch((error) => {
      throw new Error(`cannot serve on ${host}:${port}: ${error.message}`);
    });
    console.log(live ? `${site.url}live.html` : site.url);
    if (once) await Promise.race([tryOnce(site.url, live), end.then(() => Promise.reject(new Error('interrupted')))]);
    else await end;
    return 0;
  } catch (error) {
    console.error(error.message);
    return 3;
  } finally {
    await bridge?.close();
    await site?.close();
    if (bridge && !once) console.log('\nEnded: the simulated agents and their folder are gone.');
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
