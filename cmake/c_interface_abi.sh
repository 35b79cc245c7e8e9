#!/bin/sh
# Prints what programs compiled with the C interface depend on: `sh cmake/c_interface_abi.sh LAYOUT LIBRARY...` with the
# program of tests/c_interface/abi_layout.c. Declarations, exported functions, sizes and offsets. A test compares it with
# tests/golden/c_interface.txt; where it is meant to change, raise CLADE_ABI_VERSION, unless things were only added, and
#
#   sh cmake/c_interface_abi.sh build/test/bin/c_abi_layout build/test/apps/c_interface/libclade_c.so \
#       build/test/apps/c_interface/libclade_model.so > tests/golden/c_interface.txt
set -eu
export LC_ALL=C
headers=$(cd "$(dirname "$0")/../apps/c_interface" && pwd)
layout=$1
shift

# Constants, then declarations, each a line without comments.
for header in "$headers"/*.h; do
    sed -n '/CLADE_API/d; s|^\(#define CLADE_[A-Z_]* [^/]*[^/ ]\).*|\1|p' "$header"
    grep -vE '^#|^extern "C"|^}$' "$header" | ${CC:-cc} -fpreprocessed -E -P -x c - | tr -s ' \n' ' ' | sed 's/; /;\n/g' |
        awk '{ whole = whole $0 " "; opened += gsub(/{/, "{") - gsub(/}/, "}") }
             opened == 0 { gsub(/^ | $/, "", whole); if (whole != "") print whole; whole = "" }'
done
for library in "$@"; do
    nm -D --defined-only "$library" | awk -v library="$(basename "$library")" '{ print library " has " $3 }' | sort
done
"$layout"
