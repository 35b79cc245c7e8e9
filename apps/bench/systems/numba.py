"""The seed document's experiment with Numba: a compiled class, and a compiled loop that fills a typed dictionary."""
import json
import sys
import time

import numba
import numpy
from numba.experimental import jitclass


@jitclass([("key", numba.int32), ("mutate_rate", numba.float32), ("possible_values", numba.int64[:]),
           ("bias", numba.float64)])
class Node:
    def __init__(self, key, mutate_rate, possible_values):
        self.key = key
        self.mutate_rate = mutate_rate
        self.possible_values = possible_values
        self.bias = 0.0

    def mutate(self):
        if numpy.random.random() < self.mutate_rate:
            self.bias = numpy.random.choice(self.possible_values, size=1)[0]


@numba.njit
def create(n, mutate_rate, possible_values):
    nodes = {}
    for key in range(n):
        node = Node(key, mutate_rate, possible_values)
        node.mutate()
        nodes[key] = node
    return nodes


def main():
    request = json.loads(sys.argv[1])
    values = numpy.arange(request["values"], dtype=numpy.int64)
    versions = {"python": sys.version.split()[0], "numpy": numpy.__version__, "numba": numba.__version__}
    print(json.dumps({"versions": versions}), flush=True)
    for n in request["counts"]:
        for _ in range(request["repetitions"]):
            begin = time.perf_counter()
            nodes = create(n, request["rate"], values)
            print(json.dumps({"n": n, "seconds": time.perf_counter() - begin}), flush=True)
            del nodes


main()
