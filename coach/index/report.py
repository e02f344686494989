"""What the index tells about itself and about its work."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.ingest import Problem

Progress = Callable[[int, int, str], None]
"""Called with (done, total, note)."""

State = Literal["ready", "absent", "damaged", "stale", "other embedder", "unreachable"]


@dataclass(frozen=True)
class IngestReport:
    """What one ingest did, in documents; `embedded` counts the passages that needed the embedder."""

    documents: int
    passages: int
    added: int
    updated: int
    removed: int
    unchanged: int
    problems: tuple[Problem, ...]
    embedded: int
    elapsed_s: float


@dataclass(frozen=True)
class IndexedDocument:
    """One document in the index; shipped ones have no path."""

    document: str
    path: str
    passages: int
    shipped: bool


@dataclass(frozen=True)
class IndexStatus:
    """State and size of the index; `detail` says what is wrong where `state` is not "ready"."""

    state: State
    detail: str
    embedder: str
    dimensions: int
    documents: int
    passages: int
    shipped_passages: int
    folder: Path
    chroma_url: str


def silent(done: int, total: int, note: str) -> None:
    """A `Progress` that shows nothing."""
