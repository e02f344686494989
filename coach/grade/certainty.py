"""How sure a mark is: where an examiner's mark would lie, and how likely the two are close.

Both come from answers that were not in the fit (`scripts/fit_grader.py`): of scores like this one,
85% of the marks lay in the interval, and this share within `CLOSE` of the score.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from coach.grade.opinions import fitted
from coach.grade.task import Point, Rubric
from coach.verdict import KeyPointVerdict

CLOSE = 0.125
UNSURE = 0.4
"""Below this confidence a verdict says so."""


def interval(score: float, rubric: Rubric) -> tuple[float, float]:
    """Returns the ends (0 to 1) between which 85% of the marks for such scores (0 to 1) lie."""
    data = fitted()[rubric]["certainty"]
    below, above = (_between(data["at"], data[side], score) for side in ("below", "above"))
    low, high = max(0.0, score + below), min(1.0, score + above)
    return round(min(low, score), 4), round(max(high, score), 4)


def confidence(
    score: float, points: Sequence[Point], verdicts: Sequence[KeyPointVerdict], rubric: Rubric
) -> float:
    """Returns the probability (0 to 1) that an examiner's mark is within `CLOSE` of the score."""
    data = fitted()[rubric]["certainty"]
    spread = spread_of([p.weight for p in points], [v.probability for v in verdicts])
    total = math.fsum(w * x for w, x in zip(data["weights"], signals(score, spread), strict=True))
    return round(1 / (1 + math.exp(-total)), 4)


def spread_of(weights: Sequence[float], probabilities: Sequence[float]) -> float:
    """Returns how undecided the points are: weighted mean of 4 p (1 - p), from 0 to 1."""
    spread = math.fsum(4 * w * p * (1 - p) for w, p in zip(weights, probabilities, strict=True))
    return spread / math.fsum(weights)


def signals(score: float, spread: float) -> tuple[float, ...]:
    """Returns what confidence is read from, a constant first."""
    return 1.0, score, score * score, spread


def _between(at: Sequence[float], values: Sequence[float], score: float) -> float:
    """Linear interpolation, constant beyond the ends."""
    if score <= at[0]:
        return values[0]
    for (left, low), (right, high) in pairwise(zip(at, values, strict=True)):
        if score <= right:
            return low + (high - low) * (score - left) / (right - left)
    return values[-1]
