#!/usr/bin/env bash
# ale-py 0.12.1 with Gymnasium 1.4.0: make_vec() of an Atari game is another task than make()
#
# Guess: make_vec("ALE/MsPacman-v5", num_envs=n) is n copies of make("ALE/MsPacman-v5").
# Seen: make() gives 210 x 160 colour images and the game's score (10 a dot). make_vec() gives four stacked grey
#   images of 84 x 84, and every reward is cut to -1, 0 or 1; a return is then not a score. Only
#   vectorization_mode="sync" gives copies.
# Why the guess misses: the game registers a vector environment of its own, in C++, and make_vec() prefers it. It has
#   the usual preprocessing of deep Q-learning built in and switched on, under the same id.
# For neuroevolution: returns of the two cannot be compared with each other or with published scores, and a network
#   with inputs for one does not fit the other. Pass reward_clipping=False where fitness is the score.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    ale-py==0.12.1 gymnasium==1.4.0 numpy==2.4.6 || exit 2

"$folder/venv/bin/python" -W ignore - 2>"$folder/messages" <<'END'
import sys
import ale_py
import gymnasium
import numpy as np

gymnasium.register_envs(ale_py)


def play(env):
    env.reset(seed=1)
    actions = np.random.default_rng(0).integers(9, size=(300, 1))
    rewards = [float(env.step(action)[1][0]) for action in actions]
    return env.single_observation_space.shape, sorted(set(rewards)), sum(rewards)


results = {}
for name, settings in (("make_vec", {}), ("reward_clipping=False", {"reward_clipping": False}),
                       ("vectorization_mode=sync", {"vectorization_mode": "sync"})):
    results[name] = play(gymnasium.make_vec("ALE/MsPacman-v5", num_envs=1, **settings))
    shape, rewards, total = results[name]
    print(f"{name:24} observation {shape}, rewards {rewards}, sum {total}")
single = gymnasium.make("ALE/MsPacman-v5").observation_space.shape
print("make                     observation", single)
own, unclipped, copies = results.values()
as_recorded = (own[0] == unclipped[0] == (4, 84, 84) and own[1] == [0.0, 1.0] and 10.0 in unclipped[1]
               and copies[0] == single == (210, 160, 3) and 10.0 in copies[1])
sys.exit(0 if as_recorded else 1)
END
