// The bridge of ./dev run: who may call it, what it refuses, that each page has a host of its own, and that nothing is left.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Bridge } from '../../tools/live/bridge.mjs';
import { builtHost, printable } from '../../tools/live/host.mjs';
import { rehearse } from '../../tools/live/rehearsal.mjs';
import { serve } from '../../tools/serve.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const packageFolder = process.env.BEARPROOF_PACKAGE ?? join(root, 'build/npm/bearproof');

const said = [];
let bridge;
let site;
let token;
before(async () => {
  bridge = await Bridge.start({ ...builtHost, page: join(root, 'web/live.html'), say: (line) => said.push(line) });
  site = await serve(join(root, 'web'), { bridge });
  token = /name="bearproof-bridge" content="([^"]+)"/.exec(await (await fetch(`${site.url}live.html`)).text())[1];
});
after(async () => {
  await bridge.close();
  await site.close();
});

/** The processes whose environment says that this folder is their home: the hosts. */
function hostsOf(home) {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`HOME=${home}`);
    } catch {
      return false;
    }
  });
}
async function until(what, done) {
  for (let i = 0; i < 250; i++) {
    if (await done()) return;
    await wait(20);
  }
  assert.fail(`${what} did not come about in 5 s`);
}

/** A request whose headers, Host included, are as given. @returns its status */
function status(path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site.url);
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
      response.on('error', () => undefined);
      if (response.statusCode === 200 && path === '/bridge/stream') asked.destroy();
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
const own = () => ({ 'x-bearproof-token': token });
const posting = () => ({ ...own(), 'content-type': 'application/json', origin: new URL(site.url).origin });

/** Opens a connection as a page does. @returns its name, what it tells, and how it is left */
async function connect() {
  const leave = new AbortController();
  const response = await fetch(`${site.url}bridge/stream`, { headers: own(), signal: leave.signal });
  assert.equal(response.status, 200);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const lines = [];
  const next = async () => {
    while (lines.length === 0) {
      const { value, done } = await reader.read();
      if (done) return undefined;
      const parts = (rest + value).split('\n');
      rest = parts.pop();
      lines.push(...parts.map((line) => JSON.parse(line)));
    }
    return lines.shift();
  };
  const { connection } = await next();
  return { connection, next, leave: () => leave.abort() };
}

test('the page carries a token that is new in each run, under the policy of the other pages', async () => {
  const response = await fetch(`${site.url}live.html`);
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.match(response.headers.get('content-security-policy'), /^default-src 'none'/);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const other = await Bridge.start({ ...builtHost, page: join(root, 'web/live.html') });
  const otherSite = await serve(join(root, 'web'), { bridge: other });
  const html = await (await fetch(`${otherSite.url}live.html`)).text();
  assert.match(html, /name="bearproof-bridge" content="[0-9a-f]{64}"/);
  assert.ok(!html.includes(token));
  await other.close();
  await otherSite.close();
});

test('a name that is not this machine is refused, on every path', async () => {
  const { port } = new URL(site.url);
  for (const path of ['/', '/live.html', '/index.html', '/bridge/stream']) {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil:${port}`,
      '%%%',
    ]) {
      assert.equal(await status(path, { headers: { host, ...own() } }), 403, `${path} as ${host}`);
    }
    const right = { host: `localhost:${port}`, ...own() };
    assert.equal(await status(path, { headers: right }), 200, path);
  }
});

test('without the token, with a wrong one, and from another origin nothing is done', async () => {
  const { host } = new URL(site.url);
  for (const path of ['/bridge/stream', '/bridge/message', '/bridge/agents']) {
    const method = path === '/bridge/stream' ? 'GET' : 'POST';
    const right = method === 'GET' ? own() : posting();
    for (const [name, wrong] of Object.entries({
      'no token': { 'x-bearproof-token': '' },
      'a wrong token': { 'x-bearproof-token': '0'.repeat(64) },
      'a longer token': { 'x-bearproof-token': `${token}0` },
      'another origin': { origin: 'https://evil.example' },
      'another port': { origin: 'http://127.0.0.1:1' },
      https: { origin: `https://${host}` },
      null: { origin: 'null' },
      'another site': { 'sec-fetch-site': 'cross-site' },
      'a page of the same site': { 'sec-fetch-site': 'same-site' },
      'an address typed in': { 'sec-fetch-site': 'none' },
    })) {
      assert.equal(await status(path, { method, headers: { ...right, ...wrong } }), 403, `${path}: ${name}`);
    }
    if (method === 'POST') {
      const { origin, ...none } = right;
      assert.ok(origin);
      assert.equal(await status(path, { method, headers: none }), 403, `${path}: no origin`);
    }
    const other = method === 'GET' ? 'POST' : 'GET';
    assert.equal(await status(path, { method: other, headers: right }), 405, path);
  }
});

