// The stop program for BearBrowser's wrapper, against real processes.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Agent, createReceipt } from '../../tools/simulator/agent.mjs';
import { program, temporaryHome, wait } from './support.mjs';

const stop = (receipt, options = {}) =>
  spawnSync(program, ['stop-session'], {
    input: typeof receipt === 'string' ? receipt : JSON.stringify(receipt),
    encoding: 'utf8',
    ...options,
  });
const receiptOf = (options = {}) => createReceipt({ decision: 'd', sessionId: 'session-4711-abc', ...options });
const tail = (urn) => urn.slice(urn.lastIndexOf(':') + 1);
const isRunning = (pid) =>
  existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0] !== 'Z';

/** A process that waits. @param env its marks @param args its arguments */
function process_(t, env = {}, args = [], command = 'sleep') {
  const child = spawn(command, command === 'sleep' ? ['300'] : args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: 'ignore',
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}
/** One with an argument. */
const withArgument = (t, ...args) =>
  process_(t, {}, ['-e', 'setInterval(() => 0, 1000)', '--', ...args], process.execPath);

test('every mark of the wrapper is found: whole, or the last part of the id', async (t) => {
  const receipt = receiptOf();
  const { receiptId, sessionRef } = receipt;
  const children = [
    process_(t, { BEARBROWSER_RECEIPT_ID: receiptId }),
    process_(t, { BEARBROWSER_RECEIPT_ID: tail(receiptId) }),
    process_(t, { BEARBROWSER_SESSION_ID: sessionRef }),
    process_(t, { BEARBROWSER_SESSION_ID: tail(sessionRef) }),
    process_(t, { BEARBROWSER_RUN_ID: receiptId }),
    process_(t, { BEARBROWSER_RUN_ID: tail(sessionRef) }),
    withArgument(t, receiptId),
    withArgument(t, 'first', tail(sessionRef)),
  ];
  await wait(300);
  for (const child of children) assert.ok(isRunning(child.pid));
  const { status, stderr } = stop(receipt);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /ended 8 processes/);
  for (const child of children) assert.ok(!isRunning(child.pid));
});

test('decoys live', async (t) => {
  const receipt = receiptOf();
  const { receiptId, sessionRef } = receipt;
  const decoys = [
    process_(t, { BEARBROWSER_RECEIPT_ID: `${receiptId}0` }),
    process_(t, { BEARBROWSER_RECEIPT_ID: receiptId.slice(0, -1) }),
    process_(t, { BEARBROWSER_RECEIPT_ID: `x${tail(receiptId)}` }),
    process_(t, { BEARBROWSER_RECEIPT_ID: '' }),
    process_(t, { BEARBROWSER_SESSION_ID: `${sessionRef}:more` }),
    process_(t, { BEARBROWSER_SESSION_ID: receiptId }),
    process_(t, { BEARBROWSER_SESSION_ID: 'session-4711' }),
    process_(t, { BEARBROWSER_AGENT_ID: receiptId }),
    process_(t, { MY_BEARBROWSER_RECEIPT_ID: receiptId }),
    process_(t, { NOTE: `BEARBROWSER_RECEIPT_ID=${receiptId}` }),
    withArgument(t, `${receiptId}-2`),
    withArgument(t, `--session=${sessionRef}`),
    withArgument(t, `see ${tail(sessionRef)}`),
    process_(t),
  ];
  const target = process_(t, { BEARBROWSER_RECEIPT_ID: receiptId });
  await wait(300);
  assert.equal(stop(receipt).status, 0);
  assert.ok(!isRunning(target.pid));
  for (const decoy of decoys) assert.ok(isRunning(decoy.pid), decoy.spawnargs.join(' '));
});

test('nothing found is no success', (t) => {
  const receipt = receiptOf({ sessionId: 'nobody-has-0815' });
  const { status, stderr } = stop(receipt);
  assert.equal(status, 1);
  assert.match(stderr, /no process of this session was found/);
  assert.ok(t);
});

