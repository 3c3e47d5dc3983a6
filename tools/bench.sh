#!/usr/bin/env bash
# bench.sh [OPTION…]: builds, then measures against the peers; the options are those of bench/bench.mjs.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/targets.sh

bash tools/toolchain.sh test
source tools/env.sh
build_native
build_package
exec node bench/bench.mjs "$@"
