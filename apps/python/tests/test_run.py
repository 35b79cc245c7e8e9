import pathlib
import subprocess

import numpy as np
import pytest

import clade
from conftest import INPUTS, ROOT, TARGETS, squared_error


def golden_runs():
    """Those of small populations, which are short."""
    for file in sorted((ROOT / "tests/golden/runs").glob("*.csv")):
        first = file.read_text().splitlines()[0].removeprefix("# ").split()
        yield pytest.param(file, first[0], dict(word.split("=") for word in first[1:]), id=file.stem)


@pytest.mark.parametrize("file, config, settings", list(golden_runs()))
def test_built_in_tasks_have_the_generations_of_the_program(file, config, settings, tmp_path):
    numbers = {key: float(value) if "." in value else int(value) if value.isdigit() else value
               for key, value in settings.items()}
    rows = clade.run(ROOT / config, overrides=numbers, out=tmp_path).generations
    golden = np.genfromtxt(file, delimiter=",", names=True, skip_header=1)
    assert np.array_equal(golden["best"], rows["best"])
    assert np.array_equal(golden["mean"], rows["mean"])


def test_a_dict_gives_the_run_of_the_file_with_the_same_keys(tmp_path):
    file = tmp_path / "xor.yaml"
    file.write_text("name: x\ntask: {name: xor}\nevolution: {population_size: 40}\nstop: {generations: 4}\n")
    config = {"name": "x", "task": {"name": "xor"}, "evolution": {"population_size": np.int64(40)},
              "stop": {"generations": 4}}
    runs = [clade.run(given, seed=3, out=tmp_path) for given in (file, str(file), config)]
    assert len({tuple(run.generations["digest"]) for run in runs}) == 1


def test_a_function_of_one_network_is_a_task(learn_xor, tmp_path):
    run = clade.run(None, learn_xor, seed=1, out=tmp_path)
    assert run.solved and run.outcome == "solved"
    assert np.array_equal(run.champion(INPUTS)[:, 0] > 0.5, TARGETS)
    assert run.generations["best"][-1] == squared_error(run.champion)


def test_a_function_with_keywords_is_a_task_too(small, tmp_path):
    run = clade.run(small, squared_error, inputs=2, outputs=1, seed=1, out=tmp_path)
    assert run.config["task"]["name"] == "squared_error"
    with pytest.raises(TypeError, match="inputs=2"):
        clade.run(small, squared_error)
    with pytest.raises(TypeError, match="'batsh' with a function alone"):
        clade.run(small, batsh=True)


def test_a_function_of_all_networks_gives_the_run_of_the_function_of_one(learn_xor, small, tmp_path):
    @clade.task(inputs=2, outputs=1, name="learn_xor", batch=True, solved_fitness=3.9)
    def together(population):
        return 4.0 - np.sum((population(INPUTS)[:, :, 0] - TARGETS) ** 2, axis=1, dtype=np.float64)

    one, all_of_them = (clade.run(small, task, seed=2, out=tmp_path) for task in (learn_xor, together))
    assert np.allclose(one.generations["best"], all_of_them.generations["best"], atol=1e-6)
    assert one.generations["digest"][1] == all_of_them.generations["digest"][1]


@pytest.mark.parametrize("batch", [False, True])
def test_scores_are_logged_beside_the_fitness(batch, small, tmp_path):
    def one(network):
        return 1.0, [2.0, network.connection_count]

    def every(population):
        return np.ones(len(population)), np.array([[2.0, network.connection_count] for network in population])

    task = clade.task(inputs=2, outputs=1, name="scored", batch=batch, scores=["two", "connections"])
    genomes = clade.run(small, task(every if batch else one), seed=1, out=tmp_path).genomes(0)
    assert (genomes["score.two"] == 2.0).all() and (genomes["score.connections"] == 2.0).all()


def test_a_noisy_function_gets_seeds_which_repeat(small, tmp_path):
    seen = []

    @clade.task(inputs=1, outputs=1, deterministic=False)
    def noisy(network, seeds):
        seen.append((seeds.run, seeds.generation, seeds.genome))
        return np.random.default_rng(seeds.genome).normal()

    runs = [clade.run(small, noisy, seed=9, out=tmp_path) for _ in range(2)]
    assert runs[0].generations["digest"].tolist() == runs[1].generations["digest"].tolist()
    assert seen[: len(seen) // 2] == seen[len(seen) // 2 :] and len({run for run, _, _ in seen}) == 1
    assert len({genome for _, _, genome in seen}) > 30


def test_several_threads_give_the_same_generations(learn_xor, small, tmp_path):
    runs = [clade.run(small, learn_xor, seed=4, out=tmp_path, overrides={"evaluation.threads": threads})
            for threads in (1, 3)]
    assert runs[0].generations["digest"].tolist() == runs[1].generations["digest"].tolist()


def test_a_network_that_a_function_keeps_stays_as_it_was(small, tmp_path):
    kept = []

    @clade.task(inputs=2, outputs=1)
    def keeper(network):
        if len(kept) < 5:
            kept.append((network, network(INPUTS)))
        return squared_error(network)

    clade.run(small, keeper, seed=1, out=tmp_path)
    for network, outputs in kept:
        assert np.array_equal(network(INPUTS), outputs)
    with pytest.raises(clade.Error, match="no genome to save"):
        kept[0][0].to_json()


def test_progress_sees_each_generation_and_a_text_ends_the_run(learn_xor, small, tmp_path):
    rows = []
    run = clade.run(small, learn_xor, seed=1, out=tmp_path, progress=rows.append,
                    stop_when=lambda row: "enough" if row["generation"] == 2 else None)
    assert [row["generation"] for row in rows] == [0, 1, 2] and run.outcome == "stopped"
    assert [row["best"] for row in rows] == run.generations["best"].tolist()
    assert run.entries["stop_reason"] == "enough"


def test_a_stopped_run_goes_on_to_the_generations_of_the_straight_one(learn_xor, small, tmp_path):
    straight = clade.run(small, learn_xor, seed=6, out=tmp_path)
    stopped = clade.run(small, learn_xor, seed=6, out=tmp_path, stop_when=lambda row: "later")
    assert len(stopped.generations) == 1
    resumed = clade.resume(stopped.folder, learn_xor)
    assert resumed.generations["digest"].tolist() == straight.generations["digest"].tolist()


def test_the_program_reads_the_runs_of_the_package(tmp_path):
    program = next(iter(sorted(ROOT.glob("build/*/bin/clade"))), None)
    if program is None:
        pytest.skip("the program is not built")
    run = clade.run({"task": {"name": "xor"}}, seed=7, out=tmp_path)
    subprocess.run([program, "verify", run.folder], check=True, capture_output=True)
    assert pathlib.Path(run.folder).name.endswith("-7")
