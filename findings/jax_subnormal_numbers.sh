#!/usr/bin/env bash
# JAX 0.10.2 on the CPU: two numbers that differ can have the difference 0
#
# Guess: on a CPU, float32 arithmetic is that of IEEE 754, as in NumPy; subnormal numbers go to 0 on a GPU at most.
# Seen: 1.5e-38 - 1.4e-38 is 0.0 and 1e-40 * 1 is 0.0, inside and outside of jit. NumPy gives 1e-39 and 1e-40. The
#   array itself keeps 1e-40, so it prints as not zero.
# Why the guess misses: XLA switches the processor to "flush to zero" while its code runs. A value loses its subnormal
#   bits not when it is stored, but when something is computed from it.
# For neuroevolution: the guard `if x != y: slope = 1 / (x - y)` divides by zero, a decaying trace ends at exactly 0,
#   and a network with tiny weights does not repeat bit by bit against an engine that computes by IEEE 754.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6 || exit 2

JAX_PLATFORMS=cpu "$folder/venv/bin/python" - <<'END'
import sys
import jax
import jax.numpy as jnp
import numpy as np

a, b, tiny = np.float32(1.5e-38), np.float32(1.4e-38), np.float32(1e-40)
x, y, z = jnp.float32(a), jnp.float32(b), jnp.float32(tiny)
difference, compiled = x - y, jax.jit(lambda p, q: p - q)(x, y)
print("NumPy: a - b =", a - b, "  tiny * 1 =", tiny * np.float32(1))
print("JAX:   a - b =", difference, "  in jit:", compiled, "  tiny * 1 =", z * 1, "  tiny =", z)
print("JAX:   a != b:", bool(x != y), "  1 / (a - b) =", 1 / difference)
kept = np.asarray(z) == tiny and tiny > 0 and a - b > 0
sys.exit(0 if kept and bool(x != y) and difference == 0 and compiled == 0 and np.asarray(z * 1) == 0 else 1)
END
