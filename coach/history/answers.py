"""Answers as SQLite finds them: page by page for a list, in few columns for figures, one by one to delete."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from coach.errors import UsageError
from coach.history.memory import whole_review
from coach.history.rows import save_turn, turn_from_json
from coach.interview import Turn
from coach.memory import Rating, Review, Run, sittings

_SEARCHED = (
    "card_id || char(10) || json_extract(turn, '$.prompt') || char(10)"
    " || json_extract(turn, '$.answer') || char(10) || IFNULL(json_extract(turn, '$.verdict.grade'), '')"
)
# The same program lies in the turn and among the runs.
_RUNS = (
    "DELETE FROM attempts WHERE EXISTS (SELECT 1 FROM turns WHERE session_id = ?1 AND number = ?2"
    " AND json_extract(turn, '$.practice.exercise') = attempts.exercise"
    " AND json_extract(turn, '$.answer') = attempts.answer)"
)


@dataclass(frozen=True)
class Given:
    """An answer and where it stands: it is turn `number` (from 0) of a session."""

    session_id: str
    number: int
    turn: Turn


@dataclass(frozen=True)
class Rated:
    """A marked answer (0 to 1) with the candidate's own ratings, before the verdict and after it."""

    score: float
    before: Rating | None
    after: Rating | None


def page(db: sqlite3.Connection, text: str, limit: int, offset: int) -> list[Given]:
    """The newest answers first; of those that hold every word of `text` in question, answer, card or grade."""
    where, values = _filter(text)
    rows = db.execute(
        f"SELECT session_id, number, turn FROM turns {where}"  # noqa: S608
        " ORDER BY answered_at DESC, rowid DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [
        Given(row["session_id"], row["number"], turn_from_json(json.loads(row["turn"])))
        for row in rows
    ]


def count(db: sqlite3.Connection, text: str) -> int:
    """How many answers there are that hold every word of `text`."""
    where, values = _filter(text)
    return int(db.execute(f"SELECT COUNT(*) FROM turns {where}", values).fetchone()[0])  # noqa: S608


def amend(db: sqlite3.Connection, session_id: str, number: int, changes: Mapping[str, Any]) -> Turn:
    """Changes fields of one answer's turn; UsageError where there is none."""
    place = (session_id, number)
    row = db.execute("SELECT turn FROM turns WHERE session_id = ? AND number = ?", place).fetchone()
    if row is None:
        raise _none(session_id, number)
    turn = replace(turn_from_json(json.loads(row["turn"])), **changes)
    save_turn(db, session_id, number, turn)
    return turn


def delete(db: sqlite3.Connection, session_id: str, number: int) -> None:
    """Removes one answer, and its session where it was the only one; UsageError where there is none."""
    place = (session_id, number)
    db.execute(_RUNS, place)
    if not db.execute("DELETE FROM turns WHERE session_id = ? AND number = ?", place).rowcount:
        raise _none(session_id, number)
    # By way of negative numbers, because no two may be equal for a moment.
    db.execute("UPDATE turns SET number = -number WHERE session_id = ? AND number > ?", place)
    db.execute(
        "UPDATE turns SET number = -number - 1 WHERE session_id = ? AND number < 0", place[:1]
    )
    db.execute("UPDATE drafts SET turns = turns - 1 WHERE session_id = ? AND turns > ?", place)
    db.execute(
        "DELETE FROM sessions WHERE id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM turns WHERE session_id = ?1)",
        place[:1],
    )


def days(db: sqlite3.Connection) -> set[date]:
    """The days, in local time, on which something was answered or a program was run."""
    rows = db.execute("SELECT answered_at AS at FROM turns UNION SELECT at FROM attempts")
    return {datetime.fromisoformat(row["at"]).astimezone().date() for row in rows if row["at"]}


def rated(db: sqlite3.Connection) -> list[Rated]:
    """Every marked answer that the candidate rated too."""
    rows = db.execute(
        "SELECT score, json_extract(turn, '$.self_rating') AS before,"
        " json_extract(turn, '$.rating') AS after FROM turns"
        " WHERE score NOTNULL AND (before NOTNULL OR after NOTNULL)"
        " AND NOT json_extract(turn, '$.skipped')"
    )
    return [Rated(row["score"], row["before"], row["after"]) for row in rows]


def reviews(db: sqlite3.Connection, cards: Mapping[str, str]) -> list[Review]:
    """What every answer tells of its card as a whole, in order of time; `cards` gives each exercise's card."""
    found: list[Review] = []
    runs: dict[str, list[Run]] = defaultdict(list)
    for row in db.execute(
        "SELECT card_id, kind, answered_at, score, json_extract(turn, '$.rating') AS rating"
        " FROM turns WHERE kind NOT IN ('follow_up', 'again') AND answered_at NOTNULL"
    ):
        at, score = datetime.fromisoformat(row["answered_at"]), row["score"]
        if row["kind"] == "code":
            if score is not None:
                runs[row["card_id"]].append(Run(at, score == 1.0, row["rating"]))
        elif (review := whole_review(row["card_id"], at, score, row["rating"])) is not None:
            found.append(review)
    for row in db.execute("SELECT exercise, at, passed FROM attempts"):
        run = Run(datetime.fromisoformat(row["at"]), bool(row["passed"]))
        runs[cards.get(row["exercise"], "")].append(run)
    for card_id in runs.keys() - {""}:
        found += sittings(card_id, runs[card_id])
    return sorted(found, key=lambda review: review.at)


def _none(session_id: str, number: int) -> UsageError:
    return UsageError(f"Interview {session_id!r} has no answer {number + 1}.")


def _filter(text: str) -> tuple[str, list[str]]:
    words = [f"%{_literal(word)}%" for word in text.split()]
    tests = [f"{_SEARCHED} LIKE ? ESCAPE '\\'" for _ in words]
    return (f"WHERE {' AND '.join(tests)}" if tests else ""), words


def _literal(word: str) -> str:
    for character in ("\\", "%", "_"):
        word = word.replace(character, f"\\{character}")
    return word
