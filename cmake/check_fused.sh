#!/bin/sh
# Finds fused multiply-adds in compiled code, which round once where every other processor rounds twice:
# `sh cmake/check_fused.sh FILE...` prints each instruction with its file and function, and exits 1 if there is one. FILE
# is an object, an archive, a library or a program.
set -eu

for file in "$@"; do
    LC_ALL=C objdump --disassemble --no-show-raw-insn --demangle "$file" | awk -v file="$file" '
        /^[0-9a-f]+ <.*>:$/ { name = $0; sub(/^[0-9a-f]+ </, "", name); sub(/>:$/, "", name); functions++; next }
        # x86: vfmadd132sd, vfnmsub, vfmaddsub, of AVX-512 v4fmaddps and vfcmaddcph too. ARM: fmadd, fnmsub, fmla, fmls.
        $2 ~ /^v4?fc?n?m(add|sub)|^fn?m(add|sub)|^fml[as]/ { print file ": " name ": " $2; found = 1 }
        END {
            if (!functions) { print file ": has no code to look at"; exit 1 }
            exit found
        }' || failed=1
done
[ -z "${failed:-}" ]
