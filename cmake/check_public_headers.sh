#!/bin/sh
# Compares cmake/public_headers.txt with what its headers include: `sh cmake/check_public_headers.sh [ROOT]` prints what is
# wrong, and exits 1 if anything is.
set -eu
cd "${1:-$(dirname "$0")/..}"
list=cmake/public_headers.txt
failed=0
say() {
    echo "$list: $*"
    failed=1
}

headers=$(sed 's/#.*//' "$list" | awk 'NF { print $1 }')
included_only=$(sed '1,/^# ---- included by those/d' "$list")
scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT
for header in $headers; do
    if [ ! -f "$header" ]; then
        say "$header: there is no such file"
        continue
    fi
    sed -n 's|^#include <clade/\([^>]*\)>.*|\1|p' "$header" | sed 's|^experiment/|apps/&|; s|^app/|apps/clade/|' |
        while read -r included; do echo "$included $header"; done >>"$scratch"
done
while read -r included header; do
    [ "$included" = apps/experiment/version.hpp ] && continue  # made by the build, and installed
    echo "$headers" | grep -qx "$included" || say "$included: is included by $header and not listed"
done <"$scratch"
for header in $included_only; do
    grep -q "^$header " "$scratch" || say "$header: is included by no header of the list; take it out, or move it up"
done
exit $failed
