// revoke: the text edited in place, its event, and its refusals.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encode, filesBelow, load, nativeProgram, root } from './support.mjs';

const bearproof = await load();
const now = '2026-11-27T12:00:00Z';
const active = readFileSync(join(root, 'schemas/browser/examples/bearbrowser-v1-active.json'), 'utf8');

test('revoke changes the state and the time, and nothing else', () => {
  const { receipt, event } = bearproof.revoke(active, { now });
  assert.equal(bearproof.check(receipt).verdict, bearproof.check(active).verdict);
  const { status, revokedAt, ...rest } = JSON.parse(receipt);
  assert.equal(status, 'revoked');
  assert.equal(revokedAt, now);
  assert.deepEqual({ ...rest, status: 'active' }, JSON.parse(active));
  assert.ok(receipt.split('\n').length <= active.split('\n').length + 1);
  assert.equal(JSON.parse(event).payload.receiptId, rest.receiptId);
  assert.deepEqual(bearproof.revoke(receipt, { now: new Date(0) }), { receipt, event });
  assert.deepEqual(bearproof.revoke(encode(active), { now: new Date(now) }).receipt.length, receipt.length + 4);
});

test('revoke says why it does not', () => {
  const refused = (text, reason) => assert.throws(() => bearproof.revoke(text, { now }), reason);
  refused(active.replace('"active"', '"ended"'), /^Error: the session has ended: status is ended$/);
  refused('{}', /not a receipt of a browser automation session/);
  refused('{"a":1,"a":2}', /not a receipt/);
  refused(active.slice(0, 100), /no JSON document/);
  refused(active.replace('{', '{"x":"\ud800",'), /lone surrogate/);
  refused(new Uint8Array([0x7b, 0xff, 0x7d]), /no JSON document/);
  assert.throws(() => bearproof.revoke(active, { now: 'today' }), /RFC 3339/);
});

test('revoke gives the bytes that the native program gives', () => {
  let revoked = 0;
  for (const file of filesBelow(join(root, 'schemas/browser/examples'))) {
    const text = readFileSync(file);
    let mine;
    try {
      mine = bearproof.revoke(text, { now });
    } catch (error) {
      assert.throws(() => execFileSync(nativeProgram, ['revoke', '--now', now, file], { stdio: 'pipe' }), {
        status: 1,
        stderr: Buffer.from(`bearproof: ${file}: ${error.message}\n`),
      });
      continue;
    }
    ++revoked;
    assert.equal(execFileSync(nativeProgram, ['revoke', '--now', now, file], { encoding: 'utf8' }), mine.receipt);
    const event = execFileSync(nativeProgram, ['revoke', '--event', '--now', now, '-'], { input: text });
    assert.equal(event.toString(), `${mine.event}\n`);
  }
  assert.ok(revoked > 4);
});
