// Revocations by the real host: what is written where, what is said of it, what is refused.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Agent, places } from '../../tools/simulator/agent.mjs';
import { Host, sha256, start, temporaryHome, writeConfiguration } from './support.mjs';

const lines = (path) => readFileSync(path, 'utf8').trimEnd().split('\n').map(JSON.parse);
const agentIn = (home, options = {}) =>
  Agent.start({ home, owner: 'clerk', decision: 'd-1', process: false, ...options });
const activeAgain = (receipt) => ({ ...receipt, revokedAt: undefined, status: 'active' });
const logOf = (home) => lines(places(home).log);

/** All files below a folder and what is in them. */
function snapshot(folder) {
  const files = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile()) files[path] = readFileSync(path, 'latin1');
  }
  return files;
}

test('a revocation is on disk: the record in the log, the file, the event', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const host = start(t, home);
  await host.connect();
  const shown = readFileSync(agent.path);
  const answer = await host.revoke(agent.receipt.receiptId, agent.path, sha256(shown));
  assert.deepEqual(answer.effects.record, { ok: true });
  assert.deepEqual(answer.effects.event, { ok: true });
  assert.equal(answer.effects.transport.ok, false);
  assert.equal(answer.effects.token.ok, false);
  assert.equal(answer.changed, false);
  assert.ok(answer.took < 1000, `${answer.took} ms`);

  const file = JSON.parse(readFileSync(agent.path, 'utf8'));
  assert.equal(file.status, 'revoked');
  assert.deepEqual({ ...file, status: 'active', revokedAt: undefined }, { ...agent.receipt, revokedAt: undefined });
  const log = logOf(home);
  assert.equal(log.length, 2);
  assert.deepEqual(log[1], file);
  const [event, ...more] = lines(places(home).events);
  assert.equal(more.length, 0);
  assert.equal(event.eventType, 'automation.action_denied');
  assert.equal(event.payload.receiptId, agent.receipt.receiptId);
  assert.equal(event.payload.sessionRef, agent.receipt.sessionRef);
  // The client hears of it as of any change.
  await host.until(() => host.text(agent.path)?.includes('revoked'));
  await host.until(() => host.text(places(home).log)?.includes('revoked'));
  // Nothing stays behind.
  assert.deepEqual(readdirSync(join(home, '.local/state/bearproof')), ['lock']);
  assert.ok(!readdirSync(places(home).receipts).some((name) => name.startsWith('.')));
});

test('each effect is told as it is known, then the sum once', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const host = start(t, home);
  await host.connect();
  const { id, effects } = await host.revoke(agent.receipt.receiptId);
  const told = host.messages.filter((message) => message.id === id);
  assert.deepEqual(
    told.map(({ type, effect }) => [type, effect]),
    [
      ['effect', 'record'],
      ['effect', 'event'],
      ['effect', 'transport'],
      ['effect', 'token'],
      ['revoked', undefined],
    ],
  );
  for (const { effect, ok } of told.slice(0, 4)) assert.equal(effects[effect].ok, ok);
});

test('a second revocation writes nothing new', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const host = start(t, home);
  await host.connect();
  await host.revoke(agent.receipt.receiptId);
  const before = snapshot(home);
  const answer = await host.revoke(agent.receipt.receiptId);
  assert.equal(answer.effects.record.ok, true);
  assert.equal(answer.effects.event.ok, true);
  assert.deepEqual(snapshot(home), before);
});

test('two revocations at once, of two hosts, make one record and one event', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const hosts = [start(t, home), start(t, home), start(t, home)];
  await Promise.all(hosts.map((host) => host.connect()));
  const answers = await Promise.all(hosts.map((host) => host.revoke(agent.receipt.receiptId)));
  for (const answer of answers) assert.equal(answer.effects.record.ok, true);
  assert.equal(logOf(home).filter(({ status }) => status === 'revoked').length, 1);
  assert.equal(lines(places(home).events).length, 1);
});

