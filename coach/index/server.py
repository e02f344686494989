"""Generations on a Chroma server, which several machines read and write.

coach-<generation>            passages with their vectors
coach-manifest-<generation>   its manifest, in pieces
coach-at-<number>             empty; names the generation that counts from this number on

A server knows each collection's name once, so creating `coach-at-<number>` is what publishes: of two writers that
build on the same generation one cannot create it, and does its work again on what the other wrote.
"""

import getpass
import platform
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from coach.document import Chunk
from coach.errors import CoachError, IndexMissing
from coach.index.connect import connect
from coach.index.failures import Outrun, failures, is_missing
from coach.index.generations import Generations
from coach.index.manifest import Damaged, Manifest, OtherFormat
from coach.index.opened import Opened
from coach.index.store import COLLECTION, Store, create_collection

# Slow readers finish what they began on an older one.
KEPT = 3
_PIECE = 200_000
_NUMBERED = re.compile(rf"{COLLECTION}-(at-|manifest-|)(\d{{6}})(-[0-9a-f]{{8}})?")


@dataclass(frozen=True)
class Server:
    """A Chroma server; `origin` says whose documents this machine's are among those of all.

    `patience_s`: how long a request waits for one that is silent.
    """

    url: str
    token: str = ""
    origin: str = ""
    patience_s: float = 120.0

    @classmethod
    def of_this_user(cls, url: str, token: str) -> "Server":
        """A server as the one who runs the program sees it."""
        try:
            return cls(url, token, f"{getpass.getuser()}@{platform.node()}")
        except (OSError, KeyError):
            return cls(url, token, platform.node())


class ServerGenerations(Generations):
    """Collections of a server; the folder is this machine's cache and holds the lock of its one writer."""

    def __init__(self, folder: Path, server: Server) -> None:
        super().__init__(folder)
        self.server = server
        self.url = server.url
        self.origin = server.origin

    def current(self) -> str | None:
        """Name of the generation that was published last; None where none ever was."""
        published = self._published()
        return published[max(published)] if published else None

    def open(self, name: str) -> Opened:
        """A generation; what this machine keeps for older ones is deleted."""
        with failures(self.url):
            collection = self._client.get_collection(_data(name), embedding_function=None)
        opened = Opened(name, self._manifest(name), Store(collection, url=self.url))
        count, expected = opened.store.count(), len(opened.manifest.ids)
        if count != expected:
            opened.store.close()
            raise Damaged(f"it holds {count} passages instead of {expected}")
        super().keep(name)
        return opened

    def new(self, base: str | None) -> str:
        """A name for the generation that follows another."""
        return f"{_number(base) + 1:06d}-{secrets.token_hex(4)}"

    def store(self, name: str, source: Opened | None) -> Store:
        """The store of a new generation: empty, or with everything its source holds."""
        with failures(self.url):
            made = Store(create_collection(self._client, _data(name)), url=self.url)
            if source is not None:
                made.take_all(source.store)
        return made

    def publish(self, name: str, manifest: Manifest) -> None:
        """Makes a finished generation the current one; Outrun where its number has been taken."""
        number = _number(name)
        with failures(self.url):
            self._save(name, manifest)
            try:
                self._client.create_collection(
                    _pointer(number), embedding_function=None, metadata={"generation": name}
                )
            except Exception as error:
                if "already exists" in str(error):
                    raise Outrun from error
                raise
            if max(self._published()) >= number + KEPT:
                # The number was free only because it had been cleared away.
                self._drop(_pointer(number))
                raise Outrun

    def keep(self, *names: str | None) -> None:
        """Deletes what this machine keeps for other generations, and those too old for anyone."""
        super().keep(*names)
        with suppress(CoachError), failures(self.url):
            newest = max(self._published(), default=0)
            for collection in self._client.list_collections():
                found = _NUMBERED.fullmatch(collection.name)
                # Also what dead writers left behind.
                if found and int(found[2]) <= newest - KEPT:
                    self._drop(collection.name)

    def discard(self, name: str) -> None:
        """Deletes a generation that was not published; a server that is gone has it cleared away later."""
        with suppress(CoachError), failures(self.url):
            # The reply to what published it may have been lost.
            if name not in self._published().values():
                self._drop(_data(name))
                self._drop(_manifest(name))

    def manifests(self) -> Iterator[tuple[str, Manifest]]:
        """Readable manifests, the newest first."""
        for _, name in sorted(self._published().items(), reverse=True):
            with suppress(Damaged):
                yield name, self._manifest(name)

    def texts(self, name: str, ids: Sequence[str]) -> list[Chunk]:
        """Passages of a generation, as far as they are there."""
        try:
            with failures(self.url):
                collection = self._client.get_collection(_data(name), embedding_function=None)
            return Store(collection, url=self.url).get(ids)
        except Damaged:
            return []

    def _published(self) -> dict[int, str]:
        """Names of generations by the number they were published under."""
        pointers: dict[int, str] = {}
        with failures(self.url):
            for collection in self._client.list_collections():
                found = _NUMBERED.fullmatch(collection.name)
                if found and found[1] == "at-":
                    pointers[int(found[2])] = str((collection.metadata or {})["generation"])
        return pointers

    def _manifest(self, name: str) -> Manifest:
        where = f"the manifest of {name} at {self.url}"
        with failures(self.url):
            collection = self._client.get_collection(_manifest(name), embedding_function=None)
            page = collection.get(include=["documents"])
        pieces = sorted(zip(page["ids"], page["documents"], strict=True))
        try:
            return Manifest.parse("".join(text for _, text in pieces), where)
        except OtherFormat as error:
            raise IndexMissing(
                f"The index at {self.url} is not for this version of the program: {error.what}.",
                "Use the same version on all machines: pip install --upgrade interview-coach",
            ) from error

    def _save(self, name: str, manifest: Manifest) -> None:
        text = manifest.to_text(ascii_only=True)
        collection = self._client.create_collection(_manifest(name), embedding_function=None)
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE]
            collection.add(ids=[f"{start:012d}"], documents=[piece], embeddings=[[0.0]])

    def _drop(self, name: str) -> None:
        try:
            self._client.delete_collection(name)
        except Exception as error:
            if not is_missing(error):
                raise

    @cached_property
    def _client(self) -> Any:
        return connect(self.server.url, self.server.token, self.server.patience_s)


def _number(name: str | None) -> int:
    return int(name[:6]) if name else 0


def _data(name: str) -> str:
    return f"{COLLECTION}-{name}"


def _manifest(name: str) -> str:
    return f"{COLLECTION}-manifest-{name}"


def _pointer(number: int) -> str:
    return f"{COLLECTION}-at-{number:06d}"
