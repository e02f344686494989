"""The marks an answer can get: what a score is rounded to, and how far apart two marks are."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from eval.datasets import Sample

LEAST_TOLERANCE = 0.125

ScaleKey = tuple[float, float | None]
Scales = Mapping[ScaleKey, Sequence[float]]


def scales(samples: Iterable[Sample]) -> Scales:
    """The possible marks (0 to 1) by `max_score` and `step`: multiples of the step, else the marks the set holds."""
    held: dict[ScaleKey, set[float]] = defaultdict(set)
    for sample in samples:
        key = (sample.max_score, sample.step)
        if sample.step is None:
            held[key].add(sample.human)
        elif key not in held:
            count = int(sample.max_score / sample.step + 1e-9)
            held[key] = {min(1.0, n * sample.step / sample.max_score) for n in range(count + 1)}
            held[key].add(1.0)
    return {key: sorted(marks) for key, marks in held.items()}


def scale_of(sample: Sample, known: Scales) -> Sequence[float]:
    """The marks of a sample's question."""
    return known[sample.max_score, sample.step]


def nearest(marks: Sequence[float], value: float) -> float:
    """The mark next to a value; of two as near the lower one."""
    at = bisect_left(marks, value)
    return min(marks[max(0, at - 1) : at + 1], key=lambda mark: abs(mark - value))


def step_of(marks: Sequence[float]) -> float:
    """The smallest difference of two marks (0 to 1); 0 where there is only one."""
    return min((high - low for low, high in pairwise(marks)), default=0.0)


def tolerance(marks: Sequence[float]) -> float:
    """How far a score may lie from the human mark and still count as right: half a step, at least 0.125."""
    return max(LEAST_TOLERANCE, step_of(marks) / 2)
