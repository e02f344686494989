"""Chroma: the collection of one generation, in a folder of ours or on a server."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from coach.card import Lang
from coach.document import Chunk, ChunkKind, Locator, Passage
from coach.errors import CoachError, IndexMissing
from coach.index.generations import CHROMA, copy_files
from coach.index.manifest import Damaged, NoRoom

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

COLLECTION = "coach"
SERVER_HINT = (
    "See that it runs and that this machine reaches it; what was published there stays as it was. "
    'Without a server: coach config set index.chroma_url ""'
)
_BATCH = 500
# What SQLite says where it cannot write.
_NO_ROOM = ("disk is full", "readonly database", "unable to open database file")
_COLUMNS = ("ids", "embeddings", "documents", "metadatas")
# Each page looks for its place anew, so that reading everything wants few of them.
_READ_BATCH = 5000
# Vectors are written to their files at once: files that do not change later can be checked.
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "sync_threshold": 2}


class Outrun(Exception):
    """A writer elsewhere has published meanwhile: the work is done again, on what it wrote."""


class Store:
    """One collection of chunks with their vectors; `close` lets go of its files."""

    def __init__(self, collection: Any, client: Any = None, url: str = "") -> None:
        """A `client` given is closed with the store; `url` is the server's, for messages."""
        self._client = client
        self._collection = collection
        self._url = url

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """An empty collection in a generation's folder."""
        with failures():
            client = _client(folder)
            return cls(create_collection(client, COLLECTION), client)

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """The collection in a generation's folder; Damaged where it is gone."""
        with failures():
            client = _client(folder)
            try:
                return cls(client.get_collection(COLLECTION, embedding_function=None), client)
            except Exception:
                client.close()
                raise

    @classmethod
    def copy(cls, old: Path, new: Path) -> "Store":
        """A new generation's folder with everything the old one holds."""
        copy_files(old / CHROMA, new / CHROMA)
        return cls.open(new)

    def take_all(self, source: "Store") -> None:
        """Adds everything another collection holds."""
        with failures(self._url):
            for page in source._pages(["embeddings", "documents", "metadatas"]):
                self._collection.add(**{key: page[key] for key in _COLUMNS})

    def count(self) -> int:
        """Number of chunks."""
        with failures(self._url):
            return int(self._collection.count())

    def add(self, chunks: Sequence[Chunk], vectors: "Matrix") -> None:
        """Stores chunks with their unit vectors (rows); ids must be new."""
        with failures(self._url):
            for start in range(0, len(chunks), _BATCH):
                batch = chunks[start : start + _BATCH]
                self._collection.add(
                    ids=[chunk.id for chunk in batch],
                    embeddings=vectors[start : start + _BATCH],
                    documents=[chunk.text for chunk in batch],
                    metadatas=[_metadata(chunk) for chunk in batch],
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Removes chunks."""
        with failures(self._url):
            for start in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def get(self, ids: Sequence[str]) -> list[Chunk]:
        """The chunks with these ids, as far as they are there."""
        found: list[Chunk] = []
        with failures(self._url):
            for start in range(0, len(ids), _BATCH):
                page = self._collection.get(
                    ids=list(ids[start : start + _BATCH]), include=["documents", "metadatas"]
                )
                found.extend(map(_chunk, page["documents"], page["metadatas"]))
        return found

    def vectors(self, ids: Sequence[str]) -> "list[tuple[Chunk, Matrix]]":
        """The chunks with these ids and their stored vectors."""
        found: list[tuple[Chunk, Matrix]] = []
        with failures(self._url):
            for start in range(0, len(ids), _BATCH):
                page = self._collection.get(
                    ids=list(ids[start : start + _BATCH]),
                    include=["documents", "metadatas", "embeddings"],
                )
                chunks = map(_chunk, page["documents"], page["metadatas"])
                found.extend(zip(chunks, page["embeddings"], strict=True))
        return found

    def everything(self) -> "Iterator[tuple[list[Chunk], Matrix]]":
        """All chunks with their stored vectors (rows), in batches."""
        with failures(self._url):
            for page in self._pages(["documents", "metadatas", "embeddings"], _READ_BATCH):
                chunks = list(map(_chunk, page["documents"], page["metadatas"]))
                yield chunks, page["embeddings"]

    def nearest(self, vector: "Matrix", k: int, lang: Lang | None) -> list[Passage]:
        """The k chunks with the highest cosine similarity, best first."""
        where = {"lang": lang} if lang else None
        with failures(self._url):
            page = self._collection.query(
                query_embeddings=[vector],
                n_results=k,
                where=where,
                include=["documents", "metadatas", "distances"],
            )
        rows = zip(page["documents"][0], page["metadatas"][0], page["distances"][0], strict=True)
        return [
            Passage(_chunk(text, metadata), max(-1.0, min(1.0, 1.0 - float(distance))))
            for text, metadata, distance in rows
        ]

    def nearest_ids(self, vectors: "Matrix") -> list[str]:
        """Of each vector (rows) the id of a chunk near it; one whose graph is damaged may die of it."""
        with failures(self._url):
            near = self._collection.query(query_embeddings=vectors, n_results=1, include=[])
        return [id_ for ids in near["ids"] for id_ in ids]

    def close(self) -> None:
        """Releases the files."""
        if self._client is not None:
            self._client.close()

    def _pages(self, include: list[str], size: int = _BATCH) -> Iterator[dict[str, Any]]:
        for start in range(0, self.count(), size):
            yield self._collection.get(limit=size, offset=start, include=include)


def create_collection(client: Any, name: str) -> Any:
    """A collection for passages; fails where there is one of that name."""
    hnsw = {"hnsw": _HNSW}
    return client.create_collection(name, embedding_function=None, configuration=hnsw)


@contextmanager
def failures(url: str = "") -> Iterator[None]:
    """Chroma's exceptions as ours: damage, or a server that cannot be used."""
    try:
        yield
    except (CoachError, Outrun):
        raise
    except BaseException as error:
        # A panic of native code is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        if url and not is_missing(error):
            raise IndexMissing(f"The Chroma server {url} failed: {reason}.", SERVER_HINT) from error
        if not url and any(known in reason for known in _NO_ROOM):
            raise NoRoom(reason) from error
        raise Damaged(reason) from error


def is_missing(error: BaseException) -> bool:
    """Whether Chroma says that what was asked for is not there."""
    from chromadb.errors import NotFoundError

    return isinstance(error, NotFoundError) or "does not exist" in str(error)


def _client(folder: Path) -> Any:
    import chromadb

    try:
        return chromadb.PersistentClient(str(folder / CHROMA), settings=quiet())
    except AttributeError:
        # Chroma remembers a start that failed, and forgets it when it is used.
        return chromadb.PersistentClient(str(folder / CHROMA), settings=quiet())


def quiet() -> Any:
    """Chroma's settings: nothing is told to its makers."""
    from chromadb.config import Settings

    logging.getLogger("chromadb.telemetry").setLevel(logging.CRITICAL)
    return Settings(anonymized_telemetry=False)


def _metadata(chunk: Chunk) -> dict[str, str | int]:
    return {
        "document": chunk.document,
        "start_line": chunk.locator.start_line,
        "end_line": chunk.locator.end_line,
        "heading": chunk.locator.heading,
        "lang": chunk.lang,
        "kind": chunk.kind,
    }


def _chunk(text: str, metadata: dict[str, Any]) -> Chunk:
    place = Locator(
        int(metadata["start_line"]), int(metadata["end_line"]), str(metadata["heading"])
    )
    lang, kind = cast("Lang", metadata["lang"]), cast("ChunkKind", metadata["kind"])
    return Chunk(str(metadata["document"]), place, lang, text, kind)
