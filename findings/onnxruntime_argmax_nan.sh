#!/usr/bin/env bash
# ONNX Runtime 1.32.0: ArgMax and TopK of one output vector choose different actions when there is a NaN
#
# Guess: ArgMax is TopK with k = 1, and both treat a NaN as NumPy's argmax does: it wins.
# Seen: for [1, NaN, 3, 3] ArgMax gives 2 and TopK gives 1. For [NaN, 1, NaN, 2] both give 0. So ArgMax skips a NaN,
#   except in first place. The reference implementation of onnx 1.23.2 gives 1 and 1 for the first vector.
# Why the guess misses: the standard says nothing of NaN. ArgMax compares each value with the best so far, which a NaN
#   never beats, and which a first NaN never loses to; TopK sorts NaN as the largest.
# For neuroevolution: an exported controller with one NaN output can take another action than in training; which one
#   depends on how the export chooses, and on the place of the NaN. Export the raw outputs and check them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6 || exit 2

"$folder/venv/bin/python" -W ignore - <<'END'
import sys
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

model = helper.make_model(
    helper.make_graph(
        [helper.make_node("ArgMax", ["x"], ["argmax"], axis=0),
         helper.make_node("TopK", ["x", "k"], ["value", "topk"], axis=0)], "choice",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [4])],
        [helper.make_tensor_value_info(name, TensorProto.INT64, [1]) for name in ("argmax", "topk")],
        [helper.make_tensor("k", TensorProto.INT64, [1], [1])]),
    opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model, full_check=True)
session = onnxruntime.InferenceSession(model.SerializeToString())
reference = ReferenceEvaluator(model)
rows = []
for values in ([1, np.nan, 3, 3], [np.nan, 1, np.nan, 2], [3, 1, 3, np.nan], [1, 2, 3, 0]):
    x = {"x": np.array(values, np.float32)}
    rows.append([int(r[0]) for r in session.run(None, x)] + [int(r[0]) for r in reference.run(None, x)])
    print(f"{values}: ArgMax {rows[-1][0]}, TopK {rows[-1][1]}; reference: ArgMax {rows[-1][2]}, TopK {rows[-1][3]}")
sys.exit(0 if rows == [[2, 1, 1, 1], [0, 0, 0, 0], [0, 3, 3, 3], [2, 2, 2, 2]] else 1)
END
