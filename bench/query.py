"""A query over many passages against one call of the embedder: vectors made up, all else real."""

import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bench.made_notes import DIMENSIONS, sentences
from coach.document import Chunk, Locator
from coach.embeddings.bundled import BundledEmbeddings
from coach.index.asked import Asked
from coach.index.build import Opened
from coach.index.manifest import Entry, Manifest
from coach.index.store import Store
from coach.index.texts import NAME as TEXTS
from coach.index.texts import Texts
from coach.index.vectors import Means, matrix, unit
from coach.language import LANGS, detect
from coach.retrieve import Retriever

LIMIT = 2.0
PASSAGES = 100_000
QUERIES = 30
_PAGE = 10_000


class _Made(Asked):
    """A query to passages whose vectors are drawn, not stored."""

    def everything(self) -> Iterator[tuple[list[Chunk], Any]]:
        draw = np.random.default_rng(0)
        ids = self.opened.manifest.entries[0].ids
        for start in range(0, len(ids), _PAGE):
            chunks = self.opened.store.get(ids[start : start + _PAGE])
            yield chunks, unit(matrix(draw.standard_normal((len(chunks), DIMENSIONS), np.float32)))


class _ManyPassages:
    """An index of short passages, without the time it takes to embed and to store them."""

    def __init__(self, folder: Path, passages: int) -> None:
        self.embedder = BundledEmbeddings()
        self.folder = folder
        texts = Texts(folder / TEXTS, write=True)
        ids = []
        for page in _pages(passages):
            texts.add(page)
            ids += [chunk.id for chunk in page]
        zero = {lang: np.zeros(DIMENSIONS, np.float32) for lang in LANGS}
        entries = (Entry("made.md", "", "", "", tuple(ids)),)
        manifest = Manifest(self.embedder.name, DIMENSIONS, Means(zero, zero), "", entries)
        self._opened = Opened("made", manifest, Store(client=None, collection=None, texts=texts))

    @contextmanager
    def asked(self, query: str, _: int = 1) -> Iterator[Asked]:
        """The same steps as the index's own."""
        vector = matrix(self.embedder.embed_query(query))
        centred = self._opened.manifest.means.question(vector, detect(query))
        yield _Made(self._opened, self.folder, query, centred)


def _pages(passages: int) -> Iterator[list[Chunk]]:
    draw = random.Random(0)
    made = (
        Chunk("made.md", Locator(line, line, ""), lang, draw.choice(sentences(lang)), "section")
        for line in range(1, passages // 2 + 1)
        for lang in LANGS
    )
    while page := list(islice(made, _PAGE)):
        yield page


def _milliseconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def _medians(ways: Sequence[Callable[[str], object]], queries: Sequence[str]) -> list[float]:
    taken = [[_milliseconds(lambda: way(query)) for way in ways] for query in queries]  # noqa: B023
    return [statistics.median(times) for times in zip(*taken, strict=True)]


def main() -> bool:
    """Prints both times and what the passages take; whether the query is within its limit."""
    draw = random.Random(1)
    queries = [draw.choice(sentences(lang))[:60] for _ in range(QUERIES // 2 + 1) for lang in LANGS]
    with tempfile.TemporaryDirectory() as base:
        index = _ManyPassages(Path(base), PASSAGES)
        made = _milliseconds(lambda: Retriever(index).search(queries[0]))  # type: ignore[arg-type]
        retriever = Retriever(index)  # type: ignore[arg-type]
        before = _resident()
        loaded = _milliseconds(lambda: retriever.search(queries[1]))
        ways = (index.embedder.embed_query, retriever.search)
        _medians(ways, queries[:4])
        embedding, query = _medians(ways, queries[2:])
    ratio = query / embedding
    print(f"A query over {PASSAGES} passages in two languages (median of {QUERIES}, in turns)")
    print(f"  one embedding call  {embedding:7.1f} ms")
    print(f"  the whole query     {query:7.1f} ms  {ratio:.2f} times (at most {LIMIT:g})")
    print(
        f"  the first query makes what it needs in {made / 1000:.1f} s, a later process reads it in "
        f"{loaded / 1000:.1f} s; resident {before} MiB before, {_resident()} MiB after reading it, "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB at most"
    )
    return ratio <= LIMIT


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
