import pickle

import numpy as np
import pytest

import clade

sklearn = pytest.importorskip("sklearn", "1.6")
from sklearn.base import clone  # noqa: E402
from sklearn.datasets import load_diabetes, load_iris  # noqa: E402
from sklearn.model_selection import GridSearchCV  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402


@parametrize_with_checks([clade.NeatClassifier(n_jobs=1, generations=40), clade.NeatRegressor(n_jobs=1, generations=40)])
def test_keeps_the_rules_of_scikit_learn(estimator, check):
    check(estimator)


def test_a_classifier_tells_flowers_apart():
    X, y = load_iris(return_X_y=True)
    names = np.array(["setosa", "versicolor", "virginica"])[y]
    classifier = clade.NeatClassifier(random_state=1).fit(X[::2], names[::2])
    assert classifier.score(X[1::2], names[1::2]) > 0.9
    probabilities = classifier.predict_proba(X)
    assert probabilities.shape == (150, 3) and np.allclose(probabilities.sum(axis=1), 1)
    assert (classifier.classes_[probabilities.argmax(axis=1)] == classifier.predict(X)).all()


def test_a_regressor_gives_numbers_in_the_units_of_each_target():
    X, y = load_diabetes(return_X_y=True)
    both = np.stack([y, 1000 - 2 * y], axis=1)
    regressor = clade.NeatRegressor(random_state=1).fit(X[::2], both[::2])
    assert regressor.predict(X).shape == (442, 2) and regressor.score(X[1::2], both[1::2]) > 0.3
    assert clade.NeatRegressor(random_state=1, generations=3).fit(X, y).predict(X).shape == (442,)


def test_equal_states_give_equal_networks_whose_pickles_predict_the_same():
    X, y = load_iris(return_X_y=True)
    made = [clade.NeatClassifier(random_state=3, generations=10, n_jobs=jobs).fit(X, y) for jobs in (1, 2)]
    assert np.array_equal(made[0].predict_proba(X), made[1].predict_proba(X))
    assert np.array_equal(pickle.loads(pickle.dumps(made[0])).predict_proba(X), made[0].predict_proba(X))


def test_settings_are_parameters_to_search(tmp_path):
    X, y = load_iris(return_X_y=True)
    search = GridSearchCV(clade.NeatClassifier(random_state=1, generations=5),
                          {"overrides": [{"evolution.population_size": 10}, {"evolution.population_size": 20}]}, cv=2)
    assert 0 <= search.fit(X, y).best_score_ <= 1
    with pytest.raises(clade.ConfigError, match="evolution.populaton_size: unknown key"):
        clone(search.estimator).set_params(overrides={"evolution.populaton_size": 1}).fit(X, y)


def test_a_run_is_kept_if_asked(tmp_path):
    X, y = load_iris(return_X_y=True)
    classifier = clade.NeatClassifier(random_state=1, generations=5, out=tmp_path).fit(X, y)
    run = clade.open_run(tmp_path)
    assert len(run.generations) == classifier.n_iter_ == 5 and run.champion.inputs == ["x0", "x1", "x2", "x3"]


def test_one_class_is_refused():
    with pytest.raises(ValueError, match="at least two classes"):
        clade.NeatClassifier().fit(np.arange(10.0).reshape(-1, 1), np.zeros(10))
