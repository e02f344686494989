"""One index: the write side over the read side."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from coach import __version__
from coach.errors import IndexMissing
from coach.index.build import Builder
from coach.index.failures import Absent, Outrun
from coach.index.local import LocalGenerations
from coach.index.manifest import Damaged, entries_of_shipped
from coach.index.opened import Opened
from coach.index.reader import Reader
from coach.index.report import IngestReport, Progress, silent
from coach.index.salvage import Documents, rescued
from coach.index.sources import compare, difference, matching, nothing_read, read_all

# Each failure is another machine's success, so that this ends.
ATTEMPTS = 50
T = TypeVar("T")


class Index(Reader):
    """One index, in a folder or on a server. Writing makes a new generation and swaps."""

    def ensure(self, on_progress: Progress = silent) -> None:
        """Builds the index where it is absent, brings it up to date, or builds it anew where damaged."""
        if not self._whole():
            self._write(lambda: self._ensure(on_progress), on_progress)

    def ingest(self, paths: Sequence[Path], on_progress: Progress = silent) -> IngestReport:
        """Reads documents into the index; only new texts are embedded.

        InputFileError where nothing could be read and nothing is to be removed.
        """
        return self._write(lambda: self._ingest(paths, on_progress), on_progress)

    def remove(self, path: Path, on_progress: Progress = silent) -> list[str]:
        """Takes a document, or all documents below a folder, out of the index; returns their names."""
        return self._write(lambda: self._remove(path, on_progress), on_progress)

    def rebuild(self, on_progress: Progress = silent) -> IngestReport:
        """Makes the index anew with the present embedder, from the documents or else from their stored texts."""
        return self._write(lambda: self._rebuild(on_progress), on_progress)

    def _whole(self) -> bool:
        """Whether nothing is to be built; IndexMissing where building would not help."""
        try:
            return self._is_current(self._open().manifest)
        except (Absent, Damaged):
            return False

    def _write(self, work: Callable[[], T], progress: Progress) -> T:
        """Does work as this machine's only writer, and again where another machine's was quicker."""
        with self.generations.writing(progress):
            for _ in range(ATTEMPTS):
                try:
                    return work()
                except Outrun:
                    progress(0, 0, "Another machine wrote meanwhile; adding to what it wrote.")
        raise IndexMissing(
            f"Other machines wrote to {self.generations.url} {ATTEMPTS} times meanwhile.",
            "Try again when they are done.",
        )

    def _ingest(self, paths: Sequence[Path], progress: Progress) -> IngestReport:
        began = time.monotonic()
        self._ensure(progress)
        opened, origin = self._open(), self.generations.origin
        reading = read_all(paths, opened.manifest.of(origin), progress)
        found = compare(opened.manifest, reading, origin)
        if not reading.documents and not found.removed:
            raise nothing_read(paths, reading)
        embedded = 0
        if found.added or found.updated or found.removed:
            embedded = self._builder(opened.name, progress).changed(opened, found.change)
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

    def _remove(self, path: Path, progress: Progress) -> list[str]:
        self._ensure(progress)
        opened = self._open()
        gone = matching(opened.manifest, path, self.generations.origin)
        entries = tuple(entry for entry in opened.manifest.entries if entry not in gone)
        change = difference(opened.manifest, entries, {}, opened.manifest.shipped_digest)
        self._builder(opened.name, progress).changed(opened, change)
        return [entry.name for entry in gone]

    def _ensure(self, progress: Progress) -> None:
        try:
            opened = self._open()
        except Damaged as error:
            progress(0, 0, f"{error.message} Building it again.")
            for problem in self._rebuild(progress).problems:
                progress(0, 0, f"Lost: {problem.message}")
        except Absent:
            self._begin(progress)
        else:
            if not self._is_current(opened.manifest):
                self._refresh(opened, progress)

    def _begin(self, progress: Progress) -> None:
        """The first generation; on a server it takes along what this machine had in files of its own."""
        documents: Documents = []
        if self.generations.url:
            found, _ = rescued(LocalGenerations(self.folder), progress)
            origin = self.generations.origin
            documents = [(replace(entry, origin=origin), texts) for entry, texts in found]
        self._builder(None, progress).anew(self.corpus.load(), self.corpus.digest(), documents)

    def _refresh(self, opened: Opened, progress: Progress) -> None:
        shipped = self.corpus.load()
        own = entries_of_shipped((chunk.document, chunk.id) for chunk in shipped.chunks)
        entries = (*own, *opened.manifest.documents())
        passages = {chunk.id: chunk for chunk in shipped.chunks}
        change = difference(opened.manifest, entries, passages, self.corpus.digest())
        self._builder(opened.name, progress).changed(opened, replace(change, program=__version__))

    def _rebuild(self, progress: Progress) -> IngestReport:
        began = time.monotonic()
        self.close()
        builder = self._builder(self._base(), progress)
        documents, problems = rescued(self.generations, progress)
        embedded = builder.anew(self.corpus.load(), self.corpus.digest(), documents)
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

    def _base(self) -> str | None:
        try:
            return self.generations.current()
        except Damaged:
            return None

    def _builder(self, base: str | None, progress: Progress) -> Builder:
        return Builder(self.generations, base, self.embedder, self.corpus.vectors(), progress)
