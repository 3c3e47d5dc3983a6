#!/usr/bin/env bash
# web-ext.sh RESULT FINAL: Mozilla's linter for extensions, which the tests of the extension run. A tool to check with:
# nothing of it is shipped, and its three hundred packages are not those of the build.
set -euo pipefail

npm install --loglevel=error --no-audit --no-fund --prefix "$1" --ignore-scripts web-ext@10.7.0
"$1/node_modules/.bin/web-ext" --version
