#!/usr/bin/env bash
# DEAP 1.4.4: one NaN fitness makes the hall of fame forget the best individual
#
# Guess: a hall of fame only ever gets better. A NaN compares as false, so an individual with a NaN fitness never
#   enters.
# Seen: after the fitnesses 3, NaN, 2 the hall of fame of size 1 holds 2. The NaN replaced the 3, then the 2 replaced
#   the NaN. Without the NaN it holds 3.
# Why the guess misses: Fitness defines `a > b` as `not a <= b`. With a NaN this is true in both directions, so a NaN
#   is better than everything, and everything is better than a NaN.
# For neuroevolution: a single network that overflows costs the champion of the whole run, and nothing is reported.
#   Replace NaN before the fitness is set; a comparison afterwards cannot repair it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check deap==1.4.4 || exit 2

"$folder/venv/bin/python" - <<'END'
import math
import sys
from deap import base, creator, tools

creator.create("Fitness", base.Fitness, weights=(1.0,))
creator.create("Individual", list, fitness=creator.Fitness)


def champion(fitnesses):
    hall = tools.HallOfFame(1)
    for fitness in fitnesses:
        individual = creator.Individual([fitness])
        individual.fitness.values = (fitness,)
        hall.update([individual])
    return hall[0][0]


nan, three = creator.Fitness((math.nan,)), creator.Fitness((3.0,))
print("NaN > 3:", nan > three, "  3 > NaN:", three > nan)
with_nan, without = champion([3.0, math.nan, 2.0]), champion([3.0, 2.0])
print("champion after 3, 2:     ", without)
print("champion after 3, NaN, 2:", with_nan)
sys.exit(0 if nan > three and three > nan and with_nan == 2.0 and without == 3.0 else 1)
END
