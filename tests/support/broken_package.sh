# tests/package_consumer/checks.sh, each check fed with what is right and with what is wrong.
set -eu
source=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
. "$source/tests/package_consumer/checks.sh"

# accepts CHECK...: it says nothing against this.
accepts() { ("$@") >said 2>&1 || { cat said; echo "refused, but right: $*"; exit 1; }; }

# objects CHECK...: it does.
objects() {
    if ("$@") >said 2>&1; then echo "not refused: $*"; exit 1; fi
    grep -q '^FAILED: ' said || { cat said; echo "refused without a word: $*"; exit 1; }
}

accepts quietly true
objects quietly false
accepts refused false
objects refused true
printf 'TBB is missing\n' >log
accepts told "TBB is missing"
objects told "TBB is missing" "zstd is missing"
accepts not_told SQLite
objects not_told TBB

accepts same_digest 12ab 12ab
objects same_digest 12ab 12ac
objects same_digest "" ""

printf '#!/bin/sh\necho "clade 0.1.0 (Release)"\n' >program
chmod +x program
accepts has_version ./program 0.1.0
objects has_version ./program 0.1
printf '# Changelog\n\n## 0.1.0 - 2026\n\n## Unreleased\n' >CHANGELOG.md
accepts begins_with_version CHANGELOG.md 0.1.0
objects begins_with_version CHANGELOG.md 0.1
if command -v pkg-config >/dev/null; then
    printf 'Name: clade\nDescription: some\nVersion: 0.1.0\n' >clade.pc
    export PKG_CONFIG_PATH="$scratch"
    accepts pkg_config_has_version 0.1.0
    objects pkg_config_has_version 0.2.0
fi

# ---- headers

mkdir -p include/clade others/nlohmann
header() { printf '%s\n' "$@" >include/clade/some.hpp; }
alone() { stands_alone include clade/some.hpp; }
echo '#pragma once' >others/nlohmann/json.hpp
header '#pragma once' 'struct Some {};'
accepts alone
header 'struct Twice {};'
objects alone
header '#pragma once' 'inline std::size_t size = 0;'
objects alone
header '#pragma once' 'inline int unused(int x) { return 0; }'
objects alone

echo clade/some.hpp >headers
no_other() { CPATH="$scratch/others" includes_no_other include headers; }
header '#pragma once' '#include <vector>'
accepts no_other
header '#pragma once' '#include <nlohmann/json.hpp>'
objects no_other

mkdir -p source/core source/apps/experiment
touch source/core/with.cpp source/apps/experiment/with.cpp
printf 'clade/%s.hpp\n' core/with core/without experiment/with experiment/without >headers
[ "$(without_source source <headers | tr '\n' ' ')" = "clade/core/without.hpp clade/experiment/without.hpp " ] ||
    { echo "without_source"; exit 1; }

accepts has_no_internal_header include
touch include/clade/some_internal.hpp
objects has_no_internal_header include

mkdir -p include/clade/core
cp "$source/core/language_standard.hpp" include/clade/core
header '#include <clade/core/language_standard.hpp>' '#include <vector>'
accepts asks_for_cpp20 include clade/some.hpp
header '#include <vector>' '#include <clade/core/language_standard.hpp>'
objects asks_for_cpp20 include clade/some.hpp
header '// nothing'
objects asks_for_cpp20 include clade/some.hpp

# ---- libraries and programs

# library NAME CODE FLAG...: a shared library of this code.
library() {
    name=$1
    printf '%s\n' "$2" >code.cpp
    shift 2
    g++ -shared -fPIC code.cpp -o "$name" "$@"
}

printf 'int number = 1;\nint* place() { return &number; }\n' >code.cpp
g++ -c -fPIC code.cpp -o code.o && ar rcs right.a code.o
g++ -c -fno-pic code.cpp -o code.o && ar rcs wrong.a code.o
accepts is_position_independent right.a
objects is_position_independent wrong.a

library libtbb.so.12 'int tbb() { return 0; }' -Wl,-soname,libtbb.so.12
printf 'int tbb();\nint main(int n, char**) { return n > 1 ? tbb() : 0; }\n' >calls.cpp
printf 'int main() { return 0; }\n' >calls_not.cpp
g++ calls.cpp libtbb.so.12 -o calls
g++ calls_not.cpp -Wl,--as-needed libtbb.so.12 -o calls_not
accepts does_not_load calls_not box2d tbb
objects does_not_load calls box2d tbb
objects does_not_load there_is_none tbb

library libsome.so.0.1.0 'int f() { return 0; }' -Wl,-soname,libsome.so.0.1
ln -s libsome.so.0.1.0 libsome.so.0.1
ln -s libsome.so.0.1 libsome.so
accepts has_soname libsome.so libsome.so.0.1
objects has_soname libsome.so libsome.so.0.2
ln -sf libsome.so.0.1.0 libsome.so
objects has_soname libsome.so libsome.so.0.1
ln -s libsome.so.0.1.0 libsome.so.0.2
ln -sf libsome.so.0.2 libsome.so
objects has_soname libsome.so libsome.so.0.2

kernels_named() { echo "namespace clade { int f() { return 0; } namespace $1 { $2 int table = 1; } }"; }
hidden='__attribute__((visibility("hidden")))'
library some.so "$(kernels_named simd_avx2 "$hidden")"
accepts shows_only_clade some.so
accepts has_kernels some.so
library some.so "$(kernels_named avx2 "$hidden")"
objects has_kernels some.so
library some.so "$(kernels_named simd_avx2 '')"
objects shows_only_clade some.so
library some.so 'namespace clade { int f() { return 0; } } namespace tbb { int g() { return 0; } }'
objects shows_only_clade some.so
library some.so 'static int f() { return 0; } int* g = nullptr;' -fvisibility=hidden
objects shows_only_clade some.so

# ---- warnings of the examples

printf '%s\n' 'struct Setup { int first = 0; int second; };' 'Setup setup{.first = 1};' >setup.cpp
objects compiles_clean g++ setup.cpp
sed -i 's/second;/second = 0;/' setup.cpp
accepts compiles_clean g++ setup.cpp
