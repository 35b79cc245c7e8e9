#!/bin/sh
# Keeps code in texts compiled: `sh cmake/check_shown_code.sh FILE.md...` fails where a ```cpp block does not stand, line
# for line, in one of apps/examples/*.cpp, a ```c block of c_interface.md in one of apps/examples/c_interface/*.c, or a
# ```python block of python.md in one of apps/python/examples/*.py. Tests run these.
set -eu
apps=$(cd "$(dirname "$0")/../apps" && pwd)

# shellcheck disable=SC2016  # awk's
exec awk -v cpp="$(echo "$apps"/examples/*.cpp)" -v c="$(echo "$apps"/examples/c_interface/*.c)" \
    -v python="$(echo "$apps"/python/examples/*.py)" '
function read_examples(language, files,    i) {
    count[language] = split(files, file, " ")
    for (i = 1; i <= count[language]; ++i) {
        while ((getline line < file[i]) > 0) code[language, i] = code[language, i] line "\n"
    }
}

BEGIN {
    read_examples("cpp", cpp)
    read_examples("c", c)
    read_examples("python", python)
    folder["cpp"] = "apps/examples"
    folder["c"] = "apps/examples/c_interface"
    folder["python"] = "apps/python/examples"
}

/^```cpp$/ || (/^```c$/ && FILENAME ~ /c_interface\.md$/) || (/^```python$/ && FILENAME ~ /python\.md$/) {
    inside = 1
    language = substr($0, 4)
    block = ""
    begin = FNR
    next
}
/^```$/ && inside {
    inside = 0
    ++blocks
    found = 0
    for (i = 1; i <= count[language]; ++i) found = found || index("\n" code[language, i], "\n" block)
    if (found && block != "") next
    printf "%s:%d: this code stands in no file of %s\n", FILENAME, begin, folder[language]
    failed = 1
}
inside { block = block $0 "\n" }

END {
    if (!blocks) { print "no block of code was found"; failed = 1 }
    exit failed
}
' "$@"
