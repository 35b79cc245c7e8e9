import numpy as np
import pytest

import clade
from clade._gym import actor_of, episode_seeds, observer_of

gymnasium = pytest.importorskip("gymnasium")
spaces = gymnasium.spaces


def few(generations):
    return {"evolution": {"population_size": 30}, "stop": {"generations": generations}}


def test_cart_pole_is_solved_by_its_registered_threshold(tmp_path):
    task = clade.gym_task("CartPole-v1", episodes=3)
    assert (task.inputs, task.outputs, task.solved_fitness) == (4, 2, 475.0)
    run = clade.run(few(20), task, seed=1, out=tmp_path)
    assert run.solved
    returns = [task.play(run.champion, seed)[0] for seed in range(3)]
    assert np.mean(returns) > 300


def test_continuous_actions_are_arrays_within_their_bounds(tmp_path):
    task = clade.gym_task("MountainCarContinuous-v0", episodes=1, step_limit=60)
    run = clade.run(few(2), task, seed=1, out=tmp_path)
    genomes = run.genomes(1)
    assert (genomes["score.steps"] == 60).all() and (genomes["score.truncated"] == 1.0).all()
    action = task.act(run.champion, task.make().reset(seed=0)[0])
    assert action.shape == (1,) and action.dtype == np.float32 and -1 <= action[0] <= 1


def test_discrete_observations_are_one_hot(tmp_path):
    task = clade.gym_task("FrozenLake-v1", episodes=2, is_slippery=False)
    assert (task.inputs, task.outputs) == (16, 4)
    assert clade.run(few(3), task, seed=2, out=tmp_path).generations["best"].max() <= 1.0


def test_a_dict_names_an_environment(tmp_path):
    config = {**few(2), "task": {"gymnasium": "CartPole-v1", "episodes": 2}}
    named = clade.run(config, seed=1, out=tmp_path)
    given = clade.run(few(2), clade.gym_task("CartPole-v1", episodes=2), seed=1, out=tmp_path)
    assert named.digest == given.digest and named.config["task"]["name"] == "gym_cartpole_v1"


def test_fitness_is_the_mean_return_of_the_episodes_of_the_seeds(tmp_path):
    task = clade.gym_task("CartPole-v1", episodes=4)
    compared = []

    @clade.task(inputs=4, outputs=2, deterministic=False)
    def mean_return(network, seeds):
        compared.append((task(network, seeds)[0],
                         np.mean([task.play(network, seed)[0] for seed in episode_seeds(seeds.generation, 4)])))
        return compared[-1][0]

    clade.run(few(1), mean_return, seed=1, out=tmp_path)
    assert len(compared) >= 30 and all(fitness == expected for fitness, expected in compared)


def test_seeds_of_episodes_are_small_integers_of_python():
    numbers = episode_seeds(7, 1000)
    assert numbers[:4] == episode_seeds(7, 4) and len(set(numbers)) > 990
    assert all(type(number) is int and 0 <= number < 2**31 for number in numbers)


@pytest.mark.parametrize("seeds, episodes_in_two_generations", [("fresh", 6), ("fixed", 3)])
def test_all_genomes_of_a_generation_meet_the_same_episodes(seeds, episodes_in_two_generations, tmp_path):
    met = []

    class Recorded(gymnasium.Wrapper):
        def reset(self, *, seed=None, options=None):
            met.append(seed)
            return self.env.reset(seed=seed, options=options)

    def make():
        return Recorded(gymnasium.make("CartPole-v1", max_episode_steps=5))

    task = clade.gym_task(make, episodes=3, seeds=seeds, solved_return=1e9)
    clade.run(few(2), task, seed=1, out=tmp_path, overrides={"evaluation.champion.budget": 0})
    assert len(set(met)) == episodes_in_two_generations and len(met) == 2 * 30 * 3
    assert set(met[:3]) == set(met[87:90])