test('a refused revocation writes nothing and says why in every effect', async (t) => {
  const home = temporaryHome(t);
  const ended = await agentIn(home);
  await ended.end();
  const failed = await agentIn(home);
  await failed.fail();
  const folder = places(home).receipts;
  const double = JSON.stringify({
    ...ended.receipt,
    receiptId: 'urn:srcos:receipt:browser-automation:twice',
    status: 'active',
  });
  writeFileSync(join(folder, 'double.json'), double.replace('{', '{"receiptId":"another",'));
  writeFileSync(
    join(folder, 'event.json'),
    '{"type":"PolicyDecision","id":"urn:srcos:decision:a","specVersion":"2.0.0"}',
  );
  const host = start(t, home);
  await host.connect();
  const before = snapshot(places(home).receipts);
  for (const [id, reason] of [
    [ended.receipt.receiptId, /the session has ended/],
    [failed.receipt.receiptId, /the session has ended/],
    ['another', /states its id twice/],
    ['urn:srcos:decision:a', /no receipt with this id/],
    ['urn:srcos:receipt:browser-automation:none', /no receipt with this id/],
    ['../../etc/passwd', /no receipt with this id/],
    ['x'.repeat(100_000), /no receipt with this id/],
    ['\u0000\n"\\', /no receipt with this id/],
  ]) {
    const answer = await host.revoke(id, '/etc/passwd');
    for (const name of ['record', 'event', 'transport', 'token']) {
      assert.equal(answer.effects[name].ok, false);
      assert.match(answer.effects[name].detail, reason);
    }
  }
  assert.deepEqual(snapshot(places(home).receipts), before);
  assert.deepEqual(readdirSync(join(home, '.local/state/bearproof')), ['lock']);
});

test('an agent that rewrites its receipt does not escape', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const host = start(t, home);
  await host.connect();
  const shown = sha256(readFileSync(agent.path));
  await agent.rewrite((receipt) => ({ ...receipt, displayName: 'another name' }));
  const first = await host.revoke(agent.receipt.receiptId, agent.path, shown);
  assert.equal(first.changed, true);
  assert.equal(first.effects.record.ok, true);
  assert.equal(JSON.parse(readFileSync(agent.path, 'utf8')).status, 'revoked');
  // It writes itself active again: that is revoked, too.
  await agent.rewrite(activeAgain);
  const second = await host.revoke(agent.receipt.receiptId);
  assert.equal(second.effects.record.ok, true);
  assert.equal(JSON.parse(readFileSync(agent.path, 'utf8')).status, 'revoked');
  assert.equal(logOf(home).at(-1).status, 'revoked');
  // While it writes all the time, it is read when it is whole.
  const busy = (async () => {
    for (let i = 0; i < 10; i++) await agent.rewrite(activeAgain, { steps: 2, pause: 20 });
  })();
  const third = await host.revoke(agent.receipt.receiptId);
  assert.equal(third.effects.event.ok, true);
  await busy;
});

test('a receipt that was copied hundreds of times is revoked in each, within a second or in the next', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const text = readFileSync(agent.path, 'utf8');
  const copies = Array.from({ length: 300 }, (_, i) => join(places(home).receipts, `copy-${i}.json`));
  for (const copy of copies) writeFileSync(copy, text);
  const host = start(t, home);
  await host.connect();
  let answer = await host.revoke(agent.receipt.receiptId);
  assert.ok(answer.took < 4000, `${answer.took}`);
  for (let i = 0; i < 10 && !answer.effects.record.ok; i++) answer = await host.revoke(agent.receipt.receiptId);
  for (const copy of copies) assert.equal(JSON.parse(readFileSync(copy, 'utf8')).status, 'revoked');
  assert.equal(logOf(home).filter(({ status }) => status === 'revoked').length, 1);
});