test('itself and whatever started it live, though they carry the mark', async (t) => {
  const receipt = receiptOf();
  const target = process_(t, { BEARBROWSER_RECEIPT_ID: receipt.receiptId });
  // A shell with the mark starts a shell with the mark that starts the program.
  const shell = spawnSync('sh', ['-c', `sh -c "'${program}' stop-session; echo inner \\$?"; echo outer`], {
    env: { PATH: process.env.PATH, BEARBROWSER_RECEIPT_ID: receipt.receiptId },
    input: JSON.stringify(receipt),
    encoding: 'utf8',
  });
  assert.equal(shell.stdout, 'inner 0\nouter\n');
  assert.ok(!isRunning(target.pid));
});

test('a tree that ignores TERM, and one that starts others, end', async (t) => {
  const home = temporaryHome(t);
  const agent = await Agent.start({ home, owner: 'clerk', decision: 'd', process: { stubborn: true, depth: 3 } });
  t.after(() => agent.kill());
  assert.equal(agent.pids.length, 4);
  const begin = performance.now();
  const { status, stderr } = await new Promise((done) => {
    const child = spawn(program, ['stop-session']);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('close', (code) => done({ status: code, stderr: said }));
    child.stdin.end(JSON.stringify(agent.receipt));
  });
  assert.equal(status, 0, stderr);
  for (const pid of agent.pids) assert.ok(!isRunning(pid));
  assert.ok(performance.now() - begin < 4000);
  // A process that starts its like for ever.
  const receipt = receiptOf({ sessionId: 'spawner-12345' });
  const spawner = process_(
    t,
    { BEARBROWSER_RECEIPT_ID: receipt.receiptId },
    ['-c', 'trap "" TERM; while :; do sleep 0.05; done'],
    'sh',
  );
  await wait(200);
  assert.equal(stop(receipt).status, 0);
  assert.ok(!isRunning(spawner.pid));
});

test('a person’s browser lives; one that is driven ends', async (t) => {
  const home = temporaryHome(t);
  const receipt = receiptOf();
  const firefox = join(home, 'firefox');
  copyFileSync(process.execPath, firefox);
  const env = { BEARBROWSER_RECEIPT_ID: receipt.receiptId };
  const script = ['-e', 'setInterval(() => 0, 1000)', '--'];
  const own = process_(t, env, script, firefox);
  const driven = process_(t, env, [...script, '--headless'], firefox);
  await wait(400);
  assert.ok(isRunning(own.pid) && isRunning(driven.pid));
  assert.equal(stop(receipt).status, 0);
  assert.ok(isRunning(own.pid));
  assert.ok(!isRunning(driven.pid));
});

test('a receipt cannot name what it likes', async (t) => {
  const bystanders = [
    withArgument(t, 'firefox'),
    withArgument(t, '-c'),
    withArgument(t, '8080'),
    withArgument(t, '/usr/bin/x1'),
    process_(t, { BEARBROWSER_SESSION_ID: '' }),
  ];
  await wait(300);
  for (const sessionRef of [
    'urn:srcos:session:firefox',
    'urn:srcos:session:-c',
    'firefox',
    '8080',
    '/usr/bin/x1',
    '',
    ':',
    '\u0000',
  ]) {
    assert.equal(stop({ ...receiptOf(), sessionRef }).status, 1, sessionRef);
  }
  for (const child of bystanders) assert.ok(isRunning(child.pid), child.spawnargs.join(' '));
});

test('what is no receipt is refused', () => {
  for (const text of [
    '',
    '{',
    '[]',
    '{}',
    '{"type":"PolicyDecision","id":"a"}',
    '{"type":"BrowserAutomationReceipt"}',
  ]) {
    assert.equal(stop(text).status, 2, text);
  }
  const double = `{"receiptId":"a",${JSON.stringify(receiptOf()).slice(1)}`;
  assert.equal(stop(double).status, 2);
});
