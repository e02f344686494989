"""Makes a generation of the index: anew, or as a copy of another with some changes."""

import re
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.document import Chunk
from coach.errors import IndexMissing
from coach.index.generations import CHROMA, Generations, digests
from coach.index.journal import Journal, JournalFull
from coach.index.manifest import Damaged, Entry, Manifest, entries_of_shipped
from coach.index.report import Progress
from coach.index.shipped import Shipped, ShippedVectors, question_id
from coach.index.store import Store, drop_collection
from coach.index.vectors import Embedder, embed_questions, fit_means, matrix

if TYPE_CHECKING:
    from coach.index.vectors import Matrix


@dataclass(frozen=True)
class Opened:
    """A generation that was opened and checked."""

    name: str
    manifest: Manifest
    store: Store


@dataclass(frozen=True)
class Change:
    """What a new generation has that its base has not."""

    entries: tuple[Entry, ...]
    added: tuple[Chunk, ...]
    removed: tuple[str, ...]
    shipped_digest: str


@dataclass(frozen=True)
class Builder:
    """Builds beside the current generation, checks, then swaps; a failure leaves the old one in place."""

    generations: Generations
    embedder: Embedder
    chroma_url: str
    ready: ShippedVectors | None
    progress: Progress

    def anew(
        self, shipped: Shipped, digest: str, documents: Sequence[tuple[Entry, Sequence[Chunk]]]
    ) -> int:
        """Embeds everything that has no vector yet; returns how many passages that were."""
        own = {chunk.id: chunk for _, found in documents for chunk in found}
        theirs = {chunk.id for chunk in shipped.chunks}
        all_chunks = [*shipped.chunks, *(c for id_, c in own.items() if id_ not in theirs)]
        vectors, embedded = self._raw(all_chunks)
        base = vectors[: len(shipped.chunks)]
        means = fit_means(
            base,
            [chunk.lang for chunk in shipped.chunks],
            self._questions(shipped, vectors.shape[-1]),
            [lang for lang, _ in shipped.questions],
        )
        manifest = Manifest(
            embedder=self.embedder.name,
            dimensions=int(vectors.shape[-1]),
            means=means,
            shipped_digest=digest,
            entries=(
                *entries_of_shipped((chunk.document, chunk.id) for chunk in shipped.chunks),
                *(entry for entry, _ in documents),
            ),
            chroma_url=self.chroma_url,
        )
        centred = means.passages(vectors, [chunk.lang for chunk in all_chunks])
        self._write(manifest, None, all_chunks, centred, ())
        return embedded

    def changed(self, base: Opened, change: Change) -> int:
        """Copies the base and applies the change; vectors of texts that only moved are kept."""
        manifest = base.manifest
        known = self._kept(base, change)
        missing = [chunk for chunk in change.added if (chunk.lang, chunk.text) not in known]
        if missing:
            raw, embedded = self._raw(missing)
            _check_dimensions(raw, manifest)
            centred = manifest.means.passages(raw, [chunk.lang for chunk in missing])
            known.update(((c.lang, c.text), row) for c, row in zip(missing, centred, strict=True))
        else:
            embedded = 0
        rows = matrix([known[chunk.lang, chunk.text] for chunk in change.added])
        new = replace(
            manifest, entries=change.entries, shipped_digest=change.shipped_digest, files=None
        )
        self._write(new, base, change.added, rows, change.removed)
        return embedded

    def _kept(self, base: Opened, change: Change) -> "dict[tuple[str, str], Matrix]":
        if not change.added or not change.removed:
            return {}
        stored = base.store.vectors(change.removed)
        return {(chunk.lang, chunk.text): vector for chunk, vector in stored}

    def _raw(self, chunks: Sequence[Chunk]) -> "tuple[Matrix, int]":
        """Vectors as the embedder gives them, shipped ones from their file; and how many were embedded."""
        ready = self._ready_vectors()
        missing = [chunk for chunk in chunks if chunk.id not in ready]

        def tell(done: int, total: int) -> None:
            self.progress(done, total, f"{done} of {total} passages")

        try:
            fresh, made = self._journal.vectors([chunk.text for chunk in missing], tell)
        except JournalFull as error:
            raise _not_written(error.__cause__ or error) from error
        by_id = {**ready, **{chunk.id: row for chunk, row in zip(missing, fresh, strict=True)}}
        return matrix([by_id[chunk.id] for chunk in chunks]), made

    @property
    def _journal(self) -> Journal:
        return Journal(self.generations.folder, self.embedder)

    def _questions(self, shipped: Shipped, dimensions: int) -> "Matrix":
        keys = [question_id(text) for _, text in shipped.questions]
        ready = self._ready_vectors(questions=True)
        missing = [i for i, key in enumerate(keys) if key not in ready]
        if not keys:
            return matrix([]).reshape(0, dimensions)
        fresh: Iterable[Matrix] = ()
        if missing:
            fresh = embed_questions(self.embedder, [shipped.questions[i][1] for i in missing])
        by_key = {**ready, **{keys[i]: row for i, row in zip(missing, fresh, strict=True)}}
        return matrix([by_key[key] for key in keys])

    def _ready_vectors(self, *, questions: bool = False) -> "Mapping[str, Matrix]":
        if self.ready is None or self.ready.embedder != self.embedder.name:
            return {}
        return self.ready.questions if questions else self.ready.by_id

    def _write(
        self,
        manifest: Manifest,
        base: Opened | None,
        added: Sequence[Chunk],
        vectors: "Matrix",
        removed: Sequence[str],
    ) -> None:
        before = self._current()
        name = self.generations.new()
        folder = self.generations.path(name)
        finished = False
        try:
            store = self._store(base, name)
            try:
                store.delete(removed)
                store.add(added, vectors)
                found, expected = store.count(), len(manifest.ids)
            finally:
                store.close()
            if found != expected:
                raise Damaged(f"{found} passages were written, {expected} were meant")
            files = {} if self.chroma_url else digests(folder / CHROMA)
            replace(manifest, files=files).save(folder)
            self.generations.publish(name)
            finished = True
            self._journal.end()
        except (Damaged, OSError, sqlite3.Error) as error:
            raise _not_written(error) from error
        finally:
            self._clean_up({before, name} if finished else {before}, fresh=name)

    def _store(self, base: Opened | None, name: str) -> Store:
        folder = self.generations.path(name)
        if base is None:
            return Store.create(folder, self.chroma_url, name)
        old = self.generations.path(base.name)
        return Store.copy(base.store, old, folder, self.chroma_url, name)

    def _current(self) -> str | None:
        try:
            return self.generations.current()
        except Damaged:
            return None

    def _clean_up(self, keep: set[str | None], *, fresh: str) -> None:
        """Deletes what is neither current nor the one before it, which others may still be reading."""
        for name in self.generations.outdated(keep):
            url = self.chroma_url if name == fresh else _url_of(self.generations, name)
            if url:
                _drop_quietly(self, name, url)
            self.generations.discard(name)


