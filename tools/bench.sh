#!/usr/bin/env bash
# bench.sh [--peers] [--count N] [--rounds N] [--json FILE] [--write]: measures, side by side, in one run. --peers fetches
# the other validators into the cache; --write puts tables and chart into docs/performance.md. The rest are options of
# bench/run.mjs.
# bench.sh --instructions [--write]: counts instructions of the native program instead of taking times; --write records them.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/targets.sh

options=()
peers='' instructions=''
for option in "$@"; do
  case $option in
    --peers) peers=yes ;;
    --instructions) instructions=yes ;;
    *) options+=("$option") ;;
  esac
done
bash tools/toolchain.sh test
source tools/env.sh
if [ "$instructions" ]; then
  build_instructions
  exec node bench/instructions.mjs "${options[@]}"
fi
if [ "$peers" ]; then options=(--peers "$(bash tools/peers.sh)" "${options[@]}"); fi
compile native-release bearproof bearproof_throughput bearproof_spawn
compile wasm-release bearproof_package bearproof_named bearproof_workload
node bench/run.mjs "${options[@]}"
