"""The report of an eval run for people: one HTML file that needs nothing else, and its twin in Markdown."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from coach.errors import InputFileError

TEMPLATES = Path(__file__).resolve().parent / "templates"


def write_report(
    folder: Path,
    report: Mapping[str, Any],
    results: Iterable[Mapping[str, Any]],
    made: datetime,
) -> None:
    """Writes report.html and report.md: the same bytes for the same `report` (as `--json`), results and time.

    `results` are the lines of results.jsonl, read once, in any order; only numbers and the worst answers are kept.
    InputFileError where the folder cannot be written.
    """
    from eval.report.collect import collect
    from eval.report.twin import as_markdown
    from eval.report.view import view_of

    view = view_of(report, made, *collect(results))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("report.html", _html(view)), ("report.md", as_markdown(view))):
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputFileError(
            f"{folder}: {error}", "Choose a folder that can be written."
        ) from error


def _html(view: Mapping[str, Any]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from eval.report.safe import visible

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else visible(value),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    return environment.get_template("report.html.j2").render({**view, "style": style})
