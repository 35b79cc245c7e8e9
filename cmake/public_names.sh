#!/bin/sh
# Prints every public name of Clade with its declaration, sorted: `sh cmake/public_names.sh` of these sources, or with an
# INCLUDE folder of an installed Clade. A test compares it with tests/golden/public_names.txt; where names are meant to
# change, renew it and say so in CHANGELOG.md:
#
#   sh cmake/public_names.sh > tests/golden/public_names.txt
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
if [ $# != 0 ]; then
    cd "$1/clade"
    headers=$(find . -name '*.hpp' ! -path '*/box2d/*' | sort)
else
    cd "$here/.."
    headers="apps/experiment/version.hpp.in $(sed 's/#.*//' cmake/public_headers.txt | awk 'NF { print $1 }')"
fi
# shellcheck disable=SC2086  # no name has a space
awk -f "$here/public_names.awk" $headers | sort -u
