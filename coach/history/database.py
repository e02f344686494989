"""The history's file: one SQLite database in WAL mode, one transaction for each call."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

from filelock import ReadWriteLock

from coach.errors import InputFileError
from coach.history.copies import (
    BUSY_S,
    copies,
    is_copy_due,
    is_sound,
    keep_copy,
    renew_copies,
    restore,
    set_aside,
)
from coach.history.migrations import VERSIONS, migrate, version

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
Tell = Callable[[str], None]

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Database:
    """Opens the file anew for each call, so that programs and threads share it; `tell` hears of repairs.

    Any number read while one writes; a second writer waits up to ten seconds. A damaged file is set
    aside while nobody has it open, the newest sound copy takes its place, and the call is made again.
    """

    def __init__(self, file: Path, clock: Callable[[], datetime], tell: Tell) -> None:
        self.file = file
        self._clock = clock
        self._tell = tell

    def read(self, work: Work[T]) -> T:
        """What `work` finds in one consistent view; InputFileError where the file can't be used."""
        return self._run("DEFERRED", work)

    def write(self, work: Work[T]) -> T:
        """Does `work` whole or not at all; InputFileError where the file can't be used."""
        return self._run("IMMEDIATE", work)

    def keep_copy(self) -> None:
        """Copies the file where the newest copy is older than a day; trouble is told, never raised."""
        with self._tried("No copy could be made"):
            if is_copy_due(self.file, self._clock()):
                keep_copy(self.file, self._clock())

    def forget(self) -> None:
        """Replaces all copies by a new one, because something was deleted; trouble is told, never raised."""
        with self._tried("What was deleted is still in the copies"):
            if copies(self.file):
                renew_copies(self.file, self._clock())

    def _run(self, begin: Literal["DEFERRED", "IMMEDIATE"], work: Work[T]) -> T:
        with self._translated():
            try:
                with self._in_use():
                    return self._once(begin, work)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self._mend(error)
            with self._in_use():
                return self._once(begin, work)

    def _once(self, begin: str, work: Work[T]) -> T:
        with closing(sqlite3.connect(self.file, timeout=BUSY_S, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")
            self._bring_up_to_date(db)
            with _transaction(db, begin):
                return work(db)

    def _bring_up_to_date(self, db: sqlite3.Connection) -> None:
        if version(db) < len(VERSIONS):
            db.execute("PRAGMA journal_mode = WAL")
            with _transaction(db, "IMMEDIATE"):
                # Read again under the lock: another program may have been faster.
                if 0 < version(db) < len(VERSIONS):
                    keep_copy(self.file, self._clock())
                migrate(db)
        if version(db) > len(VERSIONS):
            raise InputFileError(
                f"{self.file}: written by a newer version of the program.",
                "Install the newest version.",
            )

    def _mend(self, error: sqlite3.DatabaseError) -> None:
        with self._lock().write_lock():  # waits until nobody has the file open
            if is_sound(self.file):
                return  # another program has mended it
            aside = set_aside(self.file, self._clock())
            copy = restore(self.file)
        found = f"the copy {copy.name} was put in its place" if copy else "there was no copy of it"
        self._tell(f"{self.file} was damaged ({error}). It now lies at {aside}, and {found}.")

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """Keeps others from replacing the file; a lock file that is damaged is made anew, it holds nothing."""
        lock = self._lock()
        try:
            lock.acquire_read()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            Path(lock.lock_file).unlink(missing_ok=True)
            lock = self._lock()
            lock.acquire_read()
        try:
            yield
        finally:
            lock.release()

    def _lock(self) -> ReadWriteLock:
        """One for each call, because threads share this object."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        return ReadWriteLock(self.file.with_suffix(".lock"), BUSY_S, is_singleton=False)

    @contextmanager
    def _tried(self, what: str) -> Iterator[None]:
        try:
            with self._in_use():
                yield
        except (OSError, sqlite3.Error) as error:
            self._tell(f"{what} ({self.file.with_name('backups')}): {error}")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise InputFileError(
                f"{self.file}: the history cannot be read or written: {error}",
                "Check the disk; to start anew, move the file away (it is kept, not deleted).",
            ) from error


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    # The low byte is the kind of the error, the rest its details.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGED


@contextmanager
def _transaction(db: sqlite3.Connection, begin: str) -> Iterator[None]:
    db.execute(f"BEGIN {begin}")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
