"""Copies of the history's file: the last three are kept, and the newest sound one replaces a damaged file."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock

from coach.history.migrations import VERSIONS, version

KEPT = 3
BUSY_S = 10
AGE = timedelta(days=1)
_STAMP = "%Y%m%d-%H%M%S-%f"


def copies(file: Path) -> list[Path]:
    """The copies of a history, the newest first."""
    return sorted(_folder(file).glob(f"{file.stem}-*{file.suffix}"), reverse=True)


def keep_copy(file: Path, now: datetime) -> Path:
    """Copies the file as it is between two transactions, and drops all but the last three copies."""
    copy = _folder(file) / f"{file.stem}-{now.strftime(_STAMP)}{file.suffix}"
    copy.parent.mkdir(exist_ok=True)
    part = copy.with_name("copy.part")
    with FileLock(copy.with_name("lock"), timeout=BUSY_S):
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(file, timeout=BUSY_S)) as db, closing(_opened(part)) as to:
            db.backup(to)
            # A copy is one file that can be carried away.
            to.execute("PRAGMA journal_mode = DELETE")
        part.replace(copy)
        for old in copies(file)[KEPT:]:
            old.unlink(missing_ok=True)
    return copy


def renew_copies(file: Path, now: datetime) -> None:
    """Replaces all copies by one of the file as it is, so that what was deleted is in none."""
    kept = keep_copy(file, now)
    for old in copies(file):
        if old != kept:
            old.unlink(missing_ok=True)


def is_copy_due(file: Path, now: datetime) -> bool:
    """Whether the newest copy is more than a day old, or there is none."""
    found = copies(file)
    if not found:
        return True
    stamp = found[0].stem.removeprefix(f"{file.stem}-")
    try:
        made = datetime.strptime(stamp, _STAMP).replace(tzinfo=now.tzinfo)
    except ValueError:
        return True
    return abs(now - made) >= AGE


def set_aside(file: Path, now: datetime) -> Path:
    """Moves a damaged file out of the way, with what SQLite keeps beside it; returns where it lies."""
    aside = file.with_name(f"{file.stem}-damaged-{now.strftime(_STAMP)}{file.suffix}")
    for ending in ("", "-wal", "-shm"):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    return aside


def restore(file: Path) -> Path | None:
    """Puts the newest sound copy in the file's place; None where there is none."""
    for copy in copies(file):
        if is_sound(copy):
            part = file.with_suffix(".part")
            shutil.copyfile(copy, part)
            with closing(_opened(part)) as db:
                db.execute("PRAGMA journal_mode = WAL")
            part.replace(file)
            return copy
    return None


def is_sound(file: Path) -> bool:
    """Whether SQLite finds no damage in a file, and this program can read its version."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)) as db:
            checked = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            return bool(checked == "ok") and version(db) <= len(VERSIONS)
    except sqlite3.DatabaseError:
        return False


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None)


def _folder(file: Path) -> Path:
    return file.with_name("backups")
