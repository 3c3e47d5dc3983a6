#!/usr/bin/env bash
# release.sh [--any]: builds everything that a release consists of into build/release, with SHA-256 checksums. Wants a clean
# checkout whose version CHANGELOG.md tells of; --any takes the checkout as it is, for a look. The archives carry the commit's
# time, so that the same commit gives the same bytes with the same toolchain.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/targets.sh

any=false
case ${1:-} in
  '') ;;
  --any) any=true ;;
  *)
    say "./dev release takes --any or nothing"
    exit 2
    ;;
esac
version=$(sed -n 's/^project(bearproof VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)
[ -n "$version" ] || fail "CMakeLists.txt names no version"
if ! $any; then
  [ -z "$(git status --porcelain)" ] || fail "the checkout has changes that are not committed"
  grep -q "^## $version\b" CHANGELOG.md || fail "CHANGELOG.md has no section \"## $version\""
fi

bash tools/toolchain.sh build
source tools/env.sh
compile native-release bearproof bearproof_library
build_package
build_web
build_extension

out=build/release prefix=build/release/native
rm -rf "$out"
mkdir -p "$out"
time=$(git log -1 --format=%ct)

# archive NAME FOLDER: FOLDER's files as NAME.tar.gz, below a folder of that name.
archive() {
  tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$time" --transform "s,^\.,$1," -C "$2" . |
    gzip --no-name -9 >"$out/$1.tar.gz"
}

git archive --prefix="bearproof-$version/" HEAD | gzip --no-name -9 >"$out/bearproof-$version-source.tar.gz"
cmake --install build/native-release --prefix "$prefix" --strip >/dev/null
cp LICENSE README.md CHANGELOG.md "$prefix/"
archive "bearproof-$version-linux-$(uname -m)" "$prefix"
rm -r "$prefix"
npm pack --silent --pack-destination "$out" ./build/npm/bearproof >/dev/null
mv "$out/bearproof-$version.tgz" "$out/bearproof-$version-npm.tgz"
archive "bearproof-$version-site" build/web
cp build/extension/*.xpi "$out/bearproof-$version-firefox.xpi"
cp build/extension/bearproof-chromium.zip "$out/bearproof-$version-chromium.zip"
(cd "$out" && sha256sum -- * >SHA256SUMS && cat SHA256SUMS)
