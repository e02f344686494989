"""Chroma: the collection of one generation, in a folder of ours or on a server."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from coach.card import Lang
from coach.document import Chunk, ChunkKind, Locator, Passage
from coach.errors import IndexMissing
from coach.index.generations import CHROMA, copy_files
from coach.index.manifest import Damaged

if TYPE_CHECKING:
    from coach.index.vectors import Matrix

COLLECTION = "coach"
_BATCH = 500
# Each page looks for its place anew, so that reading everything wants few of them.
_READ_BATCH = 5000
# Vectors are written to their files at once: files that do not change later can be checked.
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "sync_threshold": 2}


class Store:
    """One collection of chunks with their vectors; `close` lets go of its files."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path, url: str, name: str) -> "Store":
        """An empty collection for a new generation."""
        with _failures(url):
            client = _client(folder, url)
            collection = client.create_collection(
                _collection_name(url, name), embedding_function=None, configuration={"hnsw": _HNSW}
            )
        return cls(client, collection)

    @classmethod
    def open(cls, folder: Path, url: str, name: str) -> "Store":
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
        return cls(client, collection)

    @classmethod
    def copy(cls, source: "Store", old: Path, new: Path, url: str, name: str) -> "Store":
        """A new generation with everything the source holds."""
        if not url:
            copy_files(old / CHROMA, new / CHROMA)
            return cls.open(new, url, name)
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
        with _failures(""):
            for start in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def get(self, ids: Sequence[str]) -> list[Chunk]:
        """The chunks with these ids, as far as they are there."""
        found: list[Chunk] = []
        with _failures(""):
            for start in range(0, len(ids), _BATCH):
                page = self._collection.get(
                    ids=list(ids[start : start + _BATCH]), include=["documents", "metadatas"]
                )
                found.extend(map(_chunk, page["documents"], page["metadatas"]))
        return found

    def vectors(self, ids: Sequence[str]) -> "list[tuple[Chunk, Matrix]]":
        """The chunks with these ids and their stored vectors."""
        found: list[tuple[Chunk, Matrix]] = []
        with _failures(""):
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
        with _failures(""):
            for page in self._pages(["documents", "metadatas", "embeddings"], _READ_BATCH):
                chunks = list(map(_chunk, page["documents"], page["metadatas"]))
                yield chunks, page["embeddings"]

    def nearest(self, vector: "Matrix", k: int, lang: Lang | None) -> list[Passage]:
        """The k chunks with the highest cosine similarity, best first."""
        where = {"lang": lang} if lang else None
        with _failures(""):
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

    def close(self) -> None:
        """Releases the files or the connection."""
        _close(self._client)

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
