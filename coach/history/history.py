"""Everything the candidate did: read and written here, one transaction for each call."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from coach.console import say
from coach.errors import UsageError
from coach.history import answers, exchange, memory
from coach.history.answers import Given, Rated
from coach.history.database import Database, Tell
from coach.history.rows import (
    Attempt,
    HalfAnswer,
    attempt_of,
    attempt_row,
    save_session,
    session_of,
)
from coach.interview import Session, Turn
from coach.memory import CardMemory, Review


class History:
    """Safe for several programs and threads at once; `tell` hears where a damaged file was replaced."""

    def __init__(
        self,
        file: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        tell: Tell = say,
    ) -> None:
        self.file = file
        self._db = Database(file, clock, tell)

    def save(self, session: Session) -> None:
        """Writes the session and its turns; a copy of the file is kept once a day, when one is over."""
        self._db.write(partial(save_session, session))
        if session.finished_at is not None:
            self._db.keep_copy()

    def session(self, session_id: str) -> Session:
        """The session with this id; UsageError where there is none."""
        found = self._db.read(partial(_sessions, "WHERE id = ?", (session_id,)))
        if not found:
            raise UsageError(
                f"There is no interview {session_id!r}.", "`coach history list` shows them all."
            )
        return found[0]

    def sessions(self, limit: int = -1, *, answered: bool = False) -> list[Session]:
        """The newest sessions, all without a limit; only those with a turn where `answered`."""
        having = "EXISTS (SELECT 1 FROM turns WHERE session_id = id)" if answered else "TRUE"
        query = f"WHERE {having} ORDER BY started_at DESC LIMIT ?"
        return self._db.read(partial(_sessions, query, (limit,)))

    def unfinished(self) -> Session | None:
        """The newest session that was not closed."""
        query = "WHERE finished_at IS NULL ORDER BY started_at DESC LIMIT 1"
        return next(iter(self._db.read(partial(_sessions, query, ()))), None)

    def delete(self, session_id: str) -> None:
        """Removes a session and everything in it, from the copies too; UsageError where there is none."""
        self.session(session_id)
        self._write("DELETE FROM sessions WHERE id = ?", session_id)
        self._db.forget()

    def answers(self, text: str = "", limit: int = -1, offset: int = 0) -> list[Given]:
        """Answers, the newest first, from the `offset`th on; only those that hold every word of `text`."""
        return self._db.read(lambda db: answers.page(db, text, limit, offset))

    def count_answers(self, text: str = "") -> int:
        """How many answers hold every word of `text`."""
        return self._db.read(lambda db: answers.count(db, text))

    def amend_answer(self, session_id: str, number: int, **changes: Any) -> Turn:
        """Changes fields of one answer's turn, a rating say, and returns it; UsageError where there is none."""
        return self._db.write(lambda db: answers.amend(db, session_id, number, changes))

    def delete_answer(self, session_id: str, number: int) -> None:
        """Removes one answer, from the copies too; UsageError where there is none."""
        self._db.write(lambda db: answers.delete(db, session_id, number))
        self._db.forget()

    def days(self) -> set[date]:
        """The days, in local time, on which something was answered or a program was run."""
        return self._db.read(answers.days)

    def rated(self) -> list[Rated]:
        """Every marked answer that the candidate rated too."""
        return self._db.read(answers.rated)

    def reviews(self, cards: Mapping[str, str]) -> list[Review]:
        """What every answer tells of its card, in order of time; `cards` gives each exercise's card."""
        return self._db.read(lambda db: answers.reviews(db, cards))

    def save_draft(self, session_id: str, written: HalfAnswer | str) -> None:
        """Keeps what was typed so far to the session's current question, or to its last one again."""
        half = HalfAnswer(written) if isinstance(written, str) else written
        self._write(
            "INSERT OR REPLACE INTO drafts (session_id, turns, text, notes, again) VALUES "
            "(?1, (SELECT COUNT(*) FROM turns WHERE session_id = ?1), ?2, ?3, ?4)",
            session_id,
            half.text,
            half.notes,
            half.again,
        )

    def draft(self, session_id: str) -> str:
        """The text of the half-written answer."""
        return self.half_answer(session_id).text

    def half_answer(self, session_id: str) -> HalfAnswer:
        """What was being written since the last answer; what was written before it is nothing."""
        rows = self._rows(
            "SELECT text, notes, again FROM drafts WHERE session_id = ?1 "
            "AND turns = (SELECT COUNT(*) FROM turns WHERE session_id = ?1)",
            session_id,
        )
        if not rows:
            return HalfAnswer()
        return HalfAnswer(rows[0]["text"], rows[0]["notes"], bool(rows[0]["again"]))

    def marks(self) -> dict[str, tuple[int, float]]:
        """How often each card was answered and marked, first answers only, and the mean mark (0 to 1)."""
        rows = self._rows(
            "SELECT card_id, COUNT(*) AS answers, AVG(score) AS mean FROM turns "
            "WHERE score IS NOT NULL AND kind NOT IN ('follow_up', 'again') GROUP BY card_id"
        )
        return {row["card_id"]: (row["answers"], row["mean"]) for row in rows}

    def memories(self, cards: Mapping[str, str]) -> dict[str, CardMemory]:
        """What is remembered of each card answered so far; `cards` gives each exercise's card."""
        while self._db.read(memory.is_behind):
            self._db.write(lambda db: memory.catch_up(db, cards))
        return self._db.read(memory.stored)

    def save_attempt(self, attempt: Attempt) -> None:
        """Records a run of an answer to a code exercise."""
        self._write("INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?)", *attempt_row(attempt))

    def attempts(self, exercise: str = "") -> list[Attempt]:
        """Runs of answers, the newest first; those of every exercise where none is named."""
        rows = self._rows(
            "SELECT * FROM attempts WHERE ?1 = '' OR exercise = ?1 ORDER BY at DESC", exercise
        )
        return [attempt_of(row) for row in rows]

    def note(self, name: str) -> str | None:
        """A small fact the program remembers, e.g. that an offer was declined."""
        rows = self._rows("SELECT value FROM notes WHERE name = ?", name)
        return str(rows[0]["value"]) if rows else None

    def save_note(self, name: str, value: str) -> None:
        """Remembers a small fact."""
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?)", name, value)

    def export(self) -> Iterator[str]:
        """Everything the candidate did, one JSON line for each session, turn, draft and attempt."""
        return iter(self._db.read(exchange.lines))

    def import_lines(self, lines: Iterable[str], source: str) -> dict[str, int]:
        """Adds what an export holds and is not here yet; says how many of each kind were added.

        InputFileError names the line and field of the first fault; then nothing is added.
        """
        records = exchange.read(lines, source)
        return self._db.write(partial(exchange.add, records))

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        return self._db.read(lambda db: db.execute(query, values).fetchall())

    def _write(self, statement: str, *values: object) -> None:
        self._db.write(lambda db: db.execute(statement, values))


def _sessions(query: str, values: tuple[object, ...], db: sqlite3.Connection) -> list[Session]:
    rows = db.execute(f"SELECT * FROM sessions {query}", values).fetchall()  # noqa: S608
    return [session_of(db, row) for row in rows]