test('the digest of a line is that of the line', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const host = start(t, home);
  await host.connect();
  const line = readFileSync(places(home).log, 'utf8').trimEnd();
  assert.equal((await host.revoke(agent.receipt.receiptId, places(home).log, sha256(line))).changed, false);
});

test('a receipt that stands in the log alone is revoked there', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const other = await agentIn(home);
  const { unlinkSync } = await import('node:fs');
  unlinkSync(agent.path);
  const host = start(t, home);
  await host.connect();
  const answer = await host.revoke(agent.receipt.receiptId);
  assert.deepEqual(answer.effects.record, { ok: true });
  const log = logOf(home);
  assert.deepEqual(
    log.map(({ status }) => status),
    ['active', 'active', 'revoked'],
  );
  assert.equal(log[2].receiptId, agent.receipt.receiptId);
  assert.equal(JSON.parse(readFileSync(other.path, 'utf8')).status, 'active');
});

test('what a configuration does not name is not written', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  writeConfiguration(home, { folders: [{ path: places(home).receipts, label: 'A' }] });
  const host = start(t, home);
  const welcome = await host.connect();
  assert.deepEqual(welcome.folders, [{ path: places(home).receipts, label: 'A', exists: true }]);
  const before = readFileSync(places(home).log, 'utf8');
  const answer = await host.revoke(agent.receipt.receiptId);
  assert.equal(answer.effects.record.ok, true);
  assert.equal(answer.effects.event.ok, false);
  assert.match(answer.effects.event.detail, /no event log is configured/);
  assert.equal(readFileSync(places(home).log, 'utf8'), before);
  assert.equal(JSON.parse(readFileSync(agent.path, 'utf8')).status, 'revoked');
});

test('nothing is written where somebody else may write', async (t) => {
  const home = temporaryHome(t);
  const open = join(home, 'open');
  mkdirSync(open);
  const agent = await agentIn(home);
  const text = readFileSync(agent.path, 'utf8');
  const id = 'urn:srcos:receipt:browser-automation:open';
  const file = join(open, 'a.json');
  writeFileSync(file, text.replaceAll(agent.receipt.receiptId, id));
  symlinkSync(agent.path, join(open, 'link.json'));
  chmodSync(open, 0o777);
  writeConfiguration(home, {
    folders: [{ path: open, label: 'open' }, { path: places(home).receipts }],
    log: join(open, 'log.jsonl'),
    events: join(open, 'events.jsonl'),
  });
  const host = start(t, home);
  await host.connect();
  const before = readdirSync(open);
  assert.ok(host.documents.has(file), 'it is read');
  const answer = await host.revoke(id, file);
  assert.equal(answer.effects.record.ok, false);
  assert.match(answer.effects.record.detail, /everybody may write to the folder/);
  assert.equal(answer.effects.event.ok, false);
  assert.deepEqual(readdirSync(open), before);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).status, 'active');
  // Another log that is safe records it.
  writeConfiguration(home, { folders: [{ path: open }], log: places(home).log, events: places(home).events });
  const second = start(t, home);
  await second.connect();
  const recorded = await second.revoke(id, file);
  assert.equal(recorded.effects.record.ok, true);
  assert.match(recorded.effects.record.detail, /left as it is: everybody may write to the folder/);
  const after = snapshot(home);
  assert.equal((await second.revoke(id, file)).effects.record.ok, true);
  assert.deepEqual(snapshot(home), after, 'again: nothing new');
  assert.equal(recorded.effects.event.ok, true);
  assert.equal(logOf(home).at(-1).receiptId, id);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).status, 'active');
});

test('links in the places of log, events and receipts are not followed', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const victim = join(home, 'victim');
  writeFileSync(victim, 'untouched');
  mkdirSync(join(home, 'logs'));
  symlinkSync(victim, join(home, 'logs/log.jsonl'));
  symlinkSync(victim, join(home, 'logs/events.jsonl'));
  writeConfiguration(home, {
    folders: [{ path: places(home).receipts }],
    log: join(home, 'logs/log.jsonl'),
    events: join(home, 'logs/events.jsonl'),
  });
  const host = start(t, home);
  await host.connect();
  const answer = await host.revoke(agent.receipt.receiptId);
  assert.match(answer.effects.record.detail, /it is a link/);
  assert.match(answer.effects.event.detail, /it is a link/);
  assert.equal(readFileSync(victim, 'utf8'), 'untouched');
  assert.equal(JSON.parse(readFileSync(agent.path, 'utf8')).status, 'revoked');
});

