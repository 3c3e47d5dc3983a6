# What is built and how: functions that the scripts of tools/ call after sourcing env.sh. Sourced, never run.
# shellcheck shell=bash
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=sources.sh
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"

# configure PRESET: runs CMake when the build folder is new or the toolchain changed since; ninja sees to the rest.
configure() {
  local folder=build/$1 identity emcmake=()
  identity="$(cat CMakePresets.json) ${BEARPROOF_SIMDJSON_DIR:-} ${BEARPROOF_VALIJSON_DIR:-}"
  case $1 in wasm-*)
    emcmake=(emcmake)
    identity+=" $(command -v emcc)"
    ;;
  esac
  if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.identity" 2>/dev/null)" != "$identity" ]; then
    "${emcmake[@]}" cmake --fresh --preset "$1" >"$(log_of "$1")" 2>&1 || {
      cat "$(log_of "$1")" >&2
      return 1
    }
    printf '%s' "$identity" >"$folder/.identity"
  fi
}
log_of() {
  mkdir -p "build/$1"
  printf 'build/%s/configure.log' "$1"
}

# compile PRESET TARGET…
compile() {
  configure "$1"
  cmake --build "build/$1" --target "${@:2}"
}

# The native program, its tests, and the same tests under the sanitizers.
build_native() { compile native-release bearproof; }
build_native_tests() { compile native-release all; }
build_asan_tests() { compile asan bearproof_tests; }

# The tests under Node, the JavaScript package with the panel element in build/npm/bearproof, the pages in build/web.
build_wasm_tests() { compile wasm-release bearproof_tests bearproof_verdicts; }
build_package() {
  compile wasm-release bearproof_package
  npx --no-install vite build --logLevel warn --config web/vite.panel.config.ts
}
build_web() { npx --no-install vite build --logLevel warn --config web/vite.config.ts; }

# The extension for both families of browsers in build/extension, out of the package.
build_extension() { node web/extension/build.mjs; }

# make_regex_pairs FILE COUNT SEED: patterns, texts and this Node's answers, for the tests of both builds.
make_regex_pairs() {
  mkdir -p "$(dirname "$1")"
  node tests/differential/regex-pairs.mjs --count "$2" --seed "$3" >"$1.part"
  mv "$1.part" "$1"
}

# A million pairs, in both builds.
check_regex_million() {
  local folder=build/regex-million
  make_regex_pairs "$folder/regex-pairs.txt" 1000000 2026
  (
    cd "$folder"
    ../native-release/tests/native/bearproof_tests --gtest_filter=Differential.AgreesWithJavaScript
    node ../wasm-release/tests/native/bearproof_tests.cjs --gtest_filter=Differential.AgreesWithJavaScript
  )
}

# check_generated_pairs: the tests over generated schemas and documents with other seeds than their own.
check_generated_pairs() {
  local seed filter='SchemaAgreement.*:Differential.Generated*'
  for seed in 1 2 3 4 5 6 7 8 9; do
    build/native-release/tests/native/bearproof_tests --gtest_filter="$filter" --gtest_random_seed="$seed"
    node build/wasm-release/tests/native/bearproof_tests.cjs --gtest_filter="$filter" --gtest_random_seed="$seed"
  done
}

# The Unicode tables are those that their sources give; the sources come from npm, so this is for the long run.
check_unicode() {
  local folder=build/unicode
  mkdir -p "$folder/tools" "$folder/core/text"
  cp -r tools/unicode "$folder/tools/"
  cp core/text/*.inc "$folder/core/text/"
  npm ci --prefix "$folder/tools/unicode" --loglevel=error --no-audit --no-fund --ignore-scripts
  node "$folder/tools/unicode/generate.mjs" --check
  node "$folder/tools/unicode/look-alikes.mjs" --check
}

# Instruction counts of the native program against those in bench/instructions.json.
build_instructions() { compile native-release bearproof bearproof_throughput; }
check_instructions() {
  build_instructions
  node bench/instructions.mjs --check
}

# Installs the native build and builds and runs a project that finds it by find_package.
check_library() { cmake -D build=build/native-release -P tests/consumer/run.cmake; }

# Says which files ./dev format would change.
check_clang_format() { cpp_sources | xargs -r clang-format-19 --dry-run -Werror; }

# Builds the Wasm module of a copy of the checkout that lies elsewhere and compares.
check_reproducible() {
  local copy
  copy=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$copy'" EXIT
  list_sources | tar -c --files-from - | tar -x -C "$copy"
  ln -s "$bearproof_root/node_modules" "$copy/node_modules"
  (
    cd "$copy" || exit
    bearproof_root=$copy
    emcmake cmake --preset wasm-release
    CCACHE_DISABLE=1 cmake --build build/wasm-release --target bearproof_package
  )
  for file in bearproof.wasm bearproof.mjs; do
    cmp "build/wasm-release/wasm/$file" "$copy/build/wasm-release/wasm/$file"
  done
}
