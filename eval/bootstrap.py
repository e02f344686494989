"""Sums over resampled answers: what every metric and its interval is made of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWS = 1000
_CELLS = 1 << 22


def total(columns: "Mapping[str, Floats]") -> "dict[str, Floats]":
    """Each column's sum, as the only draw."""
    return {name: column.sum(axis=0, keepdims=True) for name, column in columns.items()}


def resampled(
    columns: "Mapping[str, Floats]", clusters: Sequence[str], draws: int, seed: int
) -> "dict[str, Floats]":
    """Each column's sum in so many draws of whole clusters, with replacement; first axis: the draw.

    Answers of one question are not independent, so questions are drawn; where there is only one,
    answers. The same seed and clusters give the same draws, whatever the columns hold.
    """
    import numpy as np

    names, member = np.unique(np.asarray(clusters), return_inverse=True)
    if len(names) < 2:
        member = np.arange(len(clusters))
    size = int(member.max()) + 1
    sums = {name: _by_cluster(column, member, size) for name, column in columns.items()}
    blocks = list(_weights(size, draws, seed))
    return {
        name: np.concatenate([weights @ by_cluster for weights in blocks])
        for name, by_cluster in sums.items()
    }


def interval(values: "Floats") -> list[float] | None:
    """The middle 95% of the draws in which a metric is defined; None where it is in fewer than half."""
    import numpy as np

    defined = values[np.isfinite(values)]
    if 2 * len(defined) < len(values):
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return [float(low), float(high)]


def _by_cluster(column: "Floats", member: "NDArray[np.intp]", size: int) -> "Floats":
    import numpy as np

    sums = np.zeros((size, *column.shape[1:]))
    np.add.at(sums, member, column)
    return sums


def _weights(size: int, draws: int, seed: int) -> "Iterator[Floats]":
    """How often each cluster was drawn (columns) in each draw (rows), in blocks that fit into memory."""
    import numpy as np

    random = np.random.default_rng(seed)
    block = max(1, _CELLS // size)
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        drawn = random.integers(0, size, (rows, size)) + size * np.arange(rows)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=rows * size)
        yield counts.reshape(rows, size).astype(float)
