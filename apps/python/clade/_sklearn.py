"""Estimators of scikit-learn, which is imported with this module."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from . import _clade
from ._run import run


class _Neat(BaseEstimator):
    """What both estimators have in common."""

    def __init__(self, *, generations: int | None = None, overrides: Mapping[str, Any] | None = None,
                 validation_fraction: float = 0.2, out: str | os.PathLike[str] | None = None,
                 n_jobs: int | None = None, random_state: Any = None) -> None:
        self.generations = generations
        self.overrides = overrides
        self.validation_fraction = validation_fraction
        self.out = out
        self.n_jobs = n_jobs
        self.random_state = random_state

    def _evolve(self, task: _clade.TableTask) -> None:
        """The champion becomes network_, the number of its run's generations n_iter_."""
        settings = {"task.test_fraction": 0.0, "task.validation_fraction": self.validation_fraction}
        if self.generations is not None:
            settings["stop.generations"] = self.generations
        if self.n_jobs is not None:
            settings["evaluation.threads"] = max(self.n_jobs, 0)  # -1: all cores
        settings.update(self.overrides or {})
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        with tempfile.TemporaryDirectory() as folder:
            made = run(None, task, seed=seed, overrides=settings, out=self.out or folder)
            if made.champion is None:
                raise ValueError("no network could be scored: the values of the rows are too large")
            self.network_ = made.champion
            self.n_iter_ = len(made.generations)

    def _outputs(self, X: Any) -> np.ndarray:
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, reset=False)
        return _clade.Predictor(self.network_).predict(rows)

    def _columns(self) -> list[str]:
        names = getattr(self, "feature_names_in_", None)
        return [f"x{i}" for i in range(self.n_features_in_)] if names is None else [str(name) for name in names]


_PARAMETERS = """

    generations           that the run has at most; None: 500
    overrides             settings of a configuration, {"evolution.population_size": 50, "task.fitness": "accuracy"}
    validation_fraction   of the rows, which no fitness sees: the network that is best on them is the one that is kept, and
                          the run ends when it gets no better
    out                   folder in which the run is kept; None: nothing is kept
    n_jobs                threads; None or -1: all cores
    random_state          equal ones and equal rows give equal networks

    After fit(): network_ (a clade.Network), n_iter_, n_features_in_."""


class NeatClassifier(ClassifierMixin, _Neat):
    __doc__ = "A classifier whose network NEAT has evolved, its weights refined along the gradient." + _PARAMETERS

    def fit(self, X: Any, y: Any) -> NeatClassifier:
        X, y = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"a classifier needs at least two classes, got the one class {self.classes_[0]!r}")
        self._evolve(_clade.TableTask.classification("classifier", X, self._columns(), codes,
                                                     [str(name) for name in self.classes_]))
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """[rows, classes], in the order of classes_."""
        return self._outputs(X)

    def predict(self, X: Any) -> np.ndarray:
        likeliest = np.argmax(self._outputs(X), axis=1)  # which tells first whether there is a network
        predicted: np.ndarray = self.classes_[likeliest]
        return predicted


class NeatRegressor(RegressorMixin, _Neat):
    __doc__ = "A regressor whose network NEAT has evolved, its weights refined along the gradient." + _PARAMETERS

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X: Any, y: Any) -> NeatRegressor:
        X, y = validate_data(self, X, y, dtype=np.float64, multi_output=True, y_numeric=True)
        self._single = y.ndim == 1
        targets = np.asarray(y, dtype=np.float64).reshape(len(y), -1)
        self._evolve(_clade.TableTask.regression("regressor", X, self._columns(), targets,
                                                 [f"y{i}" for i in range(targets.shape[1])]))
        return self

    def predict(self, X: Any) -> np.ndarray:
        outputs = self._outputs(X)
        return outputs[:, 0] if self._single else outputs