class Counter(gymnasium.Env):
    """Terminates at a step, if at all; counts the steps beyond its end."""

    observation_space = spaces.Box(0, np.inf, (1,))
    action_space = spaces.Discrete(2)

    def __init__(self, end=None):
        self.end = end

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.steps = 0
        return np.zeros(1, np.float32), {}

    def step(self, action):
        self.steps += 1
        assert self.end is None or self.steps <= self.end
        return np.full(1, self.steps, np.float32), 1, self.steps == self.end, False, {}


@pytest.mark.parametrize("end, limit, truncated, steps", [
    (5, 9, False, 5), (9, 5, True, 5), (None, 5, True, 5),
    (5, 5, False, 5),  # both at once: it has terminated
])
def test_an_end_is_told_from_a_limit(end, limit, truncated, steps):
    limited = clade.gym_task(lambda: gymnasium.wrappers.TimeLimit(Counter(end), limit))
    own_limit = clade.gym_task(lambda: Counter(end), step_limit=limit)
    network = clade.Evolver(1, 2, evolution={"population_size": 10}).ask()[0]
    assert limited.play(network) == own_limit.play(network) == (float(steps), steps, truncated)


def test_an_environment_without_a_limit_ends_all_the_same():
    network = clade.Evolver(1, 2, evolution={"population_size": 10}).ask()[0]
    assert clade.gym_task(Counter).play(network) == (1000.0, 1000, True)


def outputs(*numbers):
    return np.array(numbers, dtype=np.float32)


def test_discrete_actions_begin_with_their_start():
    count, act = actor_of(spaces.Discrete(3, start=-1))
    assert count == 3 and [act(outputs(*row)) for row in np.eye(3)] == [-1, 0, 1]
    assert type(act(outputs(0, 1, 0))) is int
    assert act(outputs(0, 0, 0)) == -1 and act(outputs(np.nan, -5, 2)) == 1 and act(outputs(*[np.nan] * 3)) == -1


def test_each_part_of_a_multi_discrete_action_is_chosen():
    space = spaces.MultiDiscrete([2, 3], start=[5, 0])
    count, act = actor_of(space)
    action = act(outputs(0, 1, 0.2, 0.1, 0.9))
    assert count == 5 and action.tolist() == [6, 2] and space.contains(action)
    square = spaces.MultiDiscrete([[2, 2], [2, 3]])
    assert square.contains(actor_of(square)[1](outputs(*range(9))))


def test_binary_actions_are_on_above_one_half():
    space = spaces.MultiBinary((2, 2))
    count, act = actor_of(space)
    action = act(outputs(0.4, 0.5, 0.6, np.nan))
    assert count == 4 and action.tolist() == [[0, 0], [1, 0]] and space.contains(action)


def test_boxed_actions_are_scaled_and_clipped():
    space = spaces.Box(np.array([-2, 0, -np.inf, 0], np.float32), np.array([2, 1, np.inf, np.inf], np.float32))
    count, act = actor_of(space)
    assert count == 4
    assert act(outputs(0.75, 0.25, -3, -3)).tolist() == [1.0, 0.25, -3.0, 0.0]
    assert act(outputs(9, -9, 7, 7)).tolist() == [2.0, 0.0, 7.0, 7.0]
    assert act(outputs(np.nan, np.nan, 1, np.nan)).tolist() == [-2.0, 0.0, 1.0, 0.0]
    assert space.contains(act(outputs(1 / 3, 1, 0, 1)))
    whole = spaces.Box(0, 255, (2,), np.uint8)
    assert whole.contains(actor_of(whole)[1](outputs(0.5, 2))) and actor_of(whole)[1](outputs(0.5, 2))[1] == 255


