"""Agreement of a grader's scores with human marks, both on the scale from 0 to 1."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.datasets import Sample

Metrics = Mapping[str, float | None]


@dataclass(frozen=True)
class Result:
    """What a grader made of one sample; `score` is None where the answer stayed ungraded."""

    sample: Sample
    score: float | None
    elapsed_s: float


def agreement(results: Sequence[Result]) -> Metrics:
    """Metrics over the graded results; None where fewer than two scores or no variance make one undefined.

    Pearson's r; Cohen's kappa with quadratic weights and accuracy after rounding to the question's marks;
    mean absolute and root mean squared error; mean of score minus human mark; r of score and answer length.
    """
    from sklearn.metrics import accuracy_score, mean_absolute_error, root_mean_squared_error

    graded = [result for result in results if result.score is not None]
    human = [result.sample.human for result in graded]
    score = [float(result.score or 0.0) for result in graded]
    if not graded:
        return dict.fromkeys(NAMES)
    human_marks, score_marks = _rounded(results)
    return {
        "pearson_r": _pearson_r(human, score),
        "quadratic_weighted_kappa": _kappa(human_marks, score_marks),
        "accuracy": float(accuracy_score(human_marks, score_marks)),
        "mean_absolute_error": float(mean_absolute_error(human, score)),
        "root_mean_squared_error": float(root_mean_squared_error(human, score)),
        "mean_bias": sum(score) / len(score) - sum(human) / len(human),
        "length_r": _pearson_r([float(len(result.sample.answer)) for result in graded], score),
    }


NAMES = (
    "pearson_r",
    "quadratic_weighted_kappa",
    "accuracy",
    "mean_absolute_error",
    "root_mean_squared_error",
    "mean_bias",
    "length_r",
)


def _rounded(results: Sequence[Result]) -> tuple[list[int], list[int]]:
    """Human marks and scores as whole numbers of hundredths, each score moved to its question's nearest mark."""
    scales = _scales([result.sample for result in results])
    human, score = [], []
    for result in results:
        if result.score is not None:
            marks = scales[result.sample.max_score, result.sample.step]
            human.append(_nearest(marks, result.sample.human))
            score.append(_nearest(marks, result.score))
    return human, score


def _scales(samples: Sequence[Sample]) -> dict[tuple[float, float | None], list[float]]:
    """The possible marks (0 to 1): multiples of `step`, else the marks the set holds for that `max_score`."""
    held: dict[tuple[float, float | None], set[float]] = defaultdict(set)
    for sample in samples:
        key = (sample.max_score, sample.step)
        if sample.step:
            count = round(sample.max_score / sample.step)
            held[key] = {n / count for n in range(count + 1)}
        else:
            held[key].add(sample.human)
    return {key: sorted(marks) for key, marks in held.items()}


def _nearest(marks: Sequence[float], value: float) -> int:
    return round(100 * min(marks, key=lambda mark: abs(mark - value)))


def _pearson_r(one: Sequence[float], other: Sequence[float]) -> float | None:
    from scipy.stats import pearsonr

    if len(one) < 2 or len(set(one)) < 2 or len(set(other)) < 2:
        return None
    return float(pearsonr(one, other).statistic)


def _kappa(human: Sequence[int], score: Sequence[int]) -> float | None:
    from sklearn.metrics import cohen_kappa_score

    if len(set(human) | set(score)) < 2:
        return None
    # Every hundredth is a label of its own, so the weights follow the distance between marks.
    return float(cohen_kappa_score(human, score, labels=range(101), weights="quadratic"))
