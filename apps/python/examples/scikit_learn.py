"""Data of scikit-learn, with its own tools around the estimator."""

from sklearn.datasets import load_wine
from sklearn.model_selection import cross_val_score

import clade

X, y = load_wine(return_X_y=True)
classifier = clade.NeatClassifier(random_state=1)
print(cross_val_score(classifier, X, y, cv=3))
print(classifier.fit(X, y).predict_proba(X[:2]), classifier.network_.connection_count)
