import pickle

import numpy as np
import pytest

import clade
from conftest import INPUTS, squared_error


def evolved(generations, **settings):
    evolver = clade.Evolver(2, 1, seed=5, evolution={"population_size": 40}, **settings)
    records = []
    for _ in range(generations):
        records.append(evolver.tell([squared_error(network) for network in evolver.ask()]))
    return evolver, records


def test_ask_and_tell_make_the_generations_of_a_run(learn_xor, tmp_path):
    run = clade.run({"evolution": {"population_size": 40}, "stop": {"generations": 6, "solved_fitness": 9}}, learn_xor,
                    seed=5, out=tmp_path)
    _, records = evolved(6)
    assert [record["digest"] for record in records] == run.generations["digest"].tolist()
    assert [record["best"] for record in records] == run.generations["best"].tolist()


def test_equal_for_any_number_of_threads():
    assert evolved(4, threads=1)[1] == evolved(4, threads=3)[1]


def test_all_networks_at_once_give_the_bits_of_each():
    population = evolved(5)[0].ask()
    same = population(INPUTS)
    assert same.shape == (40, 4, 1)
    own = population(np.stack([INPUTS + i for i in range(40)]))
    one = population(np.stack([INPUTS[1:2] + i for i in range(40)]))
    for i, network in enumerate(population):
        assert np.array_equal(network(INPUTS), same[i])
        assert np.array_equal(network(INPUTS + np.float32(i)), own[i])
        assert np.array_equal(network(INPUTS[1] + np.float32(i)), one[i, 0])


def test_a_population_refuses_arrays_of_another_shape():
    population = evolved(1)[0].ask()
    for shape in [(2,), (4, 3), (39, 4, 2), (40, 4, 1)]:
        with pytest.raises(clade.Error, match=r"\(rows, 2\), or \(40, rows, 2\), got"):
            population(np.zeros(shape))


def test_genes_are_flat_arrays_which_stay_as_they_are():
    evolver, _ = evolved(6)
    population = evolver.ask()
    connections, ends = population.connections, population.connection_ends
    assert len(ends) == 40 and ends[-1] == len(connections["weight"])
    before = {name: column.copy() for name, column in connections.items()}
    for name, column in connections.items():
        assert not column.flags.writeable, name
    assert not connections["weight"].flags.owndata
    for _ in range(3):
        evolver.tell(np.zeros(40))
    del population
    assert all(np.array_equal(column, before[name]) for name, column in connections.items())
    assert set(connections) == {"innovation", "source", "target", "weight", "enabled"}


def test_a_population_is_a_sequence():
    population = evolved(1)[0].ask()
    assert len(population) == len(list(population)) == 40
    assert np.array_equal(population[-1](INPUTS), population[39](INPUTS))
    with pytest.raises(IndexError):
        population[40]
    assert np.array_equal(pickle.loads(pickle.dumps(population[3]))(INPUTS), population[3](INPUTS))


def test_a_pickled_evolver_goes_on_as_the_straight_one():
    straight, _ = evolved(3)
    resumed = pickle.loads(pickle.dumps(straight))
    fitness = np.arange(40.0)
    assert straight.tell(fitness) == resumed.tell(fitness)
    assert straight.tell(fitness)["digest"] == resumed.tell(fitness)["digest"]


def test_the_best_is_none_until_one_was_told():
    evolver, _ = evolved(0)
    assert evolver.best is None and np.isnan(evolver.best_fitness)
    evolver.tell(np.full(40, np.nan))
    assert evolver.best is None
    evolver.tell(np.arange(40.0))
    assert evolver.best_fitness == 39.0 and evolver.best(INPUTS).shape == (4, 1)


def test_mistakes_are_named_and_change_nothing():
    evolver, _ = evolved(2)
    for wrong in (np.zeros(39), np.zeros((40, 1))):
        with pytest.raises(clade.Error, match="fitness"):
            evolver.tell(wrong)
    assert evolver.generation == 2
    with pytest.raises(clade.ConfigError, match=r"^Evolver: evolution.populaton_size: unknown key; did you mean"):
        clade.Evolver(2, 1, evolution={"populaton_size": 3})
    with pytest.raises(clade.Error, match="did you mean 'minimise'"):
        clade.Evolver(2, 1, direction="minimize")
    with pytest.raises(clade.FormatError):
        evolver.restore(b"nonsense")
