#!/usr/bin/env bash
# Hydra 1.3.8: `elitism=off` on the command line switches it on; the same words in the file switch it off
#
# Guess: `key=word` on the command line means what `key: word` means in the configuration file.
# Seen: off, no, 010, 1:30 and 0x10 are False, False, 8, 90 and 16 in the file, and the texts 'off', 'no', '010',
#   '1:30' and '0x10' on the command line. The other way round, -.5, inf and nan are numbers on the command line and
#   texts in the file. There is no message.
# Why the guess misses: the file is YAML 1.1, read by PyYAML; overrides have a grammar of Hydra's own, which knows other
#   numbers and only true and false. Both give a text for what they do not know.
# For neuroevolution: in Python a text that is not empty is true, so `if cfg.elitism` keeps the elite with
#   `elitism=off`; a sweep over on,off compares a setting with itself. Write true and false, and declare types
#   (structured configurations convert or refuse).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hydra-core==1.3.8 omegaconf==2.3.1 || exit 2

cd "$folder"
"$folder/venv/bin/python" - <<'END'
import pathlib
import sys
from hydra import compose, initialize_config_dir

words = ["off", "no", "010", "1:30", "0x10", "-.5", "inf", "nan", "false", "1e-3"]
folder = pathlib.Path.cwd() / "conf"
folder.mkdir()
(folder / "config.yaml").write_text("".join(f"key{i}: {word}\n" for i, word in enumerate(words)))
with initialize_config_dir(str(folder), version_base=None):
    in_file = list(compose("config").values())
    on_line = list(compose("config", overrides=[f"key{i}={word}" for i, word in enumerate(words)]).values())
for word, file, line in zip(words, in_file, on_line):
    print(f"{word:6} file {file!r:8} command line {line!r}")
as_recorded = (in_file[:7] == [False, False, 8, 90, 16, "-.5", "inf"] and in_file[7] == "nan"
               and on_line[:7] == ["off", "no", "010", "1:30", "0x10", -0.5, float("inf")] and on_line[7] != on_line[7]
               and in_file[8:] == on_line[8:] == [False, 0.001] and bool(on_line[0]))
sys.exit(0 if as_recorded else 1)
END
