#!/bin/sh
# Keeps code in texts compiled: `sh cmake/check_shown_code.sh FILE.md...` fails where a ```cpp block does not stand, line
# for line, in one of apps/examples/*.cpp, which CI builds and runs; with --c before the files where a ```c block does not
# stand in one of apps/examples/c_interface/*.c.
set -eu
examples=$(cd "$(dirname "$0")/../apps/examples" && pwd)
language=cpp
if [ "$1" = --c ]; then
    examples=$examples/c_interface
    language=c
    shift
fi

# shellcheck disable=SC2016  # awk's
exec awk -v examples="$(echo "$examples"/*."$language")" -v fence="\`\`\`$language" '
BEGIN {
    count = split(examples, file, " ")
    for (i = 1; i <= count; ++i) {
        while ((getline line < file[i]) > 0) code[i] = code[i] line "\n"
    }
}

$0 == fence { inside = 1; block = ""; begin = FNR; next }
/^```$/ && inside {
    inside = 0
    ++blocks
    found = 0
    for (i = 1; i <= count; ++i) found = found || index("\n" code[i], "\n" block)
    if (found && block != "") next
    printf "%s:%d: this code stands in no file of apps/examples\n", FILENAME, begin
    failed = 1
}
inside { block = block $0 "\n" }

END {
    if (!blocks) { print "no block of code was found"; failed = 1 }
    exit failed
}
' "$@"
