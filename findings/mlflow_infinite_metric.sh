#!/usr/bin/env bash
# MLflow 3.17.2 with a SQLite store: an infinite metric is read back as the largest finite number
#
# Guess: log_metric() of infinity is refused, or infinity is read back. NaN comes back as NaN.
# Seen: the values 1, inf, -inf, NaN come back as 1, 1.797e308, -1.797e308, NaN. math.isinf() of them is false.
# Why the guess misses: the tables have a column that says "is NaN", so NaN is kept; infinity has none and is replaced
#   by the largest double before it is written. There is no message.
# For neuroevolution: a failed network's -inf becomes a finite fitness. `isfinite` no longer leaves it out, the mean of
#   two such values overflows, and a plot has one point 300 orders of magnitude below the others. Log a count of
#   failures instead, or NaN.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    mlflow-skinny==3.17.2 SQLAlchemy==2.1.9 alembic==1.20.1 || exit 2

cd "$folder"
MLFLOW_DISABLE_TELEMETRY=true "$folder/venv/bin/python" - 2>"$folder/messages" <<'END'
import math
import sys
import mlflow

mlflow.set_tracking_uri("sqlite:///runs.db")
with mlflow.start_run() as run:
    for step, value in enumerate([1.0, math.inf, -math.inf, math.nan]):
        mlflow.log_metric("fitness", value, step=step)
history = mlflow.MlflowClient().get_metric_history(run.info.run_id, "fitness")
one, high, low, nan = [metric.value for metric in sorted(history, key=lambda metric: metric.step)]
print("read back:", one, high, low, nan)
largest = sys.float_info.max
sys.exit(0 if (one, high, low) == (1.0, largest, -largest) and math.isnan(nan) else 1)
END
