// host --install, --uninstall, --doctor.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { environmentOf, frame, program, root, temporaryHome, writeConfiguration } from './support.mjs';

const name = 'org.bearproof.host.json';
const gecko = 'bearproof@bearbrowser.local';
const host = (home, args, { binary = program, env = {}, ...options } = {}) =>
  spawnSync(binary, ['host', ...args], { env: { ...environmentOf(home), ...env }, encoding: 'utf8', ...options });
const manifestIn = (folder) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const files = (home) =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(home.length + 1))
    .sort();

/** What a browser would do. */
function answerOf(manifest, home, args = ['manifest.json', gecko]) {
  const input = frame(Buffer.from('{"type":"hello","version":1,"client":"browser"}'));
  const { stdout, status } = spawnSync(manifest.path, args, { env: environmentOf(home), input });
  assert.equal(status, 0);
  return JSON.parse(stdout.subarray(4, 4 + stdout.readUInt32LE()).toString());
}

const places = {
  bearbrowser: '.bearbrowser/native-messaging-hosts',
  firefox: '.mozilla/native-messaging-hosts',
  librewolf: '.librewolf/native-messaging-hosts',
  chromium: '.config/chromium/NativeMessagingHosts',
  chrome: '.config/google-chrome/NativeMessagingHosts',
};

test('every browser finds a host that starts and answers', (t) => {
  const home = temporaryHome(t);
  const { status, stdout, stderr } = host(home, ['--install']);
  assert.equal(status, 0, stderr);
  for (const [browser, place] of Object.entries(places)) {
    const manifest = manifestIn(join(home, place));
    assert.equal(manifest.name, 'org.bearproof.host');
    assert.equal(manifest.type, 'stdio');
    assert.ok(stdout.includes(join(home, place, name)), browser);
    if (place.startsWith('.config')) {
      const key = readFileSync(join(root, 'web/extension/key.txt'), 'utf8').trim();
      const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
      const id = [...digest].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');
      assert.deepEqual(manifest.allowed_origins, [`chrome-extension://${id}/`]);
      assert.equal(manifest.allowed_extensions, undefined);
      assert.equal(answerOf(manifest, home, [`chrome-extension://${id}/`, '--parent-window=1']).type, 'welcome');
    } else {
      assert.deepEqual(manifest.allowed_extensions, [gecko]);
      assert.equal(manifest.allowed_origins, undefined);
      assert.equal(answerOf(manifest, home).type, 'welcome');
    }
    assert.equal(statSync(join(home, place, name)).mode & 0o777, 0o644);
  }
  const again = host(home, ['--install']);
  assert.equal(again.status, 0);
  assert.equal(host(home, ['--uninstall']).status, 0);
  assert.deepEqual(
    files(home).filter((file) => !file.endsWith('/lock')),
    [],
  );
});

test('only browsers that are used, unless others are named', (t) => {
  const home = temporaryHome(t);
  mkdirSync(join(home, '.config/chromium'), { recursive: true });
  assert.equal(host(home, ['--install']).status, 0);
  assert.deepEqual(files(home), [
    '.config/chromium/NativeMessagingHosts/org.bearproof.host.json',
    '.local/share/bearproof/bearproof-host',
  ]);
  assert.equal(host(home, ['--install', '--browser', 'librewolf', '--browser', 'chrome']).status, 0);
  assert.ok(existsSync(join(home, places.librewolf, name)));
  assert.ok(existsSync(join(home, places.chrome, name)));
  assert.ok(!existsSync(join(home, places.firefox, name)));
  // The launcher goes with the last manifest.
  assert.equal(host(home, ['--uninstall', '--browser', 'chromium', '--browser', 'chrome']).status, 0);
  assert.ok(existsSync(join(home, '.local/share/bearproof/bearproof-host')));
  assert.equal(host(home, ['--uninstall', '--browser', 'librewolf']).status, 0);
  assert.deepEqual(files(home), []);
});

test('BearBrowser may look where LibreWolf and Firefox do', (t) => {
  const home = temporaryHome(t);
  assert.equal(host(home, ['--install', '--browser', 'bearbrowser']).status, 0);
  for (const browser of ['bearbrowser', 'librewolf', 'firefox'])
    assert.ok(existsSync(join(home, places[browser], name)));
});

test('spaces, quotes, umlauts and line ends in every path', (t) => {
  const home = join(temporaryHome(t), 'a b \'c\' "d" $(touch x) ä\n`e` \\');
  mkdirSync(join(home, 'bin'), { recursive: true });
  const binary = join(home, 'bin', 'bear\'proof "ä" $HOME');
  copyFileSync(program, binary);
  chmodSync(binary, 0o755);
  const config = join(home, "con'fig.json");
  const folder = join(home, 'receipts "ü"');
  writeFileSync(config, JSON.stringify({ folders: [{ path: folder, label: 'ü' }] }));
  const { status, stderr } = host(home, ['--install', '--browser', 'firefox', '--config', config], { binary });
  assert.equal(status, 0, stderr);
  const welcome = answerOf(manifestIn(join(home, places.firefox)), home);
  assert.deepEqual(welcome.folders, [{ path: folder, label: 'ü', exists: false }]);
  assert.equal(host(home, ['--doctor', '--browser', 'firefox'], { binary }).status, 0);
});

