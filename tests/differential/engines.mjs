// The other validators behind one face. Each engine has a name and `compile(schema, assertFormat)`, which gives a
// function from data to a verdict: '+' valid, '-' invalid, '!' where the engine refused the schema or failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const require = createRequire(import.meta.url);
const addFormats = require('ajv-formats');
const dialect = 'https://json-schema.org/draft/2020-12/schema';

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

/** The suite's remote schemas of this draft, by the address that its tests give them. @returns {Map<string, object>} */
export const remotesOf = (suite) =>
  new Map(
    filesBelow(join(suite, 'remotes/draft2020-12')).map((file) => [
      `http://localhost:1234/${relative(join(suite, 'remotes'), file)}`,
      JSON.parse(readFileSync(file, 'utf8')),
    ]),
  );

const guarded = (judge) => (data) => {
  try {
    return judge(data) ? '+' : '-';
  } catch {
    return '!';
  }
};

const compiled = (make) => {
  try {
    return guarded(make());
  } catch {
    return () => '!';
  }
};

/** Ajv with every option that makes it stricter than JSON Schema turned off. */
export const ajv = (remotes) => ({
  name: 'Ajv',
  compile: (schema, assertFormat) =>
    compiled(() => {
      const engine = new Ajv2020({ strict: false, logger: false, validateFormats: assertFormat });
      if (assertFormat) addFormats(engine);
      for (const [address, remote] of remotes) engine.addSchema(remote, address);
      return engine.compile(schema);
    }),
});

/** schemasafe in its `spec` mode. @param {string} peers the folder that tools/peers.sh prints */
export const schemasafe = (remotes, peers) => {
  const { validator } = require(join(peers, 'node_modules/@exodus/schemasafe'));
  return {
    name: 'schemasafe',
    compile: (schema, assertFormat) =>
      compiled(() => {
        const options = { mode: 'spec', isJSON: true, extraFormats: true, $schemaDefault: dialect, schemas: remotes };
        if (schema?.$schema) delete options.$schemaDefault;
        return validator(schema, { ...options, ...(assertFormat ? { formatAssertion: true } : {}) });
      }),
  };
};

/** Serves the remote schemas where the suite says that they are. @returns {Promise<{ close(): void }>} */
const serveRemotes = (suite) =>
  new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      try {
        const text = readFileSync(join(suite, 'remotes', new URL(request.url, 'http://localhost').pathname));
        response.writeHead(200, { 'content-type': 'application/schema+json' }).end(text);
      } catch {
        response.writeHead(404).end();
      }
    });
    server.on('error', reject);
    server.listen(1234, '127.0.0.1', () => resolve(server));
  });

/**
 * Blaze's command line. It gets texts, not values: it reads numbers exactly.
 * @param {string | undefined} suite whose remotes it may fetch
 */
export const blaze = async (peers, suite) => {
  const folder = mkdtempSync(join(tmpdir(), 'bearproof-blaze-'));
  const server = suite ? await serveRemotes(suite) : undefined;
  const run = (options) =>
    new Promise((resolve) => {
      const child = spawn(join(peers, 'bin/blaze'), options, { stdio: ['ignore', 'pipe', 'pipe'] });
      let text = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      child.on('close', () => resolve(text));
    });
  return {
    name: 'Blaze',
    /**
     * @param {object[]} others schemas that this one refers to
     * @returns {Promise<string[]>} a verdict for each text
     */
    judge: async (schemaText, texts, assertFormat, others = []) => {
      const schema = join(folder, 'schema.json');
      writeFileSync(schema, schemaText);
      const instances = texts.map((text, i) => {
        const file = join(folder, `${i}.json`);
        writeFileSync(file, text);
        return file;
      });
      const resolve = others.flatMap((other, i) => {
        const file = join(folder, `other-${i}.schema.json`);
        writeFileSync(file, JSON.stringify(other));
        return ['--resolve', file];
      });
      const options = ['validate', schema, ...instances, '--continue', '--verbose', '--default-dialect', dialect];
      const answer = await run([...options, ...resolve, ...(suite ? ['--http'] : []), ...(assertFormat ? ['-F'] : [])]);
      const verdicts = texts.map(() => '!');
      for (const [, word, number] of answer.matchAll(/^(ok|fail): .*?(\d+)\.json/gm)) {
        verdicts[number] = word === 'ok' ? '+' : '-';
      }
      return verdicts;
    },
    close: () => {
      server?.close();
      rmSync(folder, { recursive: true });
    },
  };
};
