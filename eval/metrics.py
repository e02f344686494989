"""Agreement of a grader's scores with human marks, both on the scale from 0 to 1.

Every metric but the median time is a function of sums over answers (`FORMULAS`), so that it costs the same
for a thousand resampled sets as for one. `docs/evaluation.md` says what each means.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from eval.bootstrap import DRAWS, interval, resampled, total
from eval.datasets import Sample
from eval.marks import Scales, nearest, scale_of, scales, tolerance

if TYPE_CHECKING:
    from eval.bootstrap import Floats, Sums

Metrics = Mapping[str, float | None]
AGREEMENT = (
    "pearson_r",
    "quadratic_weighted_kappa",
    "accuracy",
    "mean_absolute_error",
    "root_mean_squared_error",
    "mean_bias",
)
"""The metrics that need nothing but scores and human marks."""

BINS = 10
_TINY = 1e-12


@dataclass(frozen=True)
class Result:
    """What a grader made of one sample; `score` is None where the answer stayed ungraded."""

    sample: Sample
    score: float | None
    elapsed_s: float = 0.0
    confidence: float | None = None
    interval: tuple[float, float] | None = None


def agreement(results: Sequence[Result], known: Scales | None = None) -> Metrics:
    """Metrics over the graded results; None where too few scores or no variance make one undefined."""
    if not results:
        return dict.fromkeys(NAMES)
    values = computed(total(columns(results, known or _scales(results))))
    found = {name: None if math.isnan(value) else float(value) for name, (value,) in values.items()}
    return {**found, "median_seconds": median(result.elapsed_s for result in results)}


def measured(
    results: Sequence[Result], known: Scales | None = None, draws: int = DRAWS, seed: int = 0
) -> dict[str, Any]:
    """The metrics with `ci95`: for each the interval from a bootstrap clustered by question."""
    values = dict(agreement(results, known))
    if not results:
        return {**values, "ci95": dict.fromkeys(FORMULAS)}
    clusters = [result.sample.question_id for result in results]
    drawn = computed(resampled(columns(results, known or _scales(results)), clusters, draws, seed))
    return {
        **values,
        "ci95": {
            name: interval(drawn[name]) if values[name] is not None else None for name in drawn
        },
    }


def computed(sums: "Sums", names: Iterable[str] | None = None) -> "dict[str, Floats]":
    """Metrics, all but the median time if none is named, from sums of `columns`: a value per draw, NaN if undefined."""
    import numpy as np

    with np.errstate(all="ignore"):
        return {name: FORMULAS[name](sums) for name in (FORMULAS if names is None else names)}


def _scales(results: Sequence[Result]) -> Scales:
    return scales(result.sample for result in results)


def columns(results: Sequence[Result], known: Scales) -> "dict[str, Floats]":
    """What is summed: one row per answer, all zero but `n` and `seconds` where it is ungraded."""
    import numpy as np

    graded = np.array([result.score is not None for result in results], dtype=float)
    marks = [scale_of(result.sample, known) for result in results]
    human = np.array([result.sample.human for result in results])
    score = np.array([result.score or 0.0 for result in results])
    human_mark = np.array([nearest(m, v) for m, v in zip(marks, human, strict=True)])
    score_mark = np.array([nearest(m, v) for m, v in zip(marks, score, strict=True)])
    length = np.array([float(len(result.sample.answer)) for result in results])
    # On the scale of its own spread: squares of millions would drown the rest.
    length = (length - length.mean()) / (length.std() or 1.0)
    off = np.abs(score - human)
    found = {
        **_moments("mark", human_mark, score_mark),
        **_moments("length_score", length, score),
        **_moments("length_human", length, human),
        **_moments("value", human, score),
        "equal": (human_mark == score_mark).astype(float),
        "off": off,
        "off_squared": off**2,
        **_certainty(results, off <= np.array([tolerance(m) for m in marks]) + _TINY),
        "graded": np.ones(len(results)),
    }
    found = {name: (column.T * graded).T for name, column in found.items()}
    seconds = np.array([result.elapsed_s for result in results])
    return {**found, "n": np.ones(len(results)), "seconds": seconds}


def _moments(name: str, x: "Floats", y: "Floats") -> "dict[str, Floats]":
    sums = {"x": x, "y": y, "xx": x * x, "yy": y * y, "xy": x * y}
    return {f"{name}_{part}": column for part, column in sums.items()}


def _certainty(results: Sequence[Result], right: "Any") -> "dict[str, Floats]":
    """Confidence minus success in its bin of ten with as many answers each, and hits of the interval."""
    import numpy as np

    sure = np.array([result.confidence is not None for result in results], dtype=float)
    confidence = np.array([result.confidence or 0.0 for result in results])
    held = confidence[sure > 0]
    edges = np.quantile(held, np.arange(1, BINS) / BINS) if len(held) else np.zeros(BINS - 1)
    in_bin = np.eye(BINS)[np.searchsorted(edges, confidence, side="right")]
    spans = [result.interval for result in results]
    inside = [
        span is not None and span[0] - _TINY <= result.sample.human <= span[1] + _TINY
        for span, result in zip(spans, results, strict=True)
    ]
    return {
        "sure": sure,
        "gap": in_bin * ((confidence - right) * sure)[:, None],
        "spans": np.array([span is not None for span in spans], dtype=float),
        "inside": np.array(inside, dtype=float),
    }


def _share(top: str, bottom: str = "graded") -> "Callable[[Sums], Floats]":
    """A mean over answers; not a number of none."""

    def formula(sums: "Sums") -> "Floats":
        return _divided(sums[top], sums[bottom])

    return formula


def _pearson(name: str) -> "Callable[[Sums], Floats]":
    """Pearson's r from sums; not a number where one side does not vary."""

    def formula(sums: "Sums") -> "Floats":
        import numpy as np

        n, x, y, xx, yy, xy = _named(sums, name)
        spread_x, spread_y = xx - _divided(x * x, n), yy - _divided(y * y, n)
        flat = (spread_x <= _TINY * n) | (spread_y <= _TINY * n)
        product = np.where(flat, np.nan, spread_x * spread_y)
        found: Floats = np.clip((xy - _divided(x * y, n)) / np.sqrt(product), -1, 1)
        return found

    return formula


