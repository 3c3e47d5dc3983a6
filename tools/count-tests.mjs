// count-tests.mjs KIND FOLDER STATUS: reads what a stage left in its folder and prints "PASSED FAILED SKIPPED".
// A stage that ran nothing counts as one failure, and so does one that ended badly without saying which test failed. Only a
// program that prints totals itself may say that it skipped everything.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [kind, folder, status] = process.argv.slice(2);

const counters = {
  // One thing that succeeds or fails as a whole.
  command: () => (status === '0' ? { passed: 1 } : { failed: 1 }),

  // GoogleTest's --gtest_output=json.
  gtest: () => {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const tests = JSON.parse(read('result.json')).testsuites.flatMap((suite) => suite.testsuite);
    for (const test of tests) {
      if (test.failures?.length) counts.failed++;
      else if (test.status !== 'RUN' || test.result === 'SKIPPED') counts.skipped++;
      else counts.passed++;
    }
    return counts;
  },

  // node --test --test-reporter=tap: the totals at its end.
  node: () => {
    const total = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(read('result.tap'))?.[1] ?? 0);
    return {
      passed: total('pass'),
      failed: total('fail') + total('cancelled'),
      skipped: total('skipped') + total('todo'),
    };
  },

  // Playwright's json reporter. A test that passed only when tried again has failed.
  playwright: () => {
    const { stats } = JSON.parse(read('result.json'));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  },

  // A program whose last line is "N passed, N failed", perhaps with ", N skipped".
  counts: () => {
    const line = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(
      read('log').trimEnd().split('\n').at(-1) ?? '',
    );
    return line
      ? { passed: Number(line[1]), failed: Number(line[2]), skipped: Number(line[3] ?? 0), spoke: line[3] > 0 }
      : {};
  },
};

function read(name) {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

let counts = {};
try {
  counts = counters[kind]();
} catch (error) {
  console.error(`${kind}: ${error.message}`);
}
const { passed = 0, failed = 0, skipped = 0, spoke = false } = counts;
const silent = (passed + failed === 0 && !spoke) || (status !== '0' && failed === 0);
console.log(passed, failed + (silent ? 1 : 0), skipped);
