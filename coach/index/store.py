"""Chroma: the collection of one generation, in a folder of ours or on a server."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.card import Lang
from coach.document import Chunk, Passage
from coach.errors import IndexMissing
from coach.index.generations import CHROMA, copy_files
from coach.index.manifest import Damaged
from coach.index.texts import Texts, chunk_of, metadata_of

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

COLLECTION = "coach"
_BATCH = 500
# Each batch writes the vector files anew. Chroma takes no more than 5,461 at once.
_ADD_BATCH = 5000
# Each page looks for its place anew, so that reading everything wants few of them.
_READ_BATCH = 5000
# Vectors are written to their files at once: files that do not change later can be checked.
# A graph built with more care finds as much and takes longer; with less, passages in a crowd are missed.
_HNSW = {"space": "cosine", "ef_construction": 100, "ef_search": 200, "sync_threshold": 2}


class Store:
    """One collection of chunks with their vectors; `close` lets go of its files.

    A server keeps the texts with the vectors; in files of ours they lie beside them.
    """

    def __init__(self, client: Any, collection: Any, texts: Texts | None) -> None:
        self._client = client
        self._collection = collection
        self._texts = texts
        self._held = [] if texts else ["documents", "metadatas"]

    @classmethod
    def create(cls, folder: Path, url: str, name: str) -> "Store":
        """An empty collection for a new generation."""
        with _failures(url):
            client = _client(folder, url)
            collection = client.create_collection(
                _collection_name(url, name), embedding_function=None, configuration={"hnsw": _HNSW}
            )
            return cls(client, collection, None if url else Texts(folder / CHROMA, write=True))

    @classmethod
    def open(cls, folder: Path, url: str, name: str, *, write: bool = False) -> "Store":
        """The collection of a generation; Damaged where it is gone."""
        with _failures(url):
            client = _client(folder, url)
            try:
                collection = client.get_collection(
                    _collection_name(url, name), embedding_function=None
                )
            except Exception as error:
                _close(client)
                if _is_missing(error):
                    raise Damaged(f"the collection of generation {name} is gone") from error
                raise
            return cls(client, collection, None if url else Texts(folder / CHROMA, write=write))

    @classmethod
    def copy(cls, source: "Store", old: Path, new: Path, url: str, name: str) -> "Store":
        """A new generation with everything the source holds."""
        if not url:
            copy_files(old / CHROMA, new / CHROMA)
            return cls.open(new, url, name, write=True)
        copied = cls.create(new, url, name)
        with _failures(url):
            for page in source._pages(["embeddings", "documents", "metadatas"]):
                copied._collection.add(
                    ids=page["ids"],
                    embeddings=page["embeddings"],
                    documents=page["documents"],
                    metadatas=page["metadatas"],
                )
        return copied

    def count(self) -> int:
        """Number of chunks."""
        with _failures(""):
            return int(self._collection.count())

    def add(self, chunks: Sequence[Chunk], vectors: "Matrix") -> None:
        """Stores chunks with their unit vectors (rows); ids must be new."""
        with _failures(""):
            for start in range(0, len(chunks), _ADD_BATCH):
                batch = chunks[start : start + _ADD_BATCH]
                self._collection.add(
                    ids=[chunk.id for chunk in batch],
                    embeddings=vectors[start : start + _ADD_BATCH],
                    **self._kept(batch),
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Removes chunks."""
        with _failures(""):
            for start in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[start : start + _BATCH]))
            if self._texts:
                self._texts.delete(ids)

    def get(self, ids: Sequence[str]) -> list[Chunk]:
        """The chunks with these ids, as far as they are there."""
        with _failures(""):
            if self._texts:
                return self._texts.get(ids)
            return [chunk for page in self._pages_of(ids, []) for chunk in self._chunks(page)]

    def vectors(self, ids: Sequence[str]) -> "list[tuple[Chunk, Matrix]]":
        """The chunks with these ids and their stored vectors."""
        found: list[tuple[Chunk, Matrix]] = []
        with _failures(""):
            for page in self._pages_of(ids, ["embeddings"]):
                found.extend(zip(self._chunks(page), page["embeddings"], strict=True))
        return found

    def everything(self) -> "Iterator[tuple[list[Chunk], Matrix]]":
        """All chunks with their stored vectors (rows), in batches."""
        with _failures(""):
            for page in self._pages([*self._held, "embeddings"], _READ_BATCH):
                yield self._chunks(page), page["embeddings"]

    def nearest(self, vector: "Matrix", k: int, lang: Lang | None) -> list[Passage]:
        """The k chunks with the highest cosine similarity, best first."""
        where = {"lang": lang} if lang else None
        with _failures(""):
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

    def close(self) -> None:
        """Releases the files or the connection."""
        if self._texts:
            self._texts.close()
        _close(self._client)

    def _kept(self, chunks: Sequence[Chunk]) -> dict[str, Any]:
        """What Chroma is to hold of these chunks beside their vectors; the rest is written here."""
        if self._texts:
            self._texts.add(chunks)
            return {"metadatas": [{"lang": chunk.lang} for chunk in chunks]}
        return {
            "documents": [chunk.text for chunk in chunks],
            "metadatas": [metadata_of(chunk) for chunk in chunks],
        }

    def _chunks(self, page: dict[str, Any]) -> list[Chunk]:
        if self._texts:
            return self._texts.get(page["ids"])
        return list(map(chunk_of, page["documents"], page["metadatas"]))

    def _pages_of(self, ids: Sequence[str], include: list[str]) -> Iterator[dict[str, Any]]:
        for start in range(0, len(ids), _BATCH):
            some = list(ids[start : start + _BATCH])
            yield self._collection.get(ids=some, include=[*self._held, *include])

    def _pages(self, include: list[str], size: int = _BATCH) -> Iterator[dict[str, Any]]:
        for start in range(0, self.count(), size):
            yield self._collection.get(limit=size, offset=start, include=include)


def drop_collection(folder: Path, url: str, name: str) -> None:
    """Deletes an outdated collection on a server; one that is gone already is no failure."""
    with _failures(url):
        client = _client(folder, url)
        try:
            client.delete_collection(_collection_name(url, name))
        except Exception as error:
            if not _is_missing(error):
                raise
        finally:
            _close(client)


def _collection_name(url: str, name: str) -> str:
    return f"{COLLECTION}-{name}" if url else COLLECTION


def _client(folder: Path, url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    logging.getLogger("chromadb.telemetry").setLevel(logging.CRITICAL)
    settings = Settings(anonymized_telemetry=False)
    if not url:
        return chromadb.PersistentClient(str(folder / CHROMA), settings=settings)
    from urllib.parse import urlsplit

    parts = urlsplit(url if "//" in url else f"http://{url}")
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=settings,
    )


def _close(client: Any) -> None:
    close = getattr(client, "close", None)
    if close is not None:
        close()


def _is_missing(error: Exception) -> bool:
    from chromadb.errors import NotFoundError

    return isinstance(error, NotFoundError) or "does not exist" in str(error)


@contextmanager
def _failures(url: str) -> Iterator[None]:
    """Chroma's exceptions as ours: a server that is down, else damage."""
    try:
        yield
    except (IndexMissing, KeyboardInterrupt):
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        if url or _is_connection(error):
            raise IndexMissing(
                f"The Chroma server {url} cannot be used: {reason}".replace("  ", " "),
                "Start it: chroma run --host 127.0.0.1 --port 8000. Or use files of our own: "
                'coach config set index.chroma_url ""',
            ) from error
        raise Damaged(reason) from error


def _is_connection(error: Exception) -> bool:
    import httpx

    return isinstance(error, httpx.HTTPError)
