"""Chroma: the collection of one generation, in a folder of ours or on a server."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from coach.document import Chunk, ChunkKind, Locator, Passage
from coach.index.failures import failures
from coach.index.generations import CHROMA, copy_files
from coach.index.texts import NAME as TEXTS
from coach.index.texts import Texts
from coach.language import Lang

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

COLLECTION = "coach"
_BATCH = 500
# Each batch writes the vector files anew. Chroma takes no more than 5,461 at once.
_ADD_BATCH = 5000
_COLUMNS = ("ids", "embeddings", "documents", "metadatas")
# Each page looks for its place anew, so that reading everything wants few of them.
_READ_BATCH = 5000
# Vectors are written to their files at once: files that do not change later can be checked.
# A graph built with more care finds as much and takes longer; with less, passages in a crowd are missed.
_HNSW = {"space": "cosine", "ef_construction": 100, "ef_search": 200, "sync_threshold": 2}


class Store:
    """One collection of chunks with their vectors; `close` lets go of its files.

    A server keeps the texts with the vectors; in files of ours they lie beside them.
    """

    def __init__(
        self, collection: Any, client: Any = None, texts: Texts | None = None, url: str = ""
    ) -> None:
        """A `client` given is closed with the store; `url` is the server's, for messages."""
        self._collection = collection
        self._client = client
        self._texts = texts
        self._url = url
        self._held = [] if texts else ["documents", "metadatas"]

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """An empty collection in a generation's folder."""
        with failures():
            client = _client(folder)
            made = create_collection(client, COLLECTION)
            return cls(made, client, _texts(folder, write=True))

    @classmethod
    def open(cls, folder: Path, *, write: bool = False) -> "Store":
        """The collection in a generation's folder; Damaged where it is gone."""
        with failures():
            client = _client(folder)
            try:
                found = client.get_collection(COLLECTION, embedding_function=None)
                return cls(found, client, _texts(folder, write=write))
            except Exception:
                client.close()
                raise

    @classmethod
    def copy(cls, old: Path, new: Path) -> "Store":
        """A new generation's folder with everything the old one holds."""
        copy_files(old / CHROMA, new / CHROMA)
        return cls.open(new, write=True)

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
            for start in range(0, len(chunks), _ADD_BATCH):
                batch = chunks[start : start + _ADD_BATCH]
                self._collection.add(
                    ids=[chunk.id for chunk in batch],
                    embeddings=vectors[start : start + _ADD_BATCH],
                    **self._kept(batch),
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Removes chunks."""
        with failures(self._url):
            for start in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[start : start + _BATCH]))
            if self._texts:
                self._texts.delete(ids)

    def get(self, ids: Sequence[str]) -> list[Chunk]:
        """The chunks with these ids, as far as they are there."""
        with failures(self._url):
            if self._texts:
                return self._texts.get(ids)
            return [chunk for page in self._pages_of(ids, []) for chunk in self._chunks(page)]

    def vectors(self, ids: Sequence[str]) -> "list[tuple[Chunk, Matrix]]":
        """The chunks with these ids and their stored vectors."""
        found: list[tuple[Chunk, Matrix]] = []
        with failures(self._url):
            for page in self._pages_of(ids, ["embeddings"]):
                found.extend(zip(self._chunks(page), page["embeddings"], strict=True))
        return found

    def everything(self) -> "Iterator[tuple[list[Chunk], Matrix]]":
        """All chunks with their stored vectors (rows), in batches."""
        with failures(self._url):
            for page in self._pages([*self._held, "embeddings"], _READ_BATCH):
                yield self._chunks(page), page["embeddings"]

    def nearest(self, vector: "Matrix", k: int, lang: Lang | None) -> list[Passage]:
        """The k chunks with the highest cosine similarity, best first."""
        where = {"lang": lang} if lang else None
        with failures(self._url):
            page = self._collection.query(
                query_embeddings=[vector],
                n_results=k,
                where=where,
                include=[*self._held, "distances"],
            )
            chunks = self._chunks({key: page[key][0] for key in ("ids", *self._held)})
        return [
            Passage(chunk, max(-1.0, min(1.0, 1.0 - float(distance))))
            for chunk, distance in zip(chunks, page["distances"][0], strict=True)
        ]

    def nearest_ids(self, vectors: "Matrix") -> list[str]:
        """Of each vector (rows) the id of a chunk near it; one whose graph is damaged may die of it."""
        with failures(self._url):
            near = self._collection.query(query_embeddings=vectors, n_results=1, include=[])
        return [id_ for ids in near["ids"] for id_ in ids]

    def close(self) -> None:
        """Releases the files."""
        if self._texts:
            self._texts.close()
        if self._client is not None:
            self._client.close()

    def _kept(self, chunks: Sequence[Chunk]) -> dict[str, Any]:
        """What Chroma is to hold of these chunks beside their vectors; the rest is written here."""
        if self._texts:
            self._texts.add(chunks)
            return {"metadatas": [{"lang": chunk.lang} for chunk in chunks]}
        return {
            "documents": [chunk.text for chunk in chunks],
            "metadatas": [_metadata(chunk) for chunk in chunks],
        }

    def _chunks(self, page: dict[str, Any]) -> list[Chunk]:
        if self._texts:
            return self._texts.get(page["ids"])
        return list(map(_chunk, page["documents"], page["metadatas"]))

    def _pages_of(self, ids: Sequence[str], include: list[str]) -> Iterator[dict[str, Any]]:
        for start in range(0, len(ids), _BATCH):
            some = list(ids[start : start + _BATCH])
            yield self._collection.get(ids=some, include=[*self._held, *include])

    def _pages(self, include: list[str], size: int = _BATCH) -> Iterator[dict[str, Any]]:
        for start in range(0, self.count(), size):
            yield self._collection.get(limit=size, offset=start, include=include)


def create_collection(client: Any, name: str) -> Any:
    """A collection for passages; fails where there is one of that name."""
    hnsw = {"hnsw": _HNSW}
    return client.create_collection(name, embedding_function=None, configuration=hnsw)


def _client(folder: Path) -> Any:
    import chromadb

    try:
        return chromadb.PersistentClient(str(folder / CHROMA), settings=quiet())
    except AttributeError:
        # Chroma remembers a start that failed, and forgets it when it is used.
        return chromadb.PersistentClient(str(folder / CHROMA), settings=quiet())


def _texts(folder: Path, *, write: bool) -> Texts:
    return Texts(folder / CHROMA / TEXTS, write=write)


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
