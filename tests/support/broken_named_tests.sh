# cmake/check_named_tests.sh, fed with tables that name a test that is not there, or none, and with rows that are missing.
set -eu
source=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/tests"
check() { sh "$source/cmake/check_named_tests.sh" "$scratch" >"$scratch/said"; }
must_find() {
    if check; then echo "not found: $1"; exit 1; fi
    grep -qxF "$1" "$scratch/said" || { echo "said instead of '$1':"; cat "$scratch/said"; exit 1; }
}

printf 'TEST(A, Holds) {}\nTEST_F(B,\n       HoldsToo) {}\n' >"$scratch/tests/a_test.cpp"
printf '| | a | b |\n|---|---|---|\n| 1 | one | `A.Holds`, `B.HoldsToo` |\n| 2 | two | `A.Holds` |\n' >"$scratch/tests/README.md"
check

sed -i 's/B\.HoldsToo/B.Holds/' "$scratch/tests/README.md"
must_find 'README.md:3: there is no test B.Holds'

printf '| 1 | one | `A.Holds` |\n| 2 | two | |\n' >"$scratch/tests/README.md"
must_find 'README.md:2: row 2 names no test'

printf '| 1 | one | `A.Holds` |\n| 3 | three | `A.Holds` |\n' >"$scratch/tests/README.md"
must_find 'README.md:2: row 2 is missing'

printf 'Text.\n' >"$scratch/tests/README.md"
must_find 'README.md: no row was found'
