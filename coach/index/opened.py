"""A generation that was opened and checked."""

from dataclasses import dataclass

from coach.index.manifest import Damaged, Manifest
from coach.index.store import Store


@dataclass(frozen=True)
class Opened:
    """A generation that was opened and checked."""

    name: str
    manifest: Manifest
    store: Store

    @classmethod
    def counted(cls, name: str, manifest: Manifest, store: Store) -> "Opened":
        """Damaged where the store holds more or fewer passages than the manifest names."""
        count = store.count()
        if count != len(manifest.ids):
            store.close()
            raise Damaged(f"it holds {count} passages instead of {len(manifest.ids)}")
        return cls(name, manifest, store)
