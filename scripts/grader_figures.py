"""The figures `fit_grader.py` prints: how well key points are told apart and answers put in order."""

from dataclasses import dataclass, field

import numpy as np

from coach.card import LANGS
from coach.grade import combine

LEFT_OUT = 10
"""Added to an exemplar's number where the row's point was cut out of it."""
Key = tuple[str, str, int, str]


@dataclass(frozen=True)
class Row:
    """One key point of one exemplar; `covered` is what its author marked."""

    key: Key
    topic: str
    weight: float
    covered: bool
    score: float
    features: dict[str, float] = field(default_factory=dict)


def report(rows: list[Row], chance: np.ndarray) -> None:
    """Prints rank quality, agreement with the marks and order, for all rows and those with an opinion."""
    for lang in LANGS:
        own = np.array([row.key[1] == lang for row in rows])
        asked = np.array(["model" in row.features for row in rows])
        whole = np.array([row.key[2] < LEFT_OUT for row in rows])
        for label, kept in (("all", own & whole), ("with an opinion", own & whole & asked)):
            if kept.any():
                some = [row for row, keep in zip(rows, kept, strict=True) if keep]
                _points(some, chance[kept], f"{lang}, {label}")
                _answers(some, chance[kept])
        cut = chance[own & ~whole]
        print(f"{lang}, left out: {(cut >= combine.MISSING).mean():.3f} of {len(cut)} credited")


def _points(rows: list[Row], chance: np.ndarray, label: str) -> None:
    covered = np.array([row.covered for row in rows])
    pairs = chance[covered][:, None] - chance[~covered][None, :]
    auc = (pairs > 0).mean() + 0.5 * (pairs == 0).mean()
    credited = chance >= combine.MISSING
    print(
        f"{label}: {len(rows)} key points, AUC {auc:.3f}, credited {credited[covered].mean():.3f} "
        f"of the covered and {credited[~covered].mean():.3f} of the others"
    )


def _answers(rows: list[Row], chance: np.ndarray) -> None:
    answers: dict[tuple[str, int], list[tuple[float, float, float]]] = {}
    for row, value in zip(rows, chance, strict=True):
        answers.setdefault((row.key[0], row.key[2]), []).append((row.weight, value, row.score))
    score = {key: sum(w * v for w, v, _ in p) / sum(w for w, *_ in p) for key, p in answers.items()}
    human = {key: points[0][2] for key, points in answers.items()}
    r = np.corrcoef(list(score.values()), [human[key] for key in score])[0, 1]
    error = np.mean([abs(score[key] - human[key]) for key in score])
    cards = sorted({key[0] for key in score if {(key[0], n) for n in (0, 2, 3)} <= score.keys()})
    gaps = [min(score[c, 0] - score[c, 2], score[c, 2] - score[c, 3]) for c in cards]
    ordered = sum(score[c, 0] > score[c, 2] >= score[c, 3] for c in cards)
    numbers = sorted({number for _, number in score})
    means = [round(float(np.mean([v for k, v in score.items() if k[1] == n])), 2) for n in numbers]
    print(
        f"  answers: r {r:.3f}, MAE {error:.3f}, good > partial >= wrong {ordered}/{len(cards)}, "
        f"by 0.05 {sum(gap > 0.05 for gap in gaps)}; mean scores of exemplars {numbers}: {means}"
    )
