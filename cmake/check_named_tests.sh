#!/bin/sh
# Keeps tests/README.md true: `sh cmake/check_named_tests.sh [ROOT]` fails where a row of its tables names no test, or one
# that stands in no file of tests/, or where the rows are not numbered 1, 2, 3, ...
set -eu
cd "${1:-$(dirname "$0")/..}/tests"

find . -name '*_test.cpp' -exec cat {} + | tr '\n' ' ' |
    grep -oE 'TEST(_F|_P)?\( *[A-Za-z0-9_]+, *[A-Za-z0-9_]+ *\)' | sed -E 's/.*\( *//; s/, */./; s/ *\)//' |
    awk '
    FILENAME == "-" { known[$0] = 1; next }
    /^\| [0-9]+ \|/ {
        if ($2 != ++rows) { printf "README.md:%d: row %d is missing\n", FNR, rows; failed = 1; rows = $2 }
        names = 0
        for (rest = $0; match(rest, /`[A-Za-z0-9_]+\.[A-Za-z0-9_]+`/); rest = substr(rest, RSTART + RLENGTH)) {
            name = substr(rest, RSTART + 1, RLENGTH - 2)
            ++names
            if (name in known) continue
            printf "README.md:%d: there is no test %s\n", FNR, name
            failed = 1
        }
        if (!names) { printf "README.md:%d: row %d names no test\n", FNR, rows; failed = 1 }
    }
    END {
        if (!rows) { print "README.md: no row was found"; failed = 1 }
        exit failed
    }' - README.md