test('a line of somebody else without its end does not swallow the record', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const host = start(t, home);
  await host.connect();
  const { appendFileSync } = await import('node:fs');
  appendFileSync(places(home).log, '{"torn":');
  const answer = await host.revoke(agent.receipt.receiptId);
  assert.deepEqual(answer.effects.record, { ok: true });
  const text = readFileSync(places(home).log, 'utf8').trimEnd().split('\n');
  assert.equal(text[1], '{"torn":');
  assert.equal(JSON.parse(text[2]).status, 'revoked');
});

const dialects = {
  'sourceos-v2-active': 'terminalState',
  'seed-remote': undefined,
  'bearbrowser-v1-orphaned': 'status',
};
test('receipts of every dialect are revoked', async (t) => {
  const home = temporaryHome(t);
  const folder = places(home).receipts;
  mkdirSync(folder, { recursive: true });
  const { root } = await import('./support.mjs');
  for (const name of Object.keys(dialects)) {
    writeFileSync(join(folder, `${name}.json`), readFileSync(join(root, `schemas/browser/examples/${name}.json`)));
  }
  const host = start(t, home);
  await host.connect();
  for (const [name, state] of Object.entries(dialects)) {
    const path = join(folder, `${name}.json`);
    const receipt = JSON.parse(readFileSync(path, 'utf8'));
    const answer = await host.revoke(receipt.id ?? receipt.receiptId, path);
    assert.deepEqual(answer.effects.record, { ok: true }, name);
    const revoked = JSON.parse(readFileSync(path, 'utf8'));
    if (state) assert.equal(revoked[state], 'revoked');
    assert.equal(typeof revoked.revokedAt, 'string');
  }
});

// ---- the stop command ----

function stopProgram(home, name, script) {
  const path = join(home, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('the stop command gets the record, its arguments and nothing else', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const shown = readFileSync(agent.path, 'utf8');
  const stop = stopProgram(
    home,
    "stop it's.sh",
    `cat > '${home}/record'; env > '${home}/env'; printf '%s|' "$@" > '${home}/args'; pwd > '${home}/cwd'`,
  );
  const folder = places(home).receipts;
  writeConfiguration(home, { folders: [{ path: folder }], stop: [stop, 'a b', '$(touch x)', ''], stopSeconds: 2 });
  const host = start(t, home, { env: { SECRET_OF_THE_BROWSER: 'x', BEARBROWSER_RECEIPT_ID: 'y' } });
  const welcome = await host.connect();
  assert.equal(welcome.canStop, true);
  assert.equal(welcome.stopSeconds, 2);
  const answer = await host.revoke(agent.receipt.receiptId, agent.path);
  assert.deepEqual(answer.effects.transport, { ok: true });
  assert.equal(answer.effects.token.ok, true);
  assert.equal(readFileSync(join(home, 'record'), 'utf8'), shown);
  assert.equal(readFileSync(join(home, 'args'), 'utf8'), 'a b|$(touch x)||');
  assert.equal(readFileSync(join(home, 'cwd'), 'utf8'), '/\n');
  assert.doesNotMatch(readFileSync(join(home, 'env'), 'utf8'), /SECRET|BEARBROWSER|clerk/);
  // Again: nothing new is written, and it runs once more.
  writeFileSync(join(home, 'record'), '');
  const again = await host.revoke(agent.receipt.receiptId, agent.path);
  assert.deepEqual(again.effects.transport, { ok: true });
  assert.match(readFileSync(join(home, 'record'), 'utf8'), /revoked/);
});

test('of two receipts with one id the stop command gets the one that was shown', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const folder = places(home).receipts;
  const twin = join(folder, '0-twin.json');
  writeFileSync(
    twin,
    readFileSync(agent.path, 'utf8').replace(agent.receipt.sessionRef, 'urn:srcos:session:browser:other'),
  );
  const stop = stopProgram(home, 'stop', `cat > '${home}/record'`);
  writeConfiguration(home, { folders: [{ path: folder }], stop: [stop] });
  for (const [source, digest] of [
    [agent.path, sha256(readFileSync(agent.path))],
    [twin, ''],
    [agent.path, ''],
    ['', sha256(readFileSync(twin))],
  ]) {
    const texts = [agent.path, twin].map((path) => readFileSync(path));
    const host = start(t, home);
    await host.connect();
    await host.revoke(agent.receipt.receiptId, source, digest);
    const expected = source === agent.path ? texts[0] : texts[1];
    assert.equal(readFileSync(join(home, 'record'), 'utf8'), expected.toString());
    await host.end();
    // As they were.
    for (const [i, path] of [agent.path, twin].entries()) writeFileSync(path, texts[i]);
  }
});

