#!/usr/bin/env bash
# polars 2.1.0, pyarrow 26.0.1, DuckDB 2.0.1: "nan" or "inf" turns a CSV column of numbers into text or dates
#
# Guess: all of them, and pandas 3.1.1, take the spellings that printf of C writes, nan, -nan, inf and -inf, and read
#   a column of numbers.
# Seen: polars reads "nan" as text, and with it the whole column; "NaN" and "inf" are numbers. DuckDB takes "nan", but
#   makes the column text if its first cell is "inf", and dates if all are; "1e400" is a number. pyarrow makes "nan" a
#   missing value. pandas reads all of them as numbers.
# Why the guess misses: each reader has its own list of spellings, and DuckDB's dates have an "inf" too. A column that
#   becomes text raises no error: it is compared as text, so the largest of 9.5 and 10 is 9.5.
# For neuroevolution: one network with a NaN fitness changes the type of the fitness column of a log. Name the types
#   when reading, or write an empty cell.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 duckdb==2.0.1 numpy==2.4.6 || exit 2

cd "$folder"
"$folder/venv/bin/python" - <<'END'
import sys
import duckdb
import pandas
import polars
import pyarrow.csv


def read(*cells):
    with open("log.csv", "w") as file:
        file.write("genome,fitness\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(cells)))
    arrow = pyarrow.csv.read_csv("log.csv")["fitness"]
    series = polars.read_csv("log.csv")["fitness"]
    duck = duckdb.execute("select typeof(fitness) from 'log.csv'").fetchone()[0]
    pandas_type = str(pandas.read_csv("log.csv").fitness.dtype)
    return str(series.dtype), f"{arrow.type}, {arrow.null_count} missing", duck, pandas_type, repr(series.max())


table = {cell: read(cell, "9.5", "10") for cell in ("nan", "-nan", "NaN", "inf", "-inf", "1e400")}
table["10, inf"] = read("10", "inf")
table["inf, inf"] = read("inf", "inf")
print(f"{'cells':10}{'polars':9}{'pyarrow':19}{'DuckDB':9}{'pandas':9}max of polars")
for cells, (p, a, d, q, largest) in table.items():
    print(f"{cells:10}{p:9}{a:19}{d:9}{q:9}{largest}")


def with_type(column, kind):
    return [cells for cells, row in table.items() if row[column] == kind]


as_recorded = (with_type(0, "String") == ["nan", "-nan"] and with_type(1, "double, 1 missing") == ["nan", "-nan", "NaN"]
               and with_type(2, "VARCHAR") == ["inf", "-inf"] and with_type(2, "DATE") == ["inf, inf"]
               and with_type(3, "float64") == list(table) and table["-nan"][4] == "'9.5'")
sys.exit(0 if as_recorded else 1)
END
