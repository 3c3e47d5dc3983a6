// What the real host tells of folders: all that is there, every change, nothing torn that is whole, nothing of links.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Agent, createReceipt, fileText, flood, logLine, places, rotate } from '../../tools/simulator/agent.mjs';
import { start, temporaryHome, wait, writeConfiguration } from './support.mjs';

const seconds = process.env.BEARPROOF_LONG ? 60 : 8;
const memory = 64 << 20;
const receipt = (i) => createReceipt({ owner: `agent-${i}`, decision: `d-${i}` });

function folderIn(home, name = 'receipts') {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  writeConfiguration(home, { folders: [{ path: folder, label: 'test' }] });
  return folder;
}

test('10 000 receipts and their log at the start', async (t) => {
  const home = temporaryHome(t);
  await flood({ home, count: 10_000, ended: 5000 });
  const host = start(t, home);
  const begin = performance.now();
  await host.connect();
  const took = performance.now() - begin;
  assert.equal(host.documents.size, 10_001);
  assert.equal(host.text(places(home).log), readFileSync(places(home).log, 'utf8'));
  for (const [source, { content }] of [...host.documents].slice(0, 500))
    assert.ok(content.equals(readFileSync(source)));
  const id = JSON.parse(host.text([...host.documents.keys()][7])).receiptId;
  t.diagnostic(`${Math.round(took)} ms, ${(host.peak / 2 ** 20).toFixed(1)} MiB, longest message ${host.longest}`);
  assert.ok(host.peak < memory);
  const last = [...host.documents.entries()].find(([, { content }]) => content.includes('"active"'));
  const answer = await host.revoke(JSON.parse(last[1].content).receiptId, last[0]);
  t.diagnostic(`a revocation among them: ${Math.round(answer.took)} ms, ${(host.peak / 2 ** 20).toFixed(1)} MiB`);
  assert.equal(answer.effects.record.ok, true);
  assert.ok(answer.took < 1000);
  assert.ok(id);
});

test(`100 changes a second for ${seconds} s, in every manner, and none is lost`, async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  const log = join(folder, 'receipts.jsonl');
  const host = start(t, home);
  await host.connect();
  const latest = new Map();
  const begin = performance.now();
  const torn = [];
  let longestTorn = 0;
  for (let i = 0; i < seconds * 100; i++) {
    const path = join(folder, `${i % 300}.json`);
    const text = fileText({ ...receipt(i % 300), displayName: `change ${i}` });
    if (i % 4 === 0) {
      writeFileSync(`${path}.tmp`, text);
      renameSync(`${path}.tmp`, path);
    } else if (i % 4 === 1) {
      writeFileSync(path, text.slice(0, 100));
      const since = performance.now();
      const complete = () => {
        writeFileSync(path, text);
        longestTorn = Math.max(longestTorn, performance.now() - since);
      };
      torn.push(wait(30).then(complete));
    } else if (i % 40 === 2) {
      rmSync(path, { force: true });
    } else {
      writeFileSync(path, text);
    }
    if (i % 1000 === 0) host.send({ type: 'ping' });
    latest.set(path, i % 40 === 2 ? undefined : text);
    appendFileSync(log, logLine(receipt(i)));
    await wait(Math.max(0, begin + (i + 1) * 10 - performance.now()));
  }
  await Promise.all(torn);
  const end = performance.now();
  for (const [path, text] of latest) {
    await host.until(() => host.text(path) === text, path, 3000);
  }
  await host.until(() => host.text(log) === readFileSync(log, 'utf8'), 'log', 3000);
  t.diagnostic(`${Math.round(performance.now() - end)} ms behind, ${(host.peak / 2 ** 20).toFixed(1)} MiB`);
  assert.ok(host.peak < memory);
  // What was told was whole, unless this process was held up so long that a file really was torn for 2 s.
  if (longestTorn > 1500) return t.diagnostic(`a file was torn for ${Math.round(longestTorn)} ms`);
  for (const message of host.messages) {
    if (message.type === 'change' && typeof message.content === 'string' && !message.lines) JSON.parse(message.content);
  }
});

test('a change is told within a fraction of the half second that a person may wait', async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  const host = start(t, home);
  await host.connect();
  const times = [];
  for (let i = 0; i < 40; i++) {
    const path = join(folder, `${i}.json`);
    const begin = performance.now();
    writeFileSync(path, fileText(receipt(i)));
    await host.until(() => host.documents.has(path));
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  t.diagnostic(`median ${times[20].toFixed(1)} ms, longest ${times.at(-1).toFixed(1)} ms`);
  assert.ok(times.at(-1) < 400);
});

