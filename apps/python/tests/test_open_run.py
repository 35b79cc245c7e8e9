import subprocess

import numpy as np
import pytest

import clade
from conftest import INPUTS, ROOT, TARGETS


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    config = {"task": {"name": "xor"}, "evolution": {"population_size": 40}, "stop": {"generations": 12}}
    return clade.run(config, seed=3, out=tmp_path_factory.mktemp("runs"))


def test_the_newest_run_below_a_folder_is_opened(run):
    opened = clade.open_run(run.folder.parent)
    assert opened.folder == run.folder and opened.digest == run.digest
    assert opened.generations["digest"].tolist() == run.generations["digest"].tolist()
    with pytest.raises(clade.InputError, match="nowhere"):
        clade.open_run(run.folder / "nowhere")


def test_the_configuration_is_resolved(run):
    assert run.config["seed"] == run.seed == 3
    assert run.config["evolution"]["population_size"] == 40
    assert run.config["log"]["level"] == "info"
    assert run.config["stop"]["seconds"] is None
    assert clade.run(run.config, out=run.folder / "again").generations["digest"].tolist() == (
        run.generations["digest"].tolist())


def test_tables_agree_with_one_another(run):
    generations, species = run.generations, run.species
    assert generations["generation"].tolist() == list(range(len(generations)))
    assert species["size"].sum() == 40 * len(generations)
    for generation in generations:
        genomes = run.genomes(generation["generation"])
        assert len(genomes) == 40
        assert genomes["fitness"].max() == generation["best"]
        assert genomes["id"][genomes["fitness"].argmax()] == generation["champion"]
        assert set(genomes["species"]) == set(species["id"][species["generation"] == generation["generation"]])
    with pytest.raises(clade.Error, match="generation 99"):
        run.genomes(99)


def test_a_lineage_goes_from_parent_to_parent_to_the_first_generation(run):
    champion = run.generations["champion"][-1]
    lineage = run.lineage(champion)
    assert lineage["id"][0] == champion and lineage["generation"][-1] == 0 and lineage["parent_a"][-1] == -1
    assert lineage["parent_a"][:-1].tolist() == lineage["id"][1:].tolist()


def test_any_genome_is_made_again(run):
    champion = run.generations["champion"][-1]
    network = run.network(champion)
    assert network.origin["genome"] == champion and network.origin["fitness"] == run.generations["best"][-1]
    assert np.array_equal(network(INPUTS), run.champion(INPUTS))
    assert run.network(40).origin["generation"] == 1
    with pytest.raises(clade.Error, match="has no genome 4000"):
        run.network(4000)


def test_a_task_of_ones_own_is_needed_to_make_genomes_again(learn_xor, small, tmp_path):
    made = clade.run(small, learn_xor, seed=1, out=tmp_path)
    champion = made.generations["champion"][-1]
    again = clade.open_run(made.folder, learn_xor).network(champion)
    assert np.array_equal(again(INPUTS), made.network(champion)(INPUTS))
    alone = clade.open_run(made.folder)
    assert np.array_equal(alone.champion(INPUTS), made.champion(INPUTS))
    with pytest.raises(clade.InputError, match="needs the task 'learn_xor'"):
        alone.network(champion)


def test_reports_and_traces_are_those_of_the_task(run, tmp_path):
    assert run.report()["correct cases"] == np.sum((run.champion(INPUTS)[:, 0] > 0.5) == TARGETS)
    assert len(run.trace()) == 0
    config = {"task": {"name": "cart_pole"}, "evolution": {"population_size": 20}, "stop": {"generations": 2}}
    control = clade.run(config, seed=1, out=tmp_path)
    trace = control.trace(5)
    assert len(trace) > 5 and trace["reward"].sum() == len(trace)
    assert np.array_equal(trace, control.trace(5))
    assert not np.array_equal(trace["position"][0], control.trace(6)["position"][0])


def test_tables_become_frames(run):
    pandas = pytest.importorskip("pandas")
    frame = run.generations.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame) == list(run.generations.dtype.names)
    assert frame["best"].tolist() == run.generations["best"].tolist()


def test_a_run_says_what_it_is(run):
    assert str(run.folder) in repr(run) and run.outcome in repr(run)


def test_examples_run(tmp_path):
    import sys

    for example in sorted((ROOT / "apps/python/examples").glob("*.py")):
        settings = [str(ROOT / "configs/xor.yaml")] if example.stem == "runs" else []
        subprocess.run([sys.executable, example, *settings], cwd=tmp_path, check=True, capture_output=True, timeout=120)
