"""The read side of an index."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from coach import __version__
from coach.document import Chunk, Passage
from coach.errors import IndexMissing
from coach.index.asked import Asked, checked
from coach.index.build import Place
from coach.index.failures import Absent, OtherEmbedder
from coach.index.local import LocalGenerations
from coach.index.manifest import Damaged, Manifest, status_of
from coach.index.opened import Opened
from coach.index.report import IndexedDocument, IndexStatus, State
from coach.index.server import Server, ServerGenerations
from coach.index.shipped import ShippedCorpus
from coach.index.sources import place_of
from coach.index.vectors import Embedder, matrix
from coach.language import detect


class Reader:
    """Reads the current generation, wherever it lies; needs no lock and never waits for a writer."""

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        *,
        server: Server | None = None,
        corpus: ShippedCorpus | None = None,
    ) -> None:
        self.folder = folder
        self.embedder = embedder
        self.corpus = corpus or ShippedCorpus()
        self.generations: Place = (
            ServerGenerations(folder / "server", server) if server else LocalGenerations(folder)
        )
        self._opened: Opened | None = None
        self._lock = threading.RLock()

    def search(
        self, query: str, k: int = 5, lang: Literal["any", "en", "zh"] = "any"
    ) -> list[Passage]:
        """The k passages with the nearest vectors, best first; `lang` keeps only that language's."""
        with self.asked(query, k) as asked:
            return asked.nearest(k, None if lang == "any" else lang)

    @contextmanager
    def asked(self, query: str, k: int = 1) -> Iterator[Asked]:
        """A query with its vector, and the generation it is asked of, which stays open meanwhile."""
        text = checked(query, k)
        self._open()
        vector = matrix(self.embedder.embed_query(text))
        with self._lock:
            opened = self._open()
            if vector.shape[-1] != opened.manifest.dimensions:
                raise self._other_embedder(opened.manifest)
            centred = opened.manifest.means.question(vector, detect(text))
            yield Asked(opened, self.generations.path(opened.name), text, centred)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, with a score of 1; None if there is none."""
        with self._lock:
            found = self._open().store.get([passage_id])
        return Passage(found[0], 1.0) if found else None

    def chunks(self) -> list[Chunk]:
        """Everything that is stored, in no particular order."""
        with self._lock:
            return [chunk for page, _ in self._open().store.everything() for chunk in page]

    def documents(self) -> list[IndexedDocument]:
        """Everything that is indexed: the users' documents and own cards, then the shipped ones."""
        entries, mine = self._open().manifest.entries, self.generations.origin
        rows = [
            IndexedDocument(
                e.name, place_of(e, mine) if e.path else self.corpus.place(e), len(e.ids), e.shipped
            )
            for e in entries
        ]
        return sorted(rows, key=lambda row: (row.shipped, row.document, row.path))

    def status(self) -> IndexStatus:
        """State and size; never fails on account of the index."""
        try:
            manifest = self._open().manifest
        except Damaged as error:
            return self._status("damaged", error.message)
        except Absent as error:
            return self._status("absent", error.message)
        except OtherEmbedder as error:
            return self._status("other embedder", error.message)
        except IndexMissing as error:
            return self._status("unreachable", error.message)
        return self._status("ready" if self._is_current(manifest) else "stale", "")

    def close(self) -> None:
        """Releases the files."""
        with self._lock:
            opened, self._opened = self._opened, None
            if opened is not None:
                opened.store.close()

    def _open(self) -> Opened:
        """The current generation, opened and checked once; IndexMissing or Damaged where it cannot serve."""
        with self._lock:
            name = self.generations.current()
            if name is None:
                raise Absent("There is no index yet.", "Build it: coach index rebuild")
            if self._opened is None or self._opened.name != name:
                self.close()
                self._opened = self.generations.open(name)
            opened = self._opened
        if opened.manifest.embedder != self.embedder.name:
            raise self._other_embedder(opened.manifest)
        return opened

    def _is_current(self, manifest: Manifest) -> bool:
        """Whether it holds this program's corpus; where several share it, that of the newest program counts."""
        if manifest.shipped_digest == self.corpus.digest():
            return True
        return bool(self.generations.url) and _release(manifest.program) >= _release(__version__)

    def _status(self, state: State, detail: str) -> IndexStatus:
        manifest = self._opened.manifest if self._opened else None
        name = manifest.embedder if manifest else self.embedder.name
        return status_of(manifest, state, detail, name, self.folder, self.generations.url)

    def _other_embedder(self, manifest: Manifest) -> OtherEmbedder:
        url = self.generations.url
        return OtherEmbedder(
            f"{f'The index at {url}' if url else 'The index'} was made with {manifest.embedder}, "
            f"the settings name {self.embedder.name}.",
            "Set the embedder it was made with, or build it again for everyone: coach index rebuild"
            if url
            else "Build it again: coach index rebuild",
        )


def _release(version: str) -> tuple[int, ...]:
    """A version such as 0.10.2 in an order that counts."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())
