#!/usr/bin/env bash
# DuckDB 2.0.1 and pyarrow 26.0.1: the row groups of a Parquet file change the answers of queries
#
# Guess: row groups are a matter of speed. The same rows and the same query give the same answer, as in memory.
# Seen: six rows, one of them NaN, written by pyarrow in row groups of six and of three. DuckDB: `fitness > 4` gives
#   four rows (NaN is the largest number there) or three; max(fitness) is 7, but NaN in memory and NaN when
#   avg(fitness) is asked for as well; isnan(fitness) finds nothing, in memory the NaN. pyarrow: ~(fitness <= 4) gives
#   four or three rows. polars 2.1.0 gives the same for both files.
# Why the guess misses: readers take the smallest and largest value from the file's statistics, which leave out NaN by
#   the rules of the format, as facts about all rows: conditions and aggregates are answered without reading the
#   column.
# For neuroevolution: failed networks cannot be counted with isnan(), and the count by comparison changes when a log
#   is rewritten. `not isfinite(fitness)` is right in all three places; better still, do not write NaN.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 pyarrow==26.0.1 polars==2.1.0 || exit 2

cd "$folder"
"$folder/venv/bin/python" - <<'END'
import math
import sys
import duckdb
import polars
import pyarrow
import pyarrow.compute
import pyarrow.dataset
import pyarrow.parquet

memory = pyarrow.table({"genome": range(6), "fitness": [1.0, 2.0, math.nan, 5.0, 6.0, 7.0]})
fitness = pyarrow.compute.field("fitness")


def duck(place):
    found = {}
    for condition in ("fitness > 4", "isnan(fitness)", "not isfinite(fitness)"):
        rows = duckdb.execute(f"select genome from {place} where {condition}").fetchall()
        found[condition] = [genome for genome, in rows]
    found["max(fitness)"] = duckdb.execute(f"select max(fitness) from {place}").fetchone()[0]
    both = duckdb.execute(f"select max(fitness), avg(fitness) from {place}").fetchone()
    found["max(fitness), with avg(fitness)"] = both[0]
    return found


dataset, scan = pyarrow.dataset.dataset, polars.scan_parquet
table = [duck("memory")]
for size in (6, 3):
    file = f"{size}.parquet"
    pyarrow.parquet.write_table(memory, file, row_group_size=size)
    answers = duck(f"'{file}'")
    answers["pyarrow ~(fitness <= 4)"] = dataset(file).to_table(filter=~(fitness <= 4))["genome"].to_pylist()
    answers["polars fitness > 4"] = scan(file).filter(polars.col.fitness > 4).collect()["genome"].to_list()
    table.append(answers)
print(f"{'':33}{'in memory':16}{'one row group':16}two row groups")
for question in table[1]:
    print(f"{question:33}" + "".join(f"{str(answers.get(question, '')):16}" for answers in table))
four, less = [2, 3, 4, 5], [3, 4, 5]
expected = [[four, [2], [2], math.nan, math.nan],
            [four, [], [2], 7.0, math.nan, four, four],
            [less, [], [2], 7.0, math.nan, less, four]]
sys.exit(0 if str([list(answers.values()) for answers in table]) == str(expected) else 1)
END
