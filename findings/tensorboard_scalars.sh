#!/usr/bin/env bash
# tensorboardX 2.6.5 and TensorBoard 2.21.0: a logged number is rounded to 7 digits, and long series lose their best
#
# Guess: add_scalar() of a Python number keeps a double, and reading the log back gives each point that was written.
# Seen: 16777217 is read back as 16777216, and 0.1 as 0.10000000149011612. Of 20,000 points the event accumulator
#   returns 10,000, chosen at random: the best is among them about every second time.
# Why the guess misses: the step is a whole number of 64 bits and the time a double, but the value is float32. The
#   accumulator keeps a sample of each series unless told otherwise (size_guidance), and says nothing.
# For neuroevolution: counts of evaluations pass 16.7 million within hours and then repeat; "best of the run", taken
#   from such a log, can be below the best. Pass size_guidance={"scalars": 0}, and keep exact numbers elsewhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    tensorboardX==2.6.5 tensorboard==2.21.0 numpy==2.4.6 'setuptools<81' || exit 2

cd "$folder"
"$folder/venv/bin/python" -W ignore - 2>"$folder/messages" <<'END'
import sys
import tensorboardX
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

with tensorboardX.SummaryWriter("log") as writer:
    for step, value in enumerate([16777217.0, 0.1]):
        writer.add_scalar("exact", value, step)
    for step in range(20000):
        writer.add_scalar("long", float(step), step)


def read(**settings):
    events = EventAccumulator("log", **settings)
    events.Reload()
    return {name: [event.value for event in events.Scalars(name)] for name in ("exact", "long")}


sampled, whole = read(), read(size_guidance={"scalars": 0})
print("exact:", whole["exact"])
print("long: ", len(sampled["long"]), "of", len(whole["long"]), "points, the first", sampled["long"][:5])
sys.exit(0 if whole["exact"] == [16777216.0, 0.10000000149011612]
         and (len(sampled["long"]), len(whole["long"])) == (10000, 20000) else 1)
END
