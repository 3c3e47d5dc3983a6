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
build_wasm_tests() { compile wasm-release bearproof_tests; }
build_package() {
  compile wasm-release bearproof_package
  npx --no-install vite build --logLevel warn --config web/vite.panel.config.ts
}
build_web() { npx --no-install vite build --logLevel warn --config web/vite.config.ts; }

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
