"""`coach stats`: how the candidate is doing."""

import os
from collections import defaultdict

import typer

from coach.app import Coach
from coach.console import Json, emit, reporting, table

app = typer.Typer()


@app.command()
def stats(as_json: Json = False) -> None:
    """Answers and mean score by topic. Example: coach stats"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        topic_of = {card.id: card.topic for card in coach.deck}
        scores: dict[str, list[float]] = defaultdict(list)
        for review in coach.history.reviews():
            scores[topic_of.get(review.card_id, "(removed)")].append(review.score)
        rows = [
            (topic, len(marks), sum(marks) / len(marks)) for topic, marks in sorted(scores.items())
        ]
        if as_json:
            topics = [{"topic": t, "answers": n, "mean_score": round(m, 3)} for t, n, m in rows]
            emit({"answers": sum(n for _, n, _ in rows), "topics": topics})
        elif rows:
            table([(t, n, f"{m:.2f}") for t, n, m in rows], ("topic", "answers", "mean score"))
        else:
            typer.echo("No answers yet: coach interview")
