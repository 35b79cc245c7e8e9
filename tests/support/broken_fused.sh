# cmake/check_fused.sh, fed with objects that have a fused multiply-add, that have none, and with no object at all.
set -eu
source=$1
compiler=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
check() { sh "$source/cmake/check_fused.sh" "$@" >"$scratch/said" 2>&1; }
told() {
    if check "$scratch/$1"; then echo "not told: $1"; exit 1; fi
    grep -q "$2" "$scratch/said" || { cat "$scratch/said"; exit 1; }
}
compile() {
    object=$1
    shift
    "$compiler" -x c++ -O2 "$@" -c -o "$scratch/$object" "$scratch/source.cpp"
}
wide=
case $(uname -m) in x86_64) wide=-march=x86-64-v3 ;; esac
cat >"$scratch/source.cpp" <<'CODE'
namespace some { double sum_of_product(double x, double y, double z) { return x * y + z; } }
void turn(double* p, double* q, double c, double s) {
    for (int i = 0; i < 64; ++i) {
        const double x = p[i], y = q[i];
        p[i] = c * x - s * y;
        q[i] = s * x + c * y;
    }
}
CODE
compile fused.o -ffp-contract=fast $wide
compile sound.o -ffp-contract=off
check "$scratch/sound.o"
told fused.o 'fused.o: some::sum_of_product(double, double, double): '
ar rc "$scratch/archive.a" "$scratch/sound.o" "$scratch/fused.o"
told archive.a 'archive.a: some::sum_of_product(double, double, double): '
if check "$scratch/sound.o" "$scratch/fused.o" "$scratch/sound.o"; then echo "not told: the second of three"; exit 1; fi
echo text >"$scratch/text"
told text 'has no code'
told missing 'has no code'
