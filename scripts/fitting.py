"""The model behind a mark, and its fit.

A key point's probability is p = sigmoid(bias + weights . features), for both languages; an
answer's score is the weighted mean of its points' p. Of a card's answers the cover of each point is
known, of an exam's the mark alone: that is compared with sigmoid(logit(score) + offset), as people who
mark exams are milder than a rubric to learn by. Fitted by L-BFGS:

    mean log loss of the points whose cover is known
  + mean squared error of the answers whose mark alone is known, each set weighing the same
  + what a set's scores correlate with length beyond what its marks do, squared, times LENGTH
  + RIDGE * |weights|^2 + MILD * offset^2
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from coach.grade import combine

LENGTH = 1.0
RIDGE = 1e-4
MILD = 3e-4
"""Keeps the offset small: else every point counts as missed and every mark is good all the same."""
SLACK = 0.0
"""So much more than the marks may scores correlate with length in fitting."""
FAR = 3.0
"""Nothing counts as further from the mean than so many deviations."""


@dataclass(frozen=True)
class Answer:
    """One answer's features, a row for each key point, with what is known of its worth.

    `covered` (one of True, False, None for each point) or `mark` (0 to 1) is known, or both.
    """

    group: str
    """The set it comes from."""
    question: str
    """What is left out together: a topic of the deck, a question of a set."""
    lang: str
    features: tuple[dict[str, float], ...]
    weights: tuple[float, ...]
    length: int
    covered: tuple[bool | None, ...] = ()
    mark: float | None = None
    share: float = 1.0
    """How much its points count."""
    key: tuple[object, ...] = field(default=())


@dataclass(frozen=True)
class Fitted:
    """Means, deviations and weights of the features, and what makes a score an exam's mark."""

    names: tuple[str, ...]
    mean: np.ndarray
    deviation: np.ndarray
    bias: float
    weights: np.ndarray
    offset: float

    def points(self, answer: Answer) -> np.ndarray:
        """Probabilities of an answer's key points, as the grader takes them."""
        table = scaled(table_of([answer], self.names), self.mean, self.deviation)
        most = combine.UNMENTIONED["card" if answer.covered else "exam"]
        caps = [most if combine.unmentioned(found) else 1.0 for found in answer.features]
        return np.minimum(caps, sigmoid(self.bias + table @ self.weights))

    def after(self, answers: Sequence[Answer], shares: Sequence[float]) -> "Fitted":
        """The same with the offset that suits exams' marks best once each answer keeps a share of its points."""
        rows = [(a, s) for a, s in zip(answers, shares, strict=True) if not a.covered]
        if not rows:
            return self
        scores = np.array([np.average(s * self.points(a), weights=a.weights) for a, s in rows])
        marks = np.array([a.mark for a, _ in rows], dtype=float)
        groups = [a.group for a, _ in rows]
        each = np.array([1 / groups.count(group) for group in groups])

        def loss(offset: float) -> float:
            return float(each @ (sigmoid(logit(scores) + offset) - marks) ** 2)

        return replace(self, offset=float(minimize_scalar(loss, bounds=(-4, 4)).x))

    def score(self, answer: Answer, points: np.ndarray) -> float:
        """The score (0 to 1) that follows from points; calibrated where the answer comes from an exam."""
        mean = float(np.average(points, weights=answer.weights))
        return mean if answer.covered else float(self.calibrated(np.array([mean]))[0])

    def calibrated(self, scores: np.ndarray) -> np.ndarray:
        """Marks (0 to 1) for scores (0 to 1), in the same order."""
        return sigmoid(logit(scores) + self.offset)