test('a stop command that fails, hangs or does not start is told as that, and hides nothing', async (t) => {
  const home = temporaryHome(t);
  const folder = places(home).receipts;
  const marker = join(home, 'late');
  const cases = [
    ['exit 3', /exited with 3/],
    ['kill -9 $$', /ended by a signal/],
    [`sleep 30 & sleep 30; touch '${marker}'`, /did not end within 0.5 s/],
    ['exec 0<&-; exit 1', /exited with 1/],
  ];
  for (const [i, [script, detail]] of cases.entries()) {
    const agent = await agentIn(home);
    const stop = stopProgram(home, `stop-${i}`, script);
    writeConfiguration(home, { folders: [{ path: folder }], log: places(home).log, stop: [stop], stopSeconds: 0.5 });
    const host = start(t, home);
    await host.connect();
    const answer = await host.revoke(agent.receipt.receiptId, agent.path);
    assert.equal(answer.effects.record.ok, true);
    assert.equal(answer.effects.transport.ok, false);
    assert.match(answer.effects.transport.detail, detail);
    assert.equal(answer.effects.token.ok, false);
    assert.ok(answer.took < 2500, `${answer.took}`);
    await host.end();
  }
  writeFileSync(join(home, 'no-program'), 'x');
  chmodSync(join(home, 'no-program'), 0o755);
  writeConfiguration(home, { folders: [{ path: folder }], stop: [join(home, 'no-program')] });
  const agent = await agentIn(home);
  const host = start(t, home);
  await host.connect();
  const answer = await host.revoke(agent.receipt.receiptId);
  assert.match(answer.effects.transport.detail, /could not be started/);
});

test('changes are told while a stop command runs, and the end of input waits for it', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const done = join(home, 'done');
  const stop = stopProgram(home, 'slow', `sleep 0.7; touch '${done}'`);
  writeConfiguration(home, { folders: [{ path: places(home).receipts }], stop: [stop] });
  const host = start(t, home);
  await host.connect();
  const answered = host.revoke(agent.receipt.receiptId);
  await host.message(({ effect }) => effect === 'event');
  const other = await agentIn(home);
  await host.until(() => host.documents.has(other.path), 'the other receipt', 500);
  assert.ok(!host.messages.some(({ type }) => type === 'revoked'));
  await host.end();
  assert.equal((await answered).effects.transport.ok, true);
  assert.ok(readFileSync(done));
  assert.deepEqual(readdirSync(join(home, '.local/state/bearproof')), ['lock']);
});

