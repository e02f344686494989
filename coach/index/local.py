"""Generations in folders of this machine."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from coach.document import Chunk
from coach.index.generations import CHROMA, Generations, check_files, digests
from coach.index.manifest import NAMES, Damaged, Manifest
from coach.index.opened import Opened
from coach.index.store import Store
from coach.index.texts import NAME as TEXTS
from coach.index.texts import Texts


class LocalGenerations(Generations):
    """Each generation in a folder of its own; a pointer file says which one counts."""

    url = ""
    # All documents are this machine's.
    origin = ""

    def open(self, name: str) -> Opened:
        """A generation; Damaged unless it is what was written."""
        folder = self.path(name)
        manifest = Manifest.load(folder)
        check_files(folder / CHROMA, dict(manifest.files or {}), manifest.ids)
        return Opened(name, manifest, Store.open(folder))

    def store(self, name: str, source: Opened | None) -> Store:
        """The store of a new generation: empty, or with everything its source holds."""
        if source is None:
            return Store.create(self.path(name))
        return Store.copy(self.path(source.name), self.path(name))

    def publish(self, name: str, manifest: Manifest) -> None:
        """Makes a finished generation the current one; it stays so for as long as the lock is held."""
        files = digests(self.path(name) / CHROMA)
        replace(manifest, files=files).save(self.path(name))
        self.point_at(name)

    def discard(self, name: str) -> None:
        """Deletes a generation that was not finished."""
        shutil.rmtree(self.path(name), ignore_errors=True)

    def manifests(self) -> Iterator[tuple[str, Manifest]]:
        """Readable manifests, the current one first, then from the newest."""
        try:
            current = self.current()
        except Damaged:
            current = None
        names = [name for name in reversed(self.all()) if name != current]
        for name in [current, *names] if current else names:
            for file in NAMES:
                try:
                    yield name, Manifest.load(self.path(name), file)
                    break
                except Damaged:
                    continue

    def texts(self, name: str, ids: Sequence[str]) -> list[Chunk]:
        """Passages of a generation that may be damaged, as far as they can be read."""
        try:
            with closing(Texts(self.path(name) / CHROMA / TEXTS)) as texts:
                # What was damaged is not the passage of that id any more.
                return [chunk for chunk in texts.get(ids) if chunk.id in ids]
        except (OSError, sqlite3.DatabaseError):
            return []
