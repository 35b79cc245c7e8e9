#!/usr/bin/env bash
# neat-python 2.0.0 on CPython: the seeds -7 and 7 give the same run
#
# Guess: two different seeds give two different runs.
# Seen: with `seed = -7` and `seed = 7` in [NEAT] the champions agree in all weights and fitness; 8 gives another one.
# Why the guess misses: neat-python accepts any whole number and gives it to random.seed(), which takes the absolute
#   value of integers. (random.seed(-7.0) differs from random.seed(7.0), so it looks as if the sign counted.)
# For neuroevolution: seeds counted from -10 to 10, or taken from a signed hash, hold runs twice; a test of two
#   settings then counts copies as evidence.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check neat-python==2.0.0 || exit 2

cd "$folder"
"$folder/venv/bin/python" - <<'END'
import random
import sys
import neat

ATTRIBUTES = "".join(f"""
{name}_init_mean = 0
{name}_init_stdev = 1
{name}_max_value = 30
{name}_min_value = -30
{name}_mutate_power = 0.5
{name}_mutate_rate = 0.8
{name}_replace_rate = 0.1""" for name in ("weight", "bias", "response"))
CONFIGURATION = f"""[NEAT]
seed = {{seed}}
pop_size = 20
fitness_criterion = max
fitness_threshold = 99
no_fitness_termination = False
reset_on_extinction = False
[DefaultGenome]
num_inputs = 2
num_outputs = 1
num_hidden = 0
feed_forward = True
initial_connection = full_direct
activation_default = sigmoid
activation_options = sigmoid
activation_mutate_rate = 0
aggregation_default = sum
aggregation_options = sum
aggregation_mutate_rate = 0
enabled_default = True
enabled_mutate_rate = 0
conn_add_prob = 0.5
conn_delete_prob = 0.1
node_add_prob = 0.2
node_delete_prob = 0.1
single_structural_mutation = false
compatibility_disjoint_coefficient = 1
compatibility_weight_coefficient = 0.5{ATTRIBUTES}
[DefaultSpeciesSet]
compatibility_threshold = 3
[DefaultStagnation]
[DefaultReproduction]
"""


def evaluate(genomes, _):
    for _, genome in genomes:
        genome.fitness = sum(gene.weight for gene in genome.connections.values())


def champion(seed):
    with open("neat.ini", "w") as file:
        file.write(CONFIGURATION.format(seed=seed))
    config = neat.Config(neat.DefaultGenome, neat.DefaultReproduction, neat.DefaultSpeciesSet,
                         neat.DefaultStagnation, "neat.ini")
    best = neat.Population(config).run(evaluate, 5)
    print(f"seed {seed:3}: champion {best.key}, fitness {best.fitness}")
    return {key: gene.weight for key, gene in best.connections.items()}


minus, plus, other = champion(-7), champion(7), champion(8)
floats = random.Random(-7.0).random() != random.Random(7.0).random()
print("equal:", minus == plus, "  random.seed(-7.0) and random.seed(7.0) differ:", floats)
sys.exit(0 if minus == plus != other and floats else 1)
END
