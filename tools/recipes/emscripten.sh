#!/usr/bin/env bash
# emscripten.sh RESULT FINAL: Debian 13's Emscripten 3.1.69 for a Debian 12 that keeps its own packages. clang, lld and
# llvm 19 are the host's; binaryen needs a newer C library than the host has and brings it along.
set -euo pipefail
source "$(dirname "$0")/debian-13.bash"
result=$1 final=$2

download_from_debian_13 emscripten binaryen libc6 libstdc++6 libgcc-s1
for package in *.deb; do
  case $package in
    emscripten_3.1.69*) dpkg -x "$package" "$result" ;;
    binaryen_*) dpkg -x "$package" binaryen ;;
    libc6_* | libstdc++6_* | libgcc-s1_*) dpkg -x "$package" libraries ;;
    *) echo "unexpected package: $package" >&2 && exit 1 ;;
  esac
  rm "$package"
done

# Only what a single-threaded, statically linked module can ask for: 230 MB stay of 1.6 GB.
emscripten=$result/usr/share/emscripten
libraries=$emscripten/cache/sysroot/lib/wasm32-emscripten
rm -rf "$emscripten"/{test,docs,out,media} "$libraries"/{pic,lto-pic} "$result/usr/share"/{doc,man,lintian}
find "$libraries" \( -name '*-mt*.a' -o -name '*-ww*.a' -o -name '*asan*.a' \) -delete

# Binaryen's programs, each started through the C library that it was built for.
mkdir -p "$result/binaryen/bin" "$result/binaryen/programs" "$result/binaryen/lib"
cp binaryen/usr/bin/wasm* "$result/binaryen/programs/"
find binaryen libraries -path '*/lib/*-linux-gnu/*' \( -name 'libbinaryen.so*' -o -name 'ld-linux-*.so.*' -o -name 'libc.so.*' -o -name 'libm.so.*' \
  -o -name 'libmvec.so.*' -o -name 'libpthread.so.*' -o -name 'libstdc++.so.6*' -o -name 'libgcc_s.so.*' \) \
  -exec cp -P -t "$result/binaryen/lib/" {} +
loader=$(basename "$(find "$result/binaryen/lib" -name 'ld-linux-*.so.*' | head -n 1)")
for program in "$result"/binaryen/programs/*; do
  name=$(basename "$program")
  cat >"$result/binaryen/bin/$name" <<EOF
#!/bin/sh
exec "$final/binaryen/lib/$loader" --library-path "$final/binaryen/lib" "$final/binaryen/programs/$name" "\$@"
EOF
  chmod +x "$result/binaryen/bin/$name"
done

# NODE_JS is set by EM_NODE_JS; the libraries that come with the package (the LTO ones among them) are the cache.
cat >"$emscripten/.emscripten" <<EOF
LLVM_ROOT = '/usr/lib/llvm-19/bin'
BINARYEN_ROOT = '$final/binaryen'
NODE_JS = 'node'
CACHE = '$final/usr/share/emscripten/cache'
EOF

# Its optimiser imports acorn, which Debian packages apart.
npm install --loglevel=error --no-audit --no-fund --prefix "$emscripten" --no-save --ignore-scripts acorn@8.19.0
"$result/binaryen/lib/$loader" --library-path "$result/binaryen/lib" "$result/binaryen/programs/wasm-opt" --version
