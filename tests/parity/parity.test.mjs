// One core, two builds: the native program and the package write the same report for the same bytes and options.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { receiptLines } from '../../bench/receipts.mjs';
import { filesBelow, load, nativeProgram, root, sharedFolder } from '../package/support.mjs';

const bearproof = await load();
const suffixes = ['.json', '.ndjson', '.jsonl'];
const isLines = (file) => /\.(ndjson|jsonl)$/.test(file);
const scratch = mkdtempSync(join(tmpdir(), 'bearproof-parity-'));
after(() => rmSync(scratch, { recursive: true }));

/** What the native program writes to standard output; exit codes 0 and 1 are both answers. */
const native = (files, flags, command = 'check') =>
  new Promise((resolve, reject) => {
    const options = { cwd: root, encoding: 'buffer', maxBuffer: 1 << 30 };
    execFile(nativeProgram, [command, '--format', 'json', ...flags, ...files], options, (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(`${files}: ${error.message} ${stderr}`));
      else resolve(stdout);
    });
  });

const wasm = (files, options) => {
  const contents = files.map((file) => ({ source: file, content: readFileSync(join(root, file)) }));
  const [{ source, content }] = contents;
  if (isLines(source)) return bearproof.checkLinesText(content, { ...options, source, collection: true });
  return contents.length === 1
    ? bearproof.checkText(content, { ...options, source })
    : bearproof.checkAllText(contents, options);
};

const flagsOf = ({ pretty, digest, ...options }) => [
  ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
  ...(pretty ? ['--pretty'] : []),
  ...(digest ? ['--digest'] : []),
];

/** Compares every file, or set of files read together; names all that differ. */
const compare = async (inputs, options) => {
  const differing = [];
  const waiting = inputs.map((input) => [input].flat());
  const work = async () => {
    for (let files = waiting.pop(); files !== undefined; files = waiting.pop()) {
      const flags = [...flagsOf(options), ...(isLines(files[0]) ? ['--collection'] : [])];
      const expected = (await native(files, flags)).toString('latin1').trimEnd();
      const found = Buffer.from(wasm(files, options)).toString('latin1').trimEnd();
      if (found !== expected) differing.push({ file: files[0], expected, found });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const [first] = differing;
  if (first) {
    let at = 0;
    while (first.expected[at] === first.found[at]) ++at;
    const around = (text) => Buffer.from(text.slice(Math.max(0, at - 80), at + 80), 'latin1').toString();
    assert.fail(
      `${differing.length} of ${inputs.length} reports differ: ${differing.map(({ file }) => file).join(' ')}\n` +
        `first at ${at}:\nnative  …${around(first.expected)}…\npackage …${around(first.found)}…`,
    );
  }
};

const below = (folder) => filesBelow(folder, suffixes).map((file) => relative(root, file));
const own = [...below(join(root, 'conformance')), ...below(join(root, 'schemas')), ...below(join(root, 'web/samples'))];

test('there is a native program, and there are documents', () => {
  assert.ok(existsSync(nativeProgram), `${nativeProgram} is not built`);
  assert.ok(own.length > 100, `${own.length} documents`);
});

for (const options of [
  {},
  { pretty: true, digest: true },
  { mode: 'strict', level: 'notice' },
  { mode: 'release', now: '2026-05-01T12:00:00Z' },
  { level: 'error' },
]) {
  test(`fixtures, schemas and samples, options ${JSON.stringify(options)}`, () => compare(own, options));
}

test('every set of documents, read together', async () => {
  const folders = new Map();
  for (const file of below(join(root, 'conformance/collection'))) {
    folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file]);
  }
  const sets = [...folders.values()].filter((files) => files.length > 1 && !files.some(isLines));
  assert.ok(sets.length > 40, `${sets.length} sets`);
  for (const options of [{}, { mode: 'release', pretty: true }]) await compare(sets, options);
});

test('every JSON file of the shared folder', async (t) => {
  if (!existsSync(sharedFolder)) return t.skip('skipped: there is no folder ../shared');
  await compare(below(sharedFolder), {});
});

/** Writes a file into the scratch folder. @returns its path as both builds are given it */
const scratchFile = (name, content) => {
  const file = join(scratch, name);
  writeFileSync(file, content);
  return relative(root, file);
};

test('every fixture cut short at every tenth byte, and with one byte changed', async () => {
  let state = 1;
  const random = (below) => (state = (state * 48271) % 2147483647) % below;
  const files = own
    .filter((file) => file.startsWith('conformance/browser'))
    .flatMap((file, i) => {
      const bytes = readFileSync(join(root, file));
      const changed = Uint8Array.from(bytes);
      changed[random(bytes.length)] = random(256);
      return [
        scratchFile(`cut-${i}.json`, bytes.subarray(0, (bytes.length * (i % 10)) / 10)),
        scratchFile(`changed-${i}.json`, changed),
      ];
    });
  await compare(files, {});
});

