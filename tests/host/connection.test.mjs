// Native messaging with the real host: every length, every nonsense, and how a connection ends.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createReceipt, fileText, places } from '../../tools/simulator/agent.mjs';
import { environmentOf, frame, Host, isToHost, program, start, temporaryHome, wait } from './support.mjs';

const hello = { type: 'hello', version: 1, client: 'test' };
/** A hello of exactly so many bytes. */
const helloOf = (size) => {
  const empty = JSON.stringify({ ...hello, client: '' });
  return JSON.stringify({ ...hello, client: 'x'.repeat(size - empty.length) });
};

test('messages of every length are answered', async (t) => {
  const home = temporaryHome(t);
  const host = start(t, home);
  for (const size of [65_535, 65_536, 65_537, (1 << 20) - 1, 1 << 20]) {
    const text = helloOf(size);
    assert.equal(Buffer.byteLength(text), size);
    const from = host.messages.length;
    host.bytes(text);
    await host.message(({ type }) => type === 'welcome', from);
  }
  for (const size of [(1 << 20) + 1, 5 << 20]) {
    const from = host.messages.length;
    host.bytes(helloOf(size));
    assert.match((await host.message(({ type }) => type === 'error', from)).message, /longer than 1 MiB/);
    // What follows is understood.
    host.send({ type: 'ping' });
    await host.message(({ type }) => type === 'pong', from);
  }
});

test('text beyond ASCII, line ends and escapes come through as they are', async (t) => {
  const home = temporaryHome(t);
  const folder = places(home).receipts;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'ä\n€🐻.json');
  const text = JSON.stringify({ ...createReceipt({ decision: 'd' }), displayName: 'ä€🐻 \u2028 \\ \n "quoted"' });
  writeFileSync(path, text);
  const host = start(t, home);
  await host.connect();
  assert.equal(host.text(path), text);
  for (const length of [65_535, 65_536, 65_537, (1 << 20) - 1, 1 << 20, (1 << 20) + 1]) {
    const ends = `${'ä'.repeat(length)}`.slice(0, Math.floor((length - 2) / 2));
    const content = `"${ends}${'x'.repeat(length - 2 - Buffer.byteLength(ends))}"`;
    assert.equal(Buffer.byteLength(content), length);
    writeFileSync(path, content);
    await host.until(() => host.text(path) === content, `${length} bytes`, 8000);
  }
});

test('what is no message is refused, and never obeyed', async (t) => {
  const home = temporaryHome(t);
  const host = start(t, home);
  const cases = [
    [' ', /no JSON text/],
    ['{', /no JSON text/],
    ['nul', /no JSON text/],
    ['{"type":"ping"} {"type":"ping"}', /no JSON text/],
    [Buffer.from([0xff, 0xfe]), /no JSON text/],
    [Buffer.from('{"type":"ping","x":"\ud800"}'), /not what|no JSON/],
    ['[]', /no object/],
    ['"ping"', /no object/],
    ['null', /no object/],
    ['{}', /no known type/],
    ['{"type":"shutdown"}', /no known type/],
    ['{"type":"welcome"}', /no known type/],
    ['{"type":7}', /no known type/],
    ['{"type":"ping","type":"ping"}', /key twice/],
    ['{"type":"ping","more":1}', /the ping message is not/],
    ['{"type":"hello"}', /the hello message is not/],
    ['{"type":"hello","version":"1"}', /the hello message is not/],
    ['{"type":"hello","version":1.5}', /the hello message is not/],
    ['{"type":"revoke","id":1}', /the revoke message is not/],
    ['{"type":"revoke","id":-1,"receipt":"a"}', /the revoke message is not/],
    ['{"type":"revoke","id":1e30,"receipt":"a"}', /the revoke message is not/],
    ['{"type":"revoke","id":1,"receipt":""}', /the revoke message is not/],
    ['{"type":"revoke","id":1,"receipt":["a"]}', /the revoke message is not/],
    ['{"type":"revoke","id":1,"receipt":"a","digest":"md5:0"}', /the revoke message is not/],
    ['{"type":"revoke","id":1,"receipt":"a","path":"/etc/passwd"}', /the revoke message is not/],
    [`${'['.repeat(5000)}`, /no JSON text/],
    [`{"type":"ping","a":${'['.repeat(400)}${']'.repeat(400)}}`, /the ping message is not/],
  ];
  for (const [message, pattern] of cases) {
    const from = host.messages.length;
    host.bytes(message);
    const answer = await host.until(() => host.messages[from], String(message).slice(0, 80));
    assert.equal(answer.type, 'error', String(message));
    assert.match(answer.message, pattern, String(message).slice(0, 80));
    assert.ok(!answer.message.includes('passwd'));
    let value;
    try {
      value = JSON.parse(message);
    } catch {
      continue;
    }
    // The other engine refuses what the schema is asked for, too.
    if (!/key twice/.test(answer.message)) assert.equal(isToHost(value), false, String(message));
  }
  const from = host.messages.length;
  host.bytes('{"type":"revoke","id":77,"receipt":""}');
  assert.equal((await host.until(() => host.messages[from])).id, 77);
  // An empty message, then one in single bytes.
  host.raw(frame(Buffer.alloc(0)));
  assert.equal((await host.until(() => host.messages[from + 1])).type, 'error');
  for (const byte of frame(Buffer.from('{"type":"ping"}'))) {
    host.raw(Buffer.from([byte]));
    await wait(1);
  }
  assert.equal((await host.until(() => host.messages[from + 2])).type, 'pong');
  // Many at once.
  host.raw(Buffer.concat(Array.from({ length: 5000 }, () => frame(Buffer.from('{"type":"ping"}')))));
  await host.until(() => host.messages.length === from + 3 + 5000, 'pongs');
  assert.ok(!host.messages.some(({ type }) => type === 'welcome'));
});

