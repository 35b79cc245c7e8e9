#!/usr/bin/env bash
# PyYAML 6.0.4: .5 is a number, -.5 is a text
#
# Guess: a number stays a number when a minus is put in front of it.
# Seen: [.5, -.5, -0.5] is read as [0.5, '-.5', -0.5]. +.5 is a text as well. ruamel.yaml 0.19.1 reads numbers.
# Why the guess misses: PyYAML looks for numbers with a pattern that allows a sign before a digit, but the branch for
#   numbers that begin with the point has no sign in it. YAML 1.1, which PyYAML follows, allows the sign.
# For neuroevolution: of the limits `weight: [-.5, .5]` of a configuration one is a text, and `initial: -.5` may end
#   up in a comparison or in string repetition. Write the 0; check the types of what was read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1 || exit 2

"$folder/venv/bin/python" - <<'END'
import sys
import ruamel.yaml
import yaml

document = "[.5, -.5, +.5, -0.5]"
pyyaml = yaml.safe_load(document)
ruamel_yaml = list(ruamel.yaml.YAML(typ="safe").load(document))
print("document:   ", document)
print("PyYAML:     ", pyyaml)
print("ruamel.yaml:", ruamel_yaml)
sys.exit(0 if pyyaml == [0.5, "-.5", "+.5", -0.5] and ruamel_yaml == [0.5, -0.5, 0.5, -0.5] else 1)
END
