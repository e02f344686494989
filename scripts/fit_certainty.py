"""How sure marks are, from answers that were left out of the fit: see `coach/grade/certainty.py`."""

from collections.abc import Sequence

import numpy as np
from fitting import Answer

from coach.grade.certainty import CLOSE

BANDS = 8
SHARE = 0.85
LEAST = 0.02


def certainty(answers: Sequence[Answer], found: Sequence[np.ndarray]) -> dict[str, object]:
    """Returns the numbers for intervals and confidence, for eight bands of scores with as many answers each.

    `found` has each answer's points and, last, its score.
    """
    marks = np.array([answer.mark for answer in answers], dtype=float)
    scores = np.array([points[-1] for points in found])
    table: dict[str, list[float]] = {"at": [], "below": [], "above": [], "close": []}
    for band in np.array_split(np.argsort(scores), BANDS):
        errors = marks[band] - scores[band]
        table["at"].append(float(np.median(scores[band])))
        # An interval holds its score, though all of a band's marks may lie on one side.
        table["below"].append(min(-LEAST, float(np.quantile(errors, (1 - SHARE) / 2))))
        table["above"].append(max(LEAST, float(np.quantile(errors, (1 + SHARE) / 2))))
        table["close"].append(float(np.mean(np.abs(errors) <= CLOSE)))
    return {name: [round(value, 4) for value in values] for name, values in table.items()}