test('a configuration or stop program that others may write is refused, and the client is told', async (t) => {
  const home = temporaryHome(t);
  const stop = stopProgram(home, 'stop', 'exit 0');
  const refused = async (pattern) => {
    const host = new Host(home);
    const { code } = await host.exit;
    assert.equal(code, 2);
    assert.match(host.errors, pattern);
    assert.match(host.messages[0].message, pattern);
    assert.deepEqual(host.faults, []);
  };
  const path = writeConfiguration(home, { stop: [stop] });
  chmodSync(path, 0o666);
  await refused(/host\.json: refused: somebody else may write to it/);
  chmodSync(path, 0o644);
  chmodSync(stop, 0o777);
  await refused(/stop: refused: somebody else may write to it/);
  chmodSync(stop, 0o755);
  symlinkSync(stop, join(home, 'link'));
  writeConfiguration(home, { stop: [join(home, 'link')] });
  await refused(/link: refused: it is a link/);
  chmodSync(stop, 0o644);
  writeConfiguration(home, { stop: [stop] });
  await refused(/cannot be executed/);
  for (const [configuration, pattern] of [
    [{ stop: 'rm' }, /stop: expected a list/],
    [{ stop: ['rm'] }, /absolute path/],
    [{ folders: [{ path: 'relative' }] }, /absolute path/],
    [{ unknown: 1 }, /unknown.* is not known/],
    [{ stopSeconds: 0 }, /stopSeconds/],
    [[], /no object/],
  ]) {
    writeConfiguration(home, configuration);
    await refused(pattern);
  }
  writeFileSync(path, '{"log":"/a","log":"/b"}');
  await refused(/key twice/);
});

test('a folder of state that others may write to stops no transport', async (t) => {
  const home = temporaryHome(t);
  const agent = await agentIn(home);
  const ran = join(home, 'ran');
  const stop = stopProgram(home, 'stop', `touch '${ran}'`);
  writeConfiguration(home, { folders: [{ path: places(home).receipts }], log: places(home).log, stop: [stop] });
  mkdirSync(join(home, '.local/state/bearproof'), { recursive: true });
  chmodSync(join(home, '.local/state/bearproof'), 0o777);
  const before = snapshot(places(home).receipts);
  const host = start(t, home);
  await host.connect();
  const answer = await host.revoke(agent.receipt.receiptId);
  assert.match(answer.effects.record.detail, /nothing can be recorded/);
  assert.equal(answer.effects.transport.ok, true);
  assert.ok(readFileSync(ran).length === 0);
  assert.deepEqual(snapshot(places(home).receipts), before);
});

test('the program that BearBrowser’s sessions need ends the simulated transport', async (t) => {
  const home = temporaryHome(t);
  const { program } = await import('./support.mjs');
  const agent = await Agent.start({ home, owner: 'clerk', decision: 'd-1', process: { depth: 2, stubborn: true } });
  t.after(() => agent.kill());
  const bystander = spawn('sleep', ['60'], {
    env: { ...process.env, BEARBROWSER_RECEIPT_ID: `${agent.receipt.receiptId}x` },
  });
  t.after(() => bystander.kill());
  writeConfiguration(home, {
    folders: [{ path: places(home).receipts }],
    log: places(home).log,
    events: places(home).events,
    stop: [program, 'stop-session'],
  });
  const host = start(t, home);
  await host.connect();
  const answer = await host.revoke(agent.receipt.receiptId, agent.path);
  assert.deepEqual(answer.effects.transport, { ok: true });
  assert.equal(agent.running, false);
  assert.equal(bystander.exitCode, null);
  // One that does as it is asked has ended, and is on record, within a second.
  const other = await Agent.start({ home, owner: 'other', decision: 'd-2', process: { depth: 1 } });
  t.after(() => other.kill());
  await host.until(() => host.documents.has(other.path));
  const quick = await host.revoke(other.receipt.receiptId, other.path);
  assert.deepEqual(quick.effects.transport, { ok: true });
  t.diagnostic(`recorded, and its processes ended, in ${Math.round(quick.took)} ms`);
  assert.ok(quick.took < 1000, `${quick.took}`);
});
