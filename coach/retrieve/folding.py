"""What says the same is shown once; pieces of a section that stand side by side are shown as one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.document import Chunk
from coach.retrieve.shelf import Shelf
from coach.retrieve.words import words

# Vectors find the pairs worth comparing; the words decide, since a changed number hardly moves a vector.
_NEAR = 0.95
_SHARED_WORDS = 0.9
# Further down a list nobody sees a repetition.
_COMPARED = 30
# Longer passages are no easier to read than their section.
_TOGETHER = 3

Chunks = Callable[[Sequence[str]], Mapping[str, Chunk]]


@dataclass(frozen=True)
class Fold:
    """A row of a shelf, the rows further down that say the same, and the ones beside it found as well.

    `beside` are rows of the same section, which are shown with `row` as one passage, in their order.
    """

    row: int
    same: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows shown, in the order of the document."""
        return tuple(sorted((self.row, *self.beside)))


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
    return _sections_first(shelf, _together(shelf, folds, chunks), map(Fold, ranked[_COMPARED:]))


def _together(shelf: Shelf, folds: Sequence[Fold], chunks: Chunks) -> list[Fold]:
    """The folds in their order, pieces that stand beside a better one taken up into it."""
    sections: dict[str, list[int]] = {}
    for fold in folds:
        sections.setdefault(shelf.sections[fold.row], []).append(fold.row)
    rows = [row for found in sections.values() if len(found) > 1 for row in found]
    pieces = chunks([shelf.ids[row] for row in rows])
    ends = {row: pieces[shelf.ids[row]].locator.end_line for row in rows}
    beside: dict[int, tuple[int, ...]] = {}
    for best, *others in sections.values():
        beside[best] = _run(best, {row: ends[row] for row in (best, *others) if row in ends})
    taken = {row for found in beside.values() for row in found}
    same = {fold.row: fold.same for fold in folds}
    return [
        replace(
            fold,
            same=(*fold.same, *(row for piece in beside.get(fold.row, ()) for row in same[piece])),
            beside=beside.get(fold.row, ()),
        )
        for fold in folds
        if fold.row not in taken
    ]


def _run(best: int, ends: Mapping[int, int]) -> tuple[int, ...]:
    """The rows next to the best one without a gap; where lines do not tell their order they stay apart."""
    first = last = best
    while last - first + 1 < _TOGETHER:
        if ends.get(last + 1, -1) > ends.get(last, 0):
            last += 1
        elif first - 1 in ends and ends[first - 1] < ends[first]:
            first -= 1
        else:
            break
    return tuple(row for row in range(first, last + 1) if row != best)


def _sections_first(shelf: Shelf, folds: Sequence[Fold], rest: Iterable[Fold]) -> list[Fold]:
    """The best of each section in order, then all further pieces of sections already there."""
    seen: set[str] = set()
    first: list[Fold] = []
    again: list[Fold] = []
    for fold in (*folds, *rest):
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
