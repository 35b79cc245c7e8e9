#!/usr/bin/env bash
# pycma 4.5.0: seed 0 means "use the clock"; the seed also resets the random numbers of the whole program
#
# Guess: {'seed': 0} is a seed like 1 or 42, and the seed concerns the optimiser alone.
# Seen: two optimisers with seed 0 draw different samples, two with seed 1 the same. After CMAEvolutionStrategy(...,
#   {'seed': 7}) the program's own np.random.rand() gives the number that follows np.random.seed(7).
# Why the guess misses: 0 stands for "no seed" there, as None does, and samples come from NumPy's global generator.
# For neuroevolution: seeds counted from 0 give one run that nobody can repeat. Optimisers made inside a loop, say one
#   for each genome, reset the global generator each time, so mutations drawn from it repeat.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cma==4.5.0 numpy==2.4.6 || exit 2

"$folder/venv/bin/python" - <<'END'
import sys
import time
import cma
import numpy as np


def sample(seed):
    time.sleep(0.05)
    return float(cma.CMAEvolutionStrategy(3 * [1.0], 0.5, {"seed": seed, "verbose": -9}).ask()[0][0])


zero, one = (sample(0), sample(0)), (sample(1), sample(1))
print("seed 0, twice:", *zero)
print("seed 1, twice:", *one)
drawn = []
for _ in range(3):
    cma.CMAEvolutionStrategy(3 * [1.0], 0.5, {"seed": 7, "verbose": -9})
    drawn.append(float(np.random.rand()))
np.random.seed(7)
expected = float(np.random.rand())
print("np.random.rand() after each of three optimisers:", *drawn)
print("np.random.rand() after np.random.seed(7):       ", expected)
sys.exit(0 if zero[0] != zero[1] and one[0] == one[1] and set(drawn) == {expected} else 1)
END
