"""A run of a built-in task, and what its log holds."""

import sys

import clade

config = sys.argv[1] if len(sys.argv) > 1 else "configs/xor.yaml"
run = clade.run(config, seed=7, overrides={"evolution.population_size": 100})
print(run.outcome, run.generations["best"][-1])

run = clade.open_run("runs")  # the newest one there
last = run.species[run.species["generation"] == run.generations["generation"][-1]]
print(last["size"], run.config["evolution"]["population_size"])
best = run.generations["champion"][-1]
print(run.lineage(best)[["generation", "id", "fitness"]])
print(run.network(best).connection_count, run.report())
