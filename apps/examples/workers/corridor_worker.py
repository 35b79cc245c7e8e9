"""A worker that is a world, in lines of JSON: a walk along a corridor, from a random place to its middle."""

import json
import random
import sys

HELLO = {
    "protocol": 1,
    "style": "world",
    "name": "corridor in Python",
    "inputs": ["position", "speed"],
    "outputs": ["push"],
    "low": [-1.0],
    "high": [1.0],
    "step_limit": 50,
    "solved": -12.0,
    "deterministic": False,
    "batch": 8,
    "behaviour": ["end"],
}


class Corridor:
    def __init__(self, seed):
        self.position = random.Random(seed).uniform(-2.0, 2.0)
        self.speed = 0.0

    def observation(self):
        return [self.position, self.speed]

    def step(self, push):
        self.speed = 0.8 * self.speed + 0.2 * push
        self.position += self.speed
        return -abs(self.position), abs(self.position) > 3.0


def answer(message):
    if "reset" in message:
        worlds[:] = [Corridor(seed) for seed in message["reset"]]
        return {"observations": [world.observation() for world in worlds]}
    stepped = [worlds[number] for number in message["step"]]
    steps = [world.step(*action) for world, action in zip(stepped, message["actions"])]
    return {
        "observations": [world.observation() for world in stepped],
        "rewards": [reward for reward, _ in steps],
        "terminated": [out for _, out in steps],
        "truncated": [False for _ in steps],
        "behaviour": [[world.position] for world in stepped],
    }


worlds = []
print(json.dumps(HELLO), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
