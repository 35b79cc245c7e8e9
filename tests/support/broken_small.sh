#!/bin/sh
# Gives cmake/check_small.sh a library that is large and needs TBB: `broken_small.sh SOURCE LIBRARY`. It must tell both.
set -eu
log=$(mktemp)
trap 'rm -f "$log"' EXIT
! sh "$1/cmake/check_small.sh" "$2" >"$log" || { echo "nothing told"; exit 1; }
grep -q 'bytes, not less than' "$log" && grep -q '^libtbb' "$log" || { cat "$log"; exit 1; }