test('a file that is written in two steps is told when it is whole, or torn after 2 s', async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  const host = start(t, home);
  await host.connect();
  const whole = join(folder, 'whole.json');
  const torn = join(folder, 'torn.json');
  const empty = join(folder, 'empty.json');
  const text = fileText(receipt(1));
  const begin = performance.now();
  writeFileSync(whole, text.slice(0, 50));
  writeFileSync(torn, text.slice(0, 50));
  writeFileSync(empty, '');
  await wait(1000);
  assert.equal(host.documents.size, 0);
  writeFileSync(whole, text);
  await host.until(() => host.documents.has(whole), 'whole', 500);
  await host.until(() => host.documents.has(torn) && host.documents.has(empty), 'torn', 3000);
  const took = performance.now() - begin;
  assert.ok(took > 1900 && took < 3000, `${took}`);
  assert.equal(host.text(torn), text.slice(0, 50));
  // An old one is told as it is at once, and one that was told stays until the new one is whole.
  writeFileSync(whole, text.slice(0, 60));
  await wait(700);
  assert.equal(host.text(whole), text);
  const old = start(t, home);
  await old.connect();
  assert.ok(old.documents.has(torn));
});

test('logs: appended, without the end of a line, rotated, truncated, replaced, gone', async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  const log = join(folder, 'log.jsonl');
  const host = start(t, home);
  await host.connect();
  const tells = (text) => host.until(() => host.text(log) === text, `the log is ${JSON.stringify(text)}`, 2000);
  writeFileSync(log, '{"a":1}\n');
  await tells('{"a":1}\n');
  appendFileSync(log, '{"a":2}\n{"a":');
  await tells('{"a":1}\n{"a":2}\n');
  await wait(100);
  appendFileSync(log, '3}\n');
  await tells('{"a":1}\n{"a":2}\n{"a":3}\n');
  const appended = host.messages.at(-1);
  assert.deepEqual([appended.content, appended.line, appended.offset], ['{"a":3}\n', 3, 16]);
  truncateSync(log, 8);
  await tells('{"a":1}\n');
  assert.equal(host.messages.at(-1).reset, true);
  truncateSync(log, 0);
  await tells('');
  appendFileSync(log, '{"b":1}\n{"b":2}\n');
  await tells('{"b":1}\n{"b":2}\n');
  // Other lines in their place, and more of them, without a moment in which it is shorter.
  const file = openSync(log, 'r+');
  writeSync(file, '{"c":1}\n{"c":2}\n{"c":3}\n', 0);
  closeSync(file);
  await tells('{"c":1}\n{"c":2}\n{"c":3}\n');
  assert.equal(host.messages.at(-1).reset, true);
  rotate(log);
  appendFileSync(log, '{"d":1}\n');
  await tells('{"d":1}\n');
  unlinkSync(log);
  await tells(undefined);
  writeFileSync(log, '\n\r\n{"e":1}\r\n');
  await tells('\n\r\n{"e":1}\r\n');
});

test('a long log comes in parts, and what is appended meanwhile is not lost', async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  const log = join(folder, 'log.ndjson');
  let text = '';
  for (let i = 0; i < 30_000; i++) text += `{"n":${i},"umlaut":"äöü ${'€'.repeat(i % 50)}\\u0007"}\n`;
  writeFileSync(log, text);
  const host = start(t, home);
  host.send({ type: 'hello', version: 1, client: 'test' });
  for (let i = 0; i < 50; i++) {
    appendFileSync(log, `{"more":${i}}\n`);
    await wait(2);
  }
  await host.until(() => host.complete);
  await host.until(() => host.text(log) === readFileSync(log, 'utf8'), 'the log');
  assert.ok(host.longest <= 512 * 1024);
});

