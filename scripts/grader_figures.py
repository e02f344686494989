"""The figures `fit_grader.py` prints: points told apart, answers put in order, agreement with marks."""

from collections.abc import Sequence

import numpy as np
from fitting import Answer

from coach.grade import combine


def report(answers: Sequence[Answer], found: Sequence[np.ndarray]) -> None:
    """Prints figures for each group; `found` has each answer's points and, last, its score."""
    for group in sorted({answer.group for answer in answers}):
        rows = [i for i, answer in enumerate(answers) if answer.group == group]
        own, got = [answers[i] for i in rows], [found[i] for i in rows]
        print(f"{group}: {len(own)} answers")
        if own[0].covered:
            _points(own, [points[:-1] for points in got])
        if own[0].mark is not None:
            _marks(own, np.array([points[-1] for points in got]))


def off_topic(strangers: Sequence[Answer], found: Sequence[np.ndarray]) -> None:
    """Prints what good answers to other questions get."""
    for group in sorted({answer.group for answer in strangers}):
        scores = [f[-1] for a, f in zip(strangers, found, strict=True) if a.group == group]
        print(f"{group}: {len(scores)} answers to other questions, mean {np.mean(scores):.3f}")


def _points(answers: Sequence[Answer], found: Sequence[np.ndarray]) -> None:
    covered = np.array([c for answer in answers for c in answer.covered], dtype=bool)
    chance = np.concatenate(found)
    credited = chance >= combine.MISSING
    line = f"  {len(chance)} points"
    if 0 < covered.sum() < len(covered):
        pairs = chance[covered][:, None] - chance[~covered][None, :]
        line += f", AUC {(pairs > 0).mean() + 0.5 * (pairs == 0).mean():.3f}"
    for named, part in (("covered", covered), ("others", ~covered)):
        if part.any():
            line += f", credited {credited[part].mean():.3f} of the {named}"
    print(line)


def _marks(answers: Sequence[Answer], scores: np.ndarray) -> None:
    from sklearn.metrics import cohen_kappa_score

    marks = np.array([answer.mark for answer in answers], dtype=float)
    lengths = np.array([answer.length for answer in answers], dtype=float)
    steps = np.array(
        [_nearest(answers, answer, value) for answer, value in zip(answers, scores, strict=True)]
    )
    human = np.round(100 * marks).astype(int)
    kappa = cohen_kappa_score(human, steps, labels=range(101), weights="quadratic")
    print(
        f"  r {_r(marks, scores):.3f}, QWK {kappa:.3f}, accuracy {(human == steps).mean():.3f}, "
        f"RMSE {np.sqrt(np.mean((scores - marks) ** 2)):.3f}, bias {(scores - marks).mean():+.3f}, "
        f"length {_r(lengths, scores):.3f} (marks {_r(lengths, marks):.3f})"
    )


def _nearest(answers: Sequence[Answer], answer: Answer, value: float) -> int:
    top = answer.key[-1]
    held = {a.mark for a in answers if a.key[-1] == top and a.mark is not None}
    return round(100 * min(sorted(held), key=lambda mark: abs(mark - value)))


def _r(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one, other)[0, 1])
