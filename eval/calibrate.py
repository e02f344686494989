"""Fits how strict a grader's marks are to answers marked by people."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.errors import InputFileError
from coach.grade.calibration import Calibration

LEAST = 10
"""So many graded answers are needed."""
_FOLDS = 10
_RIDGE = 0.02
_EDGE = 1e-4


@dataclass(frozen=True)
class Pair:
    """A grader's score and the human mark of one answer, both from 0 to 1."""

    question: str
    score: float
    human: float


def fit(pairs: Sequence[Pair], *, shift_only: bool = False) -> Calibration:
    """Returns the calibration with the least squared error, pulled a little towards none.

    With `shift_only` marks get milder or stricter, but lie no closer together. InputFileError where
    there are too few answers.
    """
    if len(pairs) < LEAST:
        raise InputFileError(
            f"{len(pairs)} graded answers are too few to calibrate with.",
            f"Give a set with at least {LEAST}, better a hundred of several questions.",
        )
    return _fitted(pairs, shift_only)


def unseen(pairs: Sequence[Pair], *, shift_only: bool = False) -> list[float]:
    """Returns each answer's mark by a calibration fitted without its question and about a tenth of the others.

    Where there is only one question, without a fifth of its answers.
    """
    number = {name: n for n, name in enumerate(dict.fromkeys(pair.question for pair in pairs))}
    if len(number) > 1:
        folds = [number[pair.question] % _FOLDS for pair in pairs]
    else:
        folds = [index % 5 for index in range(len(pairs))]
    fitted = {
        fold: _fitted(
            [pair for pair, other in zip(pairs, folds, strict=True) if other != fold], shift_only
        )
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


def _fitted(pairs: Sequence[Pair], shift_only: bool) -> Calibration:
    import numpy as np
    from scipy.optimize import minimize

    scores = np.clip([pair.score for pair in pairs], _EDGE, 1 - _EDGE)
    lifted = np.log(scores / (1 - scores))
    human = np.array([pair.human for pair in pairs])

    def loss(found: "np.ndarray") -> float:
        # The slope as a logarithm: it stays positive, so that no mark falls where a score rises.
        offset, slope = found[0], np.exp(found[1:].sum())
        marks = 1 / (1 + np.exp(-np.clip(slope * lifted + offset, -30, 30)))
        pull = _RIDGE * float(found @ found) / len(pairs)
        return float(np.mean((marks - human) ** 2)) + pull

    found = minimize(loss, np.zeros(1 if shift_only else 2), method="Nelder-Mead").x
    slope = float(np.exp(found[1:].sum()))
    return Calibration(round(slope, 4), round(float(found[0]), 4), len(pairs))
