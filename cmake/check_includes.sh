#!/bin/sh
# Keeps the rooms of the house apart: `sh cmake/check_includes.sh [ROOT]` prints FILE:LINE: RULE for each breach, and
# exits 1 if there is one. The compiler already refuses upward includes (each module has its own include root); this
# also sees what compiles all the same. Comments are not looked at.
#
# Within a room: each source has a header of its own name, x.hpp or x_internal.hpp, and includes it first, so that the
# header is compiled alone; of such pairs none includes the other in a circle; no folder holds more than 20 sources.
set -eu
cd "${1:-$(dirname "$0")/..}"
failed=0

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
    if (code ~ /<mpi\.h>/ && FILENAME !~ /apps\/mpi\/[a-z_]*\.cpp$/) breach("MPI stays in apps/mpi/*.cpp")
    if (code ~ /<(oneapi\/)?tbb/ && FILENAME !~ /core\/parallel[a-z_]*\.cpp$/) breach("TBB stays behind core/parallel")
    if (library && public && code ~ /<(nlohmann|xxhash|zstd)/) breach("not in a public header")
    if (FILENAME ~ /apps\/(experiment\/|clade\/app\.)/ && public && code ~ /<(yaml-cpp|spdlog|fmt|sqlite3|zstd|nlohmann|CLI)/)
        breach("not in a header that is installed")
    if (code ~ /<Eigen/ && (public || room != "evolution")) breach("Eigen stays in evolution/*.cpp")
}

library && code ~ /(^|[^A-Za-z0-9_])(cout|cerr|clog)([^A-Za-z0-9_]|$)/ { breach("a library never prints") }
library && code ~ /(^|[^A-Za-z0-9_])(printf|fprintf|puts|fputs|perror) *\(/ { breach("a library never prints") }
!library && FILENAME !~ /apps\/examples\// && code ~ /(^|[^A-Za-z0-9_])(clog *<<|(printf|fprintf|puts|fputs|perror|fmt::print) *\()/ {
    breach("prints past SafeOutput: use std::cout or std::cerr")
}
library && code ~ /(^|[^A-Za-z0-9_.>])(exit|_Exit|quick_exit|abort|terminate) *\(/ { breach("a library never exits") }

END { exit breaches }
' {} + || failed=1

for source in $(find core evolution evaluation apps -name '*.cpp' | sort); do
    case $source in apps/examples/* | */main.cpp | */module.cpp | *_benchmark.cpp) continue ;; esac  # programs, modules
    [ -f "${source%.cpp}.hpp" ] || [ -f "${source%.cpp}_internal.hpp" ] || {
        echo "$source: has no header of its own name"
        failed=1
        continue
    }
    name=$(basename "$source" .cpp)
    sed -n '/^#[ ]*include/{p;q;}' "$source" | grep -qE "[/\"]$name(_internal)?\.hpp[\">]" || {
        echo "$source: includes its own header after another"
        failed=1
    }
done

# Walks from pair to pair along their includes; an include of a pair on the way there closes a circle.
find core evolution evaluation apps \( -name '*.hpp' -o -name '*.cpp' \) | sort | xargs awk '
function pair_of(file) {
    sub(/(_internal)?\.[ch]pp$/, "", file)
    return file
}

function walk(pair,    used, list, i) {
    state[pair] = "on the way"
    way[++depth] = pair
    split(includes[pair], list, " ")
    for (i = 1; i in list; i++) {
        used = list[i]
        if (state[used] == "on the way") tell(pair, used)
        else if (state[used] == "" && used in is_pair) walk(used)
    }
    state[pair] = "done"
    depth--
}

function tell(last, first,    i, circle) {
    for (i = depth; way[i] != first; i--) circle = " -> " way[i] circle
    print place[last, first] ": closes a circle of includes: " first circle " -> " first
    circles = 1
}

{ is_pair[pair_of(FILENAME)] = 1 }

/^[ \t]*#[ \t]*include[ \t]*["<]/ {
    used = $0
    sub(/^[^"<]*["<]/, "", used)
    sub(/[">].*/, "", used)
    if (sub(/^clade\/app\//, "apps/clade/", used) == 0 && sub(/^clade\/experiment\//, "apps/experiment/", used) == 0 &&
        ($0 !~ /</ || sub(/^clade\//, "", used) == 0)) used = "apps/" used
    used = pair_of(used)
    own = pair_of(FILENAME)
    if (used == own || (own, used) in place) next
    place[own, used] = FILENAME ":" FNR
    includes[own] = includes[own] " " used
}

END {
    for (pair in is_pair) if (state[pair] == "") walk(pair)
    exit circles
}
' || failed=1

find core evolution evaluation apps tests -name '*.cpp' | sed 's|/[^/]*$||' | sort | uniq -c | awk '
$1 > 20 { print $2 ": has " $1 " sources; a folder has at most 20, more are sorted into subfolders"; crowded = 1 }
END { exit crowded }
' || failed=1

exit $failed
