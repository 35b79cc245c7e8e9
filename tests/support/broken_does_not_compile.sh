# tests/does_not_compile/check.sh, fed with programs that are right and wrong.
set -eu
source=$1
compiler=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
program() { printf '%s\n' "$@" >"$scratch/program.cpp"; }
check() { sh "$source/tests/does_not_compile/check.sh" "$scratch/program.cpp" "$compiler"; }
refused() {
    if check >"$scratch/said"; then echo "not told: $1"; exit 1; fi
    grep -q "$1" "$scratch/said" || { cat "$scratch/said"; exit 1; }
}
program '// expected: nothing' 'int number = 1;'
check
program '// expected: must be two' 'static_assert(1 == 2, "must be two");'
check
program '// expected: must be two' 'static_assert(2 == 2, "must be two");'
refused 'compiles, though it should not: must be two'
program '// expected: must be three' 'static_assert(1 == 2, "must be two");'
refused 'the compiler does not say: must be three'
program '// expected: nothing' 'static_assert(1 == 2, "must be two");'
refused 'does not compile:'
program 'static_assert(1 == 2, "must be two");'
refused 'its first line must be // expected: SENTENCE'
