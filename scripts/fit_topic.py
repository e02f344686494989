"""Tells answers from good answers to other questions of the same set: see `combine.topicality`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from fitting import Answer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from coach.grade import combine

NAMES = ("asked", "near", "known", "told", "closest", "named")
WORTH = 0.2
"""Answers with a lower mark may be about anything: they tell nothing."""
STEEP, AGAINST = 2.0, 2.0
"""An answer is taken for one to another question only where the odds of that are exp(AGAINST) or more."""


@dataclass(frozen=True)
class Topic:
    """Bias and weights of the features NAMES as they are, not standardised."""

    bias: float
    weights: np.ndarray

    def share(self, answer: Answer) -> float:
        """What is left (0 to 1) of an answer's points, as the grader takes it."""
        row = known(answer)
        if row is None:
            return 1.0
        value = self.bias + float(self.weights @ row)
        return min(1.0, combine.CLEAR / (1 + float(np.exp(-value))))

    def as_json(self) -> dict[str, object]:
        """What the weights file says of it."""
        weights = dict(zip(NAMES, (round(float(w), 4) for w in self.weights), strict=True))
        return {"bias": round(self.bias, 4), "features": weights}


def fit_topic(answers: Sequence[Answer], strangers: Sequence[Answer]) -> Topic:
    """Fits a logistic regression; answers and strangers weigh the same."""
    own = [row for a in answers if (a.mark or 0) > WORTH and (row := known(a)) is not None]
    others = [row for a in strangers if (row := known(a)) is not None]
    scale = StandardScaler().fit(np.array(own + others))
    model = LogisticRegression(class_weight="balanced")
    model.fit(scale.transform(own + others), [1] * len(own) + [0] * len(others))
    weights = STEEP * model.coef_[0] / scale.scale_
    bias = STEEP * (float(model.intercept_[0]) + AGAINST) - float(weights @ scale.mean_)
    return Topic(bias, weights)


def known(answer: Answer) -> np.ndarray | None:
    """The features of an answer by NAMES; None where one is absent."""
    features = answer.features[0]
    if any(name not in features for name in NAMES):
        return None
    return np.array([features[name] for name in NAMES])
