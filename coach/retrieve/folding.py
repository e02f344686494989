"""What says the same is shown once, and each section once before any is shown again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coach.document import Chunk
from coach.retrieve.shelf import Shelf
from coach.retrieve.words import words

# Vectors find the pairs worth comparing; the words decide, since a changed number hardly moves a vector.
_NEAR = 0.95
_SHARED_WORDS = 0.9
# Further down a list nobody sees a repetition.
_COMPARED = 30

Chunks = Callable[[Sequence[str]], Mapping[str, Chunk]]


@dataclass(frozen=True)
class Fold:
    """A row of a shelf, with the rows further down that say the same."""

    row: int
    same: tuple[int, ...] = ()


def folded(shelf: Shelf, ranked: Sequence[int], chunks: Chunks) -> list[Fold]:
    """The rows in their order, near-duplicates of a better one taken up into it."""
    head = ranked[:_COMPARED]
    near = _near_pairs(shelf, head)
    texts = chunks([shelf.ids[row] for row in sorted({row for pair in near for row in pair})])
    same: dict[int, int] = {}
    for better, row in near:
        if better not in same and row not in same and _alike(shelf, texts, better, row):
            same[row] = better
    folds = [
        Fold(row, tuple(other for other, better in same.items() if better == row))
        for row in head
        if row not in same
    ]
    return sections_first(shelf, [*folds, *map(Fold, ranked[_COMPARED:])])


def sections_first(shelf: Shelf, folds: Sequence[Fold]) -> list[Fold]:
    """The best piece of each section in order, then all further pieces of sections already there."""
    seen: set[str] = set()
    first: list[Fold] = []
    again: list[Fold] = []
    for fold in folds:
        section = shelf.sections[fold.row]
        (again if section in seen else first).append(fold)
        seen.add(section)
    return [*first, *again]


def _near_pairs(shelf: Shelf, rows: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs (better, worse) of rows with almost the same vector, the best first."""
    import numpy as np

    vectors = np.asarray(shelf.vectors[list(rows)])
    close = np.argwhere(np.triu(vectors @ vectors.T, k=1) >= _NEAR).tolist() if len(rows) else []
    return [(rows[better], rows[worse]) for better, worse in close]


def _alike(shelf: Shelf, texts: Mapping[str, Chunk], one: int, other: int) -> bool:
    mine, theirs = (set(words(texts[shelf.ids[row]].text)) for row in (one, other))
    return len(mine & theirs) >= _SHARED_WORDS * len(mine | theirs)
