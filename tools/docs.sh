#!/usr/bin/env bash
# docs.sh: writes docs/contracts/, docs/rules/ and the package's types anew.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/targets.sh

[ $# = 0 ] || {
  say "./dev docs takes no options"
  exit 2
}
bash tools/toolchain.sh build
source tools/env.sh
build_native
node tools/package-types.mjs
node tools/docs.mjs build/native-release/bearproof