def test_composite_spaces_are_taken_apart_in_the_order_of_their_keys():
    space = spaces.Dict({"b": spaces.Discrete(2), "a": spaces.Tuple([spaces.MultiBinary(1), spaces.Box(0, 1, (1,))])})
    count, act = actor_of(space)
    assert count == 4
    action = act(outputs(0.9, 0.25, 0, 1))
    assert action["b"] == 1 and action["a"][0].tolist() == [1] and action["a"][1].tolist() == [0.25]
    assert space.contains(action)
    observed = spaces.Dict({"b10": spaces.Discrete(2, start=3), "b9": spaces.MultiDiscrete([2, 2])})
    count, observe = observer_of(observed)
    assert count == 6
    assert observe({"b9": np.array([0, 1]), "b10": 4}).tolist() == [0, 1, 1, 0, 0, 1]
    assert observe({"b9": np.array([0, 1]), "b10": 4}).dtype == np.float32


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_is_no_game_is_refused_by_name():
    with pytest.raises(clade.Error, match="CartPole-v9"):
        clade.gym_task("CartPole-v9")
    with pytest.raises(clade.Error, match="MuJoCo|Walker2d-v2"):
        clade.gym_task("Walker2d-v2")
    with pytest.raises(clade.Error, match="Sequence"):
        observer_of(spaces.Sequence(spaces.Discrete(2)))
    with pytest.raises(clade.Error, match="Text"):
        actor_of(spaces.Text(3))
    with pytest.raises(clade.Error, match="episodes must be at least 1"):
        clade.gym_task("CartPole-v1", episodes=0)
    with pytest.raises(clade.Error, match="'fresh' or 'fixed'"):
        clade.gym_task("CartPole-v1", seeds="frozen")


def test_an_exception_of_an_environment_names_the_line(tmp_path):
    class Broken(Counter):
        def step(self, action):
            raise ZeroDivisionError("the world has ended")

    with pytest.raises(clade.ScoringError, match=r"ZeroDivisionError: the world has ended \(test_gym.py:\d+\)"):
        clade.run(few(1), clade.gym_task(Broken), out=tmp_path)


# ---- the classic tasks of Clade are those of Gymnasium, step by step


def cart_pole(row):
    return [row["position"], row["velocity"], row["angle"], row["angular velocity"]]


def mountain_car(row):
    return [row["position"], row["velocity"]]


def acrobot(row):
    return [np.arctan2(row["sine 1"], row["cosine 1"]), np.arctan2(row["sine 2"], row["cosine 2"]),
            row["angular velocity 1"], row["angular velocity 2"]]


def pendulum(row):
    return [np.arctan2(row["sine"], row["cosine"]), row["angular velocity"]]


@pytest.mark.parametrize("task, environment, state, action, tolerance", [
    ("cart_pole", "CartPole-v1", cart_pole, "action", 1e-5),
    ("mountain_car", "MountainCar-v0", mountain_car, "action", 1e-6),
    ("continuous_mountain_car", "MountainCarContinuous-v0", mountain_car, None, 1e-6),
    ("acrobot", "Acrobot-v1", acrobot, "action", 1e-5),
    ("pendulum", "Pendulum-v1", pendulum, "torque", 1e-5),
])
def test_native_classics_agree_with_gymnasium_step_by_step(task, environment, state, action, tolerance, tmp_path):
    config = {"task": {"name": task}, "evolution": {"population_size": 20}, "stop": {"generations": 2}}
    trace = clade.run(config, seed=1, out=tmp_path).trace(3)
    names = trace.dtype.names
    action = action or names[-2]
    game = gymnasium.make(environment).unwrapped
    game.reset(seed=0)
    assert len(trace) > 20
    for row, after in zip(trace[:-1], trace[1:]):
        game.state = np.array(state(row))
        discrete = isinstance(game.action_space, spaces.Discrete)
        _, reward, terminated, _, _ = game.step(int(row[action]) if discrete else np.array([row[action]], np.float32))
        assert not terminated and reward == pytest.approx(row["reward"], abs=tolerance)
        difference = np.array(game.state) - np.array(state(after))
        if task in ("acrobot", "pendulum"):  # angles go round
            angles = slice(0, 2 if task == "acrobot" else 1)
            difference[angles] = (difference[angles] + np.pi) % (2 * np.pi) - np.pi
        assert np.abs(difference).max() < tolerance, row
