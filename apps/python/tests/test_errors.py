import os
import signal
import threading
import time

import numpy as np
import pytest

import clade
from conftest import INPUTS, squared_error


def test_every_mistake_of_a_dict_is_named_at_once(tmp_path):
    config = {"task": {"name": "xro"}, "evolution": {"populaton_size": 3}, "stop": {"generations": -1}}
    with pytest.raises(clade.ConfigError) as caught:
        clade.run(config, overrides={"log.level": "loud"}, out=tmp_path)
    text = str(caught.value)
    assert "config: evolution.populaton_size: unknown key; did you mean 'population_size'?" in text
    assert "config: stop.generations: must be an integer of at least 1, or null, got -1" in text
    assert "unknown task 'xro'; did you mean 'xor'?" in text
    assert 'log.level="loud": log.level: must be one of' in text
    assert text.splitlines()[-1] == '4 problems in config, log.level="loud"; nothing was run'
    assert not list(tmp_path.iterdir())


def test_a_mistake_of_a_file_has_its_line(tmp_path):
    file = tmp_path / "my.yaml"
    file.write_text("task: {name: xor}\nstop:\n  generations: none\n")
    with pytest.raises(clade.ConfigError, match=r"my.yaml:3:16: stop.generations: must be"):
        clade.run(file)
    with pytest.raises(clade.Error, match="missing.yaml"):
        clade.run(tmp_path / "missing.yaml")
    with pytest.raises(TypeError, match="numbers, texts, lists and dicts, got object"):
        clade.run({"stop": object()})


def test_names_of_tasks_are_taken_once():
    with pytest.raises(clade.Error, match="'xor'"):
        clade.run(None, squared_error, inputs=2, outputs=1, name="xor")
    with pytest.raises(clade.Error, match="snake_case|lower-case"):
        clade.task(inputs=2, outputs=1, name="No Name")(squared_error)


@pytest.mark.parametrize("batch", [False, True])
def test_an_exception_of_a_function_ends_the_run_with_its_place(batch, small, tmp_path):
    def failing(_):
        raise ValueError("no such world")

    task = clade.task(inputs=2, outputs=1, name="failing", batch=batch)(failing)
    with pytest.raises(clade.Error, match=r"task 'failing': ValueError: no such world \(test_errors.py:\d+\)") as caught:
        clade.run(small, task, out=tmp_path)
    assert isinstance(caught.value.__cause__, ValueError)
    assert isinstance(caught.value, clade.ScoringError) != batch


def test_a_failed_genome_need_not_end_the_run(small, tmp_path):
    calls = []

    @clade.task(inputs=2, outputs=1)
    def sometimes(network):
        calls.append(0)
        if len(calls) % 7 == 0:
            raise RuntimeError("unlucky")
        return squared_error(network)

    run = clade.run(small, sometimes, out=tmp_path, overrides={"evaluation.on_failure": "worst_fitness"})
    assert run.generations["failed_count"].sum() > 0 and run.outcome == "generations"


@pytest.mark.parametrize("batch, said, rule", [
    (False, None, "must return a number, the fitness, got NoneType"),
    (False, [1.0, 2.0], "must return a number, the fitness, got list"),
    (True, 1.0, r"of shape \[30\], got shape \(\)"),
    (True, np.zeros((30, 1)), r"of shape \[30\], got shape \(30, 1\)"),
    (True, "text", "of every genome"),
])
def test_what_is_no_fitness_is_refused(batch, said, rule, small, tmp_path):
    with pytest.raises(clade.Error, match=rule):
        clade.run(small, lambda _: said, inputs=2, outputs=1, batch=batch, out=tmp_path)


@pytest.mark.parametrize("said", [1.0, (1.0, [1.0]), (1.0, "ab")])
def test_what_is_no_pair_of_fitness_and_scores_is_refused(said, small, tmp_path):
    with pytest.raises(clade.Error, match="pair|scores of shape"):
        clade.run(small, lambda _: said, inputs=2, outputs=1, scores=["a", "b"], out=tmp_path)


def test_an_exception_of_progress_comes_out_as_it_is(learn_xor, small, tmp_path):
    def progress(row):
        raise KeyError(row["generation"])

    with pytest.raises(KeyError, match="0"):
        clade.run(small, learn_xor, out=tmp_path, progress=progress)


@pytest.fixture
def interrupts():
    """Python's own handler, which a shell may have switched off for what it runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted_after(seconds):
    threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)).start()


@pytest.mark.parametrize("where", ["engine", "function", "batch"])
def test_an_interrupt_ends_the_run_which_can_be_resumed(where, interrupts, tmp_path):
    config = {"evolution": {"population_size": 10}, "stop": {"generations": 100000, "seconds": 60}}

    @clade.task(inputs=2, outputs=1, name="slow", batch=where == "batch")
    def slow(given):
        if where == "batch":
            time.sleep(0.01)
            return np.ones(len(given))
        time.sleep(0.001)
        return 1.0

    interrupted_after(0.3)
    with pytest.raises(KeyboardInterrupt):
        if where == "engine":
            clade.run({"task": {"name": "xor"}, "stop": {"generations": 100000, "seconds": 60, "solved_fitness": 99}}, out=tmp_path)
        else:
            clade.run(config, slow, out=tmp_path)
    run = clade.open_run(tmp_path)
    logged = len(run.generations)
    assert run.outcome == "interrupted" and logged > 0
    resumed = clade.resume(run.folder, None if where == "engine" else slow,
                           stop_when=lambda row: "enough")
    assert resumed.outcome == "stopped" and len(resumed.generations) == logged + 1


def test_a_handler_that_raises_nothing_lets_the_run_go_on(tmp_path):
    config = {"task": {"name": "xor"}, "stop": {"generations": 300, "solved_fitness": 99}}
    straight = clade.run(config, seed=1, out=tmp_path)
    seen = []
    before = signal.signal(signal.SIGINT, lambda *_: seen.append(0))
    try:
        interrupted_after(0.05)
        run = clade.run(config, seed=1, out=tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)
    assert run.generations["digest"].tolist() == straight.generations["digest"].tolist()


def test_a_run_in_another_thread_leaves_this_one_its_turn(tmp_path):
    config = {"task": {"name": "xor"}, "stop": {"generations": 200, "solved_fitness": 99}}
    made = []
    thread = threading.Thread(target=lambda: made.append(clade.run(config, seed=1, out=tmp_path)))
    thread.start()
    turns = 0
    while thread.is_alive():
        turns += 1
        time.sleep(0.001)
    assert turns > 3 and len(made[0].generations) == 200
    assert made[0].champion(INPUTS).shape == (4, 1)
