"""What the metrics are called, which way is better, and how their values are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Metric:
    """A metric by its key in a report; `better` says which values are: the high, the low, those near 0, or none."""

    key: str
    short: str
    meaning: str
    better: Literal["high", "low", "zero"] | None = None


METRICS = (
    Metric(
        "pearson_r", "r", "Pearson's correlation of score and human mark; 1 is the best", "high"
    ),
    Metric(
        "quadratic_weighted_kappa",
        "QWK",
        "agreement beyond chance on the set's marks, Cohen's kappa with quadratic weights; 1 is the best",
        "high",
    ),
    Metric(
        "accuracy",
        "accuracy",
        "share of answers with exactly the human's mark after rounding to the set's marks",
        "high",
    ),
    Metric(
        "mean_absolute_error",
        "MAE",
        "mean distance of score and human mark, 0 to 1",
        "low",
    ),
    Metric(
        "root_mean_squared_error",
        "RMSE",
        "root of the mean squared distance; large misses weigh more than in the MAE",
        "low",
    ),
    Metric("mean_bias", "bias", "mean of score minus human mark; above 0 is too generous", "zero"),
    Metric("length_r", "length r", "correlation of the score with the answer's length"),
    Metric(
        "calibration_error",
        "ECE",
        "mean distance between the confidence and the share that was right",
        "low",
    ),
    Metric(
        "interval_coverage",
        "coverage",
        "share of the human marks that lie inside the interval given with the score",
    ),
    Metric("ungraded_share", "ungraded", "share of the answers left without a mark", "low"),
    Metric("seconds_per_answer", "s/answer", "mean seconds for an answer"),
)

BASELINES = ("mean", "length", "overlap", "embedding", "plain")


def value_of(row: Mapping[str, Any], key: str) -> float | None:
    """A metric of a row of the report; the share of ungraded answers follows from the counts."""
    if key == "ungraded_share" and key not in row:
        graded, ungraded = int(row.get("graded") or 0), int(row.get("ungraded") or 0)
        return ungraded / (graded + ungraded) if graded + ungraded else None
    value = row.get(key)
    return None if value is None else float(value)


def decimals(value: float | None, places: int = 3) -> str:
    """The number with a true minus sign, "–" where it is undefined; never "−0.000"."""
    if value is None:
        return "–"
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−")


def between(interval: Sequence[float] | None, places: int = 2) -> str:
    """An interval as "0.10 to 0.20"; empty where there is none."""
    if not interval or any(end is None for end in interval):
        return ""
    return f"{decimals(interval[0], places)} to {decimals(interval[1], places)}"


def signed(value: float) -> str:
    """A difference with two decimals and its sign, also above 0."""
    text = decimals(value, 2)
    return f"+{text}" if value > 0 else text
