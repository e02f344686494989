"""`coach ingest`: reads documents into the index."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say
from coach.errors import CoachError, InputFileError, UsageError
from coach.index import IngestReport

app = typer.Typer(help="Read your own documents. Example: coach ingest ~/notes")

Paths = Annotated[list[Path], typer.Argument(help="files and folders, read recursively")]
Watch = Annotated[
    bool,
    typer.Option("--watch", help="go on, and read again whenever a file is saved; Ctrl+C ends"),
]


@app.command()
def ingest(paths: Paths, watch: Watch = False, as_json: Json = False) -> None:
    """Read documents into the index: Markdown, HTML, text, PDF, Word (.docx) and notebooks (.ipynb).

    Only what changed is embedded again; a file gone from a folder read before is taken out.
    Example: coach ingest ~/notes questions.md
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        if watch and as_json:
            raise UsageError("--watch goes on and has no one result.", "Leave out --json.")
        if watch:
            with contextlib.suppress(KeyboardInterrupt):
                _keep_up(coach, paths)
            return
        report = coach.index.ingest(paths, progress_line("ingest"))
    if as_json:
        emit(_to_json(report))
    else:
        _show(report)


def _keep_up(coach: Coach, paths: Sequence[Path]) -> None:
    """Reads now and after every change; what goes wrong is told, and the next change is waited for."""
    missing = [path for path in paths if not path.expanduser().exists()]
    if missing:
        raise InputFileError(f"{missing[0]}: no such file or folder.", "Give what is there.")
    told: IngestReport | None = None
    for round_ in _changes(paths, coach.paths.index_dir):
        try:
            report = coach.index.ingest(paths, progress_line("ingest"))
        except CoachError as error:
            if round_ != 1:
                say(f"{error.message} {error.hint}".rstrip())
            continue
        changed = report.added + report.updated + report.removed
        if told is None or changed or report.problems != told.problems:
            typer.echo(f"--- {coach.clock().astimezone():%H:%M:%S}")
            _show(report)
        told = report


def _changes(paths: Sequence[Path], own: Path) -> Iterator[int]:
    """Counts: 0 at once, 1 when the watch has begun, then whenever a file was saved or is gone."""
    from watchfiles import watch

    yield 0
    say("Waiting for changes; Ctrl+C ends.")
    # The folder is watched, not the file: editors that put a new file in its place would be lost.
    whole = [path.expanduser().absolute() for path in paths]
    folders = {path if path.is_dir() else path.parent for path in whole}
    ours = str(own.absolute())
    count = 1
    # What was saved before the watch began is found by reading once more when it has.
    for changed in watch(*folders, debounce=400, rust_timeout=1000, yield_on_timeout=True):
        files = {path for _, path in changed if not path.startswith(ours)}
        if count == 1 or files:
            yield count
            count += 1


def _to_json(report: IngestReport) -> dict[str, Any]:
    problems = [{"path": p.path, "line": p.line, "message": p.message} for p in report.problems]
    return {
        "documents": report.documents,
        "passages": report.passages,
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "problems": problems,
        "elapsed_s": report.elapsed_s,
    }


def _show(report: IngestReport) -> None:
    for problem in report.problems:
        say(f"Not read: {problem.message}")
    typer.echo(
        f"{report.documents} documents, {report.passages} passages: {report.added} added, "
        f"{report.updated} updated, {report.removed} removed, {report.unchanged} unchanged; "
        f"{report.embedded} passages embedded in {report.elapsed_s:.1f} s"
    )
