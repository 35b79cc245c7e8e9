#!/usr/bin/env bash
# SQLite 3.40.0 and 3.54.1: the same statements on the same file give other digits
#
# Guess: a double that was stored comes out the same; avg() and json_object() do not depend on the version of SQLite.
# Seen: 3.40.0 (Debian 12 has 3.40.1) writes 15 digits into JSON, so more than 9 of 10 random doubles come back
#   changed, and infinity as Inf, which is no JSON; 3.54.1 loses none and writes 9.0e+999. avg() of ten times 0.1 is
#   0.09999999999999999 and 0.1; round(0.285, 2) is 0.29 and 0.28. Plain `select w` is exact in both.
# Why the guess misses: the file format never changed, so the code around it seems settled. But the conversion of
#   doubles to text was rewritten, and sums are compensated (Kahan, Babuska) in newer versions.
# For neuroevolution: weights that are passed on as JSON out of a query are damaged by one machine and not by the
#   next, and reference values of avg(fitness) hold for one version. Store doubles in columns, and average in your own
#   code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/check.py" <<'END'
import json
import random
import sys
import apsw

database = apsw.Connection(sys.argv[1])
if sys.argv[2] == "create":
    stream = random.Random(1)
    database.cursor().execute("create table gene (w real)")
    with database:
        database.cursor().executemany("insert into gene values (?)", ((stream.gauss(0, 1),) for _ in range(1000)))
rows = database.cursor().execute("select w, json_object('w', w) from gene").fetchall()
stream = random.Random(1)
exact = all(w == stream.gauss(0, 1) for w, _ in rows)
changed = sum(json.loads(text)["w"] != w for w, text in rows)
version, average, rounded, infinity = database.cursor().execute(
    "select sqlite_version(), avg(column1), round(0.285, 2), json_array(1e999) from (values"
    + ",".join(["(0.1)"] * 10) + ")").fetchone()
print(f"SQLite {version}: stored exactly {exact}, changed in JSON {'most' if changed > 900 else changed}, "
      f"avg {average}, round {rounded}, infinity {infinity}")
END
for version in 3.40.0.0 3.54.1.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "apsw==$version" || exit 2
done
{
    "$folder/3.40.0.0/bin/python" "$folder/check.py" "$folder/genes.db" create
    "$folder/3.54.1.0/bin/python" "$folder/check.py" "$folder/genes.db" read
} | tee "$folder/seen"
diff "$folder/seen" - <<'END'
SQLite 3.40.0: stored exactly True, changed in JSON most, avg 0.09999999999999999, round 0.29, infinity [Inf]
SQLite 3.54.1: stored exactly True, changed in JSON 0, avg 0.1, round 0.28, infinity [9.0e+999]
END
