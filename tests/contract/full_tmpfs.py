"""Ingests on a file system with hardly any space left, and asks the index while it is full.

Run as a script with a folder, in a mount namespace of its own (`unshare -Urm`). Prints two JSON lines for each amount
of space left: the error's message (or null), then the exit codes of the ingest, of a process that asks the index on the
full disk, and of one that asks it when there is space again. The last line is the exit code of an ingest with space.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from coach.errors import CoachError
from tests.contract.full_disk import answers, ingest
from tests.contract.killed_writers import Slow, forked, write
from tests.index_corpus import small_index

SIZE = 24 * 2**20
LEFT = (0, 100_000, 500_000)


def asked(folder: Path) -> None:
    """On a full disk the index answers, or says that the disk is full; it is never called damaged."""
    index = small_index(folder, Slow(512))
    for _ in range(3):
        status = index.status()
        assert status.state in ("ready", "unreachable"), status
        assert status.state == "ready" or "disk is full" in status.detail


def told(folder: Path, left: int) -> None:
    """Ingests and prints what it raised."""
    error: str | None = None
    try:
        small_index(folder, Slow(512)).ingest([folder / "notes"])
    except CoachError as failure:
        error = failure.message
    os.write(1, json.dumps({"left": left, "error": error}).encode() + b"\n")


def fill(file: Path, left: int) -> None:
    """Takes all space but some."""
    free = os.statvfs(file.parent).f_bavail * os.statvfs(file.parent).f_frsize
    with file.open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, max(free - left, 1))


def main(folder: Path) -> None:
    """One amount after the other, then all of it."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
    write(folder, 0)
    os.waitpid(forked(lambda: ingest(folder)), 0)
    write(folder, 1)
    for left in LEFT:
        fill(folder / "filler", left)
        codes = [os.waitpid(forked(lambda size=left: told(folder, size)), 0)[1]]  # type: ignore[misc]
        codes.append(os.waitpid(forked(lambda: asked(folder)), 0)[1])
        (folder / "filler").unlink()
        codes.append(os.waitpid(forked(lambda: answers(folder)), 0)[1])
        print(json.dumps({"left": left, "codes": codes}), flush=True)
    print(json.dumps({"after": os.waitpid(forked(lambda: ingest(folder)), 0)[1]}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
