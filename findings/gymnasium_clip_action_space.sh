#!/usr/bin/env bash
# Gymnasium 1.4.0: ClipAction takes the bounds away from the action space
#
# Guess: ClipAction keeps actions inside the bounds, so env.action_space still tells the bounds, as with
#   RescaleAction.
# Seen: Pendulum's action space is [-2, 2]; behind ClipAction it is [-inf, inf], and action_space.sample() draws from
#   a normal instead of a uniform distribution.
# Why the guess misses: the wrapper describes what it accepts, not what it passes on; a Box without bounds is sampled
#   from a normal distribution.
# For neuroevolution: code that scales outputs of tanh to the action space multiplies by infinity and gives NaN; a
#   random baseline becomes another one. Read the bounds from env.unwrapped.action_space.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gymnasium==1.4.0 numpy==2.4.6 || exit 2

"$folder/venv/bin/python" -W ignore - <<'END'
import sys
import gymnasium
import numpy as np
from gymnasium.wrappers import ClipAction, RescaleAction

plain = gymnasium.make("Pendulum-v1")
clipped = ClipAction(plain)
rescaled = RescaleAction(plain, -1.0, 1.0)
for name, env in (("plain", plain), ("ClipAction", clipped), ("RescaleAction", rescaled)):
    env.action_space.seed(1)
    samples = np.array([env.action_space.sample()[0] for _ in range(4000)])
    print(f"{name:13} {env.action_space}: deviation of samples {samples.std():.2f}, largest {abs(samples).max():.2f}")
high, low = clipped.action_space.high, clipped.action_space.low
scaled = low + (np.tanh(np.float32(0.3)) + 1) / 2 * (high - low)
print("tanh output scaled to the space of ClipAction:", scaled)
infinite = np.isinf(high).all() and np.isinf(low).all()
sys.exit(0 if infinite and not np.isfinite(scaled).any() and rescaled.action_space.high[0] == 1.0 else 1)
END
