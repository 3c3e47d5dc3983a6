// `bearproof sessions --watch`: one view for each change, and an end when nobody reads any more.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { nativeProgram, root } from '../package/support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bearproof-watch-'));
after(() => rmSync(folder, { recursive: true }));
const example = JSON.parse(readFileSync(join(root, 'schemas/browser/examples/bearbrowser-v1-active.json'), 'utf8'));
const receipt = (name, more = {}) =>
  JSON.stringify({
    ...example,
    receiptId: `urn:srcos:receipt:browser-automation:${name}`,
    sessionRef: `urn:srcos:session:${name}`,
    ...more,
  });

const start = (...flags) => spawn(nativeProgram, ['sessions', folder, '--watch', '--format', 'json', ...flags]);

test('files that come, change and go, and a log that grows', { timeout: 120_000 }, async () => {
  writeFileSync(join(folder, 'a.json'), receipt('a'));
  const watching = start('--now', '2026-05-06T12:30:00Z');
  const lines = createInterface(watching.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const phases = ({ sessions }) => sessions.map(({ receipt: id, phase }) => `${id.split(':').at(-1)} ${phase}`).sort();

  const first = await next();
  assert.equal(first.now, '2026-05-06T12:30:00Z');
  assert.deepEqual(phases(first), ['a active']);
  writeFileSync(join(folder, 'a.json'), receipt('a', { status: 'ended' }));
  assert.deepEqual(phases(await next()), ['a ended']);
  writeFileSync(join(folder, '.b.tmp'), receipt('b'));
  renameSync(join(folder, '.b.tmp'), join(folder, 'b.json'));
  assert.deepEqual(phases(await next()), ['a ended', 'b active']);
  writeFileSync(join(folder, 'receipts.jsonl'), `${receipt('c')}\n`);
  assert.deepEqual(phases(await next()), ['a ended', 'b active', 'c active']);
  appendFileSync(join(folder, 'receipts.jsonl'), `${receipt('c', { status: 'ended' })}\n`);
  assert.deepEqual(phases(await next()), ['a ended', 'b active', 'c ended']);
  unlinkSync(join(folder, 'b.json'));
  assert.deepEqual(phases(await next()), ['a ended', 'c ended']);
  watching.kill();
  await once(watching, 'close');
});

test('it ends when nobody reads', { timeout: 60_000 }, async () => {
  const watching = start();
  await once(watching.stdout, 'data');
  watching.stdout.destroy();
  const [code] = await once(watching, 'close');
  assert.equal(code, 0);
});
