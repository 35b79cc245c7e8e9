# cmake/check_shown_code.sh, fed with code that is in no example, and with code that is.
set -eu
source=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
check() { sh "$source/cmake/check_shown_code.sh" "$scratch"/*.md; }

printf 'Text.\n\n```cpp\nint main() {\n    evolve();\n}\n```\n' >"$scratch/text.md"
if check >"$scratch/said"; then echo "code of no example was not found"; exit 1; fi
grep -q ':3: this code stands in no file of apps/examples$' "$scratch/said"

printf 'Text without code.\n' >"$scratch/text.md"
if check >/dev/null; then echo "a text without code was taken for checked"; exit 1; fi

printf '```python\nimport clade\n\nclade.evolve()\n```\n' >"$scratch/python.md"
if check >"$scratch/said"; then echo "code of no example in Python was not found"; exit 1; fi
grep -q ':1: this code stands in no file of apps/python/examples$' "$scratch/said"

printf '```c\nint main(void) {\n    evolve();\n}\n```\n' >"$scratch/c_interface.md"
rm "$scratch/python.md"
if check >"$scratch/said"; then echo "C of no example was not found"; exit 1; fi
grep -q ':1: this code stands in no file of apps/examples/c_interface$' "$scratch/said"

{ echo '```cpp' && head -n 5 "$source/apps/examples/own_loop.cpp" && echo '```'; } >"$scratch/text.md"
{ echo '```python' && head -n 5 "$source/apps/python/examples/own_loop.py" && echo '```'; } >"$scratch/python.md"
{ echo '```c' && head -n 5 "$source/apps/examples/c_interface/evolve_xor.c" && echo '```'; } >"$scratch/c_interface.md"
check
