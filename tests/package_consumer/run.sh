#!/bin/sh
# Uses Clade as other projects do: `run.sh static|shared|folder SOURCE BUILD SCRATCH`, from the folder SOURCE, its build
# tree BUILD (static libraries, all built) and an empty folder SCRATCH. Prints what it tries; exits 1 at the first failure.
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
. "$source/tests/package_consumer/checks.sh"

# same_objects: the flags with which a build has the objects of the build tree, so that they can be reused.
same_objects() {
    echo -DCCACHE=OFF
    sed -n 's/^\(CMAKE_BUILD_TYPE\|CMAKE_UNITY_BUILD\|CMAKE_UNITY_BUILD_BATCH_SIZE\|CLADE_BOX2D\):[A-Z]*=/-D\1=/p' \
        "$build/CMakeCache.txt"
}

# digest PROGRAM: what the program's run of XOR comes to.
digest() {
    rm -rf runs
    quietly "$1" run "$source/configs/xor.yaml" --seed 7 --set stop.generations=10 --threads 1 --quiet
    "$1" inspect runs --format json | sed -n 's/.*"digest": "\([0-9a-f]*\)".*/\1/p' | tail -n 1
}

# configure FOLDER PROGRAMS CMAKE-FLAG...: the consumer, with these examples.
configure() {
    folder=$1
    programs=$(echo "$2" | tr ' ' ';')
    shift 2
    cmake -S "$source/tests/package_consumer" -B "$folder" "-DCLADE_EXAMPLES=$examples" "-DCLADE_PROGRAMS=$programs" "$@"
}

# use FOLDER PROGRAMS CMAKE-FLAG...: configures and builds the consumer, and runs its programs.
use() {
    quietly configure "$@"
    # shellcheck disable=SC2086  # a list of targets
    quietly cmake --build "$1" --target $2
    for program in $2; do run "$1/$program"; done
}

# run PROGRAM: does what the example is for. Those that read a run find one.
run() {
    case ${1##*/} in
    own_task)
        quietly "$1" run "$examples/own_task.yaml" --seed 1
        quietly "$1" tasks zigzag
        same_digest "$(digest "$1")" "$expected"
        ;;
    own_fields) quietly "$1" tasks points ;;
    champion) quietly "$1" "$champion" 1 0 ;;
    hooks) quietly "$1" "$source/configs/xor.yaml" ;;
    read_log) quietly "$1" "${champion%/*/*}" ;;
    tutorial) quietly "$1" "$examples/tutorial.yaml" ;;
    *) quietly "$1" ;;
    esac
}

quietly "$build/bin/clade" run "$source/configs/xor.yaml" --seed 7 --out solved --quiet
champion=$(echo "$scratch"/solved/*/champion.json)
expected=$(digest "$build/bin/clade")
version=$(sed -n 's/^project(clade VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")
. "$source/tests/package_consumer/$kind.sh"
say "all is well"
