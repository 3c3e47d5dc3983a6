#!/usr/bin/env bash
# peers.sh: fetches the validators to compare with, once, into the cache, and prints the folder that they lie in.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh
make_recipe peers "schemasafe, TypeBox, cfworker, hyperjump and Blaze's command line (17 MB on disk)"
recipe_folder peers