test('bodies that are too long, of another type or malformed are refused, and nobody else’s connection is reached', async () => {
  const { connection, leave } = await connect();
  const headers = { ...posting(), 'x-bearproof-connection': connection };
  const send = (body, more = {}) =>
    status('/bridge/message', { method: 'POST', headers: { ...headers, ...more }, body });
  assert.equal(await send('{"type":"ping"}'), 204);
  assert.equal(await send('x'.repeat(64 * 1024 + 1)), 413);
  assert.equal(await send('{}', { 'content-type': 'text/plain' }), 415);
  assert.equal(await send('{}', { 'x-bearproof-connection': '0'.repeat(32) }), 404);
  assert.equal(await send('{}', { 'x-bearproof-connection': '__proto__' }), 404);
  const agents = (body) => status('/bridge/agents', { method: 'POST', headers: posting(), body });
  assert.equal(await agents('{"start":"invoices"}'), 409);
  assert.equal(await agents('{"start":"constructor"}'), 404);
  for (const body of ['', '{', 'null', '{"start":1}', '[]']) assert.equal(await agents(body), 400, body);
  assert.equal(await status('/bridge/other', { headers: own() }), 404);
  leave();
});

test('the host answers, and what is no message of its protocol gets its error', async () => {
  const { connection, next, leave } = await connect();
  const headers = { ...posting(), 'x-bearproof-connection': connection };
  const send = (body) => status('/bridge/message', { method: 'POST', headers, body });
  const answer = async (type) => {
    for (;;) {
      const line = await next();
      assert.ok(line, `the stream ended before ${type}`);
      if (line.host?.type === type) return line.host;
    }
  };
  await send('{"type":"hello","version":1,"client":"test"}');
  const welcome = await answer('welcome');
  assert.deepEqual(
    welcome.folders.map(({ label }) => label),
    ['Simulated receipts', 'Simulated Playwright runs', 'Simulated decisions'],
  );
  assert.equal(welcome.canStop, true);
  await send('{"type":"juggle"}');
  await answer('error');
  await send('{"type":"ping"}');
  await answer('pong');
  leave();
});

test('each page has a host of its own, which ends when the page leaves; a fifth page is refused', async () => {
  const { home } = bridge.agents;
  await until('the hosts of earlier tests are gone', () => hostsOf(home).length === 0);
  const pages = [];
  for (let i = 0; i < 4; i++) pages.push(await connect());
  assert.equal(new Set(pages.map(({ connection }) => connection)).size, 4);
  await until('four hosts', () => hostsOf(home).length === 4);
  assert.equal(await status('/bridge/stream', { headers: own() }), 503);
  pages[0].leave();
  await until('three hosts', () => hostsOf(home).length === 3);
  for (const { leave } of pages) leave();
  await until('no host', () => hostsOf(home).length === 0);
});

test('one session is revoked as the page would, and can be started again', async () => {
  const lines = [];
  await rehearse({ url: site.url, package: packageFolder, say: (line) => lines.push(line) });
  assert.match(lines[0], /3 active sessions, 1 of them not admitted/);
  assert.match(lines[1], /^Revoked urn:srcos:agent:ledger-clerk: recorded, process \d+ ended/);
  assert.ok(said.some((line) => /^ledger-clerk: process \d+ has ended by SIG\w+; its receipt records/.test(line)));
  assert.equal(bridge.agents.state.find(({ role }) => role === 'invoices').running, false);
  const start = () => status('/bridge/agents', { method: 'POST', headers: posting(), body: '{"start":"invoices"}' });
  assert.deepEqual((await Promise.all([start(), start()])).sort(), [204, 409]);
  assert.equal(bridge.agents.state.find(({ role }) => role === 'invoices').running, true);
});

test('what a program says never steers the terminal', () => {
  assert.equal(printable('a\u001b[2Jb\u202ec\td\u0085'), 'a\\u{1b}[2Jb\\u{202e}c\td\\u{85}');
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  test(`after ${signal} neither processes nor folders are left`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bearproof-left-'));
    const server = spawn(
      process.execPath,
      [join(root, 'tools/serve.mjs'), '--root', join(root, 'web'), '--port', '0', '--live'],
      {
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let text = '';
    server.stdout.setEncoding('utf8').on('data', (more) => (text += more));
    await until('the address', () => /http:\S+/.test(text));
    const [url] = /http:\S+/.exec(text);
    const pids = [...text.matchAll(/process (\d+) runs/g)].map(([, pid]) => Number(pid));
    assert.equal(pids.length, 3);
    const [home] = readdirSync(folder).map((name) => join(folder, name));
    const page = await (await fetch(url)).text();
    const [, key] = /name="bearproof-bridge" content="([^"]+)"/.exec(page);
    const stream = await fetch(new URL('bridge/stream', url), { headers: { 'x-bearproof-token': key } });
    await stream.body.getReader().read();
    await until('its host', () => hostsOf(home).length === 1);
    server.kill(signal);
    assert.deepEqual(await once(server, 'exit'), [0, null]);
    for (const pid of pids) assert.equal(existsSync(`/proc/${pid}`), false, `${pid} is still there`);
    assert.deepEqual(hostsOf(home), []);
    assert.deepEqual(readdirSync(folder), []);
    rmSync(folder, { recursive: true });
  });
}

test('live pages are for this machine alone', () => {
  const parameters = [join(root, 'tools/serve.mjs'), '--live', '--host', '0.0.0.0', '--port', '0'];
  const { status, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, /this machine alone/);
});
