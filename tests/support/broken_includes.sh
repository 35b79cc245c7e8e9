# cmake/check_includes.sh, fed with a small house that is in order, and with one breach at a time.
set -eu
source=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# house: core/a, which includes core/b; a program that includes both; evolution and evaluation, which know core alone.
house() {
    rm -rf "$scratch/house"
    mkdir -p "$scratch/house/core" "$scratch/house/evolution" "$scratch/house/evaluation" "$scratch/house/apps/clade" \
        "$scratch/house/tests"
    cd "$scratch/house"
    echo '#include <clade/core/b.hpp>' >core/a.hpp
    echo '#include <clade/core/a.hpp>' >core/a.cpp
    echo '#include <vector>' >core/b.hpp
    echo '#include <clade/core/b.hpp>' >core/b_internal.hpp
    echo '#include <clade/core/b_internal.hpp>' >core/b.cpp
    echo '#include <clade/core/a.hpp>' >evolution/breed.hpp
    echo '#include <clade/core/a.hpp>' >evaluation/score.hpp
    echo '#include "clade/app.hpp"' >apps/clade/main.cpp
    echo '#include <clade/core/a.hpp>' >apps/clade/app.hpp
}
check() { sh "$source/cmake/check_includes.sh" "$scratch/house"; }
refused() {
    if check >"$scratch/said"; then echo "not told: $1"; exit 1; fi
    grep -qF "$1" "$scratch/said" || { cat "$scratch/said"; exit 1; }
}

house
check

house
echo '#include <clade/evaluation/score.hpp>' >>evolution/breed.hpp
refused 'evolution/breed.hpp:2: evolution includes evaluation'
house
echo '#include "tests/support/genomes.hpp"' >>core/a.hpp
refused 'core/a.hpp:2: nothing includes tests'
house
echo '#include <mpi.h>' >>apps/clade/main.cpp
refused 'apps/clade/main.cpp:2: MPI stays in apps/mpi/*.cpp'
house
echo 'void f() { std::cout << 1; }' >>core/a.cpp
refused 'core/a.cpp:2: a library never prints'

house
echo >core/c.cpp
refused 'core/c.cpp: has no header of its own name'
echo >core/c_internal.hpp
refused 'core/c.cpp: includes its own header after another'
echo '#include <clade/core/a.hpp>' >core/c.cpp
echo '#include <clade/core/c_internal.hpp>' >>core/c.cpp
refused 'core/c.cpp: includes its own header after another'
sed -i 1d core/c.cpp
check

house
echo '#include <clade/core/a.hpp>' >>core/b.cpp
refused 'closes a circle of includes: core/'
house
echo '#include <clade/evolution/c.hpp>' >>evolution/breed.hpp
echo '#include <clade/evolution/d.hpp>' >evolution/c.hpp
echo '#include <clade/evolution/breed.hpp>' >evolution/d_internal.hpp
echo '#include <vector>' >evolution/d.hpp
refused 'closes a circle of includes: evolution/'
house
echo '#include "clade/main_loop.hpp"' >>apps/clade/app.hpp
echo '#include <clade/app/app.hpp>' >apps/clade/main_loop.hpp
refused 'closes a circle of includes: apps/clade/'

house
for i in $(seq 20); do echo >tests/x${i}_test.cpp; done
check
echo >tests/x21_test.cpp
refused 'tests: has 21 sources; a folder has at most 20'
