# Read by run.sh: Clade as a folder of another project, with shared libraries, and these installed.
flags="-DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DBUILD_SHARED_LIBS=ON -DCMAKE_UNITY_BUILD=ON"
say "add_subdirectory"
# shellcheck disable=SC2086  # a list of flags
use folder $flags -DCLADE_SOURCE="$source"

say "install"
quietly cmake --build folder
quietly cmake --install folder --prefix "$prefix"

say "symbols"
for module in core evolution evaluation experiment app; do
    library=$prefix/lib/libclade_$module.so
    [ "$(readlink "$library")" = "libclade_$module.so.${version%.*}" ] || fail "$library: not the link to its soname"
    readelf -d "$library" | grep -q "SONAME.*\[libclade_$module.so.${version%.*}\]" || fail "$library: soname"
    nm -DC --defined-only "$library" | cut -d' ' -f3- >symbols
    grep -q '^clade::' symbols || fail "$library shows nothing"
    ! grep -vE '^(clade::|(vtable|typeinfo|typeinfo name|VTT|guard variable) for clade::|.*thunk to clade::)' symbols ||
        fail "$library shows what is not Clade's"
    ! grep -E '^clade::(baseline|avx2|avx512)::' symbols || fail "$library shows kernels"
done

say "find_package"
use installed -DCMAKE_PREFIX_PATH="$prefix"
