"""The candidate's record: sessions, turns and half-written answers in one SQLite file."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach.errors import InputFileError, UsageError
from coach.grade.serialize import verdict_from_json, verdict_to_json
from coach.interview import Plan, Session, Turn
from coach.schedule import Review

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
)


class History:
    """Opens the file for each call, so several programs and threads can use it at once."""

    def __init__(
        self, file: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.file = file
        self._clock = clock

    def save(self, session: Session) -> None:
        """Writes the session and its turns in one transaction."""
        with self._open() as db:
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at",
                (
                    session.id,
                    json.dumps(asdict(session.plan)),
                    json.dumps(session.card_ids),
                    session.started_at.isoformat(),
                    session.finished_at.isoformat() if session.finished_at else None,
                ),
            )
            rows = [_turn_row(session.id, n, turn) for n, turn in enumerate(session.turns)]
            db.executemany("INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def session(self, session_id: str) -> Session:
        """The session with this id; UsageError where there is none."""
        with self._open() as db:
            row = db.execute("SELECT * FROM sessions WHERE id = ?", (session_id,)).fetchone()
            if row is None:
                raise UsageError(
                    f"There is no interview {session_id!r}.", "`coach history list` shows them all."
                )
            return _session(db, row)

    def sessions(self) -> list[Session]:
        """All sessions, the newest first."""
        with self._open() as db:
            rows = db.execute("SELECT * FROM sessions ORDER BY started_at DESC").fetchall()
            return [_session(db, row) for row in rows]

    def unfinished(self) -> Session | None:
        """The newest session that was not closed."""
        with self._open() as db:
            row = db.execute(
                "SELECT * FROM sessions WHERE finished_at IS NULL ORDER BY started_at DESC LIMIT 1"
            ).fetchone()
            return _session(db, row) if row else None

    def delete(self, session_id: str) -> None:
        """Removes a session and everything in it; UsageError where there is none."""
        self.session(session_id)
        with self._open() as db:
            db.execute("DELETE FROM sessions WHERE id = ?", (session_id,))

    def save_draft(self, session_id: str, text: str) -> None:
        """Keeps the half-written answer to the session's current question."""
        with self._open() as db:
            db.execute(
                "INSERT OR REPLACE INTO drafts VALUES "
                "(?1, (SELECT COUNT(*) FROM turns WHERE session_id = ?1), ?2)",
                (session_id, text),
            )

    def draft(self, session_id: str) -> str:
        """The half-written answer to the current question; a draft of an answered one is nothing."""
        with self._open() as db:
            row = db.execute(
                "SELECT text FROM drafts WHERE session_id = ?1 "
                "AND turns = (SELECT COUNT(*) FROM turns WHERE session_id = ?1)",
                (session_id,),
            ).fetchone()
            return str(row["text"]) if row else ""

    def reviews(self) -> list[Review]:
        """Every marked first answer to a card."""
        with self._open() as db:
            rows = db.execute(
                "SELECT card_id, score, answered_at FROM turns "
                "WHERE score IS NOT NULL AND kind != 'follow_up' AND answered_at IS NOT NULL"
            ).fetchall()
        return [
            Review(r["card_id"], r["score"], datetime.fromisoformat(r["answered_at"])) for r in rows
        ]

    def note(self, name: str) -> str | None:
        """A small fact the program remembers, e.g. that an offer was declined."""
        with self._open() as db:
            row = db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
            return str(row["value"]) if row else None

    def save_note(self, name: str, value: str) -> None:
        """Remembers a small fact."""
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.file, timeout=10)) as db:
                db.row_factory = sqlite3.Row
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA foreign_keys = ON")
                _migrate(db, self.file)
                with db:
                    yield db
        except (OSError, sqlite3.DatabaseError) as error:
            raise InputFileError(
                f"{self.file}: the history cannot be read or written: {error}",
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


def _session(db: sqlite3.Connection, row: sqlite3.Row) -> Session:
    turns = db.execute("SELECT turn FROM turns WHERE session_id = ? ORDER BY number", (row["id"],))
    plan = json.loads(row["plan"])
    finished = row["finished_at"]
    return Session(
        id=row["id"],
        plan=Plan(**{**plan, "topics": tuple(plan["topics"])}),
        card_ids=tuple(json.loads(row["card_ids"])),
        started_at=datetime.fromisoformat(row["started_at"]),
        turns=tuple(turn_from_json(json.loads(turn["turn"])) for turn in turns),
        finished_at=datetime.fromisoformat(finished) if finished else None,
    )


def _turn_row(session_id: str, number: int, turn: Turn) -> tuple[object, ...]:
    data = turn_to_json(turn)
    text = json.dumps(data, ensure_ascii=False)
    return session_id, number, turn.card_id, turn.kind, turn.score, data["answered_at"], text


def turn_to_json(turn: Turn) -> dict[str, Any]:
    """A turn as plain JSON values."""
    return {
        "card_id": turn.card_id,
        "kind": turn.kind,
        "prompt": turn.prompt,
        "answer": turn.answer,
        "verdict": verdict_to_json(turn.verdict, passages=True) if turn.verdict else None,
        "practice": dict(turn.practice) if turn.practice is not None else None,
        "skipped": turn.skipped,
        "elapsed_s": turn.elapsed_s,
        "key_point": turn.key_point,
        "answered_at": turn.answered_at.isoformat() if turn.answered_at else None,
    }


def turn_from_json(data: dict[str, Any]) -> Turn:
    """The turn that `turn_to_json` wrote."""
    answered_at = data["answered_at"]
    verdict = data["verdict"]
    return Turn(
        **{
            **data,
            "verdict": verdict_from_json(verdict) if verdict else None,
            "answered_at": datetime.fromisoformat(answered_at) if answered_at else None,
        }
    )
