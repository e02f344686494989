"""Finding passages."""

from typing import Literal

from coach.card import Card, Lang
from coach.document import Passage
from coach.index import Index
from coach.index.shipped import card_document
from coach.language import detect


class Retriever:
    """Asks the index; the one place where results are chosen and ordered."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(
        self, query: str, k: int = 5, lang: Literal["any", "en", "zh"] = "any"
    ) -> list[Passage]:
        """The k passages nearest to a query, best first."""
        return self.index.search(query, k, lang)

    def to_read(self, query: str, k: int = 5) -> list[Passage]:
        """Passages to answer from: the nearest in the query's language first, then the nearest of all."""
        own = self.search(query, (k + 1) // 2, detect(query))
        others = [passage for passage in self.search(query, k) if passage not in own]
        return [*own, *others][:k]

    def for_card(self, card: Card, lang: Lang, k: int = 5) -> list[Passage]:
        """Passages that grading a card may cite: its own reference first, then the nearest others."""
        found = self.index.search(card.question[lang], k + 2)
        own = [passage for passage in found if passage.chunk.document == card_document(card)]
        own.sort(key=lambda passage: passage.chunk.lang != lang)
        others = [passage for passage in found if passage not in own]
        return [*own[:1], *others][:k]
