"""`coach stats`: how the candidate is doing."""

import os
from typing import Any

import typer

from coach.app import Coach
from coach.console import Json, emit, reporting, table
from coach.memory import readiness

app = typer.Typer()


@app.command()
def stats(as_json: Json = False) -> None:
    """Answers, mean score and readiness by topic: the chance of a good answer to a card not seen yet.

    Beside the chance stands its 90% interval. Example: coach stats
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        topics = _topics(coach)
        answers = sum(topic["answers"] for topic in topics)
        if as_json:
            emit({"answers": answers, "topics": topics})
        elif answers:
            table(
                [_cells(topic) for topic in topics],
                ("topic", "answers", "mean score", "readiness", "90%"),
            )
        else:
            typer.echo("No answers yet: coach interview")


def _topics(coach: Coach) -> list[dict[str, Any]]:
    """One row for each topic of the deck, and one for the cards that left it."""
    marks = coach.history.marks()
    ready = readiness(coach.deck, coach.memories(), coach.clock())
    topic_of = {card.id: card.topic for card in coach.deck}
    rows = []
    for topic in [*ready, "(removed)"]:
        found = [mark for card, mark in marks.items() if topic_of.get(card, "(removed)") == topic]
        answers = sum(n for n, _ in found)
        if topic not in ready and not answers:
            continue
        row: dict[str, Any] = {"topic": topic, "answers": answers, "mean_score": None}
        if answers:
            row["mean_score"] = round(sum(n * mean for n, mean in found) / answers, 3)
        if topic in ready:
            state = ready[topic]
            row["readiness"] = round(state.chance, 3)
            row["interval"] = [round(state.low, 3), round(state.high, 3)]
            row["cards_seen"] = state.cards
        rows.append(row)
    return rows


def _cells(topic: dict[str, Any]) -> tuple[object, ...]:
    mean = "-" if topic["mean_score"] is None else f"{topic['mean_score']:.2f}"
    if "interval" not in topic:
        return topic["topic"], topic["answers"], mean, "-", "-"
    low, high = topic["interval"]
    return (
        topic["topic"],
        topic["answers"],
        mean,
        f"{topic['readiness']:.0%}",
        f"{low:.0%} to {high:.0%}",
    )
