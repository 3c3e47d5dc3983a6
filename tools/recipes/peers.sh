#!/usr/bin/env bash
# peers.sh RESULT FINAL: the validators that ./dev bench --peers and tests/differential measure against. They are tools to
# compare with: nothing of them is linked, shipped or named in package.json (Blaze's command line is under the AGPL).
set -euo pipefail

npm install --loglevel=error --no-audit --no-fund --prefix "$1" --ignore-scripts \
  @exodus/schemasafe@1.3.0 typebox@1.4.3 @cfworker/json-schema@4.1.6 @hyperjump/json-schema@1.18.0 @sourcemeta/jsonschema@16.11.0
releases=$1/node_modules/@sourcemeta/jsonschema/build/github-releases
case $(uname -m) in
  x86_64) program=jsonschema-linux-x86_64 ;;
  aarch64) program=jsonschema-linux-arm64 ;;
  *) echo "no Blaze for $(uname -m)" >&2 && exit 1 ;;
esac
mkdir "$1/bin"
mv "$releases/$program" "$1/bin/blaze"
rm -r "$releases"
chmod +x "$1/bin/blaze"
"$1/bin/blaze" version
