#!/usr/bin/env bash
# js-yaml 5.5.0: after the update from 4 the same file loads without an error, with other values
#
# Guess: load() of a new major version either reads a valid document as before or throws.
# Seen: `<<: *defaults` merged the map in 4.1.1; 5.5.0 keeps a key named "<<" and nothing is merged. 1_000 and 0b11
#   were numbers and are texts now; -.5 was a text and is a number; 1e400 was infinity and is a text; a file that
#   holds comments only was null and is an error.
# Why the guess misses: the default changed from YAML 1.1 to the core schema of YAML 1.2, which has no merge keys. But
#   configurations use them a lot, and even ruamel.yaml 0.19.1, which reads YAML 1.2, merges.
# For neuroevolution: experiment files that share a block of defaults by merge keys run with the program's own
#   defaults instead. Ask for YAML11_SCHEMA, and reject unknown keys: "<<" is one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts \
    js-yaml@5.5.0 js-yaml-4@npm:js-yaml@4.1.1 >/dev/null || exit 2

cat >check.mjs <<'END'
import * as five from "js-yaml";
import * as four from "js-yaml-4";

const shared = "defaults: &defaults {population: 150}\nrun: {<<: *defaults, seed: 1}";
function value(load, text, schema) {
    try {
        const data = load(text, schema && { schema });
        return typeof data === "number" ? data : JSON.stringify(data?.run ?? data);
    } catch {
        return "error";
    }
}
const expected = [[shared, '{"population":150,"seed":1}', '{"<<":{"population":150},"seed":1}'],
    ["1_000", 1000, '"1_000"'], ["0b11", 3, '"0b11"'], ["-.5", '"-.5"', -0.5],
    ["1e400", Infinity, '"1e400"'], ["# comment", "null", "error"]];
let same = true;
for (const [text, old, now] of expected) {
    const [a, b] = [value(four.load, text), value(five.load, text)];
    console.log(`${text}\n    js-yaml 4: ${a}\n    js-yaml 5: ${b}`);
    same &&= a === old && b === now;
}
const asked = value(five.load, shared, five.YAML11_SCHEMA);
console.log("with YAML11_SCHEMA:", asked);
process.exit(same && asked === expected[0][1] ? 0 : 1);
END
node check.mjs
