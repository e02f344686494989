"""Markers: which passage, and which words of it, support each sentence of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.card import Lang
from coach.document import Passage
from coach.grade.clauses import Piece, recall, tokens
from coach.grade.similarity import Embed
from coach.grade.support import Sources, quotable

_UNSUPPORTED = {"en": " [no source]", "zh": " [无出处]"}
_QUOTED = 2


@dataclass(frozen=True)
class Citation:
    """Where one sentence of an answer comes from; `quote` is a substring of the passage's text."""

    marker: str
    passage: Passage
    quote: str


class Citer:
    """Gives each sentence of a reply the marker of what supports it."""

    def __init__(self, passages: Sequence[Passage], embed: Embed | None, question: str) -> None:
        self.citations: list[Citation] = []
        self._passages = passages
        self._question = question
        self._sources = Sources(passages, embed, question)

    def mark(self, sentence: str, lang: Lang) -> str:
        """Returns a sentence's marker, or words that say it has no source."""
        if not tokens(sentence):
            return ""
        found = self._sources.supporting(sentence)
        return _UNSUPPORTED[lang] if found is None else f" {self._marker(*found)}"

    def quotes(self) -> list[tuple[str, str]]:
        """The sentences of one passage that are nearest to the question, each with its marker."""
        wanted = tokens(self._question)

        def shared(piece: Piece) -> float:
            return recall(wanted, tokens(piece.text))

        held = [(passage, quotable(passage)) for passage in self._passages]
        passage, pieces = max(held, key=lambda found: max(map(shared, found[1]), default=-1.0))
        nearest = sorted(pieces, key=shared, reverse=True)[:_QUOTED]
        kept = sorted(nearest, key=lambda piece: piece.start)
        return [(piece.text, self._marker(passage, piece.text)) for piece in kept]

    def _marker(self, passage: Passage, quote: str) -> str:
        for citation in self.citations:
            if citation.passage.chunk.id == passage.chunk.id and citation.quote == quote:
                return citation.marker
        self.citations.append(Citation(f"[{len(self.citations) + 1}]", passage, quote))
        return self.citations[-1].marker
