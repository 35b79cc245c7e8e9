# Read by run.sh: Clade as a folder of another project.
say "add_subdirectory"
# shellcheck disable=SC2046  # a list of flags
use folder "own_task own_loop champion" -DCLADE_SOURCE="$source" -DCLADE_OBJECTS="$build" $(same_objects)
does_not_load folder/champion tbb box2d

say "install"
quietly cmake --install folder --prefix "$prefix"
[ -f "$prefix/lib/libclade_app.a" ] || fail "no libraries"