test('before hello nothing is told and nothing revoked', async (t) => {
  const home = temporaryHome(t);
  const folder = places(home).receipts;
  mkdirSync(folder, { recursive: true });
  const receipt = createReceipt({ decision: 'd' });
  writeFileSync(join(folder, 'a.json'), fileText(receipt));
  const host = start(t, home);
  host.send({ type: 'revoke', id: 4, receipt: receipt.receiptId, source: '', digest: '' });
  const answer = await host.until(() => host.messages[0]);
  assert.deepEqual([answer.type, answer.id, answer.message], ['error', 4, 'hello comes first']);
  await wait(300);
  assert.equal(host.messages.length, 1);
  assert.equal(readFileSync(join(folder, 'a.json'), 'utf8'), fileText(receipt));
});

test('a client of another version is told so', async (t) => {
  const host = start(t, temporaryHome(t));
  host.send({ ...hello, version: 2 });
  assert.equal((await host.exit).code, 0);
  assert.match(host.messages[0].message, /version 1/);
});

test('a length that no message has ends the connection with a reason', async (t) => {
  for (const length of [0xffffffff, 0x7fffffff, (64 << 20) + 1]) {
    const host = start(t, temporaryHome(t));
    const header = Buffer.alloc(4);
    header.writeUInt32LE(length);
    host.raw(header);
    assert.equal((await host.exit).code, 1);
    assert.match(host.messages[0].message, /no sequence of messages/);
  }
});

test('the end of the input ends it, also within a message', async (t) => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from([5]),
    Buffer.from([5, 0, 0, 0, 0x7b]),
    frame(Buffer.from('{"type":"ping"}')),
  ]) {
    const host = start(t, temporaryHome(t));
    host.raw(bytes);
    const begin = performance.now();
    assert.deepEqual(await host.end(), { code: 0, signal: null });
    assert.ok(performance.now() - begin < 1000);
  }
});

test('nobody who reads ends it', async (t) => {
  const home = temporaryHome(t);
  const host = start(t, home);
  await host.connect();
  host.process.stdout.destroy();
  for (let i = 0; i < 50 && host.process.exitCode === null; i++) {
    host.send({ type: 'ping' });
    await wait(20);
  }
  assert.equal((await host.exit).code, 0);
});

