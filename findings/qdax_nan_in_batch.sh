#!/usr/bin/env bash
# QDax 0.5.0: one NaN in a batch keeps a good solution out of the repertoire
#
# Guess: a solution with NaN as fitness is worse than any other, so it does not enter; the others are not affected.
# Seen: of the fitnesses [5, NaN] for one cell of an empty MAP-Elites repertoire none enters: the cell stays empty.
#   Added in two batches, the 5 enters. A NaN as descriptor puts a solution into the first cell, and can replace its
#   elite.
# Why the guess misses: the best of a batch is found as the maximum of each cell, which a NaN makes NaN; then the
#   solutions equal to the maximum enter, and nothing equals NaN. The nearest centroid of a NaN is an argmin of NaN:
#   index 0.
# For neuroevolution: in large batches one bad network costs the good ones of its cell, more of them the larger the
#   batch is. Replace NaN in fitness and descriptor by -inf before add(); -inf does no harm, as an empty cell has it
#   too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check qdax==0.5.0 jax==0.10.2 jaxlib==0.10.2 || exit 2

JAX_PLATFORMS=cpu "$folder/venv/bin/python" -W ignore - <<'END'
import sys
import jax.numpy as jnp
from qdax.core.containers.mapelites_repertoire import MapElitesRepertoire

nan, inf = float("nan"), float("inf")


def cells(*batches):
    repertoire = MapElitesRepertoire.init(
        genotypes=jnp.zeros((1, 1)), fitnesses=jnp.array([-inf]), descriptors=jnp.array([[0.9]]),
        centroids=jnp.array([[0.25], [0.75]]))
    for fitnesses, descriptors in batches:
        genotypes = jnp.ones((len(fitnesses), 1))
        repertoire = repertoire.add(genotypes, jnp.array(descriptors)[:, None], jnp.array(fitnesses))
    result = [float(fitness) for fitness in repertoire.fitnesses.ravel()]
    print(f"batches (fitnesses, descriptors) {batches}: cells {result}")
    return result


together = cells(([5.0, nan], [0.2, 0.2]))
apart = cells(([5.0], [0.2]), ([nan], [0.2]))
worst = cells(([5.0, -inf], [0.2, 0.2]))
lost = cells(([5.0], [0.2]), ([7.0], [nan]))
sys.exit(0 if together == [-inf, -inf] and apart == worst == [5.0, -inf] and lost == [7.0, -inf] else 1)
END