test('the worst content still fits the messages', async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home, `${'n'.repeat(200)}/${'ä'.repeat(100)}/${'"'.repeat(200)}`);
  const files = {
    'controls.json': Buffer.alloc(1_000_000, 1),
    'quotes.json': Buffer.from(`"${'\\"'.repeat(400_000)}"`),
    'umlauts.json': Buffer.from(`"${'ä'.repeat(200_000)}x"`),
    'four-byte.json': Buffer.from(`"x${'🐻'.repeat(100_000)}"`),
    'binary.json': Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) & 255)),
    'continuation.json': Buffer.alloc(200_000, 0x80),
    'bom.json': Buffer.from('\ufeff{"a":1}'),
    'bad-byte.json': Buffer.from([0x7b, 0xff, 0x7d]),
    'nul.json': Buffer.alloc(10),
    'sizes-65535.json': Buffer.from(`"${'x'.repeat(65_533)}"`),
    'sizes-65536.json': Buffer.from(`"${'x'.repeat(65_534)}"`),
    'sizes-65537.json': Buffer.from(`"${'x'.repeat(65_535)}"`),
    'sizes-1m.json': Buffer.from(`"${'x'.repeat((1 << 20) - 2)}"`),
    'sizes-1m+1.json': Buffer.from(`"${'x'.repeat((1 << 20) - 1)}"`),
  };
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(folder, name), bytes);
    utimesSync(join(folder, name), 1, 1);
  }
  const host = start(t, home);
  await host.connect();
  for (const [name, bytes] of Object.entries(files)) {
    await host.until(() => host.documents.get(join(folder, name))?.content.equals(bytes), name, 4000);
  }
  assert.ok(host.longest <= 512 * 1024, `${host.longest}`);
  assert.ok(host.peak < memory);
});

test('what is beyond the limit is told by its size', async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  const most = 64 << 20;
  writeFileSync(join(folder, 'at.json'), Buffer.alloc(most, 0x20));
  writeFileSync(join(folder, 'over.json'), Buffer.alloc(most + 1, 0x20));
  writeFileSync(join(folder, 'log.jsonl'), `${'x'.repeat(1 << 20)}\n`.repeat(65));
  const host = start(t, home);
  await host.connect();
  await host.until(() => host.documents.has(join(folder, 'at.json')), 'at', 20_000);
  assert.equal(host.documents.get(join(folder, 'at.json')).content.length, most);
  assert.deepEqual(host.documents.get(join(folder, 'over.json')), { oversized: most + 1 });
  assert.deepEqual(host.documents.get(join(folder, 'log.jsonl')), { oversized: 65 * ((1 << 20) + 1) });
  t.diagnostic(`${(host.peak / 2 ** 20).toFixed(1)} MiB`);
  assert.ok(host.peak < memory);
});

test('links, FIFOs, folders and devices are not read, and hide nothing', { timeout: 20_000 }, async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  const secret = join(home, 'secret.json');
  writeFileSync(secret, '{"secret":true}');
  symlinkSync(secret, join(folder, 'link.json'));
  symlinkSync('/dev/zero', join(folder, 'zero.json'));
  symlinkSync(home, join(folder, 'folder-link.json'));
  symlinkSync('nowhere', join(folder, 'dangling.json'));
  symlinkSync(secret, join(folder, 'link.jsonl'));
  mkdirSync(join(folder, 'folder.json'));
  execFileSync('mkfifo', [join(folder, 'fifo.json'), join(folder, 'fifo.jsonl')]);
  const good = join(folder, 'good.json');
  writeFileSync(good, fileText(receipt(1)));
  const host = start(t, home);
  await host.connect();
  assert.deepEqual([...host.documents.keys()], [good]);
  await wait(300);
  for (const name of ['link.json', 'zero.json', 'dangling.json', 'link.jsonl', 'fifo.json', 'fifo.jsonl']) {
    const told = host.messages.filter(({ type, message }) => type === 'error' && message.includes(`/${name}: `));
    assert.equal(told.length, 1, name);
  }
  // One that takes the place of a document takes it away.
  unlinkSync(good);
  symlinkSync(secret, good);
  await host.until(() => !host.documents.has(good), 'gone', 2000);
  unlinkSync(good);
  writeFileSync(good, fileText(receipt(2)));
  await host.until(() => host.text(good)?.includes('agent-2'), 'back', 2000);
  assert.ok(!JSON.stringify(host.messages).includes('"secret'));
  // A hard link is a file.
  linkSync(secret, join(folder, 'hard.json'));
  await host.until(() => host.documents.has(join(folder, 'hard.json')), 'hard', 2000);
});

