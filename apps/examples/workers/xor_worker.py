"""A worker that scores networks on XOR, in lines of JSON: task: {command: [python3, xor_worker.py]}."""

import json
import math
import sys

ACTIVATIONS = {
    "steepened_sigmoid": lambda x: 1 / (1 + math.exp(-max(-60, min(60, 4.9 * x)))),
    "identity": lambda x: x,
}
HELLO = {
    "protocol": 1,
    "style": "networks",
    "name": "xor in Python",
    "inputs": ["a", "b"],
    "outputs": ["xor"],
    "solved": 3.9,
    "batch": 32,
    "scores": ["right"],
    "activations": list(ACTIVATIONS),
    "aggregations": ["sum"],
}


def run(genome, inputs):
    """The outputs of a feed-forward network: slots are inputs, the constant 1 if there is one, and nodes in their order."""
    slots = (inputs + [1.0])[: genome["first_node"]]
    first = 0
    for node, count in enumerate(genome["connections"]):
        connections = range(first, first + count)
        total = sum(genome["weight"][c] * slots[genome["source"][c]] for c in connections)
        first += count
        activation = ACTIVATIONS[genome["activation"][node]]
        slots.append(activation(genome["bias"][node] + genome["response"][node] * total))
    return [slots[slot] for slot in genome["output"]]


def score(index, genome):
    fitness, right = 4.0, 0
    for a, b in ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)):
        error = abs(run(genome, [a, b])[0] - float(a != b))
        fitness -= error * error
        right += error < 0.5
    return {"index": index, "fitness": fitness, "scores": [right]}


print(json.dumps(HELLO), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    results = [score(index, genome) for index, genome in enumerate(request["genomes"])]
    print(json.dumps({"id": request["id"], "results": results}), flush=True)
