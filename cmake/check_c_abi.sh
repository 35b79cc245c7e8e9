#!/bin/sh
# Compares the C interface with its list: `sh cmake/check_c_abi.sh LIST LAYOUT LIBRARY...`, as c_interface_abi.sh takes them,
# prints what differs, and exits 1 if anything does. Each struct of the headers must be measured.
set -eu
here=$(dirname "$0")
list=$1
shift
now=$(mktemp)
trap 'rm -f "$now"' EXIT
sh "$here/c_interface_abi.sh" "$@" >"$now"
failed=0
diff "$list" "$now" || {
    echo "$list: is not the interface (<: of the list, >: as it is); cmake/c_interface_abi.sh says what to do"
    failed=1
}
for struct in $(sed -n 's/^typedef struct \([a-z_]*\) {.*/\1/p' "$here"/../apps/c_interface/*.h); do
    grep -q "^size $struct " "$now" || {
        echo "tests/c_interface/abi_layout.c: does not measure $struct"
        failed=1
    }
done
exit $failed
