// The process that stands for a session's transport: it does nothing, until it is told to end.
//   transport.mjs [--stubborn] [--depth N]
// Standard input at its end: the session is over, exit 0 (so nothing outlives the program that started it). SIGUSR2: the
// session failed, exit 1. --stubborn ignores SIGTERM, SIGINT and SIGHUP. --depth N starts N more, each the child of the
// one before, with the same environment.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { stubborn: { type: 'boolean' }, depth: { type: 'string', default: '0' } } });
if (values.stubborn) for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
process.on('SIGUSR2', () => process.exit(1));
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0));
process.stdin.resume();

const depth = Number(values.depth);
if (depth > 0) {
  const rest = [...(values.stubborn ? ['--stubborn'] : []), '--depth', String(depth - 1)];
  // The same input: its end reaches all of them.
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...rest], {
    stdio: ['inherit', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
    if (said.endsWith('\n')) process.stdout.write(`${process.pid} ${said}`);
  });
} else {
  process.stdout.write(`${process.pid}\n`);
}
