"""Vectors as they are made, appended to a file: an ingest that is cut off does not lose them.

A line names the embedder; then records follow: hash of the text, number of floats, the floats, checksum.
What was written last may be half there, so reading ends at the first record that is not whole.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coach.index.vectors import BATCH, Embedder, in_bulk, matrix

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

NAME = "unfinished.vectors"
_HEAD = struct.Struct("<32sI")
_SUM = struct.Struct("<I")
_MAX_FLOATS = 65_536


class JournalFull(Exception):
    """The file could not be written; the cause says why."""


class Journal:
    """The vectors of an ingest that has not ended; only the one writer touches it."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.file = folder / NAME
        self.embedder = embedder

    def vectors(
        self, texts: Sequence[str], on_batch: Callable[[int, int], None]
    ) -> "tuple[Matrix, int]":
        """Vectors of texts as rows, and how many had to be made; `on_batch` hears (done, of how many)."""
        known = self._load()
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            self._make(missing, known, on_batch)
        return matrix([known[key] for key in keys]), sum(key in missing for key in keys)

    def end(self) -> None:
        """Forgets everything: it lies in a generation now."""
        self.file.unlink(missing_ok=True)

    def _make(
        self,
        missing: dict[bytes, str],
        known: "dict[bytes, Matrix]",
        on_batch: Callable[[int, int], None],
    ) -> None:
        keys = list(missing)
        self._begin(known)
        with in_bulk(self.embedder, len(keys)) as embedder:
            for start in range(0, len(keys), BATCH):
                batch = keys[start : start + BATCH]
                rows = matrix(embedder.embed_documents([missing[key] for key in batch]))
                self._append(b"".join(map(_record, batch, rows)))
                known.update(zip(batch, rows, strict=True))
                on_batch(start + len(batch), len(keys))

    def _begin(self, known: "dict[bytes, Matrix]") -> None:
        """Makes the file ready to append to: what is not whole at its end is cut off."""
        whole = sum(len(_record(key, row)) for key, row in known.items())
        with _told():
            if known:
                os.truncate(self.file, len(self._title()) + whole)
            else:
                self.file.write_bytes(self._title())

    def _append(self, records: bytes) -> None:
        # An embedder's own failures are not the disk's: only writing is translated.
        with _told(), self.file.open("ab") as file:
            file.write(records)

    def _load(self) -> "dict[bytes, Matrix]":
        try:
            data = self.file.read_bytes()
        except OSError:
            return {}
        title = self._title()
        return _records(data, len(title)) if data.startswith(title) else {}

    def _title(self) -> bytes:
        return f"{self.embedder.name.encode().hex()}\n".encode()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JournalFull from error


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _record(key: bytes, row: "Matrix") -> bytes:
    body = _HEAD.pack(key, len(row)) + row.astype("<f4").tobytes()
    return body + _SUM.pack(zlib.crc32(body))


def _records(data: bytes, at: int) -> "dict[bytes, Matrix]":
    import numpy as np

    found: dict[bytes, Matrix] = {}
    while at + _HEAD.size <= len(data):
        key, count = _HEAD.unpack_from(data, at)
        end = at + _HEAD.size + 4 * count
        if count > _MAX_FLOATS or end + _SUM.size > len(data) or key in found:
            break
        if _SUM.unpack_from(data, end)[0] != zlib.crc32(data[at:end]):
            break
        found[key] = np.frombuffer(data, "<f4", count, at + _HEAD.size).astype(np.float32)
        at = end + _SUM.size
    return found
