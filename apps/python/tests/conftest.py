import pathlib

import numpy as np
import pytest

import clade

ROOT = pathlib.Path(__file__).parents[3]
INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
TARGETS = np.array([0, 1, 1, 0])


@pytest.fixture
def configs():
    return ROOT / "configs"


@pytest.fixture
def small():
    """A short run of few genomes."""
    return {"evolution": {"population_size": 30}, "stop": {"generations": 5}}


def squared_error(network):
    return 4.0 - float(np.sum((network(INPUTS)[:, 0] - TARGETS) ** 2))


@pytest.fixture
def learn_xor():
    return clade.task(inputs=2, outputs=1, name="learn_xor", solved_fitness=3.9)(squared_error)
