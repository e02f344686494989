"""How sure marks are, from answers that were left out of the fit: see `coach/grade/certainty.py`."""

from collections.abc import Sequence

import numpy as np
from fitting import Answer

from coach.grade.certainty import CLOSE, signals, spread_of

BANDS = 5
SHARE = 0.85
RIDGE = 1.0


def certainty(answers: Sequence[Answer], found: Sequence[np.ndarray]) -> dict[str, object]:
    """Returns the numbers for intervals and confidence; `found` has each answer's points and score."""
    marks = np.array([answer.mark for answer in answers], dtype=float)
    scores = np.array([points[-1] for points in found])
    order = np.argsort(scores)
    at, below, above = [], [], []
    for band in np.array_split(order, BANDS):
        errors = marks[band] - scores[band]
        at.append(round(float(np.median(scores[band])), 4))
        below.append(round(float(np.quantile(errors, (1 - SHARE) / 2)), 4))
        above.append(round(float(np.quantile(errors, (1 + SHARE) / 2)), 4))
    table = np.array(
        [
            signals(float(points[-1]), spread_of(answer.weights, list(points[:-1])))
            for answer, points in zip(answers, found, strict=True)
        ]
    )
    close = np.abs(marks - scores) <= CLOSE
    weights = _logistic(table, close.astype(float))
    return {"at": at, "below": below, "above": above, "weights": weights}


def _logistic(table: np.ndarray, target: np.ndarray) -> list[float]:
    """Coefficients of a ridge logistic regression by Newton's method."""
    found = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-table @ found))
        gradient = table.T @ (target - chance) - RIDGE * found
        hessian = (table * (chance * (1 - chance))[:, None]).T @ table
        found = found + np.linalg.solve(hessian + RIDGE * np.eye(len(found)), gradient)
    return [round(float(value), 4) for value in found]
