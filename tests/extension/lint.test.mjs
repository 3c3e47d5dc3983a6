// The packages as files: what Mozilla's linter says, what the manifests ask for, and that both are made of one source.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { built, root } from './support.mjs';
import { contentSecurityPolicy } from '../../tools/serve.mjs';

const manifest = (target) => JSON.parse(readFileSync(join(built, target, 'manifest.json'), 'utf8'));
const packages = { gecko: 'bearproof@bearbrowser.local.xpi', chromium: 'bearproof-chromium.zip' };
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());

test('web-ext lint has no error, no warning and no notice', (t) => {
  const program = process.env.BEARPROOF_WEB_EXT;
  if (!program) return t.skip('skipped: BEARPROOF_WEB_EXT is not set (source tools/env.sh)');
  for (const mode of [[], ['--self-hosted']]) {
    const output = execFileSync(
      program,
      ['lint', '--output', 'json', '--source-dir', join(built, 'gecko'), ...mode, '--no-config-discovery'],
      { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const { summary, errors, warnings, notices } = JSON.parse(output);
    assert.deepEqual([...errors, ...warnings, ...notices], []);
    assert.deepEqual(summary, { errors: 0, notices: 0, warnings: 0 });
  }
});

test('the manifests ask for no more than they need', () => {
  const gecko = manifest('gecko');
  const chromium = manifest('chromium');
  assert.deepEqual(gecko.permissions, ['nativeMessaging']);
  assert.deepEqual(chromium.permissions, ['nativeMessaging', 'sidePanel']);
  assert.equal(gecko.manifest_version, 2);
  assert.equal(chromium.manifest_version, 3);
  assert.equal(gecko.browser_specific_settings.gecko.id, 'bearproof@bearbrowser.local');
  assert.equal(gecko.content_security_policy, contentSecurityPolicy);
  assert.deepEqual(chromium.content_security_policy, { extension_pages: contentSecurityPolicy });
  assert.equal(chromium.key, readFileSync(join(root, 'web/extension/key.txt'), 'utf8').trim());
  for (const each of [gecko, chromium]) {
    assert.equal(each.incognito, 'spanning');
    for (const absent of [
      ...['web_accessible_resources', 'externally_connectable', 'content_scripts', 'host_permissions'],
      ...['optional_permissions', 'optional_host_permissions', 'update_url', 'devtools_page', 'sandbox'],
    ]) {
      assert.equal(absent in each, false, absent);
    }
    for (const name of ['name', 'version', 'description', 'incognito']) assert.equal(gecko[name], chromium[name], name);
  }
});

test('both packages hold the same code, and nothing in it is fetched from elsewhere', () => {
  const own = {
    gecko: ['background.html', 'icon.svg', 'manifest.json'],
    chromium: ['icon-128.png', 'icon-16.png', 'icon-32.png', 'icon-48.png', 'manifest.json'],
  };
  const shared = (target) => filesBelow(join(built, target)).filter((name) => !own[target].includes(name));
  assert.deepEqual(shared('gecko').sort(), shared('chromium').sort());
  for (const name of shared('gecko')) {
    const bytes = readFileSync(join(built, 'gecko', name));
    assert.ok(bytes.equals(readFileSync(join(built, 'chromium', name))), name);
    if (!/\.(js|html|css)$/.test(name)) continue;
    const text = bytes.toString();
    assert.doesNotMatch(text, /\b(?:importScripts|eval)\(|new Function\b/, name);
    assert.doesNotMatch(text, /(?:src|href)="?(?:https?:)?\/\/|(?:import|fetch)\(?["'`]https?:/, name);
  }
});

test('the zipped packages hold the folders, in order and without times', () => {
  for (const [target, name] of Object.entries(packages)) {
    const bytes = readFileSync(join(built, name));
    assert.ok(bytes.length <= 450_000, `${name}: ${bytes.length} bytes`);
    const files = unzipSync(bytes);
    assert.deepEqual(Object.keys(files), filesBelow(join(built, target)).sort());
    for (const [file, content] of Object.entries(files)) {
      assert.ok(readFileSync(join(built, target, file)).equals(content), file);
    }
    // Time and date of the first entry: 1980-01-01 00:00, as zip files count.
    assert.deepEqual([bytes.readUInt16LE(10), bytes.readUInt16LE(12)], [0, (1 << 5) | 1]);
  }
});

test('building again gives the same bytes', () => {
  const read = () => Object.values(packages).map((name) => readFileSync(join(built, name)).toString('base64'));
  const before = read();
  execFileSync(process.execPath, [join(root, 'web/extension/build.mjs')], {
    stdio: 'ignore',
    env: { ...process.env, TZ: 'Pacific/Kiritimati' },
  });
  assert.deepEqual(read(), before);
});

test('the icons are PNG images of their sizes', () => {
  for (const [size, file] of Object.entries(manifest('chromium').icons)) {
    const bytes = readFileSync(join(built, 'chromium', file));
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [Number(size), Number(size)]);
  }
});
