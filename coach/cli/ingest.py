"""`coach ingest`: reads documents into the index."""

import os
from pathlib import Path
from typing import Annotated

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say

app = typer.Typer(help="Read your own documents. Example: coach ingest ~/notes")

Paths = Annotated[list[Path], typer.Argument(help="files and folders, read recursively")]


@app.command()
def ingest(paths: Paths, as_json: Json = False) -> None:
    """Read documents into the index: Markdown, HTML and text, in English or Chinese.

    Only what changed is embedded again; a file gone from a folder read before is taken out.
    Example: coach ingest ~/notes questions.md
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        report = coach.index.ingest(paths, progress_line("ingest"))
    problems = [{"path": p.path, "line": p.line, "message": p.message} for p in report.problems]
    if as_json:
        emit(
            {
                "documents": report.documents,
                "passages": report.passages,
                "added": report.added,
                "updated": report.updated,
                "removed": report.removed,
                "unchanged": report.unchanged,
                "problems": problems,
                "elapsed_s": report.elapsed_s,
            }
        )
        return
    for problem in report.problems:
        say(f"Not read: {problem.message}")
    typer.echo(
        f"{report.documents} documents, {report.passages} passages: {report.added} added, "
        f"{report.updated} updated, {report.removed} removed, {report.unchanged} unchanged; "
        f"{report.embedded} passages embedded in {report.elapsed_s:.1f} s"
    )
