#!/usr/bin/env bash
# format.sh: formats all sources in place.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/sources.sh

[ $# = 0 ] || {
  echo "./dev format takes no options" >&2
  exit 2
}
bash tools/toolchain.sh test
source tools/env.sh
cpp_sources | xargs -r clang-format-19 -i
npx --no-install prettier --log-level warn --write .
