// rules, kinds and explain: the catalogue as the core writes it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load, packageUrl } from './support.mjs';

const bearproof = await load({ texts: true });
const rules = bearproof.rules();

test('every rule says what, when and what to do', () => {
  assert.ok(rules.length > 50);
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  for (const rule of rules) {
    assert.match(rule.id, /^[a-z0-9]+(\.[a-z0-9-]+)+$/);
    for (const name of ['family', 'title', 'source']) assert.ok(rule[name], `${rule.id} ${name}`);
    assert.ok(rule.cases.length >= 1);
    assert.equal(rule.cases[0].case, undefined, rule.id);
    for (const { case: name, severity, condition, message, help } of rule.cases) {
      assert.ok(['error', 'warning', 'notice', 'info'].includes(severity), rule.id);
      assert.ok(condition && message && help, `${rule.id}#${name ?? ''}`);
    }
    for (const id of rule.supersedes ?? [])
      assert.ok(
        rules.some((other) => other.id === id),
        `${rule.id} supersedes ${id}`,
      );
  }
});

test('the kinds of the browser family have schemas', () => {
  const receipts = bearproof.kinds().find(({ kind }) => kind === 'BrowserAutomationReceipt');
  assert.equal(receipts.family, 'browser');
  assert.deepEqual(
    receipts.dialects.map(({ dialect }) => dialect),
    ['seed', 'sourceos-v2', 'bearbrowser-v1'],
  );
  for (const { schema } of receipts.dialects) assert.ok(new URL(schema));
});

test('explain gives a rule with its long texts, and refuses what is no rule', () => {
  assert.deepEqual(bearproof.explain(rules[0].id).cases, rules[0].cases);
  assert.throws(
    () => bearproof.explain('no.such.rule'),
    (error) => error instanceof RangeError && /no\.such\.rule/.test(error.message),
  );
});

test('the long texts are about rules that exist', () => {
  for (const id of Object.keys(JSON.parse(readFileSync(packageUrl('texts.json'), 'utf8')))) {
    assert.ok(
      rules.some((rule) => rule.id === id),
      id,
    );
  }
});

test('version and ruleset are those of the reports', () => {
  const report = bearproof.check('{}');
  assert.equal(report.bearproof, bearproof.version);
  assert.equal(report.ruleset, bearproof.ruleset);
  assert.match(bearproof.ruleset, /^sha256:[0-9a-f]{64}$/);
  assert.equal(JSON.parse(readFileSync(packageUrl('package.json'), 'utf8')).version, bearproof.version);
});
