// The pure parts of the pages, without a page.
import { spawnSync } from 'node:child_process';
import { holdsLines, splitLines } from '../../web/shared/files.ts';
import { elideMiddle, elideOrigin, visibleRuns, visibleString } from '../../web/shared/visible-text.ts';
import { LineBreaks } from '../../web/playground/line-breaks.ts';
import { shellWord } from '../../web/playground/shell.ts';
import { expect, test } from '@playwright/test';

test('runs tell all of a text, escaped or not', () => {
  expect(visibleRuns('')).toEqual([]);
  expect(visibleRuns('plain')).toEqual([{ text: 'plain', escaped: false }]);
  expect(visibleString('a\u202eb\u{e0041}\ud800c')).toBe('a[U+202E]b[U+E0041][U+D800]c');
  expect(visibleString('Zażółć gęślą jaźń, 東京, שלום, 🐻')).toBe('Zażółć gęślą jaźń, 東京, שלום, 🐻');
});

test('every character that is invisible or acts is escaped', () => {
  for (const category of ['Cc', 'Cf', 'Zl', 'Zp', 'Default_Ignorable_Code_Point']) {
    const pattern = new RegExp(`\\p{${category}}`, 'u');
    for (let code = 0; code < 0x110000; code++) {
      const character = String.fromCodePoint(code);
      if (pattern.test(character) && visibleRuns(character)[0]?.escaped !== true) {
        throw new Error(`${category}: U+${code.toString(16)} is shown as it is`);
      }
    }
  }
});

test('elision keeps both ends, whole characters, and the exact count', () => {
  expect(elideMiddle('short', 10)).toEqual({ head: 'short', omitted: 0, tail: '' });
  for (const text of ['x'.repeat(50) + 'end', '🐻'.repeat(40), `${'ab🐻'.repeat(30)}`]) {
    for (let limit = 8; limit < 40; limit++) {
      const { head, omitted, tail } = elideMiddle(text, limit);
      expect(head.length + omitted + tail.length).toBe(text.length);
      expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
      expect(!/\p{Cs}/u.test(head) && !/\p{Cs}/u.test(tail)).toBe(true);
      expect(head.length + tail.length).toBeLessThanOrEqual(limit + 2);
      expect(tail.length).toBeGreaterThan(0);
    }
  }
});

test('of an origin the end of the host is kept', () => {
  const host = `https://${'a.'.repeat(100)}evil.example`;
  for (const rest of ['', '/', '/path?q#f', `:8443/${'p'.repeat(300)}`]) {
    const cut = elideOrigin(host + rest, 60);
    const kept = rest.startsWith(':') ? 'evil.example:8443' : 'evil.example';
    expect(cut.tail.endsWith(kept), rest).toBe(true);
    expect(cut.head.length + cut.omitted + cut.tail.length).toBe(host.length + rest.length);
  }
  expect(elideOrigin(`https://example.org/${'p'.repeat(300)}`, 60).head).toMatch(/^https:\/\/example\.org\/p+$/);
  // A backslash ends an authority for browsers; what stands behind it is no host.
  expect(elideOrigin(`https://${'a.'.repeat(60)}evil.example\\good.example`, 60).tail).toMatch(/evil\.example$/);
  expect(elideOrigin(`no origin ${'x'.repeat(100)}end`, 20).tail).toMatch(/end$/);
});

test('lines of a file keep their numbers', () => {
  const bytes = new TextEncoder().encode('{"a":1}\n\n  \t\r\n{"b":2}\r\n{"c"');
  const lines = splitLines({ name: 'x.jsonl', bytes });
  expect(lines.map(({ source, content }) => [source, new TextDecoder().decode(content)])).toEqual([
    ['x.jsonl:1', '{"a":1}'],
    ['x.jsonl:4', '{"b":2}\r'],
    ['x.jsonl:5', '{"c"'],
  ]);
  expect([holdsLines('a.NDJSON'), holdsLines('a.jsonl'), holdsLines('a.json')]).toEqual([true, true, false]);
});

test('offsets of a file lead to the same characters in the editor', () => {
  for (const text of ['', 'a\r\nb\r\n\r\nc', '\r\n', 'a\rb\nc', '\r\r\n\n', 'no breaks']) {
    const breaks = new LineBreaks(text);
    const edited = text.replace(/\r\n?/g, '\n');
    for (let offset = 0; offset <= text.length; offset++) {
      // Between CR and LF there is no place in the editor.
      if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
      expect(breaks.toEditor(offset)).toBe(text.slice(0, offset).replace(/\r\n?/g, '\n').length);
    }
    expect(breaks.toEditor(text.length)).toBe(edited.length);
  }
});

test('a shell reads back the very name', () => {
  const names = [
    'plain.json',
    'with space.json',
    "it's",
    '$(reboot)',
    '`x`',
    '-rf',
    '--help me',
    'a\nb',
    'tab\tand\u001b[31m',
    '\\back\\slash',
    "both ' and \u202e",
    'Grüße',
    '🐻.json',
    '!history',
    '~',
    '*',
    'a;b&c|d>e<f',
    '"quoted"',
  ];
  for (const name of names) {
    const word = shellWord(name);
    // eslint-disable-next-line no-control-regex
    expect(word).not.toMatch(/[\u0000-\u001f\u007f\u202e]/);
    const { stdout } = spawnSync('bash', ['-c', `printf %s ${word}`], {
      encoding: 'utf8',
      env: { LC_ALL: 'C.UTF-8', HOME: '/nowhere', PATH: process.env['PATH'] ?? '' },
    });
    expect(stdout, word).toBe(name.startsWith('-') ? `./${name}` : name);
  }
});
