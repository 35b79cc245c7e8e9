"""A worker that scores a network by the bias of its first node, and makes the trouble that its argument names.

Trouble that comes while it works comes with every genome whose bias is TROUBLED, in a batch or alone.
"""

import json
import os
import subprocess
import sys
import time

TROUBLED = 19
trouble = sys.argv[1]
hello = {"protocol": 1, "style": "networks", "inputs": 2, "outputs": 1, "batch": 8, "scores": ["half"]}


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def result(index, genome):
    fitness = genome["bias"][0]
    return {"index": index, "fitness": fitness, "scores": [fitness / 2]}


def misbehave(results):
    if trouble == "dies":
        sys.stderr.write("cannot go on\n")
        sys.exit(3)
    if trouble == "crashes":
        os.kill(os.getpid(), 11)
    if trouble == "hangs":
        time.sleep(600)
    if trouble == "closes":
        os.close(1)
        time.sleep(600)
    if trouble == "too_few":
        return {"results": results[1:]}
    if trouble == "twice":
        return {"results": [results[0]] * len(results)}
    if trouble == "wrong_index":
        return {"results": [dict(one, index=one["index"] + 1000) for one in results]}
    if trouble == "wrong_scores":
        return {"results": [dict(one, scores=[1, 2]) for one in results]}
    if trouble == "text":
        return {"results": [dict(one, fitness="high") for one in results]}
    if trouble == "error":
        return {"error": "no such thing"}
    return {"results": results}


if trouble == "dead":
    sys.stderr.write("no license\n")
    sys.exit(1)
if trouble == "silent":
    time.sleep(600)
if trouble == "chatty":
    say("Loading ...")
if trouble == "version":
    hello["protocol"] = 2
if trouble == "size":
    hello["outputs"] = 0
if trouble == "key":
    hello["colour"] = "red"
if trouble == "orphan":
    child = subprocess.Popen(["sleep", "600"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    hello["name"] = str(child.pid)
say(json.dumps(hello))
for line in sys.stdin:
    request = json.loads(line)
    genomes = request["genomes"]
    results = [result(i, genome) for i, genome in enumerate(genomes)]
    reply = {"results": results}
    if trouble == "noisy":
        sys.stderr.write(("x" * 999 + "\n") * 300)
    is_troubled = any(genome["bias"][0] == TROUBLED for genome in genomes)
    if is_troubled:
        if trouble == "flood":
            while True:
                sys.stdout.write("x" * 65536)
        if trouble == "stderr_flood":
            while True:
                sys.stderr.write("x" * 65536 + "\n")
        if trouble == "genome_error":
            results[[genome["bias"][0] for genome in genomes].index(TROUBLED)] = {
                "index": [genome["bias"][0] for genome in genomes].index(TROUBLED),
                "error": "it broke the simulator",
            }
        if trouble == "null":
            for one in results:
                if one["fitness"] == TROUBLED:
                    one["fitness"] = None
        if trouble == "nan":
            for one in results:
                if one["fitness"] == TROUBLED:
                    one["fitness"] = float("nan")
        reply = misbehave(results)
    reply["id"] = 7000 if trouble == "other_id" and is_troubled else request["id"]
    say(json.dumps(reply))
    if trouble == "two_replies":
        say(json.dumps(reply))
