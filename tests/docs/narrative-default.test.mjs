// The narrative of kinds that have none of their own, as tools/narratives/ generates it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultNarrative } from '../../tools/narratives/default.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = mkdtempSync(join(tmpdir(), 'bearproof-narrative-'));
after(() => rmSync(folder, { recursive: true }));

const dialect = { kind: 'TeapotReceipt', title: 'What became of an update', facts: {} };

test('by default a kind is told by its title', () => {
  assert.deepEqual(defaultNarrative(dialect), {
    severity: 'info',
    actor: '',
    target: '',
    policyRule: '',
    outcome: '',
    happened: ['The document is of the kind TeapotReceipt: What became of an update.', '', ''],
    why: 'Why policy acted is not told of this kind.',
    risk: 'What risk remains is not told of this kind.',
    next: 'Read the document, and what a check finds in it.',
  });
});

test('and by the facts that its descriptor names', () => {
  const facts = {
    actor: 'by',
    session: 'sessionRef',
    state: ['state', 'end/state'],
    decision: 'decisionRef',
    id: 'id',
  };
  const { actor, target, policyRule, outcome, happened, why } = defaultNarrative({ ...dialect, facts });
  assert.deepEqual(
    [actor, target, policyRule, outcome],
    ['{by}', '{sessionRef}', '{decisionRef}', '{state,end/state}'],
  );
  assert.equal(happened[1], ' [state,end/state: Its state is {state,end/state}.]');
  assert.equal(why, '[decisionRef: It names the policy decision {decisionRef}.|: It names no policy decision.]');
});

test('a title that would be read as a template is refused', () => {
  assert.throws(() => defaultNarrative({ ...dialect, title: 'What [became]' }), /the title of TeapotReceipt has/);
});

test('a kind with a file is told by that, and one without by default', () => {
  for (const part of ['core/catalogue', 'core/narrative/narratives']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  const out = join(folder, 'narratives.inc');
  const generate = () => {
    const args = ['tools/narratives/generate.mjs', '--out', out];
    const folders = ['core/catalogue', 'core/narrative/narratives'].map((part) => join(folder, part));
    const { status, stderr } = spawnSync('node', [...args, ...folders], { cwd: root, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return readFileSync(out, 'utf8');
  };
  const before = generate();
  const descriptor = JSON.parse(readFileSync(join(folder, 'core/catalogue/kinds/AgentPassport.json'), 'utf8'));
  const [own] = descriptor.dialects;
  const added = {
    ...descriptor,
    kind: dialect.kind,
    dialects: [{ ...own, name: 'teapot_receipt', title: dialect.title }],
  };
  writeFileSync(join(folder, 'core/catalogue/kinds/TeapotReceipt.json'), JSON.stringify(added));
  const after = generate().split('\n');
  const more = after.filter((line) => !before.includes(line));
  assert.equal(more.length, 2, more.join('\n'));
  assert.equal(more[0], '    Dialect::teapot_receipt,');
  assert.match(more[1], /"The document is of the kind TeapotReceipt: What became of an update\."/);
});
