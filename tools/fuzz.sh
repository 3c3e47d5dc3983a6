#!/usr/bin/env bash
# fuzz.sh TARGET SECONDS: builds a fuzz target (json, regex, schema, check) with clang's libFuzzer and the sanitizers, and
# runs it on the fixtures and whatever it found before (build/fuzz/corpus). Fails when the target ends badly; the input that
# did it lies in build/fuzz/.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/targets.sh

target=${1:?a target} seconds=${2:?how many seconds}
bash tools/toolchain.sh fuzz
source tools/env.sh
compile fuzz "bearproof_fuzz_$target"
corpus=build/fuzz/corpus/$target seeds=build/fuzz/seeds/$target
rm -rf "$seeds"
mkdir -p "$corpus" "$seeds"
case $target in
  regex)
    # "expectation, pattern, text", the last two in hexadecimal: a pattern on a line, a text on the next.
    node tests/differential/regex-pairs.mjs --count 2000 --seed 3 | node -e '
      const { readFileSync, writeFileSync } = require("node:fs");
      for (const [i, line] of readFileSync(0, "utf8").trim().split("\n").entries()) {
        const [, pattern, text] = line.split("\t").map((part) => Buffer.from(part, "hex").toString());
        writeFileSync(`${process.argv[1]}/${i}`, `${pattern}\n${text}`);
      }' "$seeds"
    ;;
  schema)
    node -e '
      const { readFileSync, writeFileSync } = require("node:fs");
      for (const [i, file] of process.argv.slice(2).entries()) {
        writeFileSync(`${process.argv[1]}/${i}`, `${JSON.stringify(JSON.parse(readFileSync(file, "utf8")))}\n{}`);
      }' "$seeds" schemas/*/*.schema.json
    ;;
  *)
    find conformance schemas -name '*.json' -size -8k -exec cp -t "$seeds" --backup=numbered {} +
    ;;
esac
ASAN_OPTIONS=detect_leaks=0 "build/fuzz/tests/fuzz/bearproof_fuzz_$target" -max_total_time="$seconds" -timeout=20 \
  -rss_limit_mb=4096 -max_len=16384 -artifact_prefix="build/fuzz/$target-" -print_final_stats=1 "$corpus" "$seeds"
