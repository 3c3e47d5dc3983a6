# Shared by the scripts of tools/: where things lie, and how a thing is made once and kept. Sourced, never run.
# shellcheck shell=bash

bearproof_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bearproof_cache=${XDG_CACHE_HOME:-$HOME/.cache}/bearproof

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "error: $*"
  return 1
}

# version_at_least HAVE WANTED: true when HAVE is the same version or a later one.
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# as_root COMMAND…: runs a command with the rights that installing packages needs.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "this needs root, and there is no sudo: $*"
  fi
}

# recipe_folder NAME: the folder where the result of recipes/NAME.sh is kept. Its name carries a digest of the recipe,
# so a changed recipe makes a new folder and never finds an old result.
recipe_folder() {
  local digest
  digest=$(cat "$bearproof_root/tools/recipes/$1.sh" "$bearproof_root/tools/recipes/debian-13.bash" | sha256sum)
  printf '%s/%s-%s' "$bearproof_cache" "$1" "${digest:0:12}"
}

# make_recipe NAME WHAT: makes the folder unless it is there. The work happens in a folder beside it that is renamed at
# the end, so what carries the final name is whole; a run that was interrupted leaves only a folder that the next removes.
make_recipe() {
  local folder work
  folder=$(recipe_folder "$1")
  [ -d "$folder" ] && return 0
  mkdir -p "$bearproof_cache"
  (
    flock 9
    [ -d "$folder" ] && exit 0
    say "fetching $2 into $folder"
    rm -rf "$bearproof_cache/.making-$1"-*
    work=$bearproof_cache/.making-$1-$$
    mkdir -p "$work"
    trap 'rm -rf "$work"' EXIT
    mkdir "$work/result" "$work/scratch"
    (cd "$work/scratch" && bash "$bearproof_root/tools/recipes/$1.sh" "$work/result" "$folder") >&2
    mv "$work/result" "$folder"
  ) 9>"$bearproof_cache/.lock-$1"
}

node_is_recent() {
  # What Vite and ESLint ask for.
  case $1 in
    v20.*) version_at_least "${1#v}" 20.19.0 ;;
    v22.*) version_at_least "${1#v}" 22.13.0 ;;
    v2[4-9].* | v[3-9][0-9].*) true ;;
    *) false ;;
  esac
}

# find_node: prints the folder of a Node that is recent enough and has npm beside it, from PATH or from the cache.
find_node() {
  local kept
  if command -v node >/dev/null && command -v npm >/dev/null && node_is_recent "$(node --version 2>/dev/null)"; then
    dirname "$(command -v node)"
    return
  fi
  kept=$(recipe_folder node)/node_modules/.bin
  [ -x "$kept/node" ] && printf '%s' "$kept"
}

# emcc_version PROGRAM: the version of the Emscripten that the program belongs to.
emcc_version() {
  local file
  file=$(dirname "$(readlink -f "$1")")/emscripten-version.txt
  if [ -r "$file" ]; then
    tr -d '"\n' <"$file"
  else
    "$1" --version | sed -n '1s/.* \([0-9][0-9.]*\) .*/\1/p'
  fi
}

bearproof_emscripten_version=3.1.69

# find_emscripten: prints the folder of an emcc that is recent enough: BEARPROOF_EMCC (path of the program), PATH, the cache.
find_emscripten() {
  local program kept
  for program in ${BEARPROOF_EMCC:-} "$(command -v emcc || true)"; do
    if [ -n "$program" ] && [ -x "$program" ] &&
      version_at_least "$(emcc_version "$program")" "$bearproof_emscripten_version"; then
      dirname "$program"
      return
    fi
  done
  kept=$(recipe_folder emscripten)/usr/share/emscripten
  [ -x "$kept/emcc" ] && printf '%s' "$kept"
}

# emscripten_cache_folder: where links by Debian's own emcc keep what they write.
emscripten_cache_folder() { printf '%s/emscripten-cache-%s' "$bearproof_cache" "$(emcc_version /usr/bin/emcc)"; }
