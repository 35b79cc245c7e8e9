#!/usr/bin/env bash
# scikit-learn 1.9.1: log_loss of the same predictions depends on their type
#
# Guess: predictions of exactly 0 and 1 are cut to 1e-15, so a wrong one costs 34.5 whatever the type of the array.
# Seen: two wrong predictions cost 36.04 each as float64 and 15.94 each as float32. With 100 predictions of which one
#   is wrong, the mean is 0.36 against 0.16: a network that computes in float32 seems to be twice as good.
# Why the guess misses: the limit became the machine epsilon of the array's own type. Both arrays hold exactly 0 and
#   1, so no rounding is involved.
# For neuroevolution: log losses of two engines, or of a network and its float32 export, compare only after conversion
#   to one type. Saturated outputs are common in evolved networks; clip them yourself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 || exit 2

"$folder/venv/bin/python" - <<'END'
import sys
import numpy as np
from sklearn.metrics import log_loss

truth = np.arange(100) % 2
predictions = truth.astype(float)
predictions[0] = 1.0
losses = {}
for kind in (np.float64, np.float32):
    two, one = log_loss([1, 0], np.array([0, 1], kind)), log_loss(truth, predictions.astype(kind))
    losses[kind] = [float(two), float(one)]
    print(f"{kind.__name__}: two wrong {two:.2f}, one of 100 wrong {one:.3f}")
expected = {np.float64: [36.04, 0.360], np.float32: [15.94, 0.159]}
sys.exit(0 if all(np.allclose(losses[kind], expected[kind], atol=0.01) for kind in losses) else 1)
END
