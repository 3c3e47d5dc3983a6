#!/usr/bin/env bash
# toolchain.sh build|test|fuzz: makes sure that what ./dev needs is on this machine, and says what it fetches and how big it is.
# Debian 12 and 13 are provided for; elsewhere it names what is missing. A second run only looks.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/lib.sh
purpose=${1:-build}

debian=
if [ -r /etc/os-release ] && command -v apt-get >/dev/null; then
  debian=$(. /etc/os-release && [ "${ID:-}" = debian ] && printf '%s' "${VERSION_ID:-}")
fi

packages=()
add_package() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ] || packages+=("$1")
}

apt=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q)
apt_log=$bearproof_cache/apt.log

# apt_quietly COMMAND…: runs apt with its words in a file that is shown when it fails.
apt_quietly() {
  if ! as_root "${apt[@]}" "$@" >"$apt_log" 2>&1; then
    cat "$apt_log" >&2
    return 1
  fi
}

# install_packages: installs what add_package found missing, without what is merely recommended.
install_packages() {
  [ ${#packages[@]} = 0 ] && return 0
  mkdir -p "$bearproof_cache"
  say "installing from Debian: ${packages[*]}"
  # An earlier run may have been interrupted half way through an installation.
  as_root dpkg --configure -a >"$apt_log" 2>&1 || true
  apt_quietly update
  case " ${packages[*]} " in *' firefox-esr '*) add_security_archive ;; esac
  "${apt[@]}" install --assume-no --no-install-recommends "${packages[@]}" 2>&1 |
    sed -n -e 's/^Need to get \(.*\) of archives.*/  \1 to download/p' \
      -e 's/^After this operation, \(.*\) of add.*/  \1 on disk/p' >&2 || true
  apt_quietly install -y --no-install-recommends -o Dpkg::Use-Pty=0 "${packages[@]}"
  packages=()
}

# Firefox 140, the ESR that Debian was released with, lacks WebDriver BiDi commands that Playwright needs; its successors
# come by the security archive, which a minimal Debian does not name.
firefox_wanted=153
firefox_is_recent() { version_at_least "${1:-0}" "$firefox_wanted"; }
add_security_archive() {
  local candidate codename mirror sources
  candidate=$(LC_ALL=C apt-cache policy firefox-esr | sed -n 's/^  Candidate: //p')
  if firefox_is_recent "$candidate"; then return 0; fi
  codename=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  mirror=$(apt-get indextargets --format '$(COMPONENT) $(REPO_URI)' 'Identifier: Packages' |
    awk '$1 == "main" && $2 ~ /\/debian\/?$/ { sub(/\/$/, "", $2); print $2; exit }')
  [ -n "$mirror" ] || fail "Firefox $firefox_wanted is not among apt's packages, and no Debian mirror is known"
  sources=$bearproof_cache/apt-sources
  rm -rf "$sources"
  mkdir -p "$sources"
  cp -r /etc/apt/sources.list.d/. "$sources/" 2>/dev/null || true
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror-security $codename-security main" \
    >"$sources/bearproof-security.list"
  say "  with Debian's security archive for this once, for Firefox $firefox_wanted"
  apt+=(-o "Dir::Etc::sourceparts=$sources")
  apt_quietly update
}

# What a machine that this script does not install on must bring.
need_programs() {
  local missing=() program
  for program in "$@"; do command -v "$program" >/dev/null || missing+=("$program"); done
  [ ${#missing[@]} = 0 ] || fail "not on PATH: ${missing[*]} (only Debian 12 and 13 are installed on; see docs/building.md)"
}

case $debian in
  12 | 13)
    for package in ca-certificates g++ cmake ninja-build python3 ccache libcli11-dev libgtest-dev; do
      add_package "$package"
    done
    if [ "$purpose" = fuzz ]; then
      for package in clang-19 libclang-rt-19-dev; do add_package "$package"; done
    fi
    if [ "$purpose" = test ]; then
      for package in clang-format-19 clang-tidy-19 chromium valgrind; do add_package "$package"; done
      firefox_is_recent "$(dpkg-query -W -f '${Version}' firefox-esr 2>/dev/null)" || packages+=(firefox-esr)
    fi
    if [ -z "$(find_node)" ]; then
      add_package nodejs
      add_package npm
    fi
    if [ -z "$(find_emscripten)" ]; then
      case $debian in
        12) for package in clang-19 lld-19 llvm-19; do add_package "$package"; done ;;
        13) add_package emscripten ;;
      esac
    fi
    install_packages
    ;;
  *)
    need_programs g++ cmake ninja python3 node npm emcc
    case $purpose in
      test) need_programs clang-format-19 clang-tidy-19 chromium firefox-esr ;;
      fuzz) need_programs clang++-19 ;;
    esac
    ;;
esac

[ -n "$(find_node)" ] || make_recipe node "Node 22 (65 MB, 204 MB on disk)"
# shellcheck source=env.sh
source tools/env.sh
[ -n "$(find_emscripten)" ] || make_recipe emscripten "Emscripten 3.1.69 (246 MB, 265 MB on disk)"
[ -d "${BEARPROOF_VALIJSON_DIR:-/nonexistent}" ] || make_recipe valijson "valijson 1.0.3 (10 MB of package lists, 1 MB on disk)"
if [ "$purpose" = test ] && [ ! -x "$BEARPROOF_WEB_EXT" ]; then
  make_recipe web-ext "web-ext 10.7.0 (25 MB, 86 MB on disk)"
fi

# Debian's own emcc keeps its libraries below /usr, where a user cannot write: a cache that points there takes the rest.
emscripten=$(find_emscripten)
if [ "$emscripten" = /usr/bin ]; then
  kept=$(emscripten_cache_folder)
  if [ ! -d "$kept" ]; then
    made=$(mktemp -d "$bearproof_cache/.making-cache-XXXXXX")
    ln -s /usr/share/emscripten/cache/sysroot "$made/sysroot"
    cp -r /usr/share/emscripten/cache/symbol_lists "$made/"
    touch "$made/sysroot_install.stamp"
    chmod 755 "$made"
    mv -T "$made" "$kept"
  fi
fi

# The npm tools: dependencies to build with, devDependencies to test with.
lock=$(sha256sum package.json package-lock.json | sha256sum)
stamp=node_modules/.bearproof
have=$(cat "$stamp" 2>/dev/null || true)
case $purpose in build) omit=(--omit=dev) ;; *) omit=() ;; esac
if [ "$have" != "$lock test" ] && [ "$have" != "$lock $purpose" ]; then
  say "installing npm packages into node_modules ($([ "$purpose" = build ] && echo '80 MB' || echo '295 MB') on disk)"
  npm ci --loglevel=error --no-audit --no-fund --ignore-scripts "${omit[@]}" >&2
  printf '%s' "$lock $purpose" >"$stamp"
fi
