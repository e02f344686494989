"""The read side and the write side of one index."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from coach.document import Chunk, Passage
from coach.errors import IndexMissing
from coach.index.asked import Asked, checked
from coach.index.build import Builder, Opened
from coach.index.generations import CHROMA, Generations, check_files
from coach.index.manifest import Damaged, Manifest, entries_of_shipped, status_of
from coach.index.report import IndexedDocument, IndexStatus, IngestReport, Progress, State, silent
from coach.index.salvage import rescued
from coach.index.shipped import ShippedCorpus
from coach.index.sources import compare, difference, matching, nothing_read, read_all
from coach.index.store import Store
from coach.index.vectors import Embedder, matrix
from coach.language import detect


class Index:
    """One index in a folder. Reading needs no lock; writing makes a new generation and swaps."""

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        *,
        chroma_url: str = "",
        corpus: ShippedCorpus | None = None,
    ) -> None:
        self.folder = folder
        self.embedder = embedder
        self.chroma_url = chroma_url
        self.corpus = corpus or ShippedCorpus()
        self._generations = Generations(folder)
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
                raise _other_embedder(opened.manifest, self.embedder)
            centred = opened.manifest.means.question(vector, detect(text))
            yield Asked(opened, self._generations.path(opened.name), text, centred)

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
        """Everything that is indexed: the user's documents, then the shipped ones."""
        entries = self._open().manifest.entries
        rows = [IndexedDocument(e.name, e.path, len(e.ids), e.shipped) for e in entries]
        return sorted(rows, key=lambda row: (row.shipped, row.document, row.path))

    def status(self) -> IndexStatus:
        """State and size; never fails on account of the index."""
        try:
            manifest = self._open().manifest
        except Damaged as error:
            return self._status("damaged", error.message)
        except IndexMissing as error:
            return self._status(self._why_missing(), error.message)
        current = manifest.shipped_digest == self.corpus.digest()
        return self._status("ready" if current else "stale", "")

    def ensure(self, on_progress: Progress = silent) -> None:
        """Builds the index where it is absent, brings it up to date, or builds it anew where damaged."""
        try:
            if self._open().manifest.shipped_digest == self.corpus.digest():
                return
        except Damaged:
            pass
        except IndexMissing:
            if self._why_missing() == "other embedder":
                raise
        with self._generations.writing(on_progress):
            self._ensure(on_progress)

    def ingest(self, paths: Sequence[Path], on_progress: Progress = silent) -> IngestReport:
        """Reads documents into the index; only new texts are embedded.

        InputFileError where nothing could be read and nothing is to be removed.
        """
        began = time.monotonic()
        with self._generations.writing(on_progress):
            self._ensure(on_progress)
            opened = self._open()
            reading = read_all(paths, opened.manifest.documents(), on_progress)
            found = compare(opened.manifest, reading)
            if not reading.documents and not found.removed:
                raise nothing_read(paths, reading)
            embedded = 0
            if found.added or found.updated or found.removed:
                embedded = self._builder(on_progress).changed(opened, found.change)
        return IngestReport(
            documents=len(reading.documents),
            passages=sum(len(entry.ids) for entry, _ in reading.documents),
            added=found.added,
            updated=found.updated,
            removed=found.removed,
            unchanged=found.unchanged,
            problems=reading.problems,
            embedded=embedded,
            elapsed_s=round(time.monotonic() - began, 3),
        )

    def remove(self, path: Path, on_progress: Progress = silent) -> list[str]:
        """Takes a document, or all documents below a folder, out of the index; returns their names."""
        with self._generations.writing(on_progress):
            self._ensure(on_progress)
            opened = self._open()
            gone = matching(opened.manifest, path)
            entries = tuple(entry for entry in opened.manifest.entries if entry not in gone)
            change = difference(opened.manifest, entries, {}, opened.manifest.shipped_digest)
            self._builder(on_progress).changed(opened, change)
        return [entry.name for entry in gone]

    def rebuild(self, on_progress: Progress = silent) -> IngestReport:
        """Makes the index anew with the present embedder, from the documents or else from their stored texts."""
        with self._generations.writing(on_progress):
            return self._rebuild(on_progress)

    def close(self) -> None:
        """Releases the files."""
        with self._lock:
            opened, self._opened = self._opened, None
            if opened is not None:
                opened.store.close()

    def _ensure(self, progress: Progress) -> None:
        digest = self.corpus.digest()
        try:
            opened = self._open()
        except Damaged as error:
            progress(0, 0, f"{error.message} Building it again.")
            self._rebuild(progress)
        except IndexMissing:
            if self._why_missing() != "absent":
                raise
            self._builder(progress).anew(self.corpus.load(), digest, [])
        else:
            if opened.manifest.shipped_digest != digest:
                self._refresh(opened, digest, progress)

    def _refresh(self, opened: Opened, digest: str, progress: Progress) -> None:
        shipped = self.corpus.load()
        own = entries_of_shipped((chunk.document, chunk.id) for chunk in shipped.chunks)
        entries = (*own, *opened.manifest.documents().values())
        passages = {chunk.id: chunk for chunk in shipped.chunks}
        change = difference(opened.manifest, entries, passages, digest)
        self._builder(progress).changed(opened, change)

    def _rebuild(self, progress: Progress) -> IngestReport:
        began = time.monotonic()
        self.close()
        documents, problems = rescued(self._generations, progress)
        embedded = self._builder(progress).anew(self.corpus.load(), self.corpus.digest(), documents)
        return IngestReport(
            documents=len(documents),
            passages=len(self._open().manifest.ids),
            added=0,
            updated=len(documents),
            removed=len(problems),
            unchanged=0,
            problems=tuple(problems),
            embedded=embedded,
            elapsed_s=round(time.monotonic() - began, 3),
        )

    def _builder(self, progress: Progress) -> Builder:
        return Builder(
            self._generations, self.embedder, self.chroma_url, self.corpus.vectors(), progress
        )

    def _open(self) -> Opened:
        """The current generation, opened and checked once; IndexMissing or Damaged where it cannot serve."""
        with self._lock:
            name = self._generations.current()
            if name is None:
                raise IndexMissing("There is no index yet.", "Build it: coach index rebuild")
            if self._opened is None or self._opened.name != name:
                self.close()
                self._opened = self._opened_anew(name)
            opened = self._opened
        if opened.manifest.embedder != self.embedder.name:
            raise _other_embedder(opened.manifest, self.embedder)
        return opened

    def _opened_anew(self, name: str) -> Opened:
        folder = self._generations.path(name)
        manifest = Manifest.load(folder)
        if manifest.chroma_url != self.chroma_url:
            raise Damaged(f"its passages lie at {manifest.chroma_url or 'another place'}")
        if not self.chroma_url:
            check_files(folder / CHROMA, dict(manifest.files or {}), manifest.ids)
        store = Store.open(folder, self.chroma_url, name)
        count = store.count()
        if count != len(manifest.ids):
            store.close()
            raise Damaged(f"it holds {count} passages instead of {len(manifest.ids)}")
        return Opened(name, manifest, store)

    def _status(self, state: State, detail: str) -> IndexStatus:
        manifest = self._opened.manifest if self._opened else None
        name = manifest.embedder if manifest else self.embedder.name
        return status_of(manifest, state, detail, name, self.folder, self.chroma_url)

    def _why_missing(self) -> State:
        if self._opened is not None and self._opened.manifest.embedder != self.embedder.name:
            return "other embedder"
        try:
            return "absent" if self._generations.current() is None else "damaged"
        except Damaged:
            return "damaged"


def _other_embedder(manifest: Manifest, embedder: Embedder) -> IndexMissing:
    return IndexMissing(
        f"The index was made with {manifest.embedder}, the settings name {embedder.name}.",
        "Build it again: coach index rebuild",
    )
