# The arithmetic of results compiles, but not with flags that change it.
set -eu
source=$1
build=$2
compiler=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
compile() {
    "$compiler" -std=c++20 -fsyntax-only -x c++ -I "$build/include_roots/core" "$@" \
        "$source/core/functions/float_math_internal.hpp" 2>"$scratch/said"
}
compile -O2 || { cat "$scratch/said"; exit 1; }
for flag in -ffast-math -Ofast -ffinite-math-only; do
    if compile "$flag"; then echo "accepted: $flag"; exit 1; fi
    grep -q 'error: .*Clade cannot be compiled with' "$scratch/said" || { cat "$scratch/said"; exit 1; }
done
