"""The loop in your hands: ask, score, tell."""

import clade

evolver = clade.Evolver(inputs=1, outputs=1, seed=42, evolution={"population_size": 100})
for _ in range(20):
    population = evolver.ask()
    record = evolver.tell([1.0 - abs(network([0.25])[0] - 0.75) for network in population])
print(f"generation {record['generation']}: best {record['best']:.4f}, {record['species_count']} species")
print(evolver.best([0.25]))
