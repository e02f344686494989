"""Vectors: each language's mean is taken off, so that both languages lie around the same point.

Without it an English question finds English passages first, whatever they say.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from coach.language import LANGS, Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

# With fewer texts of a language their mean says more about the texts than about the language.
MIN_TEXTS = 8
BATCH = 32
"""So many passages are embedded at a time: progress is told, and what is made is kept, after each."""


class Embedder(Protocol):
    """A LangChain `Embeddings` with a name; `embed_queries` and `in_bulk` may be there as well."""

    name: str

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


@dataclass(frozen=True)
class Means:
    """Mean vector of passages and of queries in each language, as the embedder gives them."""

    passage: "Mapping[Lang, Matrix]"
    query: "Mapping[Lang, Matrix]"

    def passages(self, vectors: "Matrix", langs: Sequence[Lang]) -> "Matrix":
        """Centred unit vectors of passages (rows)."""
        import numpy as np

        means = (
            np.stack([self.passage[lang] for lang in langs])
            if len(langs)
            else np.zeros_like(vectors)
        )
        return unit(vectors - means)

    def question(self, vector: "Matrix", lang: Lang) -> "Matrix":
        """Centred unit vector of a query."""
        return unit(vector - self.query[lang])

    def to_json(self) -> dict[str, dict[str, str]]:
        """Base64 of little-endian floats, by use and language."""
        return {
            "passage": {lang: _pack(self.passage[lang]) for lang in LANGS},
            "query": {lang: _pack(self.query[lang]) for lang in LANGS},
        }

    @classmethod
    def from_json(cls, table: Mapping[str, Mapping[str, str]]) -> "Means":
        """Inverse of `to_json`; KeyError or ValueError where it is broken."""
        return cls(
            passage={lang: _unpack(table["passage"][lang]) for lang in LANGS},
            query={lang: _unpack(table["query"][lang]) for lang in LANGS},
        )


def fit_means(
    passages: "Matrix",
    passage_langs: Sequence[Lang],
    queries: "Matrix",
    query_langs: Sequence[Lang],
) -> Means:
    """Means of the rows of each language; zero for a language with hardly any texts."""
    return Means(
        passage={lang: _mean(passages, passage_langs, lang) for lang in LANGS},
        query={lang: _mean(queries, query_langs, lang) for lang in LANGS},
    )


def embed(
    embedder: Embedder,
    texts: Sequence[str],
    on_batch: Callable[[int], None] | None = None,
) -> "Matrix":
    """Vectors of passages as rows; `on_batch` hears how many are done."""
    rows: list[list[float]] = []
    with in_bulk(embedder, len(texts)) as bulk:
        for start in range(0, len(texts), BATCH):
            rows.extend(bulk.embed_documents(list(texts[start : start + BATCH])))
            if on_batch:
                on_batch(len(rows))
    return matrix(rows)


def in_bulk(embedder: Embedder, count: int) -> AbstractContextManager[Embedder]:
    """What to embed so many passages with: an embedder that has a quicker way for many gives it meanwhile."""
    quicker = getattr(embedder, "in_bulk", None)
    return (
        nullcontext(embedder)
        if quicker is None
        else cast("AbstractContextManager[Embedder]", quicker(count))
    )


def embed_questions(embedder: Embedder, texts: Sequence[str]) -> "Matrix":
    """Vectors of questions as rows, in one go where the embedder can."""
    many = getattr(embedder, "embed_queries", None) or embedder.embed_documents
    return matrix(cast("list[list[float]]", many(list(texts))))


def matrix(rows: "Sequence[Sequence[float]] | Sequence[Matrix] | Sequence[float]") -> "Matrix":
    """Rows (or one row) as 32-bit floats."""
    import numpy as np

    return np.asarray(rows, dtype=np.float32)


def unit(vectors: "Matrix") -> "Matrix":
    """Vectors of length one; a zero vector stays."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _mean(vectors: "Matrix", langs: Sequence[Lang], lang: Lang) -> "Matrix":
    import numpy as np

    rows = [row for row, row_lang in enumerate(langs) if row_lang == lang]
    if len(rows) < MIN_TEXTS:
        return np.zeros(vectors.shape[-1], dtype=np.float32)
    return cast("Matrix", vectors[rows].mean(axis=0).astype(np.float32))


def _pack(vector: "Matrix") -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode("ascii")


def _unpack(text: str) -> "Matrix":
    import numpy as np

    return np.frombuffer(base64.b64decode(text), dtype="<f4").astype(np.float32)
