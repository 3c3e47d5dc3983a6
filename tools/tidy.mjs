// tidy.mjs BUILD_FOLDER [FILTER…]: clang-tidy over the sources that the build folder's compile_commands.json names, as
// many at a time as there are processors. A source whose preprocessed text was clean before is not looked at again: the
// cache outside the checkout remembers it by digest.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const [folder, ...filters] = process.argv.slice(2);
const tidy = 'clang-tidy-19';
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'bearproof', 'tidy');
mkdirSync(cache, { recursive: true });

const root = resolve('.');
const generatedOrForeign = (file) =>
  relative(root, file).startsWith('..') || /^(build|node_modules)\//.test(relative(root, file));
const seen = new Set();
const commands = JSON.parse(readFileSync(join(folder, 'compile_commands.json'), 'utf8')).filter(({ file }) => {
  const wanted = !generatedOrForeign(file) && (filters.length === 0 || filters.some((filter) => file.includes(filter)));
  return wanted && !seen.has(file) && seen.add(file);
});

function run(program, options, directory) {
  return new Promise((done) => {
    const child = spawn(program, options, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child.on('error', (error) => done({ status: 127, output, errors: error.message }));
    child.on('close', (status) => done({ status, output, errors }));
  });
}

const setting = createHash('sha256')
  .update(readFileSync('.clang-tidy'))
  .update((await run(tidy, ['--version'], '.')).output)
  .digest('hex');

/** The digest of everything that clang-tidy would see: the text with all of its headers and comments. */
async function digest({ command, directory, file }) {
  const preprocess = `${command.replace(/ -o \S+/, '').replace(/ -c /, ' -E -CC ')}`;
  const { status, output } = await run('sh', ['-c', preprocess], directory);
  if (status !== 0) return undefined;
  return createHash('sha256')
    .update(setting)
    .update(relative(root, file))
    .update(output.replaceAll(root, ''))
    .digest('hex');
}

let passed = 0;
let failed = 0;
async function work() {
  for (let command = commands.pop(); command; command = commands.pop()) {
    const name = await digest(command);
    const stamp = name && join(cache, name);
    if (stamp && existsSync(stamp)) {
      passed++;
      continue;
    }
    // The commands are g++'s: clang knows most of their warnings, not all.
    const { status, output, errors } = await run(
      tidy,
      ['--quiet', '-p', folder, '--extra-arg=-Wno-unknown-warning-option', command.file],
      '.',
    );
    if (status === 0) {
      passed++;
      if (stamp) writeFileSync(stamp, '');
    } else {
      failed++;
      console.log(`${relative(root, command.file)}\n${output}${errors.replace(/^\d+ warnings? .*\n/gm, '')}`);
    }
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
