"""The numbers behind the plots, from the marks of one grader; all scores and errors from 0 to 1."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median, quantiles

from eval.report.collect import Mark

LEVELS = 21
BINS = 10
# Least distance from the human mark that counts as right where the marks lie closer together than a quarter.
NEAR = 0.125
_NEAR_NOTHING = 1e-9
_BANDS = ("0 to 1/3", "1/3 to 2/3", "2/3 to 1")


@dataclass(frozen=True)
class Level:
    """Answers with about one human mark: how many, and the quartiles of their scores."""

    human: float
    n: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Bin:
    """Answers of about one confidence; `low` and `high` bound the share that was right (95%, Wilson)."""

    confidence: float
    n: int
    right: float
    low: float
    high: float


@dataclass(frozen=True)
class Band:
    """Answers in one third of the human marks, with the grader's mean bias and mean absolute error."""

    name: str
    n: int
    bias: float
    error: float


def bubbles(marks: Sequence[Mark]) -> Counter[tuple[float, float]]:
    """How many answers lie at each (human mark, score); scores to the nearest twentieth."""
    places = _places(marks)
    return Counter((places[m.human], _twentieth(m.score or 0.0)) for m in marks)


def levels(marks: Sequence[Mark]) -> list[Level]:
    """Quartiles of the scores for each human mark; to the nearest twentieth where there are too many marks."""
    places, groups = _places(marks), dict[float, list[float]]()
    for mark in marks:
        groups.setdefault(places[mark.human], []).append(mark.score or 0.0)
    return [Level(human, len(group), *_quartiles(group)) for human, group in sorted(groups.items())]


def calibration(marks: Sequence[Mark]) -> list[Bin]:
    """Ten bins with about equally many answers, by confidence; empty where no confidence was given.

    Right is a score at most half a step, or 0.125 if that is more, from the human mark. Where the set gives no step it
    is the smallest difference of its marks.
    """
    steps = _steps(marks)
    pairs = sorted(
        (m.confidence, _right(m, m.step or steps[m.max_score]))
        for m in marks
        if m.confidence is not None
    )
    cuts = [len(pairs) * n // BINS for n in range(BINS + 1)]
    groups = [pairs[a:b] for a, b in pairwise(cuts) if a < b]
    return [_bin(group) for group in groups]


def bands(marks: Sequence[Mark]) -> list[Band]:
    """Bias and error in each third of the human marks that has answers; a border belongs to the outer third."""
    found = []
    for place, name in enumerate(_BANDS):
        offs = [mark.off for mark in marks if _band(mark.human) == place]
        if offs:
            found.append(Band(name, len(offs), fmean(offs), fmean(map(abs, offs))))
    return found


def seconds(marks: Sequence[Mark]) -> list[tuple[str, float]]:
    """Quantiles of the seconds for an answer, by name."""
    times = sorted(mark.elapsed_s for mark in marks)
    if not times:
        return []
    low, _, high = _quartiles(times)
    last = times[min(len(times) - 1, int(0.95 * len(times)))]
    named = (("fastest", times[0]), ("first quartile", low), ("median", median(times)))
    return [*named, ("third quartile", high), ("95%", last), ("slowest", times[-1])]


def _places(marks: Sequence[Mark]) -> dict[float, float]:
    distinct = {mark.human for mark in marks}
    return {h: h if len(distinct) <= LEVELS else _twentieth(h) for h in distinct}


def _twentieth(value: float) -> float:
    return round(20 * value) / 20


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high


def _band(human: float) -> int:
    if human <= 1 / 3 + _NEAR_NOTHING:
        return 0
    return 2 if human >= 2 / 3 - _NEAR_NOTHING else 1


def _steps(marks: Sequence[Mark]) -> dict[float | None, float]:
    held: dict[float | None, set[float]] = {}
    for mark in marks:
        held.setdefault(mark.max_score, set()).add(mark.human)
    return {
        top: min((high - low for low, high in pairwise(sorted(humans))), default=0.0)
        for top, humans in held.items()
    }


def _right(mark: Mark, step: float) -> bool:
    return abs(mark.off) <= max(step / 2, NEAR) + _NEAR_NOTHING


def _bin(pairs: Sequence[tuple[float, bool]]) -> Bin:
    from scipy.stats import binomtest

    hits = sum(right for _, right in pairs)
    share = binomtest(hits, len(pairs)).proportion_ci(method="wilson")
    confidence = fmean(confidence for confidence, _ in pairs)
    return Bin(confidence, len(pairs), hits / len(pairs), float(share.low), float(share.high))
