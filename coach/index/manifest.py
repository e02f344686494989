"""What one generation of the index holds and how it was made; written beside the vectors."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from coach.errors import IndexMissing
from coach.index.report import IndexStatus, State
from coach.index.vectors import Means

FORMAT = 1
NAME = "manifest.json"
# The user's own cards stand under it; the other documents that are always there under cards/ and notes/.
OWN = "own/"
# It alone knows where the documents lie: should it be lost, a rebuild reads the copy.
COPY = "manifest.copy.json"
NAMES = (NAME, COPY)


_BROKEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Damaged(IndexMissing):
    """A generation that cannot be trusted: a file is missing, changed or unreadable."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The index is damaged: {what}.", "Build it again: coach index rebuild")
        self.what = what


class NoRoom(IndexMissing):
    """Chroma writes a little even to read, and could not: the index itself is whole."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The index cannot be opened: {what}.",
            "Free some space of the disk and see that its folder can be written; nothing is lost.",
        )
        self.what = what


class OtherFormat(Damaged):
    """Written by a program with another format."""


@dataclass(frozen=True)
class Entry:
    """One document: where it lies, the folder it was ingested from, its hash, its passages' ids.

    `origin` is the machine that ingested it, where several share an index.
    """

    name: str
    path: str
    root: str
    sha256: str
    ids: tuple[str, ...]
    origin: str = ""

    @property
    def shipped(self) -> bool:
        """Whether it came with the program."""
        return not self.path and not self.name.startswith(OWN)


@dataclass(frozen=True)
class Manifest:
    """Everything needed to open a generation and to tell whether it is whole."""

    embedder: str
    dimensions: int
    means: Means
    shipped_digest: str
    entries: tuple[Entry, ...]
    files: Mapping[str, str] | None = None
    program: str = ""

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of all passages."""
        return frozenset(id_ for entry in self.entries for id_ in entry.ids)

    @cached_property
    def shipped(self) -> frozenset[str]:
        """Names of the documents that came with the program, unless users have one of that name."""
        own = {entry.name for entry in self.entries if not entry.shipped}
        return frozenset(entry.name for entry in self.entries if entry.shipped) - own

    def documents(self) -> tuple[Entry, ...]:
        """The documents that users ingested."""
        return tuple(entry for entry in self.entries if entry.path)

    def of(self, origin: str) -> dict[str, Entry]:
        """One machine's documents by path."""
        return {entry.path: entry for entry in self.documents() if entry.origin == origin}

    def corpus(self) -> tuple[Entry, ...]:
        """What is there without an ingest: the deck with the user's own cards, and the notes."""
        return tuple(entry for entry in self.entries if not entry.path)

    def save(self, folder: Path) -> None:
        """Writes the manifest into its generation's folder."""
        text = self.to_text()
        for name in (COPY, NAME):
            (folder / name).write_text(text, encoding="utf-8", errors="surrogateescape")

    def to_text(self, *, ascii_only: bool = False) -> str:
        """JSON that `parse` reads."""
        table = {
            "format": FORMAT,
            "program": self.program,
            "embedder": self.embedder,
            "dimensions": self.dimensions,
            "count": len(self.ids),
            "shipped_digest": self.shipped_digest,
            "means": self.means.to_json(),
            "files": dict(self.files or {}),
            "documents": [_entry_to_json(entry) for entry in self.entries],
        }
        table["digest"] = _digest(table)
        return json.dumps(table, ensure_ascii=ascii_only, indent=None if ascii_only else 1)

    @classmethod
    def load(cls, folder: Path, name: str = NAME) -> "Manifest":
        """Reads a generation's manifest; Damaged where it is missing, broken or of another format."""
        try:
            text = (folder / name).read_text(encoding="utf-8", errors="surrogateescape")
        except OSError as error:
            raise _unreadable(str(folder / name), error) from error
        return cls.parse(text, str(folder / name))

    @classmethod
    def parse(cls, text: str, where: str) -> "Manifest":
        """Inverse of `to_text`; Damaged where it is broken, OtherFormat where it is of another format."""
        try:
            table = json.loads(text)
            if table["format"] != FORMAT:
                raise OtherFormat(f"it has format {table['format']}, this program reads {FORMAT}")
            # Indexes of earlier versions have none.
            if table.get("digest", _digest(table)) != _digest(table):
                raise Damaged(f"{where} has changed")
            return _from_json(table)
        except _BROKEN as error:
            raise _unreadable(where, error) from error


def _unreadable(where: str, error: Exception) -> Damaged:
    return Damaged(f"{where} cannot be read ({type(error).__name__})")


def entries_of_shipped(by_document: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    """Entries for the passages of deck and notes, given as (document, id)."""
    ids: dict[str, list[str]] = {}
    for document, id_ in by_document:
        ids.setdefault(document, []).append(id_)
    return tuple(Entry(name, "", "", "", tuple(found)) for name, found in ids.items())


def _digest(table: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in table.items() if key != "digest"}
    text = json.dumps(rest, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "path": entry.path,
        "root": entry.root,
        "sha256": entry.sha256,
        "ids": list(entry.ids),
        "origin": entry.origin,
    }


def _from_json(table: Mapping[str, Any]) -> Manifest:
    entries = tuple(
        Entry(
            row["name"],
            row["path"],
            row["root"],
            row["sha256"],
            tuple(row["ids"]),
            row.get("origin", ""),
        )
        for row in table["documents"]
    )
    manifest = Manifest(
        embedder=str(table["embedder"]),
        dimensions=int(table["dimensions"]),
        means=Means.from_json(table["means"]),
        shipped_digest=str(table["shipped_digest"]),
        entries=entries,
        files={str(name): str(digest) for name, digest in table["files"].items()},
        program=str(table.get("program", "")),
    )
    if len(manifest.ids) != table["count"]:
        raise ValueError("count")
    return manifest


def status_of(
    manifest: Manifest | None,
    state: State,
    detail: str,
    embedder: str,
    folder: Path,
    chroma_url: str,
) -> IndexStatus:
    """State and size of an index whose manifest may be unreadable."""
    shipped = [entry for entry in manifest.entries if entry.shipped] if manifest else []
    return IndexStatus(
        state=state,
        detail=detail,
        embedder=embedder,
        dimensions=manifest.dimensions if manifest else 0,
        documents=len(manifest.documents()) if manifest else 0,
        passages=len(manifest.ids) if manifest else 0,
        shipped_passages=len({id_ for entry in shipped for id_ in entry.ids}),
        folder=folder,
        chroma_url=chroma_url,
    )
