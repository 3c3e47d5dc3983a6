// rules, kinds and explain: the catalogue as the core writes it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { exampleText } from '../../tools/catalogue/examples.mjs';
import { readFamilies } from '../../tools/catalogue/families.mjs';
import { load, packageUrl, root } from './support.mjs';

const bearproof = await load({ texts: true });
const rules = bearproof.rules();
const families = readFamilies(join(root, 'core/catalogue/rules'));

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

test('the rules are those of core/catalogue/rules, with every text', () => {
  const described = families.flatMap((family) => family.rules);
  assert.equal(rules.length, described.length);
  for (const { cases = [], examples, ...rule } of described) {
    const found = bearproof.explain(rule.id);
    for (const name of ['title', 'why', 'source']) assert.equal(found[name], rule[name], rule.id);
    for (const side of ['bad', 'good']) {
      assert.equal(found[side], exampleText(join(root, 'conformance'), examples[side]), rule.id);
    }
    const { severity, condition, message, help } = rule;
    const first = { severity, condition, message, help };
    assert.deepEqual(found.cases, [first, ...cases.map((one) => ({ ...first, ...one }))], rule.id);
  }
});

test('the rules follow their published schema, also by another engine', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schemas/published/catalogue.schema.json'), 'utf8'));
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  const follows = ajv.compile(schema);
  for (const family of families) assert.ok(follows(family), `${family.family}: ${ajv.errorsText(follows.errors)}`);
});

test('without the texts a rule lacks them and nothing else', async () => {
  const bare = (await load()).rules();
  const long = ['source', 'why', 'bad', 'good', 'fix'];
  const without = (object, names) =>
    Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
  for (const [index, rule] of rules.entries()) {
    const cases = rule.cases.map((one) => without(one, ['condition']));
    assert.deepEqual(bare[index], { ...without(rule, long), cases });
  }
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
