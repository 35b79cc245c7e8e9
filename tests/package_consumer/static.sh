# Read by run.sh: the installed static libraries.
say "install"
quietly cmake --install "$build" --prefix "$prefix"
"$prefix/bin/clade" --version | grep -q "^clade $version " || fail "clade --version is not $version"
case $(grep -m 1 '^## ' "$source/CHANGELOG.md") in
"## Unreleased" | "## $version"*) ;;
*) fail "CHANGELOG.md begins neither with what is unreleased nor with $version" ;;
esac
[ -f "$prefix/share/clade/configs/xor.yaml" ] || fail "no configurations"
for module in core evolution evaluation experiment app; do
    quietly g++ -shared -o whole.so -Wl,--whole-archive "$prefix/lib/libclade_$module.a" -Wl,--no-whole-archive
done

say "find_package, C++23, for this processor"
use native -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_STANDARD=23 -DCMAKE_CXX_FLAGS="-O2 -march=native"

if command -v clang++-16 >/dev/null; then
    say "clang"
    use clang -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_COMPILER=clang++-16
fi

say "pkg-config"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
if command -v pkg-config >/dev/null; then
    [ "$(pkg-config --modversion clade)" = "$version" ] || fail "pkg-config: not version $version"
    # shellcheck disable=SC2046  # a list of flags
    quietly g++ -std=c++20 "$examples/own_task.cpp" -o by_pkg_config $(pkg-config --cflags --libs clade)
    quietly ./by_pkg_config run "$examples/own_task.yaml" --seed 1 --quiet
fi

say "what is missing is named"
if cmake -S "$source/tests/package_consumer" -B missing -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_DISABLE_FIND_PACKAGE_TBB=ON -DCMAKE_DISABLE_FIND_PACKAGE_yaml-cpp=ON >log 2>&1; then
    fail "configured without TBB"
fi
for line in "TBB (on Debian: apt-get install libtbb-dev)" "yaml-cpp (on Debian: apt-get install libyaml-cpp-dev)"; do
    grep -qF "$line" log || { cat log; fail "not said: $line"; }
done
grep -q SQLite log && fail "SQLite was not missing"
if cmake -S "$source/tests/package_consumer" -B component -DCMAKE_PREFIX_PATH="$prefix" \
    -DCLADE_COMPONENTS="COMPONENTS;breeding" >log 2>&1; then
    fail "configured with a component that there is not"
fi
grep -qF "a component 'breeding': there are core, evolution, evaluation, experiment, app" log || fail "component"

say "public names"
sh "$source/cmake/check_public_names.sh" "$source/tests/golden/public_names.txt" "$prefix/include" || fail "names"

say "each header alone, without types of others"
(cd "$prefix/include" && find clade -name '*.hpp') >headers
! grep _internal headers || fail "an internal header is installed"
mkdir alone
cat >alone.sh <<'END'
name=$(echo "$2" | tr / .)
printf '#include <%s>\n#include <%s>\n' "$2" "$2" >"alone/$name.cpp"
g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -I "$1/include" -MD -MF "alone/$name.d" "alone/$name.cpp" || exit 1
! tr ' ' '\n' <"alone/$name.d" | grep -v "^$1/" |
    grep -E '/(tbb|yaml-cpp|spdlog|fmt|nlohmann|eigen3|CLI|box2d)/|sqlite3|zstd|xxhash'
END
xargs -P 2 -n 1 sh alone.sh "$prefix" <headers || fail "headers"
