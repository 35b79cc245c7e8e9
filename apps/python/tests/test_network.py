import copy
import json
import pickle

import numpy as np
import pytest

import clade
from conftest import INPUTS


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    out = tmp_path_factory.mktemp("runs")
    return clade.run({"task": {"name": "xor"}}, seed=7, out=out).champion


def test_rows_give_the_bits_of_single_observations(network):
    rows = network(INPUTS)
    assert rows.shape == (4, 1) and rows.dtype == np.float32
    for observation, row in zip(INPUTS, rows):
        assert np.array_equal(network(observation), row)


def test_lists_and_doubles_and_any_order_of_memory_are_the_same_rows(network):
    expected = network(INPUTS)
    for given in (INPUTS.tolist(), INPUTS.astype(float), np.asfortranarray(INPUTS), INPUTS[::-1][::-1]):
        assert np.array_equal(network(given), expected)


def test_the_largest_output_is_the_first_of_equal_ones_and_a_number():
    population = clade.Evolver(2, 3, evolution={"population_size": 20}, genome={"activation": {"output": "identity"}}).ask()
    for network in population:
        for observation in [*INPUTS, [np.inf, -np.inf], [1e38, 1e38]]:
            outputs = network(observation)
            expected = np.where(np.isnan(outputs), -np.inf, outputs).argmax() if not np.isnan(outputs).all() else 0
            assert network.largest(observation) == expected
    with pytest.raises(clade.Error, match=r"takes an array of shape \(2,\), got \(4, 2\)"):
        network.largest(INPUTS)


def test_no_rows_give_no_rows(network):
    assert network(np.empty((0, 2))).shape == (0, 1)


@pytest.mark.parametrize("shape", [(), (3,), (4, 3), (1, 4, 2), (2, 4)])
def test_another_shape_is_refused_with_both(network, shape):
    with pytest.raises(clade.Error, match=r"takes an array of shape \(2,\), or \(rows, 2\), got \("):
        network(np.zeros(shape))


def test_says_what_it_is(network):
    assert (network.input_count, network.output_count) == (2, 1)
    assert network.inputs == ["input 1", "input 2"]
    assert network.origin["task"] == "xor" and network.origin["seed"] == 7
    assert network.connection_count > 0 and network.hidden_count > 0


def test_copies_pickles_and_files_give_the_same_bits(network, tmp_path):
    file = tmp_path / "champion.json"
    file.write_text(network.to_json())
    others = [network.copy(), copy.deepcopy(network), pickle.loads(pickle.dumps(network)), clade.Network(file),
              clade.Network.from_json(network.to_json())]
    for other in others:
        assert np.array_equal(other(INPUTS), network(INPUTS))


def test_a_damaged_file_is_refused_with_its_path(network, tmp_path):
    file = tmp_path / "champion.json"
    damaged = json.loads(network.to_json())
    damaged["genome"]["nodes"] = "none"
    file.write_text(json.dumps(damaged))
    with pytest.raises(clade.FormatError, match="champion.json"):
        clade.Network(file)
    with pytest.raises(clade.Error, match="missing.json"):
        clade.Network(tmp_path / "missing.json")


def test_a_recurrent_network_keeps_its_state_until_reset(tmp_path):
    config = {"task": {"name": "sequence_memory"}, "evolution": {"population_size": 20}, "stop": {"generations": 3}}
    network = clade.run(config, seed=1, out=tmp_path).champion
    assert network.is_recurrent
    observation = np.ones(network.input_count, dtype=np.float32)
    first = [network(observation).copy() for _ in range(3)]
    network.reset()
    assert np.array_equal([network(observation) for _ in range(3)], first)
    rows = np.stack([observation, observation * 0, observation * 2])
    network.reset()
    played = [network(rows) for _ in range(3)]
    network.reset()
    network(rows)
    network.keep_rows([0, 2])
    assert np.array_equal(network(rows[[0, 2]]), played[1][[0, 2]])
