#!/usr/bin/env bash
# run.sh [--once] [--port N]: builds, checks the sample receipts in the terminal, starts simulated agents, and serves the page
# that shows their sessions live, with the other pages beside it.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/targets.sh

once=false port=8274
while [ $# != 0 ]; do
  case $1 in
    --once) once=true ;;
    --port)
      port=${2:?--port wants a number}
      shift
      ;;
    *)
      say "./dev run takes --once and --port N, not $1"
      exit 2
      ;;
  esac
  shift
done

bash tools/toolchain.sh build
source tools/env.sh
build_native
build_package
build_web
build_extension

# Some of the samples are inconsistent on purpose: 1 is an answer, 2 and 3 are not.
status=0
build/native-release/bearproof check web/samples || status=$?
[ "$status" -le 1 ] || exit "$status"

if $once; then
  exec node tools/serve.mjs --port 0 --live --once
fi
say ""
say "Sessions of simulated agents, live: open the address below, press Revoke, and see the process end."
say "No browser is driven; all of it lies in a temporary folder and is gone after Ctrl-C."
exec node tools/serve.mjs --port "$port" --live
