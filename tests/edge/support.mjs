// Starts workerd, for the tests of this folder.
import { spawn } from 'node:child_process';
import workerd from 'workerd';

/**
 * @param config  path of the configuration, whose socket is called http
 * @returns {Promise<{ base: string, complaints: () => string, close: () => Promise<void> }>}  its address, what it said
 *   on standard error, and a function that ends it
 */
export async function startWorkerd(config) {
  let complaints = '';
  const server = spawn(
    workerd.default ?? workerd,
    ['serve', config, '--socket-addr=http=127.0.0.1:0', '--control-fd=3'],
    { stdio: ['ignore', 'inherit', 'pipe', 'pipe'] },
  );
  server.stderr.on('data', (text) => (complaints += text));
  const base = await new Promise((resolve, reject) => {
    let events = '';
    server.on('exit', (code) => reject(new Error(`workerd left with ${code}: ${complaints}`)));
    server.stdio[3].on('data', (text) => {
      events += text;
      const port = /"port":(\d+)/.exec(events)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    });
  });
  const close = async () => {
    server.removeAllListeners('exit');
    server.kill();
    await new Promise((resolve) => server.on('exit', resolve));
  };
  return { base, complaints: () => complaints, close };
}
