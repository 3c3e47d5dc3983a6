// JSON.parse over the lines of an NDJSON file, bytes in, values out: what bench/json_bench.cpp is measured against.
// Usage: node bench/json_parse.mjs file.ndjson [rounds]
import { readFileSync } from 'node:fs';

const bytes = readFileSync(process.argv[2]);
const rounds = Number(process.argv[3] ?? 11);
const times = [];
let documents = 0;
for (let round = 0; round < rounds; round++) {
  const start = process.hrtime.bigint();
  documents = 0;
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    if (line !== '' && JSON.parse(line) !== undefined) documents++;
  }
  times.push(Number(process.hrtime.bigint() - start) / 1e9);
}
times.sort((a, b) => a - b);
const median = times[Math.floor(rounds / 2)];
console.log(
  `JSON.parse NDJSON ${(bytes.length / 1e6 / median).toFixed(0)} MB/s ${(documents / 1e3 / median).toFixed(0)} k documents/s`,
);