test('NDJSON: good, bad, blank, endless, and every line end', async () => {
  const receipts = new TextDecoder().decode(receiptLines(300));
  const lines = receipts.split('\n');
  const spoiled = lines.map((line, i) => (i % 7 === 3 ? line.slice(0, -2) : i % 11 === 5 ? `${line} ${line}` : line));
  const files = [
    scratchFile('good.ndjson', receipts),
    scratchFile('spoiled.ndjson', spoiled.join('\n')),
    scratchFile('crlf.ndjson', spoiled.join('\r\n')),
    scratchFile('blank.ndjson', '\n \n\t\n\r\n{}\n\n'),
    scratchFile('unended.ndjson', `${lines[0]}\n${lines[1].slice(0, 100)}`),
    scratchFile('bom.ndjson', '\ufeff{}\n[1,\n\ufeff{}\n{}\n'),
    scratchFile(
      'bytes.ndjson',
      Buffer.concat([Buffer.from('{}\n'), Buffer.from([0xff, 0x0a, 0xe2, 0x82, 0x0a]), Buffer.from('[')]),
    ),
    scratchFile('over-portions.ndjson', `${lines[0]}\n${'x'.repeat(1_500_000)}\n${receipts.repeat(5)}[1,\n`),
    scratchFile('empty.ndjson', ''),
  ];
  for (const options of [{}, { level: 'info', digest: true }, { mode: 'strict' }]) await compare(files, options);
});

test('limits: one byte more than a document may have', async () => {
  const bytes = new Uint8Array((64 << 20) + 9).fill(0x20);
  bytes[0] = 0x31;
  await compare([scratchFile('large.json', bytes)], {});
});

/** The session view of both builds over the same files. */
const compareSessions = async (sets, options = {}) => {
  const flags = Object.entries({ now: options.now, ttl: options.ttlMinutes })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `--${name}=${value}`);
  let sessions = 0;
  for (const files of sets) {
    const expected = (await native(files, flags, 'sessions')).toString().trimEnd();
    const documents = files.map((file) => ({
      source: file,
      content: readFileSync(join(root, file)),
      lines: isLines(file),
    }));
    const found = bearproof.sessionsText(documents, options);
    sessions += JSON.parse(found).sessions.length;
    assert.ok(found === expected, `${files.slice(0, 3)}: the views differ`);
  }
  return sessions;
};

test('the session view of every fixture, example and sample, alone and all together', async () => {
  const all = own.filter((file) => !file.includes('/published/'));
  const alone = all.filter((file) => /browser|collection|session/.test(file)).map((file) => [file]);
  assert.ok((await compareSessions(alone)) >= 100);
  assert.ok((await compareSessions([all])) >= 40);
  await compareSessions([all], { now: '2026-05-06T14:30:00Z', ttlMinutes: 30 });
});

test('the session view of generated logs beside files', async () => {
  let state = 7;
  const random = (below) => (state = (state * 48271) % 2147483647) % below;
  const pick = (list) => list[random(list.length)];
  const sets = [];
  for (let set = 0; set < 40; ++set) {
    const record = () => {
      const id = random(5);
      const one = {
        schemaVersion: 'bearbrowser.browser_automation_receipt.v1',
        receiptId: `urn:srcos:receipt:browser-automation:r${id}`,
        sessionRef: `urn:srcos:session:s${pick([id, id, random(3)])}`,
        ownerRef: pick(['urn:srcos:agent:a', 'urn:srcos:agent:a', 'urn:srcos:agent:b', 'n/a', null, '\u202e', 7]),
        transport: pick(['cdp', 'webdriver', 'smoke signals']),
        permissionScope: pick([['read_dom'], [], ['use_credentials', 'fly'], 'click']),
        origin: 'local',
        userVisible: pick([true, true, true, false]),
        revocable: true,
        policyDecisionRef: pick(['urn:srcos:decision:d1', 'urn:srcos:decision:d2', 'pending', '']),
        evidenceRefs: [],
        capturedAt: `2026-05-06T1${random(3)}:00:00${pick(['Z', '.5Z', '+02:00'])}`,
        status: pick(['active', 'active', 'ended', 'revoked', 'failed', 'denied', 'orphaned', 'odd']),
        displayName: pick([
          'Clerk',
          'https://user:secret@example.org/?q=1',
          'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
        ]),
      };
      if (random(3) === 0) one.revokedAt = '2026-05-06T15:00:00Z';
      if (random(4) === 0) one.terminatedAt = '2026-05-06T16:00:00Z';
      return one;
    };
    const lines = Array.from({ length: 30 }, () =>
      pick([JSON.stringify(record()), JSON.stringify(record()), '{"torn', '1']),
    );
    const files = [scratchFile(`log-${set}.jsonl`, lines.join('\n'))];
    for (let i = 0; i < 4; ++i) files.push(scratchFile(`file-${set}-${i}.json`, JSON.stringify(record(), null, 2)));
    const decision = {
      type: 'PolicyDecision',
      specVersion: '2.0.0',
      id: 'urn:srcos:decision:d1',
      decision: pick(['permit', 'deny']),
    };
    files.push(scratchFile(`decision-${set}.json`, JSON.stringify(decision)));
    sets.push(set % 2 ? files : files.reverse());
  }
  assert.ok((await compareSessions(sets, { now: '2026-05-06T20:00:00Z' })) > 300);
});
