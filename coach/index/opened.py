"""A generation that was opened and checked."""

from dataclasses import dataclass

from coach.index.manifest import Manifest
from coach.index.store import Store


@dataclass(frozen=True)
class Opened:
    """A generation that was opened and checked."""

    name: str
    manifest: Manifest
    store: Store
