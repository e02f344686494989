"""The passages of one language in memory: vectors as a matrix, words in a BM25 index."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.document import Chunk
from coach.language import LANGS, Lang
from coach.retrieve.terms import Name, Term
from coach.retrieve.words import words

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

# How far down a ranking a passage still counts.
DEPTH = 100


@dataclass(frozen=True)
class Shelf:
    """Row i of `vectors` belongs to the passage `ids[i]`, a piece of the section `sections[i]`.

    The pieces of a section stand together in the order of its lines.
    """

    ids: Sequence[str]
    sections: Sequence[str]
    vectors: "Matrix"
    lexicon: Any

    def similarity(self, vectors: "Matrix") -> "Matrix":
        """Cosine of each passage's vector with a unit vector, or with each of the columns given."""
        import numpy as np

        return np.asarray(self.vectors @ vectors, dtype=np.float32)

    def by_words(self, query: Sequence[str]) -> "Matrix":
        """BM25 of each passage for the words of a query; zero where it shares none."""
        import numpy as np

        known = [word for word in query if word in self.vocabulary]
        scores = self.lexicon.get_scores(known) if known else np.zeros(len(self.ids))
        return np.asarray(scores, dtype=np.float32)

    def by_other_names(self, terms: Sequence[Term]) -> "Matrix":
        """How much more BM25 would give each passage, were a query to use the name that it uses."""
        import numpy as np

        gained = np.zeros(len(self.ids), dtype=np.float32)
        for term in terms:
            names = [name for name in term.others if all(word in self.vocabulary for word in name)]
            if names:
                best = np.maximum.reduce([self._by_name(name) for name in names])
                gained += np.maximum(0, best - self.by_words(term.said))
        return gained

    def _by_name(self, name: Name) -> "Matrix":
        """BM25 of each passage for a name; zero where a word of it is missing."""
        import numpy as np

        scores = np.stack([self.by_words([word]) for word in name])
        return np.asarray(np.where(scores.all(axis=0), scores.sum(axis=0), 0), np.float32)

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of the passages."""
        words: Mapping[str, int] = self.lexicon.vocab_dict if self.ids else {}
        return words

    def holding(self, word: str) -> int:
        """How many passages hold a word, one of those that `words` gives."""
        number = self.lexicon.vocab_dict.get(word) if self.ids else None
        if number is None:
            return 0
        starts = self.lexicon.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    def save(self, folder: Path) -> None:
        """Writes the shelf into a folder of its own."""
        import numpy as np

        folder.mkdir(parents=True)
        np.save(folder / "vectors.npy", self.vectors)
        rows = {"ids": list(self.ids), "sections": list(self.sections)}
        (folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
        if self.ids:
            self.lexicon.save(folder / "words", show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "Shelf":
        """What `save` wrote; OSError, ValueError or KeyError where it is broken."""
        import bm25s
        import numpy as np

        rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
        vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
        lexicon = bm25s.BM25.load(folder / "words", mmap=True) if rows["ids"] else None
        if not len(rows["ids"]) == len(rows["sections"]) == len(vectors):
            raise ValueError(f"{folder}: rows are missing")
        return cls(rows["ids"], rows["sections"], vectors, lexicon)


def shelves(pages: "Iterable[tuple[Sequence[Chunk], Matrix]]") -> dict[Lang, Shelf]:
    """Sorts all passages by language, in an order that does not depend on the store's."""
    import numpy as np

    found: dict[Lang, list[tuple[Chunk, Matrix]]] = {lang: [] for lang in LANGS}
    for chunks, vectors in pages:
        for chunk, vector in zip(chunks, vectors, strict=True):
            found[chunk.lang].append((chunk, np.asarray(vector, np.float32)))
    return {lang: _shelf(rows) for lang, rows in found.items()}


def highest(scores: "Matrix", count: int = DEPTH) -> list[int]:
    """Numbers of the highest scores, best first; equal ones in their order."""
    import numpy as np

    count = min(count, len(scores))
    if not count:
        return []
    rows = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    ordered: list[int] = rows[np.argsort(-scores[rows], kind="stable")][:count].tolist()
    return ordered


def _shelf(rows: "list[tuple[Chunk, Matrix]]") -> Shelf:
    import bm25s
    import numpy as np

    rows.sort(key=lambda row: (_section(row[0]), row[0].locator.end_line, row[0].id))
    lexicon = None
    if rows:
        lexicon = bm25s.BM25()
        lexicon.index([_words_of(chunk) for chunk, _ in rows], show_progress=False)
    vectors = np.stack([row[1] for row in rows]) if rows else np.zeros((0, 0), dtype=np.float32)
    chunks = [chunk for chunk, _ in rows]
    return Shelf([chunk.id for chunk in chunks], list(map(_section, chunks)), vectors, lexicon)


def _words_of(chunk: Chunk) -> list[str]:
    # The heading says what the whole text is about, so it counts once more.
    return words(f"{chunk.locator.heading}\n{chunk.text}")


def _section(chunk: Chunk) -> str:
    place = chunk.locator
    return f"{chunk.document}\0{place.start_line}\0{place.heading}"
