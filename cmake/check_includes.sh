#!/bin/sh
# Keeps the rooms of the house apart: `sh cmake/check_includes.sh [ROOT]` prints FILE:LINE: RULE for each breach, and
# exits 1 if there is one. The compiler already refuses upward includes (each module has its own include root); this
# also sees what compiles all the same. Comments are not looked at.
set -eu
cd "${1:-$(dirname "$0")/..}"

find core evolution evaluation apps \( -name '*.hpp' -o -name '*.cpp' \) -exec awk '
function breach(rule) {
    printf "%s:%d: %s: %s\n", FILENAME, FNR, rule, $0
    breaches = 1
}

FNR == 1 {
    room = FILENAME
    sub(/^\.\//, "", room)
    sub(/\/.*/, "", room)
    library = room != "apps"
    public = FILENAME ~ /\.hpp$/ && FILENAME !~ /_internal\.hpp$/
    block = 0
}

{
    code = $0
    if (block) {
        if (!sub(/^.*\*\//, "", code)) next
        block = 0
    }
    gsub(/\/\*[^*]*\*\//, "", code)
    sub(/\/\/.*/, "", code)
    if (sub(/\/\*.*/, "", code)) block = 1
}

code ~ /^[ \t]*#[ \t]*include/ {
    if (library && code ~ /"/) breach("a library spells its includes <clade/...>")
    if (library && code ~ /<clade\/(experiment|apps)\//) breach(room " includes apps")
    if (room != "evolution" && library && code ~ /<clade\/evolution\//) breach(room " includes evolution")
    if (room != "evaluation" && library && code ~ /<clade\/evaluation\//) breach(room " includes evaluation")
    if (code ~ /[<"\/]tests\//) breach("nothing includes tests")

    if (library && code ~ /<(yaml-cpp|spdlog|sqlite3|CLI)/) breach("belongs to apps")
    if (code ~ /<(oneapi\/)?tbb/ && FILENAME !~ /core\/parallel[a-z_]*\.cpp$/) breach("TBB stays behind core/parallel")
    if (library && public && code ~ /<(nlohmann|xxhash|zstd)/) breach("not in a public header")
    if (FILENAME ~ /apps\/(experiment\/|clade\/app\.)/ && public && code ~ /<(yaml-cpp|spdlog|fmt|sqlite3|zstd|nlohmann|CLI)/)
        breach("not in a header that is installed")
    if (code ~ /<Eigen/ && (public || room != "evolution")) breach("Eigen stays in evolution/*.cpp")
}

library && code ~ /(^|[^A-Za-z0-9_])(cout|cerr|clog)([^A-Za-z0-9_]|$)/ { breach("a library never prints") }
library && code ~ /(^|[^A-Za-z0-9_])(printf|fprintf|puts|fputs|perror) *\(/ { breach("a library never prints") }
library && code ~ /(^|[^A-Za-z0-9_.>])(exit|_Exit|quick_exit|abort|terminate) *\(/ { breach("a library never exits") }

END { exit breaches }
' {} +
