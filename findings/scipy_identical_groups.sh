#!/usr/bin/env bash
# SciPy 1.17.1: identical samples are "significantly different" when there are 20 of them
#
# Guess: two groups with all values equal give p = 1, or an error, for every test and every size.
# Seen: kruskal() of n ones against n ones gives p = 0 for n = 13, 20 and 34, and NaN for the other n up to 40.
#   wilcoxon() gives p = 1 up to n = 13 and NaN from 14 on. mannwhitneyu() gives 1 always.
# Why the guess misses: kruskal() divides 0 by 0, where the upper 0 carries a rounding error for some n: infinity then
#   has the probability 0. wilcoxon() changes from the exact to the normal method, which divides by a deviation of 0.
# For neuroevolution: "each of 20 runs solved it, with both settings" is a common result, and 20 a common number of
#   runs. Test whether all values are equal before any of these tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6 || exit 2

"$folder/venv/bin/python" -W ignore - <<'END'
import math
import sys
from scipy import stats

p = {n: [float(test(n * [1.0], n * [1.0]).pvalue) for test in (stats.kruskal, stats.wilcoxon, stats.mannwhitneyu)]
     for n in range(3, 41)}
print("  n  kruskal  wilcoxon  mannwhitneyu")
for n in (3, 10, 13, 14, 19, 20, 21, 34, 40):
    print(f"{n:3}  {p[n][0]:7}  {p[n][1]:8}  {p[n][2]:12}")
significant = [n for n in p if p[n][0] == 0.0]
print("kruskal gives p = 0 for n in", significant)
others = all(math.isnan(p[n][0]) for n in p if n not in significant)
exact = [n for n in p if p[n][1] == 1.0] == list(range(3, 14)) and all(math.isnan(p[n][1]) for n in range(14, 41))
sys.exit(0 if 20 in significant and len(significant) < 6 and others and exact
         and all(p[n][2] == 1.0 for n in p) else 1)
END
