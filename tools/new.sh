#!/usr/bin/env bash
# new.sh WHAT ARGUMENT…: begins what a contributor adds, each by a script of its own: tools/new/WHAT.mjs.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh

what=${1:-}
if [[ ! $what =~ ^[a-z]+$ ]] || [ ! -f "tools/new/$what.mjs" ]; then
  say "usage: ./dev new $(basename -s .mjs -a tools/new/*.mjs | paste -sd '|') NAME [OPTION…]"
  exit 2
fi
exec node "tools/new/$what.mjs" "${@:2}"
