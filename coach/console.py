"""What every face on the command line shares: how results, progress and errors are printed."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from coach.errors import CoachError, MissingError
from coach.text import clean
from coach.text import say as say
from coach.wrapping import Wrapped

Json = Annotated[bool, typer.Option("--json", help="Print one JSON value instead of text.")]
Model = Annotated[
    str | None,
    typer.Option("--model", help="this language model instead of the one the settings name"),
]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", help="the OpenAI-compatible endpoint that has it")
]

MARKS = {"covered": "+", "partial": "~", "missing": "-", "contradicted": "x", "unsure": "?"}
"""One sign for each verdict on a key point, beside its word: never colour alone."""

ELSEWHERE = "Check the disk and its permissions; COACH_HOME=/another/folder moves everything."
INTERRUPTED = 130


def emit(value: object) -> None:
    """Prints one JSON value on standard output; bytes of file names that are no text as escapes."""
    text = json.dumps(value, ensure_ascii=False)
    typer.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def tell(text: str, end: str = "\n") -> None:
    """Prints text that may come from answers, documents or models: without control characters."""
    typer.echo(clean(text, limit=len(text)) + end, nl=False)


@contextmanager
def telling() -> Iterator[Callable[[str], None]]:
    """Gives what prints text as it comes; on a terminal words stay whole."""

    def show(text: str) -> None:
        tell(text, end="")

    if not sys.stdout.isatty():
        yield show
        return
    lines = Wrapped(show, shutil.get_terminal_size().columns)
    try:
        yield lines.add
    finally:
        lines.end()


@contextmanager
def reporting(as_json: bool) -> Iterator[None]:
    """Turns the program's own errors into a message (or JSON) and the right exit code."""
    try:
        yield
    except CoachError as error:
        _report(error, as_json)
        raise typer.Exit(error.exit_code) from error
    except BrokenPipeError:
        raise
    except OSError as failure:
        place = f"{failure.filename}: " if failure.filename else ""
        missing = MissingError(f"{place}{failure.strerror or failure}.", ELSEWHERE)
        _report(missing, as_json)
        raise typer.Exit(missing.exit_code) from failure
    except KeyboardInterrupt as interrupt:
        say("Interrupted.")
        raise typer.Exit(INTERRUPTED) from interrupt


def _report(error: CoachError, as_json: bool) -> None:
    if as_json:
        emit(error.to_json())
        return
    say(f"Error: {error.message}")
    if error.hint:
        say(f"  {error.hint}")


def progress_line(label: str) -> Callable[[int, int, str], None]:
    """A callback (done, total, note) that keeps one line on standard error up to date.

    On a terminal the line is rewritten; elsewhere one line is printed for every tenth part.
    With a total of 0 the note is a message, and is printed whole.
    """
    state = {"tenth": -1}
    live = sys.stderr.isatty()

    def show(done: int, total: int, note: str = "") -> None:
        if not total:
            say(f"{label}: {note}")
            return
        tenth = 10 * done // max(total, 1)
        line = f"{label}: {100 * done // max(total, 1)}% {note}"
        if live:
            typer.echo(f"\r{line[:78]:<78}", err=True, nl=done >= total)
        elif tenth != state["tenth"]:
            typer.echo(line.rstrip(), err=True)
        state["tenth"] = tenth

    return show


def table(rows: list[tuple[Any, ...]], head: tuple[str, ...]) -> None:
    """Prints rows in columns as wide as their widest cell; wide characters count as two."""
    cells = [tuple(str(cell) for cell in row) for row in [head, *rows]]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        padded = [
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        typer.echo("  ".join(padded).rstrip())


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
