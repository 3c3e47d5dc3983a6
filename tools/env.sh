# source tools/env.sh: puts the toolchain that toolchain.sh prepared on PATH, for a shell or for the scripts of tools/.
# Exports BEARPROOF_SIMDJSON_DIR and BEARPROOF_VALIJSON_DIR too, which the CMake build takes as its defaults, and
# BEARPROOF_WEB_EXT, the linter that the tests of the extension run.
# shellcheck shell=bash

# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

bearproof_use_toolchain() {
  local node emscripten
  if node=$(find_node) && [ -n "$node" ]; then
    case ":$PATH:" in *":$node:"*) ;; *) PATH=$node:$PATH ;; esac
    export EM_NODE_JS=$node/node
    # A Node from the cache has an npm that knows nothing of the machine's settings.
    case $node in "$bearproof_cache"/*) if [ -f /etc/npmrc ]; then export npm_config_globalconfig=/etc/npmrc; fi ;; esac
  fi
  if emscripten=$(find_emscripten) && [ -n "$emscripten" ]; then
    case ":$PATH:" in *":$emscripten:"*) ;; *) PATH=$emscripten:$PATH ;; esac
    case $emscripten in
      "$bearproof_cache"/*) export EM_CONFIG=$emscripten/.emscripten ;;
      /usr/bin)
        # Debian's package: its libraries are frozen below /usr, what a link writes goes into the cache.
        EM_CACHE=$(emscripten_cache_folder)
        export EM_CACHE EM_FROZEN_CACHE=0 ;;
    esac
  fi
  # `emcc --emit-tsd` calls tsc.
  case ":$PATH:" in *":$bearproof_root/node_modules/.bin:"*) ;; *) PATH=$PATH:$bearproof_root/node_modules/.bin ;; esac
  export PATH
  export BEARPROOF_SIMDJSON_DIR=${BEARPROOF_SIMDJSON_DIR:-$bearproof_root/node_modules/@nozbe/simdjson/src}
  export BEARPROOF_VALIJSON_DIR=${BEARPROOF_VALIJSON_DIR:-$(recipe_folder valijson)/include}
  export BEARPROOF_WEB_EXT=${BEARPROOF_WEB_EXT:-$(recipe_folder web-ext)/node_modules/.bin/web-ext}
}
bearproof_use_toolchain
