"""The index: passages with their vectors in Chroma, replaced whole and never edited into damage."""

from coach.index.asked import Asked
from coach.index.index import Index
from coach.index.manifest import Damaged
from coach.index.report import IndexedDocument, IndexStatus, IngestReport, Progress
from coach.index.server import Server
from coach.index.shipped import ShippedCorpus
from coach.index.vectors import Embedder

__all__ = [
    "Asked",
    "Damaged",
    "Embedder",
    "Index",
    "IndexStatus",
    "IndexedDocument",
    "IngestReport",
    "Progress",
    "Server",
    "ShippedCorpus",
]
