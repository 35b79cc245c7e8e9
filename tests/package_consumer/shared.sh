# Read by run.sh: installed shared libraries. They are linked from the objects of the build tree, whose static libraries
# are position-independent: the flag takes the place of the compiler.
say "build and install"
# shellcheck disable=SC2046  # a list of flags
quietly cmake -S "$source" -B libraries -DBUILD_SHARED_LIBS=ON $(same_objects) \
    -DCMAKE_CXX_COMPILE_OBJECT="sh $source/tests/package_consumer/reuse.sh $build <OBJECT>"
quietly cmake --build libraries
quietly cmake --install libraries --prefix "$prefix"
same_digest "$(digest "$prefix/bin/clade")" "$expected"

say "symbols"
for module in core evolution evaluation experiment app; do
    library=$prefix/lib/libclade_$module.so
    has_soname "$library" "libclade_$module.so.${version%.*}"
    shows_only_clade "$library"
done
for module in core evolution evaluation; do has_kernels "$prefix/lib/libclade_$module.so"; done

say "find_package"
use installed "own_task own_loop own_environment champion" -DCMAKE_PREFIX_PATH="$prefix"
does_not_load installed/champion tbb box2d

say "pkg-config"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
if command -v pkg-config >/dev/null; then
    pkg_config_has_version "$version"
    # shellcheck disable=SC2046  # a list of flags
    quietly g++ -std=c++20 "$examples/champion.cpp" -o by_pkg_config $(pkg-config --cflags --libs clade)
    LD_LIBRARY_PATH="$prefix/lib" quietly ./by_pkg_config "$champion" 1 0
fi
