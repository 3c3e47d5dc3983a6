#!/usr/bin/env bash
# valijson.sh RESULT FINAL: valijson 1.0.3's headers out of Debian 13's package, whose dependencies (Qt among them) are of
# no use here.
set -euo pipefail
source "$(dirname "$0")/debian-13.bash"

download_from_debian_13 libvalijson-dev
dpkg -x libvalijson-dev_1.0.3*.deb unpacked
cp -r unpacked/usr/include "$1/include"
test -f "$1/include/valijson/validator.hpp"
