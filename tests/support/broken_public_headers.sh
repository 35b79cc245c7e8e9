# cmake/check_public_headers.sh, fed with lists that are right and wrong.
set -eu
source=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/cmake" "$scratch/core"
echo '#include <clade/core/b.hpp>' >"$scratch/core/a.hpp"
echo '#include <vector>' >"$scratch/core/b.hpp"
echo '#include <clade/core/b.hpp>' >"$scratch/core/c.hpp"
list() { printf '%s\n' "$@" >"$scratch/cmake/public_headers.txt"; }
check() { sh "$source/cmake/check_public_headers.sh" "$scratch"; }
refused() {
    if check >"$scratch/said"; then echo "not told: $1"; exit 1; fi
    grep -q "$1" "$scratch/said" || { cat "$scratch/said"; exit 1; }
}
list 'core/a.hpp  for users' '# ---- included by those' core/b.hpp
check
list 'core/a.hpp  for users' '# ---- included by those'
refused 'core/b.hpp: is included by core/a.hpp and not listed'
list 'core/a.hpp  for users' '# ---- included by those' core/b.hpp core/c.hpp
refused 'core/c.hpp: is included by no header of the list'
list 'core/a.hpp  for users' 'core/d.hpp' '# ---- included by those' core/b.hpp
refused 'core/d.hpp: there is no such file'
