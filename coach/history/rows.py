"""Sessions, turns and attempts as rows and as plain JSON values."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from coach.exercise import PracticeResult
from coach.grade.serialize import verdict_from_json, verdict_to_json
from coach.interview import Plan, Session, Turn


@dataclass(frozen=True)
class Attempt:
    """One run of an answer to a code exercise; `seconds` (None: unknown) were spent on writing it."""

    exercise: str
    at: datetime
    passed: bool
    failed_case: str | None
    seconds: float | None
    answer: str

    @classmethod
    def of(
        cls, result: PracticeResult, answer: str, at: datetime, seconds: float | None = None
    ) -> "Attempt":
        """The record of a run."""
        failure = result.first_failure
        name = None if failure is None else failure.name
        return cls(result.exercise, at, result.passed, name, seconds, answer)


@dataclass(frozen=True)
class HalfAnswer:
    """What was typed so far: the answer and the notes beside it; `again` where it is not the first answer."""

    text: str = ""
    notes: str = ""
    again: bool = False


def attempt_row(attempt: Attempt) -> tuple[object, ...]:
    """An attempt in the order of its table's columns."""
    at, failed = attempt.at.isoformat(), attempt.failed_case
    return attempt.exercise, at, attempt.passed, failed, attempt.seconds, attempt.answer


def attempt_of(row: sqlite3.Row) -> Attempt:
    """The attempt a row holds."""
    at, passed = datetime.fromisoformat(row["at"]), bool(row["passed"])
    return Attempt(row["exercise"], at, passed, row["failed_case"], row["seconds"], row["answer"])


def save_session(session: Session, db: sqlite3.Connection) -> None:
    """Writes a session and those of its turns that are new or changed."""
    db.execute(
        "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET finished_at = COALESCE(finished_at, excluded.finished_at)",
        session_row(session),
    )
    for number, turn in enumerate(session.turns):
        save_turn(db, session.id, number, turn)


def save_turn(db: sqlite3.Connection, session_id: str, number: int, turn: Turn) -> None:
    """Writes a turn where it is new or changed."""
    db.execute(
        "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session_id, number) "
        "DO UPDATE SET card_id = excluded.card_id, kind = excluded.kind, score = excluded.score, "
        "answered_at = excluded.answered_at, turn = excluded.turn WHERE turn != excluded.turn",
        turn_row(session_id, number, turn),
    )


def session_row(session: Session) -> tuple[object, ...]:
    """A session in the order of its table's columns."""
    return (
        session.id,
        json.dumps(asdict(session.plan)),
        json.dumps(session.card_ids),
        session.started_at.isoformat(),
        session.finished_at.isoformat() if session.finished_at else None,
        json.dumps(dict(session.reasons), ensure_ascii=False),
    )


def session_of(db: sqlite3.Connection, row: sqlite3.Row) -> Session:
    """The session a row holds, with its turns."""
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
        reasons=json.loads(row["reasons"]),
    )


def turn_row(session_id: str, number: int, turn: Turn) -> tuple[object, ...]:
    """A turn in the order of its table's columns."""
    data = turn_to_json(turn)
    text = json.dumps(data, ensure_ascii=False)
    kind = "again" if turn.again else turn.kind
    return session_id, number, turn.card_id, kind, turn.score, data["answered_at"], text


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
        "self_rating": turn.self_rating,
        "rating": turn.rating,
        "disagreement": turn.disagreement,
        "own_score": turn.own_score,
        "again": turn.again,
        "notes": turn.notes,
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
