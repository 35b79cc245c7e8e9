#!/usr/bin/env bash
# polars 2.1.0: max() and the first row of a descending sort are not the same row when there is a NaN
#
# Guess: a data frame library either skips NaN or lets it win, everywhere alike.
# Seen: of 3, NaN, 5, 1: max() and arg_max() give 5; sort(descending), top_k(1) and quantile(1.0) give NaN; `x > 4`
#   keeps the NaN; NaN == NaN is true. rolling_max() over two rows gives NaN where cum_max() goes on with the number.
# Why the guess misses: comparisons, sort and filters use an order in which NaN equals itself and is the largest
#   number; the aggregations max and min skip it. pandas and pyarrow sort NaN last.
# For neuroevolution: the "best genome" of a log is the one with the NaN fitness if it is found by sorting, and
#   another one if it is found by max(). Filter with is_finite() first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 || exit 2

"$folder/venv/bin/python" - <<'END'
import math
import sys
import polars

fitness = polars.Series("fitness", [3.0, math.nan, 5.0, 1.0])
skips = {"max()": fitness.max(), "[arg_max()]": fitness[fitness.arg_max()], "cum_max().last()": fitness.cum_max()[-1],
         "min()": fitness.min()}
takes = {"sort(descending).first()": fitness.sort(descending=True)[0], "top_k(1)": fitness.top_k(1)[0],
         "quantile(1.0)": fitness.quantile(1.0), "rolling_max(2)[1]": fitness.rolling_max(2)[1],
         "filter(x > 4).first()": fitness.filter(fitness > 4)[0]}
for name, value in (skips | takes).items():
    print(f"{name:26}{value}")
equal = bool((fitness == fitness)[1])
print("NaN == NaN                ", equal, sep="")
skipped = list(skips.values()) == [5.0, 5.0, 5.0, 1.0]
sys.exit(0 if skipped and all(map(math.isnan, takes.values())) and equal else 1)
END
