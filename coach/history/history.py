"""Everything the candidate did: read and written here, one transaction for each call."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from coach.errors import UsageError
from coach.history.database import opened
from coach.history.rows import Attempt, attempt_of, attempt_row, session_of, turn_row
from coach.interview import Session
from coach.schedule import Review


class History:
    """Opens the file for each call, so several programs and threads can use it at once."""

    def __init__(
        self, file: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.file = file
        self._clock = clock

    def save(self, session: Session) -> None:
        """Writes the session and its turns in one transaction."""
        with opened(self.file) as db:
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
            rows = [turn_row(session.id, n, turn) for n, turn in enumerate(session.turns)]
            db.executemany("INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def session(self, session_id: str) -> Session:
        """The session with this id; UsageError where there is none."""
        with opened(self.file) as db:
            row = db.execute("SELECT * FROM sessions WHERE id = ?", (session_id,)).fetchone()
            if row is None:
                raise UsageError(
                    f"There is no interview {session_id!r}.", "`coach history list` shows them all."
                )
            return session_of(db, row)

    def sessions(self) -> list[Session]:
        """All sessions, the newest first."""
        with opened(self.file) as db:
            rows = db.execute("SELECT * FROM sessions ORDER BY started_at DESC").fetchall()
            return [session_of(db, row) for row in rows]

    def unfinished(self) -> Session | None:
        """The newest session that was not closed."""
        with opened(self.file) as db:
            row = db.execute(
                "SELECT * FROM sessions WHERE finished_at IS NULL ORDER BY started_at DESC LIMIT 1"
            ).fetchone()
            return session_of(db, row) if row else None

    def delete(self, session_id: str) -> None:
        """Removes a session and everything in it; UsageError where there is none."""
        self.session(session_id)
        with opened(self.file) as db:
            db.execute("DELETE FROM sessions WHERE id = ?", (session_id,))

    def save_draft(self, session_id: str, text: str) -> None:
        """Keeps the half-written answer to the session's current question."""
        with opened(self.file) as db:
            db.execute(
                "INSERT OR REPLACE INTO drafts VALUES "
                "(?1, (SELECT COUNT(*) FROM turns WHERE session_id = ?1), ?2)",
                (session_id, text),
            )

    def draft(self, session_id: str) -> str:
        """The half-written answer to the current question; a draft of an answered one is nothing."""
        with opened(self.file) as db:
            row = db.execute(
                "SELECT text FROM drafts WHERE session_id = ?1 "
                "AND turns = (SELECT COUNT(*) FROM turns WHERE session_id = ?1)",
                (session_id,),
            ).fetchone()
            return str(row["text"]) if row else ""

    def reviews(self) -> list[Review]:
        """Every marked first answer to a card."""
        with opened(self.file) as db:
            rows = db.execute(
                "SELECT card_id, score, answered_at FROM turns "
                "WHERE score IS NOT NULL AND kind != 'follow_up' AND answered_at IS NOT NULL"
            ).fetchall()
        return [
            Review(r["card_id"], r["score"], datetime.fromisoformat(r["answered_at"])) for r in rows
        ]

    def save_attempt(self, attempt: Attempt) -> None:
        """Records a run of an answer to a code exercise."""
        with opened(self.file) as db:
            db.execute("INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?)", attempt_row(attempt))

    def attempts(self, exercise: str = "") -> list[Attempt]:
        """Runs of answers, the newest first; those of every exercise where none is named."""
        with opened(self.file) as db:
            rows = db.execute(
                "SELECT * FROM attempts WHERE ?1 = '' OR exercise = ?1 ORDER BY at DESC",
                (exercise,),
            ).fetchall()
        return [attempt_of(row) for row in rows]

    def note(self, name: str) -> str | None:
        """A small fact the program remembers, e.g. that an offer was declined."""
        with opened(self.file) as db:
            row = db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
            return str(row["value"]) if row else None

    def save_note(self, name: str, value: str) -> None:
        """Remembers a small fact."""
        with opened(self.file) as db:
            db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))
