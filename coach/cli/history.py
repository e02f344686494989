"""`coach history`: the interviews so far."""

import csv
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.console import Json, emit, reporting, table, tell
from coach.errors import InputFileError, UsageError
from coach.history import turn_to_json
from coach.interview import Session, summarize

app = typer.Typer(no_args_is_help=True, help="Your interviews. Example: coach history list")

FORMATS = ("jsonl", "csv", "md")


@app.command("list")
def list_sessions(as_json: Json = False) -> None:
    """All interviews, the newest first. Example: coach history list"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        rows = [_brief(coach, session) for session in coach.history.sessions()]
        if as_json:
            emit({"sessions": rows})
        else:
            keys = ("id", "started_at", "finished", "answered", "score")
            table([tuple(row[key] for key in keys) for row in rows], keys)


@app.command()
def show(session_id: str, as_json: Json = False) -> None:
    """One interview with its answers. Example: coach history show 20260101-120000-ab12"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        session = coach.history.session(session_id)
        if as_json:
            emit(
                {**_brief(coach, session), "turns": [turn_to_json(turn) for turn in session.turns]}
            )
        else:
            tell(_markdown(session))


@app.command()
def delete(session_id: str, as_json: Json = False) -> None:
    """Delete one interview for good. Example: coach history delete 20260101-120000-ab12"""
    with reporting(as_json), Coach.open(os.environ) as coach:
        coach.history.delete(session_id)
        emit({"deleted": session_id}) if as_json else typer.echo(f"Deleted {session_id}.")


@app.command()
def export(
    file_format: Annotated[str, typer.Option("--format", help="jsonl, csv or md")] = "jsonl",
) -> None:
    """Print every answer; jsonl holds everything and can be imported again.

    Example: coach history export > answers.jsonl
    """
    with reporting(False), Coach.open(os.environ) as coach:
        if file_format not in FORMATS:
            raise UsageError(
                f"There is no format {file_format!r}.", f"Formats: {', '.join(FORMATS)}."
            )
        if file_format == "jsonl":
            for line in coach.history.export():
                typer.echo(line)
        elif file_format == "md":
            tell("\n\n".join(_markdown(session) for session in coach.history.sessions()))
        else:
            _print_csv(coach.history.sessions())


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="what `export --format jsonl` printed")],
    as_json: Json = False,
) -> None:
    """Add what an export holds; what is here already stays as it is.

    A fault in the file is told with its line and field, and nothing is added.
    Example: coach history import answers.jsonl
    """
    with reporting(as_json), Coach.open(os.environ) as coach:
        try:
            with file.open(encoding="utf-8") as lines:
                added = coach.history.import_lines(lines, str(file))
        except (OSError, UnicodeDecodeError) as error:
            raise InputFileError(f"{file} cannot be read: {error}") from error
        if as_json:
            emit({"added": added})
        else:
            typer.echo("Added: " + ", ".join(f"{n} {kind}" for kind, n in added.items()) + ".")


def _brief(coach: Coach, session: Session) -> dict[str, Any]:
    summary = summarize(session, coach.deck)
    return {
        "id": session.id,
        "started_at": session.started_at.isoformat(timespec="seconds"),
        "finished": session.finished_at is not None,
        "lang": session.plan.lang,
        "questions": len(session.card_ids),
        "answered": summary.answered,
        "score": None if summary.score is None else round(summary.score, 3),
    }


def _markdown(session: Session) -> str:
    lines = [f"# {session.id}"]
    for turn in session.turns:
        mark = "–" if turn.score is None else f"{turn.score:.2f}"
        lines += ["", f"## {turn.prompt}", "", turn.answer or "(skipped)", "", f"Score: {mark}"]
        if turn.verdict:
            lines += [f"- {point.verdict}: {point.text}" for point in turn.verdict.key_points]
    return "\n".join(lines)


def _print_csv(sessions: list[Session]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(["session", "answered_at", "card", "kind", "score", "answer"])
    for session in sessions:
        for turn in session.turns:
            at = turn.answered_at.isoformat() if turn.answered_at else ""
            writer.writerow([session.id, at, turn.card_id, turn.kind, turn.score, turn.answer])
