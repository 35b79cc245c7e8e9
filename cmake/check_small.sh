#!/bin/sh
# `sh cmake/check_small.sh LIBRARY`: libclade_model is for games and devices. Stripped it must have less than 300 KB,
# and need no library but those of C and C++. Prints what is wrong, and exits 1 if anything is.
set -eu
most=307200
stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
strip -o "$stripped" "$1"
bytes=$(wc -c <"$stripped")
failed=0
[ "$bytes" -lt $most ] || {
    echo "$1: has $bytes bytes, not less than $most"
    failed=1
}
readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -vE '^(libstdc\+\+|libm|libgcc_s|libc|ld-linux.*)\.so' && {
    echo "$1: needs these libraries"
    failed=1
}
exit $failed
