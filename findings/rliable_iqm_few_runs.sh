#!/usr/bin/env bash
# rliable 1.2.0: the interquartile mean of three runs is their plain mean
#
# Guess: the interquartile mean (IQM), which is recommended for a few runs, is the mean of the middle half, whatever
#   their number. The median of three runs withstands one outlier, so the IQM does as well.
# Seen: for the scores 0, 1, 1000 the IQM is 333.67, the mean. From four runs on the outlier goes: for 0, 1, 2, 1000 it
#   is 1.5. For seven runs one is left out at each end, a seventh instead of a fourth. There is no message.
# Why the guess misses: a fourth of the values is rounded down to a whole number of them (SciPy's trim_mean): none of
#   three, one of seven. Quantiles would interpolate.
# For neuroevolution: a run here often means hours, and three seeds are common. One lucky seed then counts in full
#   although the measure is called robust. With several tasks the scores of all are pooled first, so four or more
#   values are enough, if the tasks have one scale.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rliable==1.2.0 numpy==2.4.6 scipy==1.17.1 || exit 2

"$folder/venv/bin/python" -W ignore - <<'END'
import sys
import numpy as np
from rliable import metrics

iqm = {}
for count in (3, 4, 7, 8):
    scores = np.arange(count, dtype=float)
    scores[-1] = 1000
    iqm[count] = float(metrics.aggregate_iqm(scores[:, None]))
    print(f"{count} runs, the best 1000: IQM {iqm[count]:.2f}, mean {scores.mean():.2f}")
sys.exit(0 if abs(iqm[3] - 1001 / 3) < 1e-9 and iqm[4] == 1.5 and iqm[7] == 3 and iqm[8] == 3.5 else 1)
END
