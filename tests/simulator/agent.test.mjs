// The simulated agent: what it writes is what BearBrowser's scripts write, byte for byte where that is known, and its
// transport is a process that can be found, ended and missed.
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as simulator from '../../tools/simulator/agent.mjs';

const { Agent, NotStarted, decide, flood, places } = simulator;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof'));
const commandLine = join(root, 'tools/simulator/agent.mjs');

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'bearproof-simulator-')));
after(() => rmSync(scratch, { recursive: true }));
let homes = 0;
const newHome = () => join(scratch, `home ${++homes}`);

const lines = (path) => readFileSync(path, 'utf8').split('\n').slice(0, -1);
const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

/** Whether a process is there; one that ended and was not yet waited for is not. */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
async function gone(pid) {
  for (let i = 0; i < 100 && alive(pid); i++) await wait(20);
  return !alive(pid);
}

const check = (...paths) => {
  const { stdout } = spawnSync(program, ['check', '--format', 'json', ...paths], { encoding: 'utf8' });
  return JSON.parse(stdout);
};
const found = (report) => [
  ...report.documents.flatMap(({ findings }) => findings),
  ...(report.collection?.findings ?? []),
];

test('a receipt stands in its file as Python writes it, and whole in one line of the log', async () => {
  const home = newHome();
  const agent = await Agent.start({
    ...{ home, owner: 'clerk', decision: 'd-1', sessionId: 'morning', displayName: 'Größe 🐻', process: false },
  });
  const { receipts, log } = places(home);
  const id = agent.receipt.receiptId.slice('urn:srcos:receipt:browser-automation:'.length);
  assert.match(id, new RegExp(`^${uuid}$`));
  assert.equal(agent.path, join(receipts, `${id}.json`));
  const time = agent.receipt.capturedAt;
  assert.match(time, seconds);
  assert.ok(Math.abs(Date.parse(time) - Date.now()) < 5000);
  assert.equal(
    readFileSync(agent.path, 'utf8'),
    [
      '{',
      `  "capturedAt": "${time}",`,
      '  "displayName": "Gr\\u00f6\\u00dfe \\ud83d\\udc3b",',
      '  "evidenceRefs": [],',
      '  "origin": "local",',
      '  "ownerRef": "urn:srcos:agent:clerk",',
      '  "permissionScope": [',
      '    "read_dom",',
      '    "click"',
      '  ],',
      '  "policyDecisionRef": "urn:srcos:policy:decision:bearbrowser:d-1",',
      `  "receiptId": "${agent.receipt.receiptId}",`,
      '  "revocable": true,',
      '  "schemaVersion": "bearbrowser.browser_automation_receipt.v1",',
      '  "sessionRef": "urn:srcos:session:browser:morning",',
      '  "status": "active",',
      '  "transport": "cdp",',
      '  "userVisible": true',
      '}',
    ].join('\n'),
  );
  const [line, ...rest] = lines(log);
  assert.deepEqual(rest, []);
  assert.doesNotMatch(line, /[^ -~]/);
  assert.match(line, /"displayName":"Gr\\u00f6\\u00dfe \\ud83d\\udc3b"/);
  assert.equal(line.length, readFileSync(agent.path, 'utf8').replaceAll(/\n *|(?<=":) /g, '').length);
  assert.deepEqual(JSON.parse(line), agent.receipt);
  assert.deepEqual(Object.keys(JSON.parse(line)), Object.keys(agent.receipt).sort());
});

test('owners, modes and prefixes are those of the wrapper', async () => {
  const home = newHome();
  const start = async (options) => (await Agent.start({ home, process: false, ...options })).receipt;
  const claimed = await start({ decision: 'x' });
  assert.equal(claimed.ownerRef, 'urn:srcos:human:human');
  assert.equal(claimed.displayName, 'BearBrowser agent-runtime session (about:blank)');
  const secure = await start({ decision: 'x', mode: 'human-secure', url: 'https://example.org/?q=1' });
  assert.deepEqual(secure.permissionScope, ['read_dom', 'click', 'type']);
  assert.equal(secure.displayName, 'BearBrowser human-secure session (https://example.org/?q=1)');
  const twice = await start({ owner: 'urn:srcos:agent:a', decision: 'urn:srcos:policy:decision:bearbrowser:b' });
  assert.equal(twice.ownerRef, 'urn:srcos:agent:urn:srcos:agent:a');
  assert.equal(
    twice.policyDecisionRef,
    'urn:srcos:policy:decision:bearbrowser:urn:srcos:policy:decision:bearbrowser:b',
  );
});

test('without a decision the engine is asked, and what it holds or denies does not start', async () => {
  const home = newHome();
  const { decisions, holds, receipts } = places(home);
  await assert.rejects(Agent.start({ home, owner: 'a' }), NotStarted);
  await assert.rejects(Agent.start({ home, owner: 'a', verdict: 'deny' }), NotStarted);
  assert.equal(existsSync(receipts), false);
  assert.deepEqual(
    lines(decisions).map((line) => JSON.parse(line).decision),
    ['hold', 'deny'],
  );
  assert.deepEqual(lines(holds), lines(decisions).slice(0, 1));

  const allowed = await Agent.start({ home, owner: 'a', verdict: 'allow', process: false });
  const decision = JSON.parse(lines(decisions)[2]);
  assert.match(decision.decisionId, new RegExp(`^urn:srcos:policy:decision:bearbrowser:${uuid}$`));
  assert.equal(allowed.receipt.policyDecisionRef, `urn:srcos:policy:decision:bearbrowser:${decision.decisionId}`);
});

test('the transport is a process that carries the ids, and its end is recorded', async () => {
  const home = newHome();
  const agent = await Agent.start({ home, owner: 'clerk', decision: 'd', sessionId: 's-1', process: { depth: 2 } });
  assert.equal(new Set(agent.pids).size, 3);
  for (const pid of agent.pids) {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    assert.ok(environment.includes(`BEARBROWSER_RECEIPT_ID=${agent.receipt.receiptId}`));
    assert.ok(environment.includes('BEARBROWSER_SESSION_ID=s-1'));
    assert.ok(environment.includes('BEARBROWSER_AGENT_ID=clerk'));
  }
  assert.equal(agent.running, true);
  await agent.end();
  assert.equal(agent.running, false);
  for (const pid of agent.pids) assert.ok(await gone(pid), `${pid} is still there`);
  const receipt = JSON.parse(readFileSync(agent.path, 'utf8'));
  assert.equal(receipt.status, 'ended');
  assert.match(receipt.terminatedAt, seconds);
  assert.deepEqual(
    lines(places(home).log).map((line) => JSON.parse(line).status),
    ['active', 'ended'],
  );
});

test('a transport that fails or is ended from outside leaves failed, over revoked too', async () => {
  const home = newHome();
  const failed = await Agent.start({ home, owner: 'a', decision: 'd' });
  await failed.fail();
  assert.equal(failed.receipt.status, 'failed');
  assert.deepEqual(await failed.ended, { code: 1, signal: null });

  const revoked = await Agent.start({ home, owner: 'a', decision: 'd' });
  await revoked.update('revoked');
  process.kill(revoked.pids[0], 'SIGTERM');
  assert.deepEqual(await revoked.ended, { code: null, signal: 'SIGTERM' });
  const receipt = JSON.parse(readFileSync(revoked.path, 'utf8'));
  assert.equal(receipt.status, 'failed');
  assert.match(receipt.revokedAt, seconds);
  assert.match(receipt.terminatedAt, seconds);
});

test('a stubborn transport outlives SIGTERM and not SIGKILL; killed, the receipt stays active', async () => {
  const agent = await Agent.start({ home: newHome(), owner: 'a', decision: 'd', process: { stubborn: true } });
  process.kill(agent.pids[0], 'SIGTERM');
  await wait(200);
  assert.equal(agent.running, true);
  await agent.kill();
  assert.ok(await gone(agent.pids[0]));
  assert.equal(JSON.parse(readFileSync(agent.path, 'utf8')).status, 'active');
});

test('no transport outlives the program that started it', async () => {
  const child = spawn(process.execPath, [commandLine, '--home', newHome(), '--decision', 'd', '--depth', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  const { pids } = JSON.parse(said);
  assert.equal(pids.length, 2);
  child.kill('SIGKILL');
  for (const pid of pids) assert.ok(await gone(pid), `${pid} is still there`);
});

test('an update in two steps is torn in between, in place, and the log may be torn as well', async () => {
  const home = newHome();
  const agent = await Agent.start({ home, owner: 'a', decision: 'd', process: false });
  const { ino } = statSync(agent.path);
  const updated = agent.rewrite((receipt) => ({ ...receipt, status: 'revoked' }), {
    ...{ steps: 2, pause: 150, log: { steps: 2, pause: 150 } },
  });
  await wait(50);
  assert.throws(() => JSON.parse(readFileSync(agent.path, 'utf8')), SyntaxError);
  await wait(200);
  JSON.parse(readFileSync(agent.path, 'utf8'));
  assert.doesNotMatch(readFileSync(places(home).log, 'utf8'), /\n$/);
  await updated;
  assert.equal(statSync(agent.path).ino, ino);
  assert.equal(lines(places(home).log).length, 2);
  assert.equal(JSON.parse(lines(places(home).log)[1]).status, 'revoked');
});

test('a receipt is written again after its revocation as an agent that wants to escape does', async () => {
  const home = newHome();
  const agent = await Agent.start({ home, owner: 'a', decision: 'd', process: false });
  await agent.update('revoked');
  await agent.rewrite(({ revokedAt, ...receipt }) => {
    assert.match(revokedAt, seconds);
    return { ...receipt, status: 'active' };
  });
  const report = check(places(home).log);
  assert.ok(
    found(report).some(({ severity }) => severity === 'error' || severity === 'warning'),
    'nothing was found',
  );
});

test('the log is rotated by name and truncated in place, and goes on', async () => {
  const home = newHome();
  const { log } = places(home);
  const agent = await Agent.start({ home, owner: 'a', decision: 'd', process: false });
  const old = simulator.rotate(log);
  assert.equal(existsSync(log), false);
  await agent.update('ended');
  assert.deepEqual([lines(old).length, lines(log).length], [1, 1]);
  const { ino } = statSync(log);
  simulator.truncate(log);
  assert.deepEqual([statSync(log).size, statSync(log).ino], [0, ino]);
});

test('the Playwright script leaves plain ids, a word for a decision, and the end time as capturedAt', async () => {
  const home = newHome();
  const agent = await Agent.start({ home, writer: 'smoke', owner: 'smoker', sessionId: 'bb-1', mode: 'human-secure' });
  const folder = places(home).smoke;
  assert.deepEqual(readdirSync(folder).sort(), ['bb-1.receipt.json', 'bb-1.started.json']);
  const started = JSON.parse(readFileSync(join(folder, 'bb-1.started.json'), 'utf8'));
  const { receipt } = agent;
  assert.match(receipt.receiptId, /^urn:srcos:receipt:browser-automation:[0-9a-f]{16}$/);
  assert.deepEqual(
    [receipt.sessionRef, receipt.ownerRef, receipt.policyDecisionRef, receipt.displayName],
    ['bb-1', 'smoker', 'not-yet-assigned', 'smoker (playwright smoke)'],
  );
  assert.deepEqual(
    [started.sessionId, started.automationReceiptId, started.policyDecisionId, started.eventType],
    ['bb-1', receipt.receiptId, null, 'browser.session.started'],
  );
  await wait(5);
  // It says ended after errors, too.
  await agent.fail();
  const last = JSON.parse(readFileSync(agent.path, 'utf8'));
  assert.equal(last.status, 'ended');
  assert.ok(Date.parse(last.capturedAt) > Date.parse(receipt.capturedAt));
  assert.equal(existsSync(places(home).log), false);
});

test('a sound run is consistent: nothing of it is an error or a warning, before or after its end', async () => {
  const home = newHome();
  const decision = simulator.tail((await decide({ home, decision: 'allow' })).decisionId);
  const agent = await Agent.start({ home, owner: 'clerk', decision, displayName: 'Invoices of May', process: false });
  const { receipts } = places(home);
  const standing = () => {
    const { stdout } = spawnSync(program, ['sessions', '--format', 'json', home, '--now', 'system'], {
      encoding: 'utf8',
    });
    return JSON.parse(stdout).sessions.map(({ standing, phase, outcome }) => [standing, phase, outcome]);
  };
  for (const [phase, outcome] of [
    ['active', undefined],
    ['ended', 'ended'],
  ]) {
    const report = check(receipts);
    assert.equal(report.documents[0].verdict, 'valid');
    assert.equal(report.documents[0].dialect, 'bearbrowser-v1');
    assert.deepEqual(
      found(report).filter(({ severity }) => severity === 'error' || severity === 'warning'),
      [],
    );
    assert.deepEqual(standing(), [['consistent', phase, outcome]]);
    await agent.end();
  }
});

test('a flood is as many receipts as were asked for, all of them whole', async () => {
  const home = newHome();
  const ids = await flood({ home, count: 500, ended: 100, sessionId: 'one' });
  assert.equal(new Set(ids).size, 500);
  const { receipts, log } = places(home);
  assert.equal(readdirSync(receipts).length, 501);
  const records = lines(log).map((line) => JSON.parse(line));
  assert.deepEqual(
    records.map(({ receiptId }) => receiptId),
    ids,
  );
  assert.equal(records.filter(({ status }) => status === 'ended').length, 100);
  assert.equal(new Set(records.map(({ ownerRef }) => ownerRef)).size, 500);
  assert.deepEqual([...new Set(records.map(({ sessionRef }) => sessionRef))], ['urn:srcos:session:browser:one']);
  const start = Date.now();
  await flood({ home, count: 20, perSecond: 100 });
  assert.ok(Date.now() - start >= 180);
});

test('the command line starts, updates and refuses', async () => {
  const home = newHome();
  const run = (...parameters) => spawnSync(process.execPath, [commandLine, ...parameters], { encoding: 'utf8' });
  assert.match(run('--help').stdout, /^usage: agent\.mjs/);
  for (const wrong of [
    [],
    ['--home'],
    ['juggle'],
    ['--home', home, '--mode', 'x'],
    ['flood', '--home', home, '--count', '-1'],
  ])
    assert.equal(run(...wrong).status, 2, wrong.join(' '));
  assert.equal(run('--home', home).status, 4);
  const decision = run('decide', '--home', home, '--verdict', 'allow').stdout.trim();
  assert.match(decision, new RegExp(`^${uuid}$`));

  const child = spawn(process.execPath, [commandLine, '--home', home, '--owner', 'b', '--decision', decision]);
  const { path, receiptId } = JSON.parse((await once(child.stdout, 'data'))[0]);
  assert.equal(run('update', '--file', path, '--status', 'revoked').status, 0);
  assert.equal(JSON.parse(readFileSync(path, 'utf8')).status, 'revoked');
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  assert.deepEqual(
    lines(places(home).log).map((line) => [JSON.parse(line).receiptId, JSON.parse(line).status]),
    ['active', 'revoked', 'ended'].map((status) => [receiptId, status]),
  );
  const { stdout } = await promisify(execFile)(process.execPath, [
    commandLine,
    'flood',
    '--home',
    home,
    '--count',
    '3',
  ]);
  assert.match(stdout, /^3 receipts in /);
});