def _not_written(error: BaseException) -> IndexMissing:
    """Most often the disk is full; what failed is the new generation, the index itself is whole."""
    reason = error.what if isinstance(error, Damaged) else getattr(error, "strerror", None) or error
    if isinstance(error, shutil.Error):
        # A list of what could not be copied: source, target, reason.
        reason = re.sub(r"^\[Errno \d+\] |: '.*$", "", str(error.args[0][0][2]))
    return IndexMissing(
        f"The index could not be written: {' '.join(str(reason).split())}. It stays as it was.",
        "Check the free space of the disk, then try again; "
        "COACH_HOME=/another/folder moves everything.",
    )


def _url_of(generations: Generations, name: str) -> str:
    try:
        return Manifest.load(generations.path(name)).chroma_url
    except Damaged:
        return ""


def _drop_quietly(builder: Builder, name: str, url: str) -> None:
    try:
        drop_collection(builder.generations.path(name), url, name)
    except IndexMissing as error:
        builder.progress(0, 0, error.message)


def _check_dimensions(vectors: "Matrix", manifest: Manifest) -> None:
    if vectors.shape[-1] != manifest.dimensions:
        raise IndexMissing(
            f"The embedder gives {vectors.shape[-1]} numbers a vector, the index has {manifest.dimensions}.",
            "Build it again: coach index rebuild",
        )
