#!/bin/sh
# Compiles a program with a mistake: `sh check.sh FILE COMPILER FLAG...` fails unless the compiler refuses it with the
# sentence of its first line, `// expected: SENTENCE`; "nothing" is for a program that compiles.
set -u

file=$1
shift
expected=$(sed -n '1s|^// expected: ||p' "$file")
[ -n "$expected" ] || { echo "$file: its first line must be // expected: SENTENCE"; exit 1; }

said=$("$@" -fsyntax-only "$file" 2>&1)
compiled=$?

case $expected:$compiled in
nothing:0) exit 0 ;;
nothing:*) echo "$file does not compile:" ;;
*:0) echo "$file compiles, though it should not: $expected"; exit 1 ;;
*)
    printf '%s\n' "$said" | grep -qF -e "$expected" && exit 0
    echo "$file: the compiler does not say: $expected"
    ;;
esac
printf '%s\n' "$said"
exit 1
