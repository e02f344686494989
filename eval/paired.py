"""Two graders on the same answers: is the difference of their metrics more than chance?

Both sides are columns of `eval.metrics` about the same answers; a difference is the other's minus the one's.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from eval.bootstrap import DRAWS, blocks, by_cluster, count, interval, resampled, total, weighted
from eval.metrics import computed

if TYPE_CHECKING:
    from eval.bootstrap import Floats, Sums

# Up to so many clusters every way to swap them is tried; beyond, `SWAPS` random ones.
EXACT = 12
SWAPS = 9999
_EQUAL = 1e-9


def intervals(
    one: "Sums", other: "Sums", names: Sequence[str], clusters: Sequence[str], seed: int = 0
) -> dict[str, list[float] | None]:
    """95% intervals of the differences: whole clusters are drawn, the same for both graders."""
    first, second = (resampled(side, clusters, DRAWS, seed) for side in (one, other))
    return {name: interval(gap) for name, gap in _gaps(first, second, names).items()}


def p_values(
    one: "Sums", other: "Sums", names: Sequence[str], clusters: Sequence[str], seed: int = 0
) -> dict[str, float | None]:
    """Two-sided p of a paired permutation test that swaps the graders cluster by cluster."""
    first, second = (by_cluster(side, clusters) for side in (one, other))
    size = count(clusters)
    change = {name: second[name] - first[name] for name in first}
    moved = weighted(change, _swaps(size, seed))
    seen = _gaps(total(first), total(second), names)
    swapped = _gaps(
        {name: sums + moved[name] for name, sums in total(first).items()},
        {name: sums - moved[name] for name, sums in total(second).items()},
        names,
    )
    return {name: _p(swapped[name], float(seen[name][0]), size) for name in names}


def least_p(clusters: Sequence[str]) -> float:
    """The smallest p that so many clusters can give."""
    size = count(clusters)
    return min(1.0, 2.0 / 2**size) if size <= EXACT else 1 / (SWAPS + 1)


def _gaps(one: "Sums", other: "Sums", names: Sequence[str]) -> "dict[str, Floats]":
    first, second = computed(one, names), computed(other, names)
    return {name: second[name] - first[name] for name in names}


def _p(swapped: "Floats", seen: float, size: int) -> float | None:
    """The share of swaps with a difference at least as large; None where what was seen is undefined."""
    import numpy as np

    if np.isnan(seen):
        return None
    # An undefined difference counts against us.
    at_least = int((~(np.abs(swapped) < abs(seen) - _EQUAL)).sum())
    # What was seen is one of the random swaps, too; the exact ones hold it already.
    extra = 0 if size <= EXACT else 1
    return (at_least + extra) / (len(swapped) + extra)


def _swaps(size: int, seed: int) -> "Iterator[Floats]":
    """Which clusters (columns) are swapped (1) in each try (rows)."""
    import numpy as np

    if size <= EXACT:
        every = np.arange(2**size)[:, None] >> np.arange(size)
        yield (every & 1).astype(float)
        return
    random = np.random.default_rng(seed)
    for rows in blocks(SWAPS, size):
        yield random.integers(0, 2, (rows, size)).astype(float)
