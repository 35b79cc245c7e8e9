#!/bin/sh
# Feeds cmake/check_c_abi.sh lists of other interfaces: `broken_c_abi.sh SOURCE LAYOUT LIBRARY...`. It must tell each.
set -eu
source=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
list=$source/tests/golden/c_interface.txt

# told WORD SED-COMMAND: a list changed so is another one, and what differs is shown.
told() {
    sed "$2" "$list" >"$scratch/list"
    ! cmp -s "$list" "$scratch/list" || { echo "$2: changes nothing"; exit 1; }
    shown=$1
    shift 2
    ! sh "$source/cmake/check_c_abi.sh" "$scratch/list" "$@" >"$scratch/log" || { echo "not told: $shown"; exit 1; }
    grep -qF "$shown" "$scratch/log" || { cat "$scratch/log"; echo "not shown: $shown"; exit 1; }
}

told '> libclade_model.so has clade_network_reset' '/libclade_model.so has clade_network_reset/d' "$@"
told '< libclade_c.so has clade_gone' '/libclade_c.so has clade_abi_version/a libclade_c.so has clade_gone' "$@"
told '> size clade_signal 32' 's/size clade_signal 32/size clade_signal 40/' "$@"
told 'CLADE_WRONG_INPUT = 2' 's/CLADE_WRONG_INPUT = 2/CLADE_WRONG_INPUT = 9/' "$@"
told '> #define CLADE_ABI_VERSION' 's/^#define CLADE_ABI_VERSION .*/#define CLADE_ABI_VERSION 99/' "$@"
