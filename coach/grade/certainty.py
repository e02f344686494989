"""How sure a mark is: where an examiner's mark would lie, and how likely the two are close.

Both come from answers that were not in the fit (`scripts/fit_grader.py`): of scores like this one,
85% of the marks lay in the interval, and this share within `CLOSE` of the score.
"""

from collections.abc import Sequence
from itertools import pairwise

from coach.grade.opinions import fitted
from coach.grade.task import Rubric

CLOSE = 0.125
UNSURE = 0.4
"""Below this confidence a verdict says so."""


def interval(score: float, rubric: Rubric) -> tuple[float, float]:
    """Returns the ends (0 to 1) between which 85% of the marks for such scores (0 to 1) lie."""
    data = fitted()[rubric]["certainty"]
    below, above = (_between(data["at"], data[side], score) for side in ("below", "above"))
    low, high = max(0.0, score + below), min(1.0, score + above)
    return round(min(low, score), 4), round(max(high, score), 4)


def confidence(score: float, rubric: Rubric) -> float:
    """Returns the probability (0 to 1) that an examiner's mark is within `CLOSE` of the score (0 to 1)."""
    data = fitted()[rubric]["certainty"]
    return round(_between(data["at"], data["close"], score), 4)


def _between(at: Sequence[float], values: Sequence[float], score: float) -> float:
    """Linear interpolation, constant beyond the ends."""
    if score <= at[0]:
        return values[0]
    for (left, low), (right, high) in pairwise(zip(at, values, strict=True)):
        if score <= right:
            return low + (high - low) * (score - left) / (right - left)
    return values[-1]
