"""Metrics of two graders on the same answers, and whether their difference is more than chance.

Every metric follows from sums over answers, so a draw of questions is a weighted sum of their sums.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Numbers = NDArray[float64]

METRICS = (
    "pearson_r",
    "quadratic_weighted_kappa",
    "accuracy",
    "mean_absolute_error",
    "root_mean_squared_error",
    "mean_bias",
)
DRAWS = 2000
# Up to so many groups every way to swap them is tried; beyond, `SWAPS` random ones.
EXACT = 12
SWAPS = 9999
_CELLS = 4_000_000
_EQUAL = 1e-12


def sums(
    human: "Numbers", score: "Numbers", human_mark: "Numbers", score_mark: "Numbers"
) -> "Numbers":
    """One row of sums for each answer, to be added up over answers; all arguments from 0 to 1."""
    import numpy as np

    off = score - human
    return np.stack(
        [
            *(np.ones_like(human), human, score, human**2, score**2, human * score),
            *(human_mark, score_mark, human_mark**2, score_mark**2, human_mark * score_mark),
            *(np.abs(human_mark - score_mark) < 1e-9, np.abs(off), off**2, off),
        ],
        axis=-1,
    )


def metrics(total: "Numbers") -> "Numbers":
    """The values of `METRICS` from sums along the last axis; NaN where a metric is undefined.

    Kappa with quadratic weights is 2 cov / (var + var + (difference of means) squared), here on rounded marks.
    """
    import numpy as np

    n = total[..., 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = total / n[..., None]
        h, s, hh, ss, hs, a, b, aa, bb, ab = np.moveaxis(share[..., 1:11], -1, 0)
        spread = np.maximum(hh - h**2, 0) * np.maximum(ss - s**2, 0)
        r = np.where(spread > _EQUAL, (hs - h * s) / np.sqrt(spread), np.nan)
        apart = (aa - a**2) + (bb - b**2) + (a - b) ** 2
        kappa = np.where(apart > _EQUAL, 2 * (ab - a * b) / apart, np.nan)
    hit, distance, squared, off = np.moveaxis(share[..., 11:], -1, 0)
    return np.stack([r, kappa, hit, distance, np.sqrt(squared), off], axis=-1)


def intervals(
    one: "Numbers", other: "Numbers", measure: Any = metrics, seed: int = 0
) -> list[tuple[float, float] | None]:
    """95% intervals of `measure(other) - measure(one)`: groups (rows of sums) drawn with replacement, pairs kept."""
    import numpy as np

    rng, count = np.random.default_rng(seed), len(one)
    found = []
    for size in _batches(DRAWS, count):
        chosen = rng.multinomial(count, np.full(count, 1 / count), size=size).astype(float)
        found.append(measure(chosen @ other) - measure(chosen @ one))
    return [_middle(column) for column in np.concatenate(found).T]


def p_values(
    one: "Numbers", other: "Numbers", measure: Any = metrics, seed: int = 0
) -> list[float | None]:
    """Two-sided p of a paired permutation test that swaps the graders group by group; exact up to `EXACT` groups."""
    import numpy as np

    gap, total = other - one, one.sum(axis=0)
    both = total + other.sum(axis=0)
    seen = measure(both - total) - measure(total)
    at_least, drawn = np.zeros(len(seen)), 0
    for swaps in _swaps(len(one), seed):
        swapped = total + swaps @ gap
        difference = measure(both - swapped) - measure(swapped)
        # An undefined difference counts against us.
        at_least += (~(np.abs(difference) < np.abs(seen) - 1e-9)).sum(axis=0)
        drawn += len(swaps)
    # What was seen is one of the random swaps, too; the exact ones hold it already.
    extra = 0 if len(one) <= EXACT else 1
    return [
        None if np.isnan(value) else float((count + extra) / (drawn + extra))
        for value, count in zip(seen, at_least, strict=True)
    ]


def least_p(groups: int) -> float:
    """The smallest p that so many groups can give."""
    return min(1.0, 2.0 / 2**groups) if groups <= EXACT else 1 / (SWAPS + 1)


def _swaps(groups: int, seed: int) -> "Iterator[Numbers]":
    import numpy as np

    if groups <= EXACT:
        every = np.arange(2**groups)[:, None] >> np.arange(groups)
        yield (every & 1).astype(float)
        return
    rng = np.random.default_rng(seed)
    for size in _batches(SWAPS, groups):
        yield rng.integers(0, 2, size=(size, groups)).astype(float)


def _batches(draws: int, groups: int) -> Iterator[int]:
    """Sizes that add up to `draws`, each small enough for memory."""
    size = max(1, _CELLS // max(1, groups))
    for start in range(0, draws, size):
        yield min(size, draws - start)


def _middle(values: "Numbers") -> tuple[float, float] | None:
    import numpy as np

    known = values[~np.isnan(values)]
    # Where a metric is undefined in most draws its interval would say little.
    if 2 * len(known) < len(values):
        return None
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)
