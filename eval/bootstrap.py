"""Sums over resampled answers: what every metric, its interval and its p-value is made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Sums = Mapping[str, Floats]

DRAWS = 1000
_CELLS = 1 << 22


def total(columns: "Sums") -> "dict[str, Floats]":
    """Each column's sum, as the only draw."""
    return {name: column.sum(axis=0, keepdims=True) for name, column in columns.items()}


def resampled(
    columns: "Sums", clusters: Sequence[str], draws: int, seed: int
) -> "dict[str, Floats]":
    """Each column's sum in so many draws of whole clusters, with replacement; first axis: the draw.

    The same seed and clusters give the same draws, whatever the columns hold.
    """
    return weighted(by_cluster(columns, clusters), _draws(count(clusters), draws, seed))


def count(clusters: Sequence[str]) -> int:
    """How many clusters there are to be drawn."""
    return int(_numbers(clusters).max()) + 1


def by_cluster(columns: "Sums", clusters: Sequence[str]) -> "dict[str, Floats]":
    """Each column's sum in each cluster; first axis: the cluster."""
    import numpy as np

    number, found = _numbers(clusters), {}
    for name, column in columns.items():
        found[name] = np.zeros((number.max() + 1, *column.shape[1:]))
        np.add.at(found[name], number, column)
    return found


def weighted(sums: "Sums", weights: "Iterable[Floats]") -> "dict[str, Floats]":
    """The clusters' sums added up with weights (rows: draws, columns: clusters), which come in blocks."""
    import numpy as np

    parts = [{name: block @ held for name, held in sums.items()} for block in weights]
    return {name: np.concatenate([part[name] for part in parts]) for name in sums}


def blocks(draws: int, size: int) -> Iterator[int]:
    """Numbers that add up to `draws`, each so small that as many rows of weights fit into memory."""
    block = max(1, _CELLS // size)
    for start in range(0, draws, block):
        yield min(block, draws - start)


def interval(values: "Floats") -> list[float] | None:
    """The middle 95% of the draws in which a metric is defined; None where it is in fewer than half."""
    import numpy as np

    defined = values[np.isfinite(values)]
    if 2 * len(defined) < len(values):
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return [float(low), float(high)]


def _numbers(clusters: Sequence[str]) -> "NDArray[np.intp]":
    """The number of each answer's cluster.

    Answers of one question are not independent, so questions are the clusters; where there is only one, answers.
    """
    import numpy as np

    names, number = np.unique(np.asarray(clusters), return_inverse=True)
    return number if len(names) > 1 else np.arange(len(clusters))


def _draws(size: int, draws: int, seed: int) -> "Iterator[Floats]":
    """How often each cluster was drawn (columns) in each draw (rows)."""
    import numpy as np

    random = np.random.default_rng(seed)
    for rows in blocks(draws, size):
        drawn = random.integers(0, size, (rows, size)) + size * np.arange(rows)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=rows * size)
        yield counts.reshape(rows, size).astype(float)
