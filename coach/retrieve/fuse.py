"""Scores on one scale, and turns between languages."""

from collections.abc import Iterator, Sequence
from itertools import chain, cycle
from typing import TYPE_CHECKING, TypeVar

from coach.retrieve.weights import Turn

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

T = TypeVar("T")


def standard(scores: "Matrix") -> "Matrix":
    """Scores (each column by itself) less their mean, in standard deviations; equal ones become zero."""
    import numpy as np

    spread = scores.std(axis=0)
    return np.asarray((scores - scores.mean(axis=0)) / np.where(spread > 0, spread, 1), np.float32)


def of_best(scores: "Matrix") -> "Matrix":
    """Scores as shares of the highest; unlike a deviation it does not grow with the number of passages."""
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores


def in_turns(own: Sequence[T], other: Sequence[T], turns: Sequence[Turn]) -> Iterator[T]:
    """Takes from both lists by turns, and all of one when the other is used up."""
    left = {"own": iter(own), "other": iter(other)}
    for turn in chain(turns, cycle(("own", "other"))):
        item = next(left[turn], None)
        if item is None:
            yield from chain(left["own"], left["other"])
            return
        yield item
