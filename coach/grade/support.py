"""Which sentence of some passages supports a statement."""

from collections.abc import Sequence
from functools import cached_property

from coach.document import Passage
from coach.grade.clauses import Piece, recall, sentences, tokens
from coach.grade.similarity import Embed, Vector, centred, dot

_SHARED = 0.5
_ENOUGH = 0.7
"""Shared words plus cosine. On the deck 64% of the sentences of right answers find support in
their card's reference at this sum, 4% of those of wrong answers, 5% of those to other cards."""


class Sources:
    """The sentences of passages; without an embedder shared words alone decide.

    Words of the `question` are no support: a passage that shares only those says nothing new.
    """

    def __init__(
        self, passages: Sequence[Passage], embed: Embed | None = None, question: str = ""
    ) -> None:
        self._embed = embed
        self._asked = set(tokens(question))
        self._pieces: list[tuple[Passage, Piece]] = [
            (passage, piece) for passage in passages for piece in sentences(passage.chunk.text)
        ]
        self._words = [tokens(piece.text) for _, piece in self._pieces]

    def supporting(self, statement: str) -> tuple[Passage, str] | None:
        """Returns a passage and its sentence, verbatim, that say a statement; None where none does."""
        every = tokens(statement)
        said = [word for word in every if word not in self._asked] or every
        shared = [recall(said, words) for words in self._words]
        similar = self._similar(statement)
        sums = [a + b for a, b in zip(shared, similar, strict=True)]
        best = max(range(len(sums)), key=sums.__getitem__, default=None)
        if best is None or sums[best] < (_SHARED if self._embed is None else _ENOUGH):
            return None
        passage, piece = self._pieces[best]
        return passage, piece.text

    def _similar(self, statement: str) -> list[float]:
        if self._embed is None or not self._pieces:
            return [0.0] * len(self._pieces)
        (vector,) = centred(self._embed, [statement])
        return [dot(vector, other) for other in self._vectors]

    @cached_property
    def _vectors(self) -> list[Vector]:
        return (
            centred(self._embed, [piece.text for _, piece in self._pieces]) if self._embed else []
        )
