"""The index as the members of a team see it who share one Chroma server."""

from pathlib import Path

from coach.embeddings.hashing import HashingEmbeddings
from coach.index import Index, Server
from tests.index_corpus import small_index

ADAM = "## What is Adam?\nTwo moments.\n"


def machine(folder: Path, url: str, name: str, size: int = 64) -> Index:
    """The index as one user of the server sees it, with files of their own."""
    return small_index(folder / name, HashingEmbeddings(size), Server(url, origin=name))


def note(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder


def documents(index: Index) -> list[tuple[str, str]]:
    return [(row.document, row.path) for row in index.documents() if not row.shipped]
