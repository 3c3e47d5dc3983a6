// The host is killed between any two steps of a revocation; the next one makes up for it, once.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Agent, places } from '../../tools/simulator/agent.mjs';
import { faultyProgram, Host, start, temporaryHome, writeConfiguration } from './support.mjs';

const steps = [
  ...['journal-written', 'journal', 'log', 'temporary-made', 'temporary-written', 'renamed', 'file', 'event', 'stop'],
  ...['stopping', 'stopped'],
];
const lines = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').map(JSON.parse) : []);

async function prepare(t) {
  const home = temporaryHome(t);
  const agent = await Agent.start({ home, owner: 'clerk', decision: 'd-1', process: false });
  const stop = join(home, 'stop');
  writeFileSync(stop, `#!/bin/sh\ncat >> '${home}/stopped'\necho >> '${home}/stopped'\n`);
  chmodSync(stop, 0o755);
  const { receipts, log, events } = places(home);
  writeConfiguration(home, { folders: [{ path: receipts }], log, events, stop: [stop] });
  const stopped = () =>
    existsSync(`${home}/stopped`) ? readFileSync(`${home}/stopped`, 'utf8').split('}\n').length - 1 : 0;
  return { home, agent, stopped };
}

function check({ home, agent }) {
  const revoked = lines(places(home).log).filter(({ status }) => status === 'revoked');
  assert.equal(revoked.length, 1, 'one record');
  const events = lines(places(home).events);
  assert.equal(events.length, 1, 'one event');
  const file = JSON.parse(readFileSync(agent.path, 'utf8'));
  assert.deepEqual(file, revoked[0]);
  assert.equal(events[0].payload.revokedAt, file.revokedAt);
  assert.deepEqual(
    readdirSync(places(home).receipts).filter((name) => name.startsWith('.')),
    [],
    'no temporary file',
  );
}

/** Starts a host that dies at a step, and has it revoke. */
async function die(home, agent, step) {
  const host = new Host(home, { binary: faultyProgram, env: { BEARPROOF_FAULT: step } });
  await host.connect();
  host.send({ type: 'revoke', id: 1, receipt: agent.receipt.receiptId, source: agent.path, digest: '' });
  const { signal } = await host.exit;
  assert.equal(signal, 'SIGKILL', `it was killed at ${step}`);
}

/** The journals are gone. */
const settled = (host, home) =>
  host.until(() => readdirSync(join(home, '.local/state/bearproof')).join() === 'lock', 'the journal is removed');

for (const step of steps) {
  test(`killed at ${step}`, async (t) => {
    const { home, agent, stopped } = await prepare(t);
    await die(home, agent, step);
    const before = stopped();
    const host = start(t, home);
    await host.connect();
    await settled(host, home);
    check({ home, agent });
    assert.equal(stopped(), before + 1, 'the stop command ran again');
    await host.end();
    // Nothing is left to make up for.
    const third = start(t, home);
    await third.connect();
    await third.end();
    check({ home, agent });
    assert.equal(stopped(), before + 1);
  });
}

test('killed at one step, and again at each while that is made up for', async (t) => {
  const { home, agent } = await prepare(t);
  await die(home, agent, 'journal');
  for (const step of steps.slice(2)) {
    const host = new Host(home, { binary: faultyProgram, env: { BEARPROOF_FAULT: step } });
    host.send({ type: 'hello', version: 1, client: 'test' });
    const ended = await Promise.race([host.exit, host.until(() => host.complete).then(() => undefined)]);
    // A step that was made before is not made again.
    if (ended === undefined) await host.end();
  }
  const host = start(t, home);
  await host.connect();
  await settled(host, home);
  check({ home, agent });
});

test('while a host is at work, another leaves its revocation alone', async (t) => {
  const { home, agent, stopped } = await prepare(t);
  writeFileSync(join(home, 'stop'), `#!/bin/sh\nsleep 0.5\ncat >> '${home}/stopped'\necho >> '${home}/stopped'\n`);
  const host = start(t, home);
  await host.connect();
  const answered = host.revoke(agent.receipt.receiptId);
  await host.message(({ effect }) => effect === 'event');
  const other = start(t, home);
  await other.connect();
  await other.end();
  await answered;
  assert.equal(stopped(), 1);
  check({ home, agent });
});

test('an agent that writes itself active while nobody looks is revoked when that is made up for', async (t) => {
  const { home, agent } = await prepare(t);
  await die(home, agent, 'file');
  await agent.rewrite((receipt) => ({ ...receipt, revokedAt: undefined, status: 'active' }), { log: false });
  const host = start(t, home);
  await host.connect();
  await settled(host, home);
  assert.equal(JSON.parse(readFileSync(agent.path, 'utf8')).status, 'revoked');
  assert.equal(lines(places(home).events).length, 1);
});

test('a journal that is no journal stops nothing', async (t) => {
  const { home, agent } = await prepare(t);
  await die(home, agent, 'journal-written');
  const state = join(home, '.local/state/bearproof');
  for (const [i, text] of ['', '{', '{"version":2}', 'null', '\0'.repeat(10)].entries()) {
    writeFileSync(join(state, `revocation-${i}.json`), text);
    writeFileSync(join(state, `revocation-${i}.json.new`), text);
  }
  const host = start(t, home);
  await host.connect();
  await settled(host, home);
  check({ home, agent });
});

test('a line that a crash cut off is completed', async (t) => {
  const { home, agent } = await prepare(t);
  await die(home, agent, 'journal');
  const state = join(home, '.local/state/bearproof');
  const [name] = readdirSync(state).filter((entry) => entry.startsWith('revocation-'));
  const intent = JSON.parse(readFileSync(join(state, name), 'utf8'));
  const log = readFileSync(places(home).log, 'utf8');
  writeFileSync(places(home).log, log + intent.log.line.slice(0, 100));
  const host = start(t, home);
  await host.connect();
  await settled(host, home);
  check({ home, agent });
});

test('a log that was rotated in between gets the record', async (t) => {
  const { home, agent } = await prepare(t);
  await die(home, agent, 'journal');
  writeFileSync(places(home).log, '');
  const host = start(t, home);
  await host.connect();
  await settled(host, home);
  check({ home, agent });
});
