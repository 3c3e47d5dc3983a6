#!/usr/bin/env bash
# test.sh [--long] [--list] [--only NAME…]: every check and every test, one stage after the other.
set -uo pipefail
cd "$(dirname "$0")/.."
source tools/stages.sh
source tools/targets.sh

long=false
while [ $# != 0 ]; do
  case $1 in
    --long) long=true ;;
    --list) stages_listed=true ;;
    --only)
      shift
      stages_wanted+=("$@")
      break
      ;;
    *)
      say "./dev test takes --long, --list and --only NAME…, not $1"
      exit 2
      ;;
  esac
  shift
done
if ! $stages_listed; then
  bash tools/toolchain.sh test || exit 1
fi
source tools/env.sh

stage build-native command build_native_tests
stage build-asan command build_asan_tests
stage build-wasm command build_wasm_tests
stage build-package command build_package
stage build-web command build_web
stage build-extension command build_extension

stage clang-format command check_clang_format
stage prettier command npx --no-install prettier --log-level warn --check .
stage eslint command npx --no-install eslint .
stage types command npx --no-install tsc --project .

stage regex-pairs command make_regex_pairs build/regex-pairs.txt 20000 20

# Conformance is the one part of the native tests that has a line of its own.
conformance='Conformance.*:S002Acceptance.*'
stage library command check_library
stage native gtest build/native-release/tests/native/bearproof_tests --gtest_filter="-$conformance"
stage conformance gtest build/native-release/tests/native/bearproof_tests --gtest_filter="$conformance"
stage asan gtest build/asan/tests/native/bearproof_tests
stage wasm gtest node build/wasm-release/tests/native/bearproof_tests.cjs
stage package node tests/package/*.test.mjs
stage host node tests/host/*.test.mjs
stage docs node tests/docs/*.test.mjs
stage simulator node tests/simulator/*.test.mjs
stage differential node tests/differential/*.test.mjs
stage parity node tests/parity/*.test.mjs
stage chromium playwright --config tests/browser/playwright.config.ts --project chromium
stage firefox playwright --config tests/browser/playwright.config.ts --project firefox
# One browser at a time: they measure how long things take.
stage extension node --test-concurrency=1 tests/extension/*.test.mjs
stage edge node tests/edge/*.test.mjs
stage instructions counts check_instructions

if $long; then
  stage unicode command check_unicode
  stage regex-million command check_regex_million
  stage generated command check_generated_pairs
  for target in json regex schema check; do stage "fuzz-$target" command bash tools/fuzz.sh "$target" 60; done
  # Some ten minutes the first time; afterwards only what changed.
  stage clang-tidy counts node tools/tidy.mjs build/native-release core/
  # The release module again from another folder: the same bytes, or something of this machine got in.
  stage reproducible command check_reproducible
fi
stages_close
