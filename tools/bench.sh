#!/usr/bin/env bash
# bench.sh [--count N] [--rounds N] [--json FILE]: documents per second on generated receipts. The options are those of
# bench/wasm-bench.mjs; the native program of the same measurement runs beside it, on the same receipts.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/targets.sh

bash tools/toolchain.sh test
source tools/env.sh
compile native-release bearproof_throughput
compile wasm-release bearproof_package bearproof_throughput

count=20000
for ((i = 1; i < $#; i++)); do
  if [ "${!i}" = --count ]; then
    next=$((i + 1))
    count=${!next}
  fi
done
receipts=build/bench/receipts-$count.ndjson
mkdir -p build/bench
node bench/receipts.mjs "$count" >"$receipts"
echo "native, one thread:"
build/native-release/bench/bearproof_throughput "$receipts"
echo "in Node:"
node bench/wasm-bench.mjs "$@"
