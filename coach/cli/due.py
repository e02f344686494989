"""`coach due`: cards to come back to."""

import os

import typer

from coach.app import Coach
from coach.console import Json, emit, reporting, table

app = typer.Typer()


@app.command()
def due(as_json: Json = False) -> None:
    """Cards that are due by now, the weakest first. Example: coach due"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        now = coach.clock()
        memories = coach.memories().items()
        states = [(card_id, m.whole, m.whole.recall(now)) for card_id, m in memories]
        rows = sorted((row for row in states if row[1].due <= now), key=lambda row: row[2])
        if as_json:
            cards = [
                {"id": card_id, "due": state.due.isoformat(), "recall": round(recall, 3)}
                for card_id, state, recall in rows
            ]
            emit({"due": cards})
        elif rows:
            cells = [
                (card_id, state.due.date(), f"{recall:.0%}", f"{state.score:.2f}")
                for card_id, state, recall in rows
            ]
            table(cells, ("card", "due", "recall", "last score"))
        else:
            typer.echo("Nothing is due.")
