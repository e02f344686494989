"""The history's file: one SQLite database, brought up to date when it is opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from coach.errors import InputFileError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE sessions (
            id TEXT PRIMARY KEY, plan TEXT NOT NULL, card_ids TEXT NOT NULL,
            started_at TEXT NOT NULL, finished_at TEXT
        )""",
        """CREATE TABLE turns (
            session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            number INTEGER NOT NULL, card_id TEXT NOT NULL, kind TEXT NOT NULL, score REAL,
            answered_at TEXT, turn TEXT NOT NULL, PRIMARY KEY (session_id, number)
        )""",
        """CREATE TABLE drafts (
            session_id TEXT PRIMARY KEY REFERENCES sessions(id) ON DELETE CASCADE,
            turns INTEGER NOT NULL, text TEXT NOT NULL
        )""",
        "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
    (
        """CREATE TABLE attempts (
            exercise TEXT NOT NULL, at TEXT NOT NULL, passed INTEGER NOT NULL,
            failed_case TEXT, seconds REAL, answer TEXT NOT NULL
        )""",
        "CREATE INDEX attempts_by_exercise ON attempts (exercise, at)",
    ),
)


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on the file; InputFileError where it can't be read or written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=10)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
            _migrate(db, file)
            with db:
                yield db
    except (OSError, sqlite3.DatabaseError) as error:
        raise InputFileError(
            f"{file}: the history cannot be read or written: {error}",
            "Check the disk; to start anew, move the file away (it is kept, not deleted).",
        ) from error


def _migrate(db: sqlite3.Connection, file: Path) -> None:
    if _version(db) < len(MIGRATIONS):
        # The version is read again under the lock: another program may have been faster.
        db.execute("BEGIN IMMEDIATE")
        for number in range(_version(db), len(MIGRATIONS)):
            for statement in MIGRATIONS[number]:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number + 1}")
        db.commit()
    if _version(db) > len(MIGRATIONS):
        raise InputFileError(
            f"{file}: written by a newer version of the program.", "Install the newest version."
        )


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
