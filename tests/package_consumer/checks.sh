# What the tests of the package look at; read by run.sh, and by tests/support/broken_package.sh, which shows that each of
# these can fail. A check that fails says why and ends the shell.

say() { printf '== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*"; exit 1; }

# quietly COMMAND...: shows its output only if it fails.
quietly() { "$@" >log 2>&1 || { cat log; fail "$*"; }; }

# refused COMMAND...: the command must fail; its output is in the file log.
refused() { ! "$@" >log 2>&1 || fail "not refused: $*"; }

# told LINE...: the file log must have each of these lines.
told() {
    for line in "$@"; do grep -qF "$line" log || { cat log; fail "not said: $line"; }; done
}

# not_told WORD: the file log must not have it.
not_told() { ! grep -F "$1" log || fail "said: $1"; }

# same_digest DIGEST EXPECTED: two programs had the same results.
same_digest() { [ -n "$1" ] && [ "$1" = "$2" ] || fail "digest '$1' instead of '$2'"; }

# has_version PROGRAM VERSION
has_version() { "$1" --version | grep -qF "clade $2 " || fail "$1 --version is not $2"; }

# begins_with_version CHANGELOG VERSION
begins_with_version() {
    case $(grep -m 1 '^## ' "$1") in
    "## Unreleased" | "## $2" | "## $2 "*) ;;
    *) fail "$1 begins neither with what is unreleased nor with $2" ;;
    esac
}

# pkg_config_has_version VERSION
pkg_config_has_version() { [ "$(pkg-config --modversion clade)" = "$1" ] || fail "pkg-config: not version $1"; }

# compiles_clean COMPILER ARGUMENT...: what a careful project's compiler says to it: nothing.
warnings="-Wall -Wextra -Wpedantic -Werror"
compiles_clean() {
    compiler=$1
    shift
    # shellcheck disable=SC2086  # a list of flags
    quietly "$compiler" -std=c++20 -fsyntax-only $warnings "$@"
}

# has_no_internal_header INCLUDE
has_no_internal_header() { ! find "$1" -name '*_internal*' | grep . || fail "an internal header is installed"; }

# without_source SOURCE: of the installed headers named on standard input those that have no .cpp file of their own name
# in the folder SOURCE, from where clade/experiment/ and clade/app/ are apps/experiment/ and apps/clade/.
without_source() {
    while read -r header; do
        file=$(echo "${header%.hpp}.cpp" | sed 's|^clade/experiment/|apps/experiment/|; s|^clade/app/|apps/clade/|; s|^clade/||')
        [ -f "$1/$file" ] || echo "$header"
    done
}

# stands_alone INCLUDE HEADER: the header compiles alone and twice, without a warning.
stands_alone() {
    name=$(echo "$2" | tr / .)
    printf '#include <%s>\n#include <%s>\n' "$2" "$2" >"$name.cpp"
    # shellcheck disable=SC2086  # a list of flags
    g++ -std=c++20 -fsyntax-only $warnings -I "$1" "$name.cpp" || fail "$2 does not compile alone"
}

# includes_no_other INCLUDE HEADERS: none of the headers that the file HEADERS names includes one of another library.
includes_no_other() {
    sed 's/.*/#include <&>/' "$2" >every.cpp
    # shellcheck disable=SC2086  # a list of flags
    g++ -std=c++20 -fsyntax-only $warnings -I "$1" -MD -MF every.d every.cpp || fail "they do not compile together"
    ! tr ' ' '\n' <every.d | grep -v "^$1/" |
        grep -E '/(tbb|yaml-cpp|spdlog|fmt|nlohmann|eigen3|CLI|box2d)/|sqlite3|zstd|xxhash' || fail "others are included"
}

# asks_for_cpp20 INCLUDE HEADER: with an older standard the first error says what to do. No other header is found here: one
# that is included before is the first error.
asks_for_cpp20() {
    echo "#include <$2>" >old.cpp
    refused g++ -std=c++17 -E -nostdinc -nostdinc++ -I "$1" old.cpp
    grep -m 1 'error: ' log | grep -q 'error: #error "Clade needs C++20: compile with -std=c++20' || { cat log; fail "$2"; }
}

# is_position_independent ARCHIVE: all of it can be part of a shared object.
is_position_independent() {
    quietly g++ -shared -o whole.so -Wl,--whole-archive "$1" -Wl,--no-whole-archive
    rm whole.so
}

# does_not_load PROGRAM LIBRARY...: the program does not name them itself.
does_not_load() {
    program=$1
    shift
    readelf -d "$program" >needed || fail "$program"
    for library in "$@"; do ! grep "NEEDED.*\[lib$library\." needed || fail "$program loads $library"; done
}

# has_soname LIBRARY SONAME: it is a link to a file of that name, which says so itself.
has_soname() {
    [ "$(readlink "$1")" = "$2" ] || fail "$1: not the link to its soname"
    readelf -d "$1" | grep -q "SONAME.*\[$2\]" || fail "$1: not the soname $2"
}

# shows_only_clade LIBRARY: of a shared library, names of Clade are seen, others and kernels are not.
shows_only_clade() {
    nm -DC --defined-only "$1" | cut -d' ' -f3- >symbols
    grep -q '^clade::' symbols || fail "$1 shows nothing"
    ! grep -vE '^(clade::|(vtable|typeinfo|typeinfo name|VTT|guard variable) for clade::|.*thunk to clade::)' symbols ||
        fail "$1 shows names that are not Clade's"
    ! grep -E "clade::$kernels::" symbols || fail "$1 shows kernels"
}
kernels='simd_(baseline|avx2|avx512)'  # their namespaces: CLADE_KERNEL_NAMESPACE

# has_kernels LIBRARY: the kernels are in it, under those names.
has_kernels() { nm -C "$1" | grep -qE "clade::$kernels::" || fail "$1 has no kernels in namespaces $kernels"; }
