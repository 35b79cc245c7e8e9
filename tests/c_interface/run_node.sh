#!/bin/sh
# Runs a program in Node with koffi: `run_node.sh NODE SOURCE ARGUMENT...`; without koffi it is skipped (77). It is found
# where NODE_PATH says too, as the program is copied beside its folder.
set -eu
node=$1
source=$2
shift 2
koffi=$("$node" -p 'require.resolve("koffi")' 2>/dev/null) || exit 77
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ln -s "${koffi%/koffi/*}" "$scratch/node_modules"
cp "$source" "$scratch"
"$node" "$scratch/$(basename "$source")" "$@" | tee "$scratch/said"
grep -qE 'output 0 (1|0\.9)' "$scratch/said"
