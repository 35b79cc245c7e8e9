"""Clade evolves neural networks with NEAT: their topology and their weights.

    import clade

    run = clade.run("configs/xor.yaml", seed=7)       # an experiment, as `clade run` does it
    run.champion([0.0, 1.0])                          # the trained network
    run.generations["best"]                           # every generation, as arrays

    @clade.task(inputs=2, outputs=1, solved_fitness=3.9)
    def fitness(network): ...                         # a task of your own
    clade.run(task=fitness, seed=1)

    evolver = clade.Evolver(inputs=2, outputs=1)      # the loop in your hands
    population = evolver.ask()
    evolver.tell(fitness_of_each)

NeatClassifier and NeatRegressor are estimators of scikit-learn.
"""

from typing import TYPE_CHECKING, Any

from ._clade import (
    Cancelled,
    ConfigError,
    Error,
    ExtinctionError,
    FieldError,
    FormatError,
    InputError,
    LogicError,
    Network,
    Population,
    ScoringError,
    Seeds,
    Task,
    TimeLimitError,
    __version__,
)
from ._evolver import Evolver
from ._gym import gym_task
from ._run import Run, open_run, resume, run
from ._table import Table
from ._task import task

if TYPE_CHECKING:
    from ._sklearn import NeatClassifier as NeatClassifier
    from ._sklearn import NeatRegressor as NeatRegressor

__all__ = [
    "Cancelled",
    "ConfigError",
    "Error",
    "Evolver",
    "ExtinctionError",
    "FieldError",
    "FormatError",
    "InputError",
    "LogicError",
    "Network",
    "Population",
    "Run",
    "ScoringError",
    "Seeds",
    "Table",
    "Task",
    "TimeLimitError",
    "__version__",
    "gym_task",
    "open_run",
    "resume",
    "run",
    "task",
]



def __getattr__(name: str) -> Any:
    """What needs scikit-learn is imported when it is asked for."""
    if name in ("NeatClassifier", "NeatRegressor"):
        from . import _sklearn

        return getattr(_sklearn, name)
    raise AttributeError(f"module 'clade' has no attribute {name!r}")


for _name in __all__:
    if hasattr(globals()[_name], "__module__"):
        globals()[_name].__module__ = "clade"  # where users find it, not where it is written
del _name
