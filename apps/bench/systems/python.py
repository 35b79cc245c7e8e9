"""The seed document's experiment in pure Python: one object a node, two NumPy calls a mutation, a dictionary of all."""
import json
import sys
import time

import numpy


class Node:
    def __init__(self, key, mutate_rate, possible_values):
        self.key = key
        self.mutate_rate = mutate_rate
        self.possible_values = possible_values
        self.bias = 0.0

    def mutate(self):
        if numpy.random.random() < self.mutate_rate:
            self.bias = numpy.random.choice(self.possible_values, size=1)[0]


def create(n, mutate_rate, possible_values):
    nodes = {}
    for key in range(n):
        node = Node(key, mutate_rate, possible_values)
        node.mutate()
        nodes[key] = node
    return nodes


def main():
    request = json.loads(sys.argv[1])
    values = list(range(request["values"]))
    versions = {"python": sys.version.split()[0], "numpy": numpy.__version__}
    print(json.dumps({"versions": versions}), flush=True)
    for n in request["counts"]:
        for _ in range(request["repetitions"]):
            begin = time.perf_counter()
            nodes = create(n, request["rate"], values)
            print(json.dumps({"n": n, "seconds": time.perf_counter() - begin}), flush=True)
            del nodes


main()