test('a folder for manifests of one’s own', (t) => {
  const home = temporaryHome(t);
  assert.equal(
    host(home, ['--install', '--browser', 'chromium', '--manifest-dir', 'my manifests'], { cwd: home }).status,
    0,
  );
  const manifest = manifestIn(join(home, 'my manifests'));
  assert.equal(manifest.path, join(home, 'my manifests/bearproof-host'));
  assert.equal(answerOf(manifest, home).type, 'welcome');
  assert.equal(host(home, ['--install', '--manifest-dir', join(home, 'gecko')]).status, 0);
  assert.deepEqual(manifestIn(join(home, 'gecko')).allowed_extensions, [gecko]);
  const both = host(home, ['--install', '--browser', 'chromium', '--browser', 'firefox', '--manifest-dir', home]);
  assert.equal(both.status, 2);
  assert.equal(
    host(home, ['--uninstall', '--browser', 'chromium', '--manifest-dir', join(home, 'my manifests')]).status,
    0,
  );
  assert.equal(host(home, ['--uninstall', '--manifest-dir', join(home, 'gecko')]).status, 0);
  assert.deepEqual(
    files(home).filter((file) => !file.endsWith('/lock')),
    [],
  );
});

test('what something else wrote is not removed', (t) => {
  const home = temporaryHome(t);
  const folder = join(home, places.firefox);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), '{"name":"org.other.host","path":"/x"}');
  writeFileSync(join(folder, 'other.json'), '{}');
  mkdirSync(join(home, '.local/share/bearproof'), { recursive: true });
  writeFileSync(join(home, '.local/share/bearproof/bearproof-host'), '#!/bin/sh\nexit 0\n');
  const before = files(home);
  assert.equal(host(home, ['--uninstall']).status, 0);
  assert.deepEqual(files(home), before);
});

test('wrong usage, and what cannot be written', (t) => {
  const home = temporaryHome(t);
  const unknown = host(home, ['--install', '--browser', 'netscape']);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /no browser "netscape"/);
  const config = join(home, 'config.json');
  writeFileSync(config, '{"unknown":1}');
  assert.equal(host(home, ['--install', '--config', config]).status, 2);
  writeFileSync(join(home, '.mozilla'), 'a file in the way');
  const blocked = host(home, ['--install', '--browser', 'firefox']);
  assert.equal(blocked.status, 3);
  assert.match(blocked.stderr, /\.mozilla/);
});

test('the doctor says what is wrong', (t) => {
  const home = temporaryHome(t);
  const examine = (...args) => host(home, ['--doctor', '--browser', 'firefox', ...args]);
  const missing = examine();
  assert.equal(missing.status, 1);
  assert.match(missing.stdout, /✗ no manifest: bearproof host --install --browser firefox/);
  host(home, ['--install', '--browser', 'firefox']);
  const well = examine();
  assert.equal(well.status, 0, well.stdout);
  assert.match(well.stdout, /it starts and answers/);
  assert.match(well.stdout, /no stop command/);
  // The launcher leads nowhere, does not answer, or says something else.
  const launcher = join(home, '.local/share/bearproof/bearproof-host');
  const good = readFileSync(launcher);
  for (const [text, pattern] of [
    ['#!/bin/sh\nexec /nowhere/bearproof host\n', /does not answer/],
    ['#!/bin/sh\nexec sleep 30\n', /does not answer/],
    ['#!/bin/sh\necho hello, this is not a message of a host\n', /does not answer|no welcome/],
    ['#!/nowhere/sh\n', /does not start/],
  ]) {
    writeFileSync(launcher, text);
    const broken = examine();
    assert.equal(broken.status, 1);
    assert.match(broken.stdout, pattern);
  }
  writeFileSync(launcher, good);
  // A manifest of another version.
  const file = join(home, places.firefox, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(gecko, 'other@example.org'));
  assert.match(examine().stdout, /install again/);
  host(home, ['--install', '--browser', 'firefox']);
  // A configuration that is refused is what the host says, too.
  const path = writeConfiguration(home, {});
  chmodSync(path, 0o666);
  const refused = examine();
  assert.equal(refused.status, 1);
  assert.match(refused.stdout, /it refuses: .*somebody else may write to it/);
  chmodSync(path, 0o644);
  writeConfiguration(home, { stop: [program, 'stop-session'] });
  assert.match(examine().stdout, /✓ stop command/);
  // A snap stands in the way.
  mkdirSync(join(home, '.var/app/org.mozilla.firefox'), { recursive: true });
  assert.match(examine().stdout, /snap or flatpak/);
  // What BearBrowser's policies need.
  const bear = host(home, ['--doctor', '--browser', 'bearbrowser']).stdout;
  for (const word of ['ExtensionSettings', 'private_browsing', 'allowedHosts: [org.bearproof.host]', 'registry.json']) {
    assert.ok(bear.includes(word), word);
  }
});
