"""Environments of Gymnasium as tasks. Gymnasium is imported when it is needed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ._clade import Error, Network, Task

Actor = Callable[[np.ndarray], Any]

DEFAULT_STEP_LIMIT = 1000  # of environments that have no limit of their own


class GymTask(Task):
    """A task of gym_task()."""

    _game: _Game

    def make(self, **arguments: Any) -> Any:
        """A new environment of the task; arguments as those of gymnasium.make(), e.g. render_mode="human"."""
        return self._game.make(**arguments)

    def act(self, network: Network, observation: Any) -> Any:
        """The action of a network on an observation of the environment."""
        return self._game.act(network, observation)

    def play(self, network: Network, seed: int = 0, environment: Any = None) -> tuple[float, int, bool]:
        """Plays an episode: (return, steps, truncated). `environment`: of make(); another one by default."""
        return self._game.play(self._game.make() if environment is None else environment, network, int(seed))


def gym_task(environment: str | Callable[..., Any], *, episodes: int = 5, seeds: str = "fresh",
             solved_return: float | None = None, step_limit: int | None = None, name: str | None = None,
             **arguments: Any) -> GymTask:
    """A task whose fitness is the mean return of episodes of a Gymnasium environment.

    environment    a registered id, "CartPole-v1", or a function that makes an environment
    episodes       that each network plays; all networks of a generation play the same ones
    seeds          "fresh": other episodes in each generation, "fixed": the same in all
    solved_return  fitness that solves the run; by default the reward threshold that the environment is registered with
    step_limit     steps after which an episode is truncated, besides the environment's own limit; where that has none,
                   1000 by default
    arguments      for gymnasium.make()

    Observations are flattened as gymnasium.spaces.flatten() does: Box, Discrete and MultiDiscrete (one-hot), MultiBinary, and
    Dict and Tuple of these. Actions: of Discrete the largest output, of MultiDiscrete the largest of each part, of
    MultiBinary each output above 0.5, of Box [0, 1] becomes [low, high] and outputs beyond are clipped (a side without bound
    takes outputs as they are); Dict and Tuple of these, one after another.

    The log has the mean number of steps, and the share of episodes that were truncated: cut off by a limit, not
    terminated by the environment, as scores "steps" and "truncated".
    """
    if episodes < 1:
        raise Error(f"episodes must be at least 1, got {episodes}")
    if seeds not in ("fresh", "fixed"):
        raise Error(f"seeds must be 'fresh' or 'fixed', got {seeds!r}")
    game = _Game(environment, arguments, step_limit)

    def mean_return(network: Network, given: Any) -> tuple[float, tuple[float, float]]:
        seed = given.generation if seeds == "fresh" else given.run
        played = [game.play(game.own(), network, number) for number in episode_seeds(seed, episodes)]
        returns, steps, truncated = zip(*played)
        return sum(returns) / episodes, (sum(steps) / episodes, sum(truncated) / episodes)

    task = GymTask(mean_return, name=name or _name_of(environment), inputs=game.input_count, outputs=game.output_count,
                   solved_fitness=game.threshold if solved_return is None else solved_return, deterministic=False,
                   scores=["steps", "truncated"], summary=f"Episodes of {environment} of Gymnasium.")
    task._game = game
    return task


def episode_seeds(seed: int, episodes: int) -> list[int]:
    """A seed an episode: Python integers, below 2^31 as some simulators need."""
    return [int(number) >> 1 for number in np.random.SeedSequence(seed).generate_state(episodes)]


def _name_of(environment: str | Callable[..., Any]) -> str:
    text = environment if isinstance(environment, str) else getattr(environment, "__name__", "environment")
    return "gym_" + re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


class _Game:
    """An environment for each thread, and how it speaks with networks."""

    def __init__(self, environment: str | Callable[..., Any], arguments: dict[str, Any], step_limit: int | None) -> None:
        self._environment = environment
        self._arguments = arguments
        self._threads = threading.local()
        first = self.own()
        limit = getattr(first.spec, "max_episode_steps", None)
        self._step_limit = step_limit or (None if limit else DEFAULT_STEP_LIMIT)
        self.threshold = getattr(first.spec, "reward_threshold", None)
        self.input_count, observe = observer_of(first.observation_space)
        self.output_count, act = actor_of(first.action_space)
        self.act = (_chooser(first.action_space) if _is_choice(first)
                    else lambda network, observation: act(network(observe(observation))))

    def make(self, **arguments: Any) -> Any:
        if callable(self._environment):
            return self._environment(**self._arguments, **arguments)
        import gymnasium

        try:
            return gymnasium.make(self._environment, **self._arguments, **arguments)
        except (gymnasium.error.Error, ImportError) as error:
            raise Error(f"gymnasium cannot make {self._environment!r}: {error}") from error

    def own(self) -> Any:
        """That of the thread."""
        if not hasattr(self._threads, "environment"):
            self._threads.environment = self.make()
        return self._threads.environment

    def play(self, environment: Any, network: Network, seed: int) -> tuple[float, int, bool]:
        act, limit = self.act, self._step_limit
        network.reset()
        observation, _ = environment.reset(seed=seed)
        total, steps, terminated, truncated = 0.0, 0, False, False
        while not (terminated or truncated):
            observation, reward, terminated, truncated, _ = environment.step(act(network, observation))
            total += float(reward)
            steps += 1
            truncated = truncated or steps == limit
        # A time limit may be reached in the very step that terminates: then the episode was not cut off.
        return total, steps, not terminated


def _is_choice(environment: Any) -> bool:
    """Whether a list of numbers is observed, and one of several actions chosen."""
    from gymnasium import spaces

    observations = environment.observation_space
    return (isinstance(observations, spaces.Box) and len(observations.shape) == 1
            and isinstance(environment.action_space, spaces.Discrete))


def _chooser(space: Any) -> Callable[[Network, Any], int]:
    start = int(space.start)
    return lambda network, observation: network.largest(observation) + start


def observer_of(space: Any) -> tuple[int, Callable[[Any], np.ndarray]]:
    """How many numbers an observation is, and a function that makes float32 numbers of one."""
    from gymnasium import spaces

    try:
        count = spaces.flatdim(space)
    except (NotImplementedError, ValueError) as error:
        raise Error(f"observations of {space} have no fixed number of values; wrap the environment") from error
    if isinstance(space, spaces.Box):
        return count, lambda observation: np.asarray(observation, dtype=np.float32).ravel()
    return count, lambda observation: np.asarray(spaces.flatten(space, observation), dtype=np.float32)


def actor_of(space: Any) -> tuple[int, Actor]:
    """How many outputs an action is made of, and the function that makes it. An output that is no number counts as lowest."""
    from gymnasium import spaces

    for kind, make in {spaces.Discrete: _discrete, spaces.MultiDiscrete: _multi_discrete,
                       spaces.MultiBinary: _multi_binary, spaces.Box: _box, spaces.Tuple: _tuple,
                       spaces.Dict: _dict}.items():
        if isinstance(space, kind):
            return make(space)
    raise Error(f"actions of {space} cannot be made of outputs; wrap the environment")


def _largest(outputs: np.ndarray) -> int:
    largest = int(outputs.argmax())
    if outputs[largest] != outputs[largest]:
        largest = int(np.where(np.isnan(outputs), -np.inf, outputs).argmax())
    return largest


def _discrete(space: Any) -> tuple[int, Actor]:
    start = int(space.start)
    return int(space.n), lambda outputs: _largest(outputs) + start


def _multi_discrete(space: Any) -> tuple[int, Actor]:
    counts = space.nvec.ravel()
    ends = np.cumsum(counts)

    def act(outputs: np.ndarray) -> Any:
        choices = [_largest(part) for part in np.split(outputs, ends[:-1])]
        return (np.reshape(choices, space.shape) + space.start).astype(space.dtype)

    return int(ends[-1]), act


def _multi_binary(space: Any) -> tuple[int, Actor]:
    return int(np.prod(space.shape)), lambda outputs: (outputs > 0.5).astype(space.dtype).reshape(space.shape)


def _box(space: Any) -> tuple[int, Actor]:
    low, high = space.low.ravel().astype(np.float64), space.high.ravel().astype(np.float64)
    bounded = np.isfinite(low) & np.isfinite(high)
    offset, width = np.where(bounded, low, 0.0), np.where(bounded, high - low, 1.0)
    least, most = np.where(bounded, 0.0, low), np.where(bounded, 1.0, high)
    integers = np.issubdtype(space.dtype, np.integer)

    def act(outputs: np.ndarray) -> Any:
        values = offset + width * np.fmin(np.fmax(outputs, least), most)
        if integers:
            values = np.rint(values)
        return np.clip(values.astype(space.dtype).reshape(space.shape), space.low, space.high)

    return len(low), act


def _parts(spaces_of_parts: Iterable[Any]) -> tuple[int, Actor]:
    counts, actors = zip(*map(actor_of, spaces_of_parts))
    ends = np.cumsum(counts)
    return int(ends[-1]), lambda outputs: [act(part) for act, part in zip(actors, np.split(outputs, ends[:-1]))]


def _tuple(space: Any) -> tuple[int, Actor]:
    count, act = _parts(space.spaces)
    return count, lambda outputs: tuple(act(outputs))


def _dict(space: Any) -> tuple[int, Actor]:
    count, act = _parts(space.spaces.values())
    return count, lambda outputs: dict(zip(space.spaces, act(outputs)))
