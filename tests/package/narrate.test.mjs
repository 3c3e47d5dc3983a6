// narrate: what documents say, in plain words.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesBelow, load, nativeProgram, root } from './support.mjs';

const bearproof = await load();

test('narrate tells what happened, why, what remains and what to do', () => {
  const [story, ...others] = bearproof.narrate([
    {
      source: 'denied.json',
      content:
        '{"schemaVersion":"bearbrowser.browser_automation_receipt.v1","status":"denied","displayName":"Cookie export"}',
    },
  ]);
  assert.equal(others.length, 0);
  assert.equal(story.kind, 'BrowserAutomationReceipt');
  assert.equal(story.severity, 'notice');
  assert.equal(story.outcome, 'denied');
  assert.match(story.happened, /^Cookie export asked to drive the browser/);
  for (const part of ['why', 'risk', 'next']) assert.match(story[part], /\.$/);
});

test('narrate takes bytes, and what is no document', () => {
  const stories = bearproof.narrate([
    { source: 'a', content: new Uint8Array([0x7b, 0x7d]) },
    { source: 'b', content: '{' },
  ]);
  assert.deepEqual(
    stories.map(({ source, verdict }) => [source, verdict]),
    [
      ['a', 'unrecognised'],
      ['b', 'unreadable'],
    ],
  );
  assert.deepEqual(bearproof.narrate([]), []);
});

test('narrate says what the native program says', () => {
  const files = filesBelow(join(root, 'schemas')).filter((file) => file.includes('/examples/'));
  const here = bearproof.narrate(files.map((source) => ({ source, content: readFileSync(source) })));
  const there = execFileSync(nativeProgram, ['narrate', '--format', 'json', ...files], { encoding: 'utf8' });
  assert.deepEqual(here, JSON.parse(there));
  assert.ok(here.length > 10);
});

test('a check after narrate is not disturbed by it', () => {
  bearproof.narrate([{ source: 'a', content: '{}' }]);
  assert.equal(bearproof.check('{}').summary.documents, 1);
});
