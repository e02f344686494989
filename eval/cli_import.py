"""`coach eval import`: marked answers of other formats as an eval set."""

import json
from pathlib import Path
from typing import Annotated

import typer

from coach.console import Json, emit, reporting, say
from coach.errors import InputFileError
from eval.importers import Mapped, format_of, read_marked


def import_set(
    path: Annotated[Path, typer.Argument(help="the file with marked answers")],
    to: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="the eval set to write")],
    form: Annotated[
        str | None, typer.Option("--format", help="csv, tsv, saf or inspect; else by the suffix")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="FIELD=COLUMN, e.g. answer=text; may be repeated")
    ] = None,
    max_score: Annotated[float | None, typer.Option(help="where no column says it")] = None,
    lang: Annotated[
        str | None, typer.Option(help="en or zh, where no column says it; else by the text")
    ] = None,
    question: Annotated[str | None, typer.Option(help="where no column has it")] = None,
    reference: Annotated[
        list[str] | None, typer.Option(help="where no column has it; may be repeated")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make an eval set of CSV, TSV, SAF XML or inspect-style JSONL; every row is checked.

    Example: coach eval import answers.csv answers.jsonl --column answer=text --max-score 5
    """
    given = {"max_score": max_score, "lang": lang, "question": question, "reference": reference}
    with reporting(as_json):
        how = Mapped.of(column or (), given)
        answers = _write(to, path, format_of(path, form), how)
        if as_json:
            emit({"set": str(to), "n": answers})
        else:
            say(f"{answers} answers in {to}. Next: coach eval run {to}")


def _write(to: Path, path: Path, form: str, how: Mapped) -> int:
    """Writes the set whole or not at all; returns how many answers it has."""
    beside = to.with_name(to.name + ".new")
    answers = 0
    try:
        with beside.open("wb") as file:
            for row in read_marked(path, form, how):
                line = json.dumps(row, ensure_ascii=False)
                file.write(line.encode("utf-8", "backslashreplace") + b"\n")
                answers += 1
        if not answers:
            raise InputFileError(f"{path}: no answers.", "A row for each answer is needed.")
        beside.replace(to)
    except OSError as error:
        raise InputFileError(f"{to}: {error.strerror}", "Choose another file.") from error
    finally:
        beside.unlink(missing_ok=True)
    return answers
