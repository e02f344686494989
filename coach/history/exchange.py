"""The whole history as JSON lines, and back: what an export holds, an import adds."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from coach.errors import InputFileError
from coach.history.rows import (
    Attempt,
    attempt_of,
    attempt_row,
    session_of,
    session_row,
    turn_row,
    turn_to_json,
)
from coach.history.rows import turn_from_json as turn_of
from coach.history.schema import RECORDS
from coach.interview import Plan, Session

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

HINT = "It takes what `coach history export --format jsonl` prints."

SESSION = (
    "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    "finished_at = excluded.finished_at WHERE finished_at IS NULL AND excluded.finished_at NOTNULL"
)
TURN = "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
DRAFT = (
    "INSERT INTO drafts (session_id, turns, text, notes, again) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
ATTEMPT = (
    "INSERT INTO attempts SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS "
    "(SELECT 1 FROM attempts WHERE exercise = ?1 AND at = ?2 AND answer = ?6)"
)


@dataclass(frozen=True)
class Record:
    """One row to add: its kind, the session it belongs to (or ""), and its columns."""

    kind: str
    session: str
    row: tuple[object, ...]


def lines(db: sqlite3.Connection) -> list[str]:
    """Everything, sessions before what belongs to them, each a JSON object whose `record` says its kind."""
    found: list[dict[str, Any]] = []
    for row in db.execute("SELECT * FROM sessions ORDER BY started_at, id").fetchall():
        session = session_of(db, row)
        found.append(_session(session))
        found += [
            {"record": "turn", "session": session.id, "number": number, **turn_to_json(turn)}
            for number, turn in enumerate(session.turns)
        ]
    for row in db.execute("SELECT * FROM drafts"):
        written = {"text": row["text"], "notes": row["notes"], "again": bool(row["again"])}
        place = {"session": row["session_id"], "turns": row["turns"]}
        found.append({"record": "draft", **place, **written})
    for row in db.execute("SELECT * FROM attempts ORDER BY at"):
        attempt = attempt_of(row)
        found.append({"record": "attempt", **vars(attempt), "at": attempt.at.isoformat()})
    return [json.dumps(value, ensure_ascii=False) for value in found]


def read(source: Iterable[str], name: str) -> list[Record]:
    """The records of an export; InputFileError names the line and field of the first fault."""
    records: list[Record] = []
    sessions: set[str] = set()
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            record = _record(_parsed(line))
        except (ValueError, RecursionError) as error:
            raise InputFileError(f"{name}:{number}: {error}", HINT, number) from error
        if record.kind == "session":
            sessions.add(record.session)
        elif record.session and record.session not in sessions:
            message = (
                f"{name}:{number}: session: no line before it is of session {record.session!r}"
            )
            raise InputFileError(message, HINT, number)
        records.append(record)
    return records


def add(records: Sequence[Record], db: sqlite3.Connection) -> dict[str, int]:
    """Adds what is not there yet; what is there stays as it is. Returns how many of each kind were added."""
    statements = {"session": SESSION, "turn": TURN, "draft": DRAFT, "attempt": ATTEMPT}
    added = dict.fromkeys(("sessions", "turns", "drafts", "attempts"), 0)
    for record in records:
        added[f"{record.kind}s"] += db.execute(statements[record.kind], record.row).rowcount
    return added


def _parsed(line: str) -> Any:
    """Raises ValueError for what is no JSON, and for numbers and characters that can't be stored."""

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is no number")

    value = json.loads(line, parse_constant=refuse)
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


def _record(value: Any) -> Record:
    """Raises ValueError that names the field."""
    kind = value.get("record") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in RECORDS:
        raise ValueError(f"record: it can be {', '.join(RECORDS)}")
    for error in _validator(kind).iter_errors(value):
        raise ValueError(f"{error.json_path.removeprefix('$.')}: {error.message[:200]}")
    makers: dict[str, Callable[[dict[str, Any]], Record]] = {
        "session": _session_record,
        "turn": _turn_record,
        "draft": _draft_record,
        "attempt": _attempt_record,
    }
    return makers[kind](value)


def _session(session: Session) -> dict[str, Any]:
    return {
        "record": "session",
        "id": session.id,
        "plan": vars(session.plan),
        "card_ids": session.card_ids,
        "reasons": dict(session.reasons),
        "started_at": session.started_at.isoformat(),
        "finished_at": session.finished_at.isoformat() if session.finished_at else None,
    }


def _session_record(value: dict[str, Any]) -> Record:
    plan = {**value["plan"], "topics": tuple(value["plan"]["topics"])}
    finished = value["finished_at"]
    session = Session(
        id=value["id"],
        plan=Plan(**plan),
        card_ids=tuple(value["card_ids"]),
        started_at=_moment(value, "started_at"),
        finished_at=_moment(value, "finished_at") if finished else None,
        reasons=value["reasons"],
    )
    return Record("session", session.id, session_row(session))


def _turn_record(value: dict[str, Any]) -> Record:
    session_id, number = value["session"], value["number"]
    if value["answered_at"] is not None:
        _moment(value, "answered_at")
    rest = {k: v for k, v in value.items() if k not in ("record", "session", "number")}
    return Record("turn", session_id, turn_row(session_id, number, turn_of(rest)))


def _draft_record(value: dict[str, Any]) -> Record:
    written = value["text"], value.get("notes", ""), value.get("again", False)
    return Record("draft", value["session"], (value["session"], value["turns"], *written))


def _attempt_record(value: dict[str, Any]) -> Record:
    rest = {k: v for k, v in value.items() if k != "record"}
    attempt = Attempt(**{**rest, "at": _moment(value, "at")})
    return Record("attempt", "", attempt_row(attempt))


def _moment(value: dict[str, Any], field: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value[field])
    except ValueError as error:
        raise ValueError(f"{field}: {value[field]!r} is no time (ISO 8601)") from error
    if moment.tzinfo is None:
        raise ValueError(f"{field}: {value[field]!r} has no time zone")
    return moment


@cache
def _validator(kind: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(RECORDS[kind])
