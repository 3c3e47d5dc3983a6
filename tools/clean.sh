#!/usr/bin/env bash
# clean.sh [--all]: removes build/, and with --all what was fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/lib.sh

case ${1:-} in
  '') rm -rf build ;;
  --all) rm -rf build node_modules "${bearproof_cache:?}" ;;
  *)
    say "./dev clean takes --all or nothing"
    exit 2
    ;;
esac
