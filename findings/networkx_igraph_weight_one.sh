#!/usr/bin/env bash
# NetworkX 3.6.1 and igraph 1.0.0: a weight of exactly 1 makes a GraphML file that the other cannot read
#
# Guess: write_graphml() gives the attribute `weight` one type, and a file that NetworkX writes can be read by igraph.
# Seen: with the weights 1 and 0.5 the file declares `weight` twice, once as long and once as double, and igraph
#   refuses it: duplicate attribute name. With 1.0 and 0.5 it reads it. NetworkX reads both files.
# Why the guess misses: NetworkX makes one key for each pair of name and Python type. Only ids of keys must be unique
#   in GraphML; igraph wants unique names too. In Python 1 and 1.0 are equal, so nobody notices a missing ".0".
# For neuroevolution: a weight of 1 is what a split connection gets, and JSON readers may give it as an integer.
#   Networks with a split connection fail, random ones pass. Convert weights with float(), or use
#   infer_numeric_types=True.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 igraph==1.0.0 || exit 2

cd "$folder"
"$folder/venv/bin/python" - <<'END'
import json
import sys
import igraph
import networkx


def passed_on(weights, **settings):
    graph = networkx.DiGraph()
    for node, weight in enumerate(json.loads(weights)):
        graph.add_edge(node, node + 1, weight=weight)
    networkx.write_graphml(graph, "network.graphml", **settings)
    assert networkx.read_graphml("network.graphml").number_of_edges() == 2
    try:
        result = igraph.Graph.Read_GraphML("network.graphml").es["weight"]
    except igraph.InternalError as error:
        result = str(error)
    with open("network.graphml") as file:
        keys = file.read().count('attr.name="weight"')
    print(f"weights {weights} {settings or ''}: {keys} keys named weight; igraph: {result}")
    return result


refused, read = passed_on("[1, 0.5]"), passed_on("[1.0, 0.5]")
inferred = passed_on("[1, 0.5]", infer_numeric_types=True)
sys.exit(0 if "Duplicate attribute name" in refused and read == inferred == [1.0, 0.5] else 1)
END
