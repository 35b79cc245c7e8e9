"""A simulator of one's own that steps a whole generation at once: carts that are to stop on a mark."""

import clade
import numpy as np

STEPS, SECONDS, EPISODES = 100, 0.05, 8


@clade.task(inputs=2, outputs=1, batch=True, deterministic=False, scores=["speed"])
def stop_on_the_mark(population):
    random = np.random.default_rng([population.seed, population.generation])
    position = np.broadcast_to(random.uniform(-1, 1, EPISODES), (len(population), EPISODES)).copy()
    speed = np.zeros_like(position)
    distance = np.zeros(len(population))
    for _ in range(STEPS):
        observations = np.stack([position, speed], axis=2)  # [networks, episodes, inputs]
        force = 2 * population(observations)[:, :, 0] - 1
        speed += SECONDS * force
        position += SECONDS * speed
        distance += np.abs(position).mean(axis=1)
    return 1 - distance / STEPS, np.abs(speed).mean(axis=1, keepdims=True)


config = {"evolution": {"population_size": 100}, "stop": {"generations": 30}}
run = clade.run(config, stop_on_the_mark, seed=1, progress=lambda row: print(row["generation"], row["best"]))
print(run, run.genomes(29)["score.speed"].mean())
