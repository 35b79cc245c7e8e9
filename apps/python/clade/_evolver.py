"""Ask and tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import _clade
from ._settings import yaml_of


class Evolver(_clade.Evolver):
    """NEAT with ask and tell: networks out, fitness in.

        evolver = clade.Evolver(inputs=2, outputs=1, seed=7, evolution={"population_size": 300})
        for _ in range(100):
            population = evolver.ask()
            evolver.tell([score(network) for network in population])
        evolver.best

    `genome` and `evolution` are the blocks of a configuration (`clade config reference`). threads 0: all cores. The same
    seed, parameters and fitness give the same generations. A pickled evolver goes on where it was.
    """

    def __init__(self, inputs: int, outputs: int, *, seed: int = 0, direction: str = "maximise",
                 genome: Mapping[str, Any] | None = None, evolution: Mapping[str, Any] | None = None,
                 threads: int = 0) -> None:
        self._made_of = dict(inputs=inputs, outputs=outputs, seed=seed, direction=direction, genome=genome,
                             evolution=evolution, threads=threads)
        blocks = {"genome": genome or {}, "evolution": evolution or {}, "evaluation": {"threads": threads}}
        super().__init__(yaml_of(blocks), inputs, outputs, seed, direction)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._made_of, self.state())


def _restored(made_of: Mapping[str, Any], state: bytes) -> Evolver:
    evolver = Evolver(**made_of)
    evolver.restore(state)
    return evolver
