"""Rankings into one: reciprocal rank fusion, turns between languages, duplicates folded."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, cycle
from typing import TypeVar

from coach.retrieve.weights import Turn

T = TypeVar("T")


def reciprocal_rank(
    rankings: Sequence[tuple[Sequence[int], float]], offset: float
) -> dict[int, float]:
    """Sum of weight / (offset + rank) over rankings of row numbers; no scale of scores is needed."""
    fused: dict[int, float] = {}
    for rows, weight in rankings:
        for rank, row in enumerate(rows, start=1):
            fused[row] = fused.get(row, 0.0) + weight / (offset + rank)
    return fused


def best_first(fused: Mapping[int, float]) -> list[int]:
    """Rows by falling score; equal ones by their number, so that the order is always the same."""
    return sorted(fused, key=lambda row: (-fused[row], row))


def in_turns(own: Sequence[T], other: Sequence[T], turns: Sequence[Turn]) -> Iterator[T]:
    """Takes from both lists by turns, and all of one when the other is used up."""
    left = {"own": iter(own), "other": iter(other)}
    for turn in chain(turns, cycle(("own", "other"))):
        item = next(left[turn], None)
        if item is None:
            yield from chain(left["own"], left["other"])
            return
        yield item
