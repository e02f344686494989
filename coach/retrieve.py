"""Finding passages."""

from typing import Literal

from coach.document import Passage
from coach.index import Index
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
