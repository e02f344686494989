"""Ingests under limits on the size of a file, as on a full disk, and asks the index after each.

Run as a script with a folder. Prints two JSON lines for each limit: the error's message (or null), then the exit codes
of the ingest and of a process that asks the index as it was before. Forks before Chroma makes its threads,
which a fork would not take along.
"""

import json
import os
import resource
import sys
from pathlib import Path

from coach.errors import CoachError
from tests.contract.killed_writers import Slow, forked, write
from tests.index_corpus import small_index

PARTS = (0.0, 0.1, 0.3, 0.7)


def limited(folder: Path, limit: int) -> None:
    """Ingests with a limit; what it raised is written to a pipe by the caller's standard output."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    error: str | None = None
    try:
        small_index(folder, Slow(512)).ingest([folder / "notes"])
    except CoachError as failure:
        error = failure.message
    os.write(1, json.dumps({"limit": limit, "error": error}).encode() + b"\n")


def answers(folder: Path) -> None:
    """The index is whole and knows what the first ingest brought."""
    index = small_index(folder, Slow(512))
    assert index.status().state == "ready"
    assert any("is 1." in p.chunk.text for p in index.search("What is 1 part 2? It is 1.", 3))
    generations = [path for path in (folder / "index").iterdir() if path.is_dir()]
    assert len(generations) <= 2, generations


def ingest(folder: Path) -> None:
    """The same without a limit."""
    small_index(folder, Slow(512)).ingest([folder / "notes"])


def main(folder: Path) -> None:
    """One limit after the other, then none."""
    write(folder, 0)
    os.waitpid(forked(lambda: ingest(folder)), 0)
    largest = max(file.stat().st_size for file in (folder / "index").rglob("*") if file.is_file())
    write(folder, 1)
    for part in PARTS:
        limit = int(part * largest)
        codes = [os.waitpid(forked(lambda size=limit: limited(folder, size)), 0)[1]]  # type: ignore[misc]
        codes.append(os.waitpid(forked(lambda: answers(folder)), 0)[1])
        print(json.dumps({"limit": limit, "codes": codes}), flush=True)
    print(json.dumps({"after": os.waitpid(forked(lambda: ingest(folder)), 0)[1]}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