def _kappa(sums: "Sums") -> "Floats":
    """Cohen's kappa, quadratic weights: 1 - sum of squared differences / the same for pairs drawn at random."""
    import numpy as np

    n, x, y, xx, yy, xy = _named(sums, "mark")
    expected = xx + yy - 2 * _divided(x * y, n)
    found: Floats = 1 - (xx + yy - 2 * xy) / np.where(expected <= _TINY * n, np.nan, expected)
    return found


def _named(sums: "Sums", name: str) -> "tuple[Floats, ...]":
    parts = (sums[f"{name}_{part}"] for part in ("x", "y", "xx", "yy", "xy"))
    return (sums["graded"], *parts)


def _divided(top: "Floats", bottom: "Floats") -> "Floats":
    import numpy as np

    found: Floats = top / np.where(bottom == 0, np.nan, bottom)
    return found


FORMULAS: "Mapping[str, Callable[[Sums], Floats]]" = {
    "pearson_r": _pearson("value"),
    "quadratic_weighted_kappa": _kappa,
    "accuracy": _share("equal"),
    "mean_absolute_error": _share("off"),
    "root_mean_squared_error": lambda sums: _share("off_squared")(sums) ** 0.5,
    "mean_bias": lambda sums: _divided(sums["value_y"] - sums["value_x"], sums["graded"]),
    "length_r": _pearson("length_score"),
    "human_length_r": _pearson("length_human"),
    "ungraded_share": lambda sums: _divided(sums["n"] - sums["graded"], sums["n"]),
    "calibration_error": lambda sums: _divided(abs(sums["gap"]).sum(axis=1), sums["sure"]),
    "interval_coverage": _share("inside", "spans"),
    "seconds_per_answer": _share("seconds", "n"),
}
"""Each metric from the sums of `columns`; a row per draw."""

NAMES = (*FORMULAS, "median_seconds")
