// The edge entry in the real workerd, as the package's own configuration starts it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { filesBelow, load, packageFolder, root } from '../package/support.mjs';
import { startWorkerd } from './support.mjs';

const bearproof = await load({ limits: { document: 8 << 20, line: 8 << 20 } });
const examples = filesBelow(join(root, 'schemas'))
  .concat(filesBelow(join(root, 'conformance')))
  .filter((file) => !file.endsWith('.schema.json'));

let server;
let base;
before(async () => {
  server = await startWorkerd(join(packageFolder, 'workerd.capnp'));
  base = server.base;
});
after(() => server?.close());

const json = { 'content-type': 'application/json' };
const post = (body, headers = json, query = '') => fetch(`${base}/${query}`, { method: 'POST', body, headers });

const isProblem = async (response, status, detail) => {
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  const problem = await response.json();
  assert.equal(problem.status, status);
  assert.ok(problem.title);
  assert.match(problem.detail, detail);
};

test('a document is answered with the report that the package gives', async () => {
  assert.ok(examples.length > 10);
  for (const file of examples) {
    const body = readFileSync(file);
    const response = await post(body);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.equal(await response.text(), bearproof.checkText(body, { source: 'request' }), file);
  }
});

test('mode, level, now and ttlMinutes come by the query', async () => {
  const body = readFileSync(examples[0]);
  const options = { mode: 'strict', level: 'warning', now: '2026-05-01T12:00:00Z' };
  const response = await post(body, json, `?${new URLSearchParams(options)}`);
  assert.equal(await response.text(), bearproof.checkText(body, { ...options, source: 'request' }));
  const { options: used } = await (await post(body, json, '?now=system')).json();
  assert.ok(Math.abs(Date.parse(used.now) - Date.now()) < 60_000);
  const lasting = await (await post(body, json, '?now=system&ttlMinutes=90')).json();
  assert.equal(lasting.options.ttlMinutes, 90);
});

test('NDJSON by its content type, as the package reads lines', async () => {
  const body = '{"kind":"A"}\n{"a":1,}\r\n\n[1,';
  for (const type of ['application/x-ndjson', 'application/x-ndjson; charset=utf-8', 'application/jsonl']) {
    const response = await post(body, { 'content-type': type }, '?level=error');
    const expected = bearproof.checkLinesText(new TextEncoder().encode(body), { level: 'error', source: 'request' });
    assert.equal(await response.text(), expected);
  }
});

test('what is not JSON is a finding, not a failure', async () => {
  for (const body of ['', '{', 'hello', new Uint8Array([0xff, 0xfe])]) {
    const response = await post(body);
    assert.equal(response.status, 200);
    assert.equal((await response.json()).documents[0].verdict, 'unreadable');
  }
});

test('a media type suffix counts, case does not', async () => {
  assert.equal((await post('{}', { 'content-type': 'Application/Foo+JSON' })).status, 200);
});

test('other methods, other types, options that do not exist', async () => {
  const get = await fetch(base);
  assert.equal(get.headers.get('allow'), 'POST');
  await isProblem(get, 405, /POST/);
  await isProblem(await fetch(base, { method: 'PUT', body: '{}', headers: json }), 405, /POST/);
  await isProblem(await post('{}', { 'content-type': 'text/plain' }), 415, /application\/json/);
  await isProblem(await post(new Uint8Array([0x7b, 0x7d]), {}), 415, /application\/json/);
  await isProblem(await post('{}', json, '?modus=strict'), 400, /modus/);
  await isProblem(await post('{}', json, '?mode=stricter'), 400, /mode/);
  await isProblem(await post('{}', json, '?level=off'), 400, /level/);
  await isProblem(await post('{}', json, '?now=yesterday'), 400, /now/);
  for (const wrong of ['0', '525601', '90.5', 'long', '-1', '']) {
    await isProblem(await post('{}', json, `?ttlMinutes=${wrong}`), 400, /ttlMinutes/);
  }
  await isProblem(await post('{}', json, '?mode=strict&mode=default'), 400, /twice/);
});

test('8 MiB is checked, one byte more is refused, also where the length is not told beforehand', async () => {
  const body = new Uint8Array((8 << 20) + 1).fill(0x20);
  body.set([0x7b, 0x7d]);
  assert.equal((await post(body.subarray(0, 8 << 20))).status, 200);
  await isProblem(await post(body), 413, /8388608/);
  const status = await new Promise((resolve, reject) => {
    const chunked = request(base, { method: 'POST', headers: json }, (response) => resolve(response.statusCode));
    chunked.on('error', reject);
    for (let at = 0; at < body.length; at += 1 << 20) chunked.write(body.subarray(at, at + (1 << 20)));
    chunked.end();
  });
  assert.equal(status, 413);
});

test('every answer forbids what a browser might do with it', async () => {
  for (const response of [await post('{}'), await fetch(base)]) {
    const policy = response.headers.get('content-security-policy');
    assert.equal(policy, "default-src 'none'; frame-ancestors 'none'");
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  }
});

test('requests side by side get their own reports', async () => {
  const bodies = Array.from({ length: 50 }, (_, i) => (i % 2 ? `{"n":${i},}` : `{"kind":"K${i}"}`));
  const answers = await Promise.all(bodies.map(async (body) => (await post(body)).text()));
  answers.forEach((text, i) => assert.equal(text, bearproof.checkText(bodies[i], { source: 'request' })));
});

test('workerd had nothing to complain about', () => assert.equal(server.complaints(), ''));
