#!/usr/bin/env bash
# emlearn 0.23.2 with scikit-learn 1.9.1: a decision tree on inputs between 0 and 1 loses all its thresholds
#
# Guess: convert() keeps thresholds as float, or scales them; class labels and regression outputs come through.
# Seen: on iris scaled to [0, 1] the converted tree gives class 2 for all 150 flowers: 100 errors, scikit-learn's tree
#   has none. With dtype="float" it has none either. The labels 5, 6, 7 of a converted MLPClassifier come out as 0, 1,
#   2, and predict() of a converted MLPRegressor gives 0 or 1, not the value. There is no warning.
# Why the guess misses: the default type of features is int16 and the thresholds are rounded to it unscaled; predict()
#   is a choice of an output's index, whatever the model was made for.
# For neuroevolution: inputs of controllers are usually scaled to [0, 1] or [-1, 1], which is the worst case. Scale by
#   a few thousand, or give dtype="float"; compare with the original on real inputs before flashing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    emlearn==0.23.2 scikit-learn==1.9.1 numpy==2.4.6 setuptools==65.5.0 || exit 2

cd "$folder"
"$folder/venv/bin/python" -W error::UserWarning - <<'END'
import sys
import emlearn
import numpy as np
from sklearn.datasets import load_iris
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.tree import DecisionTreeClassifier

flowers, species = load_iris(return_X_y=True)
scaled = (flowers - flowers.min(0)) / np.ptp(flowers, axis=0)
tree = DecisionTreeClassifier(random_state=0).fit(scaled, species)
errors = {}
for name, settings in (("default", {}), ("float", {"dtype": "float"})):
    answers = np.array(emlearn.convert(tree, method="inline", **settings).predict(scaled))
    errors[name] = int((answers != tree.predict(scaled)).sum())
    print(f"tree, dtype {name}: {errors[name]} of 150 differ from scikit-learn, answers {set(answers.tolist())}")
settings = {"hidden_layer_sizes": (5,), "solver": "lbfgs", "max_iter": 10000, "random_state": 0}
classifier = MLPClassifier(**settings).fit(scaled, species + 5)
labels = sorted(set(emlearn.convert(classifier, method="inline").predict(scaled)))
print("classifier: labels", sorted(set(classifier.predict(scaled).tolist())), "come out as", labels)
regressor = MLPRegressor(**settings).fit(scaled, species * 0.5)
values = sorted(set(emlearn.convert(regressor, method="inline").predict(scaled)))
print("regressor: values", np.round(np.sort(regressor.predict(scaled))[[0, 75, 149]], 2), "come out as", values)
sys.exit(0 if errors == {"default": 100, "float": 0} and labels == [0, 1, 2] and set(values) <= {0, 1} else 1)
END
