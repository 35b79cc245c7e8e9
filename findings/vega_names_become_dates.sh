#!/usr/bin/env bash
# vega-loader 5.1.3 on Node.js: the names "species 1" and "species 2" of a CSV column are read as dates
#
# Guess: parse "auto", the default of Vega and Vega-Lite for CSV, takes ISO dates as dates and leaves names alone.
# Seen: "species 1" to "species 12" become the first days of the months of 2001, "seed 42" a day in 2042. "species 13"
#   is no date, so a column of 13 species is text again. One NaN, on the other hand, turns a column of numbers into
#   text.
# Why the guess misses: the type is guessed with Date.parse(), and that of V8 reads words that it does not know as if
#   they were not there. d3.autoType (d3-dsv 3.0.2) has a pattern of its own and takes them as text.
# For neuroevolution: a chart of species or seeds gets a time axis, with labels such as "Jan 01", while the run is
#   small, and a proper one as soon as there are 13 species. Name the types in `format.parse`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts vega-loader@5.1.3 d3-dsv@3.0.2 >/dev/null || exit 2

cat >check.mjs <<'END'
import { read } from "vega-loader";
import { autoType } from "d3-dsv";

process.env.TZ = "UTC";
function column(word, numbers, fitness = "0.5") {
    const rows = numbers.map((n) => `${word} ${n},${fitness}`).join("\n");
    return read(`name,fitness\n${rows}\n`, { type: "csv", parse: "auto" });
}
const twelve = column("species", [1, 2, 12]), thirteen = column("species", [1, 2, 12, 13]);
const seed = column("seed", [42]), nan = column("species", [1, 2], "NaN");
console.log("species 1, 2, 12:     ", twelve.map((row) => new Date(row.name).toDateString()).join(", "));
console.log("species 1, 2, 12, 13: ", thirteen.map((row) => row.name).join(", "));
console.log("seed 42:              ", new Date(seed[0].name).toDateString());
console.log("fitness NaN:          ", typeof nan[0].fitness, nan[0].fitness);
const d3 = autoType({ name: "species 1" }).name;
console.log("d3.autoType:          ", typeof d3, d3);
const asRecorded = twelve.every((row) => new Date(row.name).getFullYear() === 2001) &&
    typeof nan[0].fitness === "string" && thirteen.every((row) => typeof row.name === "string") &&
    typeof seed[0].name === "number" && d3 === "species 1";
process.exit(asRecorded ? 0 : 1);
END
node check.mjs
