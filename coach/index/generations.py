"""Folders of the index: each change is a new generation, and a pointer says which one counts.

index/current              name of the generation in use, replaced atomically
index/<generation>/        manifest.json and chroma/
index/.lock                held by the one process that writes
"""

import hashlib
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from coach.errors import IndexMissing
from coach.index.manifest import NAMES as MANIFESTS
from coach.index.manifest import Damaged
from coach.index.report import Progress, silent
from coach.index.texts import NAME as TEXTS
from coach.index.texts import check_database

POINTER = "current"
CHROMA = "chroma"
SQLITE = "chroma.sqlite3"
# A large ingest takes its time, and who waits is told so.
LOCK_TIMEOUT_S = 3600.0
PATIENCE_S = 1.0


class Generations:
    """The folder that holds the generations; one process at a time writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> str | None:
        """Name of the generation in use; None where none was ever finished."""
        try:
            name = (self.folder / POINTER).read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            files = (self.folder / name / file for name in self.all() for file in MANIFESTS)
            if any(file.exists() for file in files):
                raise Damaged(f"{self.folder / POINTER} is gone") from None
            return None
        except OSError as error:
            raise Damaged(f"{self.folder / POINTER}: {error.strerror}") from error
        # The pointer is a file like any other: it must not lead out of the folder.
        if not name or Path(name).name != name or not (self.folder / name).is_dir():
            raise Damaged(f"{self.folder / POINTER} names no generation")
        return name

    def path(self, name: str) -> Path:
        """Folder of a generation."""
        return self.folder / name

    def all(self) -> list[str]:
        """Every generation, the oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(
            path.name for path in self.folder.iterdir() if path.is_dir() and path.name[:6].isdigit()
        )

    def new(self, base: str | None) -> str:  # noqa: ARG002
        """Makes the folder of a new generation; names sort by age."""
        last = [int(name.split("-")[0]) for name in self.all() if name.split("-")[0].isdigit()]
        name = f"{max(last, default=0) + 1:06d}-{secrets.token_hex(4)}"
        (self.folder / name).mkdir(parents=True)
        return name

    def point_at(self, name: str) -> None:
        """Makes a finished generation the current one."""
        beside = self.folder / f"{POINTER}.new"
        beside.write_text(name + "\n", encoding="utf-8")
        beside.replace(self.folder / POINTER)

    def keep(self, *names: str | None) -> None:
        """Deletes the folders of all other generations."""
        for name in self.all():
            if name not in names:
                shutil.rmtree(self.folder / name, ignore_errors=True)

    @contextmanager
    def writing(self, progress: Progress = silent) -> Iterator[None]:
        """Holds the lock of the one writer; who has to wait for it is told. A dead writer holds no lock."""
        from filelock import FileLock, Timeout

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / ".lock")
            try:
                lock.acquire(timeout=PATIENCE_S)
            except Timeout:
                progress(0, 0, "Another process is writing the index; waiting until it has ended.")
                lock.acquire(timeout=LOCK_TIMEOUT_S)
        except Timeout as error:
            raise IndexMissing(
                f"Another process has been writing the index for {LOCK_TIMEOUT_S:g} s.",
                "Wait until it has ended, then try again.",
            ) from error
        except PermissionError as error:
            raise IndexMissing(
                f"{self.folder} cannot be written: {error.strerror}.",
                "Check the folder's permissions, or set COACH_HOME to another one.",
            ) from error
        try:
            yield
        finally:
            lock.release()


def copy_files(source: Path, target: Path) -> None:
    """Copies a Chroma folder; the database by SQLite's own backup, which waits for its readers."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{SQLITE}*"))
    with sqlite3.connect(source / SQLITE) as old, sqlite3.connect(target / SQLITE) as new:
        old.backup(new)
    old.close()
    new.close()


def digests(folder: Path) -> dict[str, str]:
    """Hash of each file of a closed Chroma folder but the database, which changes even when it is read."""
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(SQLITE)
    ]
    names = [path.relative_to(folder).as_posix() for path in files]
    # Hashing lets go of the lock of Python: two cores take half the time.
    with ThreadPoolExecutor() as pool:
        return dict(zip(names, pool.map(_digest, files), strict=True))


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def check_files(folder: Path, expected: dict[str, str], ids: frozenset[str]) -> None:
    """Damaged unless texts and vectors are those that were written and the database names these ids.

    Chroma itself opens damaged files: it loses vectors silently, or the process dies.
    """
    try:
        found = digests(folder)
        size = (folder / SQLITE).stat().st_size
    except OSError as error:
        raise Damaged(f"{error.filename}: {error.strerror}") from error
    changed = sorted(name for name in expected if found.get(name) != expected[name])
    if changed:
        raise Damaged(f"{folder / changed[0]} is missing or has changed")
    if TEXTS not in expected:
        raise Damaged(f"{folder / TEXTS} is missing: it was made by an earlier version")
    if size == 0:
        raise Damaged(f"{folder / SQLITE} is empty")
    check_database(folder / SQLITE, ids)


def folder_size(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(os.path.getsize(path) for path in folder.rglob("*") if path.is_file())  # noqa: PTH202
