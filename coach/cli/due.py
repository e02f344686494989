"""`coach due`: cards to come back to."""

import os

import typer

from coach.app import Coach
from coach.console import Json, emit, reporting, table
from coach.schedule import memories

app = typer.Typer()


@app.command()
def due(as_json: Json = False) -> None:
    """Cards that are due by now, the weakest first. Example: coach due"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        now = coach.clock()
        known = memories(coach.history.reviews(), now).values()
        rows = sorted((m for m in known if m.due <= now), key=lambda memory: memory.recall)
        if as_json:
            cards = [
                {"id": m.card_id, "due": m.due.isoformat(), "recall": round(m.recall, 3)}
                for m in rows
            ]
            emit({"due": cards})
        elif rows:
            cells = [
                (m.card_id, m.due.date(), f"{m.recall:.0%}", f"{m.last_score:.2f}") for m in rows
            ]
            table(cells, ("card", "due", "recall", "last score"))
        else:
            typer.echo("Nothing is due.")
