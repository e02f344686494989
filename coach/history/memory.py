"""Memories kept in the database: replayed for the cards that were answered since, read for all others."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from datetime import datetime

from coach.history.rows import turn_from_json
from coach.interview import Turn
from coach.memory import CardMemory, Memory, Rating, Review, Run, remember, sittings, version
from coach.memory.reviews import POINT_RATINGS, SCORES, rating_of

VERSION = "memory_version"
# Another program that wants to write waits for no more than these.
FEW = 25


def is_behind(db: sqlite3.Connection) -> bool:
    """Whether something was answered since the memories were made, or they are of another version."""
    waiting = db.execute("SELECT EXISTS (SELECT 1 FROM stale)").fetchone()[0]
    return bool(waiting) or _version(db) != version()


def catch_up(db: sqlite3.Connection, cards: Mapping[str, str]) -> None:
    """Replays the next few cards that were marked; `cards` gives each exercise's card."""
    if _version(db) != version():
        db.execute("DELETE FROM memory")
        db.execute("INSERT OR IGNORE INTO stale SELECT DISTINCT 'card', card_id FROM turns")
        db.execute("INSERT OR IGNORE INTO stale SELECT DISTINCT 'exercise', exercise FROM attempts")
        db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (VERSION, version()))
    exercises = {card_id: exercise for exercise, card_id in cards.items()}
    marked = [
        (row["kind"], row["name"]) for row in db.execute("SELECT * FROM stale LIMIT ?", (FEW,))
    ]
    for card_id in _cards(marked, cards):
        runs = _attempts(db, exercises.get(card_id, ""))
        reviews = reviews_of(card_id, _turns(db, card_id), runs)
        db.execute("DELETE FROM memory WHERE card_id = ?", (card_id,))
        for memory in remember(reviews).values():
            _store(db, card_id, memory)
    db.executemany("DELETE FROM stale WHERE kind = ? AND name = ?", marked)


def stored(db: sqlite3.Connection) -> dict[str, CardMemory]:
    """The memory of every card answered so far."""
    points: dict[str, dict[str, Memory]] = {}
    for row in db.execute("SELECT * FROM memory"):
        points.setdefault(row["card_id"], {})[row["key_point"]] = _memory(row)
    return {
        card_id: CardMemory(known.pop(""), known)
        for card_id, known in points.items()
        if "" in known
    }


def reviews_of(card_id: str, turns: Iterable[Turn], attempts: Iterable[Run] = ()) -> list[Review]:
    """What first answers to one card tell of it and its key points; follow-ups tell of their key point alone."""
    reviews: list[Review] = []
    runs = list(attempts)
    for turn in turns:
        if turn.answered_at is None or turn.again:
            continue
        if turn.kind == "code":
            runs += _runs(turn, turn.answered_at)
            continue
        if turn.kind == "question":
            review = whole_review(card_id, turn.answered_at, turn.score, turn.rating)
            reviews += [review] if review else []
        for point in turn.verdict.key_points if turn.verdict else ():
            if point.verdict in POINT_RATINGS:
                rating, score = POINT_RATINGS[point.verdict]
                reviews.append(Review(card_id, turn.answered_at, score, rating, point.id))
    return [*reviews, *sittings(card_id, runs)]


def whole_review(
    card_id: str, at: datetime, score: float | None, rating: Rating | None
) -> Review | None:
    """What one answer tells of a card as a whole; None where neither a mark nor a rating was given."""
    if score is not None:
        return Review(card_id, at, score, rating or rating_of(score))
    return Review(card_id, at, SCORES[rating], rating) if rating else None


def _runs(turn: Turn, at: datetime) -> Iterator[Run]:
    if turn.score is not None:
        yield Run(at, turn.score == 1.0, turn.rating)


def _cards(marked: Iterable[tuple[str, str]], cards: Mapping[str, str]) -> set[str]:
    """Cards to replay; an exercise that belongs to no card of the deck tells nothing."""
    owners = {name if kind == "card" else cards.get(name, "") for kind, name in marked}
    return owners - {""}


def _turns(db: sqlite3.Connection, card_id: str) -> Iterator[Turn]:
    for row in db.execute("SELECT turn FROM turns WHERE card_id = ?", (card_id,)):
        yield turn_from_json(json.loads(row["turn"]))


def _attempts(db: sqlite3.Connection, exercise: str) -> Iterator[Run]:
    for row in db.execute("SELECT at, passed FROM attempts WHERE exercise = ?", (exercise,)):
        yield Run(datetime.fromisoformat(row["at"]), bool(row["passed"]))


def _store(db: sqlite3.Connection, card_id: str, memory: CardMemory) -> None:
    rows = [(card_id, key, *_columns(state)) for key, state in memory.points.items()]
    db.executemany(
        "INSERT INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(card_id, "", *_columns(memory.whole)), *rows],
    )


def _columns(memory: Memory) -> list[object]:
    return [
        value.isoformat() if isinstance(value, datetime) else value for value in astuple(memory)
    ]


def _memory(row: sqlite3.Row) -> Memory:
    return Memory(
        stability=row["stability"],
        difficulty=row["difficulty"],
        reviewed_at=datetime.fromisoformat(row["reviewed_at"]),
        due=datetime.fromisoformat(row["due"]),
        score=row["score"],
        first_score=row["first_score"],
        reviews=row["reviews"],
    )


def _version(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT value FROM notes WHERE name = ?", (VERSION,)).fetchone()
    return str(row["value"]) if row else ""