test('names that nobody should have', async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home, 'a b\'c"d$(x)\n`ä');
  const names = [
    ...[
      '\n.json',
      ' .json',
      '$(touch x).json',
      '"; rm -rf ~;.json',
      "'.json",
      '-rf.json',
      '\u202egnp.json',
      '\u001b[2J.json',
    ],
    ...['ä.json', `${'x'.repeat(250)}.json`, '.json', '..json', '%2e%2e%2fpasswd.json', '\ufffd.json', '🐻.jsonl'],
  ];
  for (const name of names) writeFileSync(join(folder, name), name.endsWith('l') ? '{}\n' : '{}');
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.json')]),
    '{"bytes":1}',
  );
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xfe]), Buffer.from('.json')]), '{"bytes":2}');
  writeFileSync(join(folder, 'no-document.txt'), '{}');
  const host = start(t, home);
  await host.connect();
  assert.equal(host.documents.size, names.length + 2);
  for (const name of names) {
    if (name !== '\ufffd.json') assert.ok(host.documents.has(join(folder, name)), JSON.stringify(name));
  }
});

test('folders that come, go, are moved and come back', async (t) => {
  const home = temporaryHome(t);
  const folder = join(home, 'deep/er/receipts');
  writeConfiguration(home, { folders: [{ path: folder, label: '' }] });
  const host = start(t, home);
  const welcome = await host.connect();
  assert.equal(welcome.folders[0].exists, false);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'a.json');
  writeFileSync(path, fileText(receipt(1)));
  await host.until(() => host.documents.has(path), 'a new folder', 500);
  renameSync(folder, `${folder}.old`);
  await host.until(() => !host.documents.has(path), 'moved', 2000);
  mkdirSync(folder);
  writeFileSync(path, fileText(receipt(2)));
  await host.until(() => host.text(path)?.includes('agent-2'), 'back', 2000);
  rmSync(folder, { recursive: true });
  await host.until(() => !host.documents.has(path), 'removed', 2000);
});

test('files of somebody else are read', { skip: process.getuid() !== 0 && 'needs root' }, async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  const path = join(folder, 'foreign.json');
  const mine = receipt(1);
  writeFileSync(path, fileText(mine));
  chownSync(path, 12345, 12345);
  const host = start(t, home);
  await host.connect();
  assert.ok(host.documents.has(path));
  const answer = await host.revoke(mine.receiptId, path);
  assert.equal(answer.effects.record.ok, false);
  assert.match(answer.effects.record.detail, /belongs to somebody else/);
  assert.equal(readFileSync(path, 'utf8'), fileText(mine));
  chownSync(path, 0, 0);
  chownSync(folder, 12345, 12345);
  assert.match((await host.revoke(mine.receiptId, path)).effects.record.detail, /the folder belongs to somebody else/);
  assert.equal(readFileSync(path, 'utf8'), fileText(mine));
});

test(
  'a file that may not be read is told as one that says nothing',
  { skip: process.getuid() === 0 && 'root reads all' },
  async (t) => {
    const home = temporaryHome(t);
    const folder = folderIn(home);
    const path = join(folder, 'a.json');
    writeFileSync(path, fileText(receipt(1)));
    chmodSync(path, 0);
    const host = start(t, home);
    await host.connect();
    assert.equal(host.text(path), '');
  },
);

test('sessions that ended more than a week ago leave the window', async (t) => {
  const home = temporaryHome(t);
  const agents = [];
  for (const status of ['ended', 'revoked', 'failed', 'active', 'orphaned']) {
    const agent = await Agent.start({ home, owner: status, decision: 'd', process: false });
    if (status !== 'active') await agent.update(status);
    agents.push(agent);
  }
  const long = Date.now() / 1000 - 8 * 24 * 3600;
  for (const { path } of agents) utimesSync(path, long, long);
  const fresh = await Agent.start({ home, owner: 'fresh', decision: 'd', process: false });
  await fresh.end();
  const host = start(t, home);
  await host.connect();
  const told = agents.filter(({ path }) => host.documents.has(path)).map(({ receipt: { status } }) => status);
  assert.deepEqual(told, ['active', 'orphaned']);
  assert.ok(host.documents.has(fresh.path));
  // What happens to one of them is told.
  await agents[0].update('active');
  await host.until(() => host.text(agents[0].path)?.includes('active'), 'active again', 2000);
});

test('a second hello starts over', async (t) => {
  const home = temporaryHome(t);
  const folder = folderIn(home);
  for (let i = 0; i < 50; i++) writeFileSync(join(folder, `${i}.json`), fileText(receipt(i)));
  const host = start(t, home);
  await host.connect();
  const first = new Map(host.documents);
  host.complete = false;
  await host.connect();
  await host.until(() => host.messages.filter(({ type }) => type === 'welcome').length === 2 && host.complete);
  assert.deepEqual(host.documents, first);
});
