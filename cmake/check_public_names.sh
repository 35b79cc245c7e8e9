#!/bin/sh
# Fails when a public name has gone, has changed or is new: `sh cmake/check_public_names.sh GOLDEN [INCLUDE]` compares
# what cmake/public_names.sh prints with the file GOLDEN.
set -eu
export LC_ALL=C

golden=$1
shift
now=$(mktemp)
trap 'rm -f "$now"' EXIT
sh "$(dirname "$0")/public_names.sh" "$@" >"$now"
if cmp -s "$golden" "$now"; then exit 0; fi
comm -23 "$golden" "$now" | sed 's/^/gone or changed: /'
comm -13 "$golden" "$now" | sed 's/^/new: /'
cat <<END
Users' programs are written with these names. If it is meant, say so in CHANGELOG.md, and renew the list:
  sh cmake/public_names.sh > tests/golden/public_names.txt
END
exit 1
