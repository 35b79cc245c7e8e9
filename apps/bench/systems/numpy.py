"""What a user of NumPy would write instead of the seed document's loop: two arrays, filled without one.

One uniform number a node decides both whether it mutates and, looked up in a table, to which value. The work is done
in blocks that stay in the cache, which is twice as fast as whole arrays.
"""
import json
import sys
import time

import numpy

BLOCK = 1 << 14


def create(n, mutate_rate, possible_values, random):
    keys = numpy.arange(n, dtype=numpy.int32)
    biases = numpy.empty(n, dtype=numpy.float32)
    count = len(possible_values)
    table = numpy.zeros(int(numpy.ceil(count / mutate_rate)), dtype=numpy.float32)
    table[:count] = possible_values
    stretch = numpy.float32(count / mutate_rate)
    draws = numpy.empty(min(n, BLOCK), dtype=numpy.float32)
    places = numpy.empty(len(draws), dtype=numpy.intp)
    for begin in range(0, n, BLOCK):
        size = min(BLOCK, n - begin)
        draw = draws[:size]
        random.random(out=draw, dtype=numpy.float32)
        draw *= stretch
        places[:size] = draw
        table.take(places[:size], out=biases[begin:begin + size], mode="clip")
    return keys, biases


def main():
    request = json.loads(sys.argv[1])
    values = numpy.arange(request["values"], dtype=numpy.float32)
    random = numpy.random.Generator(numpy.random.SFC64(42))
    print(json.dumps({"versions": {"python": sys.version.split()[0], "numpy": numpy.__version__}}), flush=True)
    for n in request["counts"]:
        for _ in range(request["repetitions"]):
            begin = time.perf_counter()
            nodes = create(n, request["rate"], values, random)
            print(json.dumps({"n": n, "seconds": time.perf_counter() - begin}), flush=True)
            del nodes


main()