test('a client that does not read costs no memory', async (t) => {
  const home = temporaryHome(t);
  const folder = places(home).receipts;
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < 30; i++) writeFileSync(join(folder, `${i}.json`), `"${'x'.repeat(900_000)}"`);
  const host = start(t, home);
  host.process.stdout.pause();
  host.send(hello);
  for (let i = 0; i < 200; i++) {
    host.send({ type: 'ping' });
    writeFileSync(join(folder, `${i % 30}.json`), `"${String(i).repeat(300_000)}"`);
    await wait(5);
  }
  assert.ok(host.peak < 64 << 20, `${host.peak}`);
  host.process.stdout.resume();
  await host.until(() => host.complete);
  for (let i = 170; i < 200; i++) {
    const path = join(folder, `${i % 30}.json`);
    await host.until(() => host.text(path) === readFileSync(path, 'utf8'), path);
  }
  assert.equal(host.messages.filter(({ type }) => type === 'pong').length, 200);
});

test('a parent that is gone ends it', async (t) => {
  const home = temporaryHome(t);
  // Its input stays open: this process holds it.
  execFileSync('mkfifo', [join(home, 'input')]);
  const input = openSync(join(home, 'input'), 'r+');
  t.after(() => closeSync(input));
  const script = `const child = require('node:child_process').spawn(${JSON.stringify(program)}, ['host'],
    { stdio: ['inherit', 'ignore', 'ignore'] });
    console.log(child.pid); setInterval(() => 0, 1000)`;
  const parent = spawn(process.execPath, ['-e', script], {
    env: environmentOf(home),
    stdio: [input, 'pipe', 'ignore'],
  });
  let said = '';
  parent.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  while (!said.includes('\n')) await wait(20);
  const pid = Number(said);
  const isRunning = () =>
    existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1][0] !== 'Z';
  await wait(200);
  assert.ok(isRunning());
  parent.kill('SIGKILL');
  for (let i = 0; i < 60 && isRunning(); i++) await wait(100);
  assert.ok(!isRunning());
});

const long = !process.env.BEARPROOF_LONG && 'takes 60 s: set BEARPROOF_LONG';
test('a minute without a message ends it', { skip: long }, async (t) => {
  const host = start(t, temporaryHome(t));
  await host.connect();
  const begin = performance.now();
  await wait(30_000);
  host.send({ type: 'ping' });
  assert.equal((await host.exit).code, 0);
  const took = performance.now() - begin;
  assert.ok(took > 88_000 && took < 93_000, `${took}`);
});

test('200 connections one after the other leave no process', { timeout: 60_000 }, async (t) => {
  const home = temporaryHome(t);
  const folder = places(home).receipts;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.json'), fileText(createReceipt({ decision: 'd' })));
  const pids = [];
  for (let i = 0; i < 200; i++) {
    const host = new Host(home);
    pids.push(host.pid);
    host.send(hello);
    if (i % 3 === 0) await host.until(() => host.complete);
    if (i % 3 === 1) host.process.stdout.destroy();
    host.process.stdin.destroy();
    if (i % 10 === 9) await host.exit;
  }
  const last = start(t, home);
  await last.connect();
  const running = () =>
    pids.filter(
      (pid) =>
        readdirSync('/proc').includes(String(pid)) &&
        readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1][0] !== 'Z',
    );
  for (let i = 0; i < 50 && running().length > 0; i++) await wait(100);
  assert.deepEqual(running(), []);
});

test('standard output carries nothing but messages', (t) => {
  const home = temporaryHome(t);
  mkdirSync(join(home, '.config/bearproof'), { recursive: true });
  writeFileSync(join(home, '.config/bearproof/host.json'), '{');
  const { stdout, stderr, status } = spawnSync(program, ['host'], { env: environmentOf(home), input: '' });
  assert.equal(status, 2);
  assert.equal(stdout.readUInt32LE(), stdout.length - 4);
  assert.match(stderr.toString(), /^bearproof: host: .*host\.json: it is no JSON text/);
  for (const args of [['--browser', 'firefox'], ['--install', '--uninstall'], ['--nonsense'], ['word']]) {
    const wrong = spawnSync(program, ['host', ...args], { env: environmentOf(home), input: '' });
    assert.equal(wrong.status, 2, args.join(' '));
    assert.equal(wrong.stdout.length, 0);
  }
});
