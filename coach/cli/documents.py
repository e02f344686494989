"""`coach documents`: what is indexed."""

import os
from pathlib import Path
from typing import Annotated

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, table
from coach.ingest.decode import shown as printable

app = typer.Typer(no_args_is_help=True, help="What is indexed. Example: coach documents list")


@app.command("list")
def list_documents(as_json: Json = False) -> None:
    """Your documents and cards, then the shipped ones. Example: coach documents list --json"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        coach.index.ensure(progress_line("index"))
        rows = coach.index.documents()
    if as_json:
        shown = [
            {
                "document": row.document,
                "path": row.path or None,
                "passages": row.passages,
                "shipped": row.shipped,
            }
            for row in rows
        ]
        emit({"documents": shown})
    else:
        cells = [(row.document, row.passages, printable(row.path) or "(shipped)") for row in rows]
        table(cells, ("document", "passages", "path"))


@app.command()
def remove(
    path: Annotated[Path, typer.Argument(help="a file, a folder, or a name from the list")],
    as_json: Json = False,
) -> None:
    """Take documents out of the index; the files stay. Example: coach documents remove ~/notes/old.md"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        names = coach.index.remove(path, progress_line("index"))
    emit({"removed": names}) if as_json else typer.echo(f"Taken out: {', '.join(names)}")
