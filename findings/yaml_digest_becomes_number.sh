#!/usr/bin/env bash
# PyYAML 6.0.4 and ruamel.yaml 0.19.1: a text that one of them saves is a number for the other
#
# Guess: a library puts quotes around a text that could be read as a number, so texts survive the way through a file.
# Seen: PyYAML writes the texts 12e4567 and 0o17 without quotes; ruamel.yaml reads infinity and 15. ruamel.yaml writes
#   the texts 190:20 and on without quotes; PyYAML reads 11420 and True. The float 1e+20 of ruamel.yaml is a text for
#   PyYAML.
# Why the guess misses: each quotes what it would misread itself, and they follow two versions of YAML. In YAML 1.1 a
#   float needs a point and a signed exponent, and 190:20 counts in sixties; in YAML 1.2 neither is so.
# For neuroevolution: about one in 70 hexadecimal digests of 8 places has the shape 12e45678. Such an id of a run or a
#   configuration becomes infinity or another number in the next program. Always quote ids.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1 || exit 2

"$folder/venv/bin/python" - <<'END'
import io
import sys
import ruamel.yaml
import yaml

ruamel_yaml = ruamel.yaml.YAML(typ="safe")
ruamel_yaml.default_flow_style = False


def saved_by_ruamel(data):
    file = io.StringIO()
    ruamel_yaml.dump(data, file)
    return file.getvalue()


def show(writer, text, reader, data):
    print(f"{writer} writes:\n{text}{reader} reads: {data}\n")
    return data


texts = {"digest": "12e4567", "mask": "0o17"}
text = yaml.safe_dump(texts)
by_ruamel = show("PyYAML", text, "ruamel.yaml", dict(ruamel_yaml.load(text)))
values = {"id": "190:20", "bias": "on", "evaluations": 1e20}
text = saved_by_ruamel(values)
by_pyyaml = show("ruamel.yaml", text, "PyYAML", yaml.safe_load(text))
intact = yaml.safe_load(yaml.safe_dump(texts)) == texts and dict(ruamel_yaml.load(saved_by_ruamel(values))) == values
print("each reads back its own file:", intact)
sys.exit(0 if intact and by_ruamel == {"digest": float("inf"), "mask": 15}
         and by_pyyaml == {"id": 11420, "bias": True, "evaluations": "1e+20"} else 1)
END
