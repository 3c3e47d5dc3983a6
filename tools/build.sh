#!/usr/bin/env bash
# build.sh: the native program, the Wasm package, the pages and the extension, below build/.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/targets.sh

[ $# = 0 ] || {
  say "./dev build takes no options"
  exit 2
}
bash tools/toolchain.sh build
source tools/env.sh
build_native
build_package
build_web
build_extension
