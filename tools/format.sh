#!/usr/bin/env bash
# format.sh [--check]: formats all sources in place, or only says which are not formatted.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/sources.sh

case ${1:-} in
  '')
    bash tools/toolchain.sh test
    source tools/env.sh
    cpp_sources | xargs -r clang-format-19 -i
    npx --no-install prettier --log-level warn --write .
    ;;
  --check)
    cpp_sources | xargs -r clang-format-19 --dry-run -Werror
    npx --no-install prettier --log-level warn --check .
    ;;
  *)
    echo "./dev format takes no options" >&2
    exit 2
    ;;
esac
