"""Markers: which passage, and which words of it, support each sentence of an answer."""

from dataclasses import dataclass

from coach.ask.support import Sources
from coach.document import Passage
from coach.grade.clauses import tokens
from coach.language import Lang

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

    def __init__(self, sources: Sources) -> None:
        self.citations: list[Citation] = []
        self._sources = sources

    def mark(self, sentence: str, lang: Lang) -> str:
        """Returns a sentence's marker, or words that say it has no source."""
        if not tokens(sentence):
            return ""
        found = self._sources.supporting(sentence)
        return _UNSUPPORTED[lang] if found is None else f" {self._marker(*found)}"

    def quotes(self, query: str) -> list[tuple[str, str]]:
        """The sentences of one passage that are nearest to a query, each with its marker."""
        found = self._sources.nearest(query, _QUOTED)
        return [(quote, self._marker(passage, quote)) for passage, quote in found]

    def _marker(self, passage: Passage, quote: str) -> str:
        for citation in self.citations:
            if citation.passage.chunk.id == passage.chunk.id and citation.quote == quote:
                return citation.marker
        self.citations.append(Citation(f"[{len(self.citations) + 1}]", passage, quote))
        return self.citations[-1].marker
