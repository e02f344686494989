"""Makes a generation of the index: anew, or as a copy of another with some changes."""

import re
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach import __version__
from coach.document import Chunk
from coach.errors import IndexMissing
from coach.index.failures import Outrun
from coach.index.journal import Journal, JournalFull
from coach.index.local import LocalGenerations
from coach.index.manifest import Damaged, Entry, Manifest, NoRoom, entries_of_shipped
from coach.index.opened import Opened
from coach.index.report import Progress
from coach.index.server import ServerGenerations
from coach.index.shipped import Shipped, ShippedVectors, question_id
from coach.index.vectors import Embedder, embed_questions, fit_means, matrix

if TYPE_CHECKING:
    from coach.index.vectors import Matrix


Place = LocalGenerations | ServerGenerations


@dataclass(frozen=True)
class Change:
    """What a new generation has that its base has not."""

    entries: tuple[Entry, ...]
    added: tuple[Chunk, ...]
    removed: tuple[str, ...]
    shipped_digest: str
    program: str = ""


@dataclass(frozen=True)
class Builder:
    """Builds beside the generation `base`, checks, then swaps; a failure leaves the old one in place.

    Outrun where another machine has put a generation in the place of `base` meanwhile.
    """

    generations: Place
    base: str | None
    embedder: Embedder
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
            program=__version__,
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
            manifest,
            entries=change.entries,
            shipped_digest=change.shipped_digest,
            program=change.program or manifest.program,
            files=None,
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
        place = self.generations
        name = place.new(self.base)
        published = False
        try:
            store = place.store(name, base)
            try:
                store.delete(removed)
                store.add(added, vectors)
                found, expected = store.count(), len(manifest.ids)
            finally:
                store.close()
            if found != expected:
                raise Damaged(f"{found} passages were written, {expected} were meant")
            place.publish(name, manifest)
            published = True
            self._journal.end()
        except (Damaged, NoRoom, OSError, sqlite3.Error) as error:
            if place.url and place.current() != self.base:
                # What was being built on is so old that it has been cleared away.
                raise Outrun from error
            raise _not_written(error) from error
        finally:
            if published:
                # Others may still be reading the one before.
                place.keep(self.base, name)
            else:
                place.discard(name)


def _not_written(error: BaseException) -> IndexMissing:
    """Most often the disk is full; what failed is the new generation, the index itself is whole."""
    reason = (
        error.what
        if isinstance(error, Damaged | NoRoom)
        else getattr(error, "strerror", None) or error
    )
    if isinstance(error, shutil.Error):
        # A list of what could not be copied: source, target, reason.
        reason = re.sub(r"^\[Errno \d+\] |: '.*$", "", str(error.args[0][0][2]))
    return IndexMissing(
        f"The index could not be written: {' '.join(str(reason).split())}. It stays as it was.",
        "Check the free space of the disk, then try again; "
        "COACH_HOME=/another/folder moves everything.",
    )


def _check_dimensions(vectors: "Matrix", manifest: Manifest) -> None:
    if vectors.shape[-1] != manifest.dimensions:
        raise IndexMissing(
            f"The embedder gives {vectors.shape[-1]} numbers a vector, the index has {manifest.dimensions}.",
            "Build it again: coach index rebuild",
        )
