#!/usr/bin/env bash
# NumPy 2.4.6: different lists of seeds give the same random numbers
#
# Guess: default_rng([seed, generation]) is a stream of its own for each pair, and [5] is not [5, 0].
# Seen: [5], [5, 0] and [5, 0, 0, 0] are one stream; [0, 1] is the stream of the single seed 2**32; the first child
#   that seed 5 spawns is the stream of the list [5, 0, 0, 0, 0].
# Why the guess misses: SeedSequence cuts all numbers into words of 32 bits, joins them and pads them with zeros to
#   four words. Neither the length of the list nor the borders of its numbers are hashed.
# For neuroevolution: with keys [seed, generation] and [seed, generation, index], each generation shares its stream
#   with its genome of index 0. Keep keys at one length, each number below 2**32, and do not mix lists with spawn().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 || exit 2

"$folder/venv/bin/python" - <<'END'
import sys
import numpy as np


def first(seed):
    return int(np.random.default_rng(seed).integers(2**62))


child = np.random.SeedSequence(5).spawn(1)[0]
pairs = [("5", 5, "[5, 0]", [5, 0]), ("[5]", [5], "[5, 0, 0, 0]", [5, 0, 0, 0]),
         ("2**32", 2**32, "[0, 1]", [0, 1]),
         ("first child of 5", child, "[5, 0, 0, 0, 0]", [5, 0, 0, 0, 0])]
same = [first(a) == first(b) for _, a, _, b in pairs]
for (a, seed, b, _), equal in zip(pairs, same):
    print(f"{a:>16} and {b:<16} {'are the same stream' if equal else 'differ'}: {first(seed)}")
control = first([5, 0]) != first([0, 5])
print("[5, 0] and [0, 5]", "differ" if control else "are the same stream")
sys.exit(0 if all(same) and control else 1)
END
