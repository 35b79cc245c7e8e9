#!/bin/sh
# Uses Clade as other projects do: `run.sh static|shared SOURCE BUILD SCRATCH`, from the folder SOURCE, its build tree
# BUILD (static libraries, all built) and an empty folder SCRATCH. Prints what it tries; exits 1 at the first failure.
set -eu
kind=$1
source=$2
build=$3
scratch=$4
examples=$source/apps/examples
rm -rf "$scratch"
mkdir -p "$scratch"
cd "$scratch"
prefix=$scratch/prefix
export CMAKE_GENERATOR=Ninja CMAKE_EXPORT_COMPILE_COMMANDS=OFF
# Paths of the scratch folder shall not keep the compiler's cache, if there is one, from what it knows.
export CCACHE_BASEDIR="$scratch" CCACHE_NOHASHDIR=1

say() { printf '== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*"; exit 1; }
quietly() { "$@" >log 2>&1 || { cat log; fail "$*"; }; }

# digest PROGRAM: what the program's run of XOR comes to.
digest() {
    rm -rf runs
    quietly "$1" run "$source/configs/xor.yaml" --seed 7 --set stop.generations=10 --threads 1 --quiet
    "$1" inspect runs --format json | sed -n 's/.*"digest": "\([0-9a-f]*\)".*/\1/p' | tail -n 1
}

# use FOLDER CMAKE-FLAG...: configures and builds the consumer in a folder, runs its programs, and compares results.
use() {
    folder=$1
    shift
    quietly cmake -S "$source/tests/package_consumer" -B "$folder" "-DCLADE_EXAMPLES=$examples" "$@"
    quietly cmake --build "$folder" --target own_task own_loop own_evaluation own_environment champion
    quietly "$folder/own_loop"
    quietly "$folder/own_evaluation"
    quietly "$folder/own_environment"
    rm -rf runs
    quietly "$folder/own_task" run "$examples/own_task.yaml" --seed 1
    quietly "$folder/own_task" tasks zigzag
    rm -rf runs
    quietly "$folder/own_task" run "$source/configs/xor.yaml" --seed 7 --quiet
    quietly "$folder/champion" runs/*/champion.json 1 0
    [ "$(digest "$folder/own_task")" = "$expected" ] || fail "$folder: other results than those of $build/bin/clade"
}

expected=$(digest "$build/bin/clade")
[ -n "$expected" ] || fail "no digest"
version=$(sed -n 's/^project(clade VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")
. "$source/tests/package_consumer/$kind.sh"
say "all is well"