def sigmoid(values: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-x)), without overflow."""
    result: np.ndarray = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return result


def logit(values: np.ndarray) -> np.ndarray:
    """log(p / (1 - p)), kept finite."""
    kept = np.clip(values, 1e-4, 1 - 1e-4)
    result: np.ndarray = np.log(kept / (1 - kept))
    return result


def table_of(answers: Sequence[Answer], names: Sequence[str]) -> np.ndarray:
    """A row for each key point of each answer, NaN where a feature is absent."""
    rows = [[f.get(name, np.nan) for name in names] for a in answers for f in a.features]
    return np.array(rows)


def scaled(table: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """Standardised features, an absent one as average, none further out than FAR."""
    rows: np.ndarray = np.nan_to_num((table - mean) / deviation).clip(-FAR, FAR)
    return rows


class _Loss:
    """The loss and its gradient over parameters (bias, weights, offset)."""

    def __init__(self, answers: Sequence[Answer], inputs: np.ndarray) -> None:
        self.inputs = inputs
        sizes = [len(a.features) for a in answers]
        self.owner = np.repeat(np.arange(len(answers)), sizes)
        raw = np.concatenate([np.array(a.weights) / sum(a.weights) for a in answers])
        self.part = raw
        known = [c for a in answers for c in (a.covered or (None,) * len(a.features))]
        self.covered = np.array([np.nan if c is None else float(c) for c in known])
        share = np.repeat([a.share for a in answers], sizes) * ~np.isnan(self.covered)
        self.share = share / max(share.sum(), 1e-9)
        self.marked = np.array([not a.covered and a.mark is not None for a in answers])
        self.mark = np.array([a.mark if a.mark is not None else 0.0 for a in answers])
        groups = np.array([a.group for a in answers])
        self.groups = [
            (rows, *_length(answers, rows))
            for group in sorted(set(groups[self.marked]))
            if (rows := np.flatnonzero(self.marked & (groups == group))).size > 2
        ]

    def __call__(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        size = self.inputs.shape[1]
        bias, weights, offset = theta[0], theta[1 : 1 + size], theta[-1]
        p = sigmoid(bias + self.inputs @ weights)
        loss = RIDGE * float(weights @ weights) + MILD * float(offset) ** 2
        known = np.nan_to_num(self.covered)
        safe = np.clip(p, 1e-9, 1 - 1e-9)
        loss -= float(self.share @ (known * np.log(safe) + (1 - known) * np.log(1 - safe)))
        slant = self.share * (p - known)
        score = np.bincount(self.owner, self.part * p, minlength=len(self.mark))
        out = sigmoid(logit(score) + offset)
        pull = np.zeros(len(self.mark))
        for rows, length, human in self.groups:
            error = out[rows] - self.mark[rows]
            loss += float(np.mean(error**2)) / len(self.groups)
            pull[rows] += 2 / len(self.groups) * error / len(rows)
            centred = out[rows] - out[rows].mean()
            norm = float(np.sqrt(centred @ centred)) + 1e-9
            beyond = float(centred @ length) / norm - human - SLACK
            if beyond > 0:
                loss += LENGTH / len(self.groups) * beyond**2
                turn = (length - float(centred @ length) / norm * centred / norm) / norm
                pull[rows] += 2 * LENGTH / len(self.groups) * beyond * (turn - turn.mean())
        steep = pull * out * (1 - out)
        inner = np.clip(score, 1e-4, 1 - 1e-4)
        back = (steep / (inner * (1 - inner)))[self.owner] * self.part * p * (1 - p)
        slant = slant + back
        gradient = np.concatenate(
            [
                [slant.sum()],
                self.inputs.T @ slant + 2 * RIDGE * weights,
                [steep.sum() + 2 * MILD * offset],
            ]
        )
        return loss, gradient


def _length(answers: Sequence[Answer], rows: np.ndarray) -> tuple[np.ndarray, float]:
    """Lengths at mean 0 and norm 1, and how far the marks correlate with them."""
    lengths = np.array([answers[i].length for i in rows], dtype=float)
    lengths -= lengths.mean()
    lengths /= np.sqrt(lengths @ lengths) + 1e-9
    marks = np.array([answers[i].mark for i in rows], dtype=float)
    marks -= marks.mean()
    return lengths, float(lengths @ marks / (np.sqrt(marks @ marks) + 1e-9))


def fit(answers: Sequence[Answer], names: Sequence[str]) -> Fitted:
    """Fits all parameters together; a feature that no answer has gets no weight."""
    table = table_of(answers, names)
    empty = np.isnan(table).all(axis=0)
    table[:, empty] = 0.0
    mean = np.nanmean(table, axis=0)
    deviation = np.where(empty, 1.0, np.nanstd(table, axis=0) + 1e-9)
    loss = _Loss(answers, scaled(table, mean, deviation))
    start = np.zeros(len(names) + 2)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return Fitted(tuple(names), mean, deviation, float(found[0]), found[1:-1], float(found[-1]))
