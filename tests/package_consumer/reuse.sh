# The compiler's place is taken by `reuse.sh BUILD OBJECT` where Clade is compiled already: it copies the object from the
# build tree BUILD, in which Clade is not a folder `clade` but the project itself.
set -eu
cp "$1/${2#clade/}" "$2"
