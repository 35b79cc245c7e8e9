"""Runs: made, continued, read."""

from __future__ import annotations

import functools
import os
import pathlib
from collections.abc import Callable, Mapping
from typing import Any, Union

import numpy as np

from . import _clade
from ._interrupt import cancelled_by_interrupt
from ._settings import Config, overrides_of, source_of
from ._table import Table, table_of
from ._task import AnyTask, task_in, task_of

Path = Union[str, os.PathLike[str]]
Hook = Union[Callable[[dict[str, Any]], Any], None]


def run(config: Config = None, task: AnyTask = None, *, seed: int | None = None,
        overrides: Mapping[str, Any] | None = None, out: Path = "runs", progress: Hook = None, stop_when: Hook = None,
        **traits: Any) -> Run:
    """Runs an experiment until it ends, and returns the Run.

    config      path of a YAML file, or a dict of the same keys; None: defaults. In a dict, {"task": {"gymnasium":
                "CartPole-v1", "episodes": 5}} stands for gym_task("CartPole-v1", episodes=5).
    task        what networks are evolved for, instead of the configuration's task: a Task (@clade.task, gym_task()), or a
                function with the keywords of clade.task(): run(task=f, inputs=2, outputs=1)
    seed        of the run; the same as `clade run --seed` gives the same generations
    overrides   further settings, {"evolution.population_size": 300}
    out         folder in which the run's folder is made
    progress    called after each generation with a dict of its columns
    stop_when   called likewise; a text that it returns ends the run

    Raises ConfigError with every mistake of the configuration before anything is run; ScoringError if the task raises, with
    generation and genome, and what it raised as __cause__. After Ctrl-C the run can be resumed.
    """
    config, source = task_in(config, task_of(task, traits))
    file, text = source_of(config)
    experiment = _clade.Experiment.start(file, text, overrides_of(overrides, seed, source), os.fspath(out), source)
    return _to_end(experiment, source, progress, stop_when)


def resume(folder: Path, task: _clade.TaskSource | None = None, *, overrides: Mapping[str, Any] | None = None,
           progress: Hook = None, stop_when: Hook = None) -> Run:
    """Continues a stopped run, to the same generations as without the stop. `task` is the one that it was made with.

    `overrides` may set what changes no result, e.g. {"stop.generations": 200}.
    """
    experiment = _clade.Experiment.resume(os.fspath(folder), overrides_of(overrides), task)
    return _to_end(experiment, task, progress, stop_when)


def open_run(folder: Path = "runs", task: _clade.TaskSource | None = None) -> Run:
    """The run in a folder, or the newest one below it. With `task`, if it was of one, genomes can be made again."""
    return Run(folder, task)


def _to_end(experiment: _clade.Experiment, task: _clade.TaskSource | None, progress: Hook, stop_when: Hook) -> Run:
    try:
        with cancelled_by_interrupt(experiment.cancel):
            while experiment.run(progress, stop_when) == "interrupted":
                pass  # by a signal whose handler raises nothing
    except KeyboardInterrupt as interrupt:
        if hasattr(interrupt, "add_note"):
            interrupt.add_note(f"to continue: clade.resume({experiment.folder!r})")
        raise
    finally:
        experiment.close()
    return Run(experiment.folder, task)


class Run:
    """A run's folder, opened for reading, while it goes on as well. Tables are read when they are asked for."""

    def __init__(self, folder: Path, task: _clade.TaskSource | None = None) -> None:
        self._reader = _clade.RunReader(os.fspath(folder), task)

    @property
    def folder(self) -> pathlib.Path:
        return pathlib.Path(self._reader.folder)

    @functools.cached_property
    def config(self) -> dict[str, Any]:
        """The resolved configuration: every key, defaults included."""
        return self._reader.config

    @property
    def entries(self) -> dict[str, str]:
        """The facts of the run as the log has them, all texts: name, seed, version, outcome, ..."""
        return self._reader.entries

    @property
    def seed(self) -> int:
        return int(self.config["seed"])

    @property
    def outcome(self) -> str | None:
        """Why it ended: "solved", "generations", ...; None while it goes on."""
        return self.entries.get("outcome")

    @property
    def solved(self) -> bool:
        return self.entries.get("solved") == "true"

    @property
    def digest(self) -> str | None:
        """Of the genomes of the last generation, as the program shows it; None before the first one is logged."""
        digests = self.generations["digest"]
        return f"{digests[-1]:016x}" if len(digests) else None

    @property
    def generations(self) -> Table:
        """A row a generation. `digest` is that of its genomes: equal ones, equal genomes."""
        return table_of(self._reader.generations())

    @property
    def species(self) -> Table:
        """A row a species and generation."""
        return table_of(self._reader.species())

    def genomes(self, generation: int) -> Table:
        """A row a genome of a generation, with the scores of the task; a parent of -1 is none."""
        return table_of(self._reader.genomes(generation))

    def lineage(self, genome_id: int) -> Table:
        """The genome, its fitter parent, that one's fitter parent, and so on to the first generation."""
        rows = []
        while genome_id >= 0:
            generation, index = divmod(int(genome_id), self.config["evolution"]["population_size"])
            rows.append(self.genomes(generation)[index : index + 1])
            genome_id = rows[-1]["parent_a"][0]
        return np.concatenate(rows).view(Table)

    @functools.cached_property
    def champion(self) -> _clade.Network | None:
        """The network that the run stands for, as it is when first asked for; None if every genome failed."""
        return self._reader.champion()

    def network(self, genome_id: int) -> _clade.Network:
        """Any genome of the run, by its id: its generation is bred again."""
        return self._reader.network(genome_id)

    def report(self) -> dict[str, float]:
        """What the task measures of the champion, by name."""
        return self._reader.report()

    def trace(self, seed: int = 0) -> Table:
        """One episode of the champion, a row a step; empty where the task has no episodes."""
        return table_of(self._reader.trace(seed))

    def __repr__(self) -> str:
        rows = self.generations
        best = f", best {rows['best'][-1]:.6g}" if len(rows) else ""
        return f"<clade.Run {self.folder}: {self.outcome or 'going on'}, {len(rows)} generations{best}>"
