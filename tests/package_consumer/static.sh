# Read by run.sh: the installed static libraries.
all="own_task own_fields own_loop own_evaluation own_environment own_scorer own_merit own_decoder saved_evolver champion
predict policy hooks read_log tutorial"

say "install"
quietly cmake --install "$build" --prefix "$prefix"
has_version "$prefix/bin/clade" "$version"
begins_with_version "$source/CHANGELOG.md" "$version"
[ -f "$prefix/share/clade/configs/xor.yaml" ] || fail "no configurations"
for module in core evolution evaluation experiment app; do is_position_independent "$prefix/lib/libclade_$module.a"; done

say "find_package, C++23, for this processor, without a warning"
use native "own_task own_loop own_environment champion hooks" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_STANDARD=23 -DCMAKE_NO_SYSTEM_FROM_IMPORTED=ON \
    -DCMAKE_CXX_FLAGS="-O1 -march=native $warnings"
does_not_load native/champion tbb box2d

if command -v clang++-16 >/dev/null; then
    say "clang, without a warning"
    use clang "own_task own_loop" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_COMPILER=clang++-16
    for program in $all; do compiles_clean clang++-16 -I "$prefix/include" "$examples/$program.cpp"; done
fi

say "parameters by name, some left out"
for compiler in g++ clang++-16; do
    ! command -v $compiler >/dev/null ||
        compiles_clean $compiler -I "$prefix/include" "$source/tests/package_consumer/designated.cpp"
done

say "pkg-config"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
if command -v pkg-config >/dev/null; then
    pkg_config_has_version "$version"
    # shellcheck disable=SC2046  # a list of flags
    quietly g++ -std=c++20 "$examples/own_task.cpp" -o by_pkg_config $(pkg-config --cflags --libs clade)
    quietly ./by_pkg_config run "$examples/own_task.yaml" --seed 1 --quiet
fi

if [ -e "$build/apps/c_interface/libclade_c.so" ] && command -v pkg-config >/dev/null; then
    say "the C interface alone"
    quietly cmake --install "$build" --prefix "$scratch/c" --component c_interface
    [ ! -e "$scratch/c/bin" ] && [ ! -e "$scratch/c/include/clade" ] || fail "more than the C interface is installed"
    c=$scratch/c/lib
    # shellcheck disable=SC2046  # a list of flags
    for program in "evolve_xor clade-c" "run_model clade-model"; do
        quietly gcc -std=c99 -Wall -Wextra -Wpedantic -Werror "$examples/c_interface/${program% *}.c" -o "${program% *}" \
            $(PKG_CONFIG_PATH="$c/pkgconfig" pkg-config --cflags --libs "${program#* }") -lm
    done
    LD_LIBRARY_PATH=$c quietly ./evolve_xor c_champion.json
    LD_LIBRARY_PATH=$c quietly ./run_model c_champion.json 1 0
    does_not_load run_model tbb
fi

say "what is missing is named"
refused configure missing "" -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_DISABLE_FIND_PACKAGE_TBB=ON -DCMAKE_DISABLE_FIND_PACKAGE_yaml-cpp=ON
told "TBB (on Debian: apt-get install libtbb-dev)" "yaml-cpp (on Debian: apt-get install libyaml-cpp-dev)"
not_told SQLite
refused configure component "" -DCMAKE_PREFIX_PATH="$prefix" -DCLADE_COMPONENTS="COMPONENTS;breeding"
told "a component 'breeding': there are core, evolution, evaluation, experiment, app"

say "public names"
sh "$source/cmake/check_public_names.sh" "$source/tests/golden/public_names.txt" "$prefix/include" || fail "names"

say "no header of others, nor of Clade's own that are internal"
has_no_internal_header "$prefix/include"
(cd "$prefix/include" && find clade -name '*.hpp') >headers
includes_no_other "$prefix/include" headers
while read -r header; do asks_for_cpp20 "$prefix/include" "$header"; done <headers

say "each header alone: those that no source includes first, as lint compiles each source"
without_source "$source" <headers >alone
# shellcheck disable=SC2016  # the inner shell expands them
xargs -P 2 -n 1 sh -c '. "$0" && stands_alone "$1" "$2"' "$source/tests/package_consumer/checks.sh" "$prefix/include" \
    <alone || fail "headers"
