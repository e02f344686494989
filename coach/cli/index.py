"""`coach index`: the state of the index, and making it anew."""

import dataclasses
import os

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say

app = typer.Typer(no_args_is_help=True, help="The index. Example: coach index status")


@app.command()
def status(as_json: Json = False) -> None:
    """Whether the index is ready, and what made it; exit code 3 where it cannot be used.

    Example: coach index status --json
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        found = coach.index.status()
    if as_json:
        emit({**dataclasses.asdict(found), "folder": str(found.folder)})
    else:
        where = found.chroma_url or found.folder
        typer.echo(f"{found.state}: {found.detail}".rstrip(": "))
        typer.echo(
            f"{found.documents} documents of yours, {found.passages} passages ({found.shipped_passages} shipped)"
        )
        typer.echo(f"embedder {found.embedder}, {found.dimensions} dimensions\n{where}")
    if found.state in ("damaged", "other embedder", "unreachable"):
        if found.state != "unreachable":
            say("Build it again: coach index rebuild")
        raise typer.Exit(3)


@app.command()
def ensure(as_json: Json = False) -> None:
    """Build the index where it is absent, out of date or damaged. Example: coach index ensure"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        coach.index.ensure(progress_line("index"))
        found = coach.index.status()
    if as_json:
        emit({"state": found.state, "passages": found.passages})
    else:
        typer.echo(f"The index is {found.state}: {found.passages} passages.")


@app.command()
def rebuild(as_json: Json = False) -> None:
    """Make the index anew from the documents, with the embedder of the settings.

    A document whose file is gone is kept from the texts stored before. Example: coach index rebuild
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        report = coach.index.rebuild(progress_line("index"))
        found = coach.index.status()
    problems = [{"path": p.path, "line": p.line, "message": p.message} for p in report.problems]
    if as_json:
        emit(
            {
                "documents": report.documents,
                "passages": report.passages,
                "embedder": found.embedder,
                "problems": problems,
                "elapsed_s": report.elapsed_s,
            }
        )
        return
    for problem in report.problems:
        say(f"Lost: {problem.message}")
    typer.echo(
        f"{report.passages} passages of {report.documents} documents and the deck, "
        f"made with {found.embedder} in {report.elapsed_s:.1f} s"
    )
