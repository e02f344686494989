"""Fits how strict a grader's marks are to answers marked by people."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.errors import InputFileError
from coach.grade.calibration import Calibration

LEAST = 10
"""So many graded answers are needed."""
_RIDGE = 0.02
_EDGE = 1e-4


@dataclass(frozen=True)
class Pair:
    """A grader's score and the human mark of one answer, both from 0 to 1."""

    question: str
    score: float
    human: float


def fit(pairs: Sequence[Pair]) -> Calibration:
    """Returns the calibration with the least squared error, pulled a little towards none.

    InputFileError where there are too few answers.
    """
    import numpy as np
    from scipy.optimize import minimize

    if len(pairs) < LEAST:
        raise InputFileError(
            f"{len(pairs)} graded answers are too few to calibrate with.",
            f"Give a set with at least {LEAST}, better a hundred of several questions.",
        )
    scores = np.clip([pair.score for pair in pairs], _EDGE, 1 - _EDGE)
    lifted = np.log(scores / (1 - scores))
    human = np.array([pair.human for pair in pairs])

    def loss(found: "np.ndarray") -> float:
        # The slope as a logarithm: it stays positive, so that no mark falls where a score rises.
        marks = 1 / (1 + np.exp(-np.clip(np.exp(found[0]) * lifted + found[1], -30, 30)))
        pull = _RIDGE * float(found @ found) / len(pairs)
        return float(np.mean((marks - human) ** 2)) + pull

    found = minimize(loss, np.zeros(2), method="Nelder-Mead").x
    slope = float(np.exp(found[0]))
    return Calibration(round(slope, 4), round(float(found[1]), 4), len(pairs))


def unseen(pairs: Sequence[Pair]) -> list[float]:
    """Returns each answer's mark by a calibration fitted without its question (or fifth)."""
    several = len({pair.question for pair in pairs}) > 1
    folds = [pair.question if several else index % 5 for index, pair in enumerate(pairs)]
    fitted = {
        fold: fit([pair for pair, other in zip(pairs, folds, strict=True) if other != fold])
        for fold in dict.fromkeys(folds)
    }
    return [fitted[fold](pair.score) for pair, fold in zip(pairs, folds, strict=True)]


def figures(marks: Sequence[float], pairs: Sequence[Pair]) -> dict[str, float]:
    """Returns how far marks are from the human ones: mean absolute error and mean bias."""
    errors = [mark - pair.human for mark, pair in zip(marks, pairs, strict=True)]
    return {
        "mean_absolute_error": sum(map(abs, errors)) / len(errors),
        "mean_bias": sum(errors) / len(errors),
    }
