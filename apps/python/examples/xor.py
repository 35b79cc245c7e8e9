import clade
import numpy as np

INPUTS, TARGETS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])

@clade.task(inputs=2, outputs=1, solved_fitness=3.9)
def closeness(network):
    return 4 - np.sum((network(INPUTS)[:, 0] - TARGETS) ** 2)

run = clade.run(task=closeness, seed=1)
print(run.champion(INPUTS))
