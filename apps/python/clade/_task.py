"""Tasks that are functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union

from ._clade import Task, TaskSource
from ._gym import gym_task
from ._settings import Config

AnyTask = Union[TaskSource, Callable[..., Any], None]


def _name_of(function: Callable[..., Any]) -> str:
    name = re.sub(r"\W+", "_", getattr(function, "__name__", "")).strip("_").lower()
    return name if name[:1].isalpha() and name.isascii() else "function"


def task(*, inputs: int, outputs: int, name: str | None = None, batch: bool = False,
         solved_fitness: float | None = None, direction: str = "maximise", deterministic: bool = True,
         scores: Sequence[str] = ()) -> Callable[[Callable[..., Any]], Task]:
    """Makes a task of the function below it.

    inputs, outputs  how many numbers a network reads and gives
    name             in configurations and logs; the function's own by default
    batch            False: the function gets a Network and returns its fitness. True: it gets the Population, a sequence
                     of networks, and returns an array of a fitness each.
    solved_fitness   the run is solved once the best fitness reaches it
    direction        "maximise" or "minimise"
    deterministic    False: equal networks can score differently. The function of one network is then called as
                     f(network, seeds), with seeds to draw from; a Population has `seed` and `generation`.
    scores           names of further numbers; the function returns (fitness, numbers)

    An exception of the function ends the run with its place, or marks the genome as failed, as `evaluation.on_failure`
    says. NaN marks a failed genome, too.
    """

    def make(function: Callable[..., Any]) -> Task:
        summary = (getattr(function, "__doc__", None) or "A function of Python.").strip().splitlines()[0]
        return Task(function, name=name or _name_of(function), inputs=inputs, outputs=outputs, batch=batch,
                    solved_fitness=solved_fitness, direction=direction, deterministic=deterministic,
                    scores=list(scores), summary=summary)

    return make


def task_of(given: AnyTask, traits: Mapping[str, Any]) -> TaskSource | None:
    """The task that a run is given: one, a function with the keywords of task(), or none."""
    if given is None or isinstance(given, TaskSource):
        if traits:
            raise TypeError(f"run() takes {', '.join(map(repr, traits))} with a function alone")
        return given
    if not traits:
        raise TypeError("a function needs to be told its networks: run(task=f, inputs=2, outputs=1), or @clade.task")
    return task(**traits)(given)


def task_in(config: Config, task: TaskSource | None) -> tuple[Config, TaskSource | None]:
    """The configuration and the task, which may be named in the configuration: {"task": {"gymnasium": ...}}."""
    block = config.get("task") if isinstance(config, Mapping) else None
    if task is not None or not isinstance(config, Mapping) or not isinstance(block, Mapping) or "gymnasium" not in block:
        return config, task
    arguments = {key: value for key, value in block.items() if key != "gymnasium"}
    rest = {key: value for key, value in config.items() if key != "task"}
    return rest, gym_task(block["gymnasium"], **arguments)
