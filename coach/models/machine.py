"""What this machine has of what a model needs."""

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True)
class Lack:
    """Something this machine has too little of; both numbers in bytes."""

    what: Literal["memory", "disk"]
    needed: int
    there: int

    def __str__(self) -> str:
        has = "here are" if self.what == "memory" else "free are"
        return (
            f"{self.needed / 1e9:.1f} GB of {self.what} are needed, {has} {self.there / 1e9:.1f} GB"
        )


def memory_bytes() -> int:
    """Returns how much memory this machine has, or the container that this process runs in may use."""
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    # The file says "max" where there is no limit.
    with contextlib.suppress(OSError, ValueError):
        found = min(found, int(LIMIT.read_text()))
    return found


def free_bytes(folder: Path) -> int:
    """Returns the free space of the disk a folder lies on, or would lie on."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return shutil.disk_usage(there).free
