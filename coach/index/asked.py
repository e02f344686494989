"""A query against one generation of the index, which stays open while it is answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach.document import Chunk, Passage
from coach.errors import UsageError
from coach.index.opened import Opened
from coach.language import Lang, detect

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

# More would only be cut off by the embedder, after much work.
MAX_QUERY = 2000


@dataclass(frozen=True)
class Asked:
    """A query with its centred vector; `folder` is the generation's own, gone when it is outdated."""

    opened: Opened
    folder: Path
    query: str
    vector: "Matrix"

    @property
    def lang(self) -> Lang:
        """The language the query is written in."""
        return detect(self.query)

    def nearest(self, k: int, lang: Lang | None) -> list[Passage]:
        """The k passages with the highest cosine similarity, best first."""
        count = len(self.opened.manifest.ids)
        return self.opened.store.nearest(self.vector, min(k, count), lang)

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Stored passages by id."""
        return {chunk.id: chunk for chunk in self.opened.store.get(ids)}

    def everything(self) -> "Iterator[tuple[list[Chunk], Matrix]]":
        """All passages with their vectors (rows), in batches."""
        return self.opened.store.everything()


def checked(query: str, k: int) -> str:
    """The query as it is embedded; UsageError where there is nothing to look for."""
    text = query.strip()[:MAX_QUERY]
    if not text:
        raise UsageError("The query is empty.", 'Example: coach search "why batch norm"')
    if k < 1:
        raise UsageError(f"{k} passages were asked for.", "Ask for one or more.")
    return text
