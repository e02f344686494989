"""`coach stats`: how the candidate is doing."""

import os
from typing import Any

import typer

from coach.app import Coach
from coach.console import Json, emit, reporting, table
from coach.history.statistics import Statistics, Topic, statistics

app = typer.Typer()


@app.command()
def stats(as_json: Json = False) -> None:
    """Answers, mean score and readiness by topic: the chance of a good answer to a card not seen yet.

    Beside the chance stands its 90% interval. Then: days in a row, how much was still known after how many
    days, how many cards come back when, and how your own ratings compare with the marks.
    Example: coach stats
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        found = statistics(coach.history, coach.deck, coach.memories(), coach.clock())
        if as_json:
            emit(_json(found))
        elif found.today.answers:
            _print(found)
        else:
            typer.echo("No answers yet: coach interview")


def _json(found: Statistics) -> dict[str, Any]:
    today = found.today
    return {
        "answers": today.answers,
        "topics": [_topic(topic) for topic in today.topics],
        "readiness": round(today.chance, 3),
        "streak_days": today.streak,
        "due": len(today.due),
        "recall": _rounded(found.recall),
        "progress": [
            {"at": moment.at.isoformat(timespec="seconds"), "readiness": round(moment.chance, 3)}
            for moment in found.progress
        ],
        "retention": [vars(row) for row in found.retention],
        "forecast": list(found.forecast),
        "calibration": [{**vars(row), "mean": round(row.mean, 3)} for row in found.calibration],
        "ratings_changed": found.changed,
    }


def _topic(topic: Topic) -> dict[str, Any]:
    row = {"topic": topic.name, "answers": topic.answers, "mean_score": _rounded(topic.mean)}
    if topic.ready is None:
        return row
    state = topic.ready
    return {
        **row,
        "readiness": round(state.chance, 3),
        "interval": [round(state.low, 3), round(state.high, 3)],
        "cards_seen": state.cards,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _print(found: Statistics) -> None:
    today = found.today
    table(
        [_cells(topic) for topic in today.topics],
        ("topic", "answers", "mean score", "readiness", "90%"),
    )
    typer.echo(
        f"\nReadiness {today.chance:.0%}, was {found.progress[0].chance:.0%} at first; "
        f"days in a row: {today.streak}; due now: {len(today.due)}; "
        f"due in {len(found.forecast)} days: {sum(found.forecast)}"
    )
    if found.retention:
        typer.echo("\nStill known (answered better than a lapse), by days since the answer before:")
        kept = [
            (_days(r.first, r.last), r.answers, f"{r.recalled / r.answers:.0%}")
            for r in found.retention
        ]
        table(kept, ("days", "answers", "known"))
    if found.calibration:
        typer.echo("\nYour own rating before the verdict, and the mark:")
        own = [
            (c.rating, c.answers, f"{c.mean:.2f}", f"{c.expected:.2f}") for c in found.calibration
        ]
        table(own, ("rating", "answers", "mean score", "stands for"))


def _days(first: int, last: int | None) -> str:
    if last is None:
        return f"{first}+"
    return str(first) if first == last else f"{first}-{last}"


def _cells(topic: Topic) -> tuple[object, ...]:
    mean = "-" if topic.mean is None else f"{topic.mean:.2f}"
    if topic.ready is None:
        return topic.name, topic.answers, mean, "-", "-"
    state = topic.ready
    return (
        topic.name,
        topic.answers,
        mean,
        f"{state.chance:.0%}",
        f"{state.low:.0%} to {state.high:.0%}",
    )
