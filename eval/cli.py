"""`coach eval`: agreement with human marks."""

import os
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, say, table
from coach.errors import UsageError
from eval.cli_calibrate import calibrate
from eval.cli_compare import compare
from eval.cli_import import import_set
from eval.cli_injection import injection
from eval.cli_memory import memory
from eval.cli_run import run

app = typer.Typer(
    no_args_is_help=True, help="Agreement with human marks. Example: coach eval run answers.jsonl"
)


@app.callback()
def group() -> None:
    """Agreement with human marks. Example: coach eval run answers.jsonl --limit 50"""


app.command()(run)
app.command("import")(import_set)
app.command()(calibrate)
app.command()(compare)
app.command()(injection)
app.command()(memory)


@app.command()
def retrieval(
    path: Annotated[Path, typer.Argument(help="JSONL: id, query, lang, relevant documents")],
    system: Annotated[
        list[str] | None, typer.Option(help="coach, dense, bm25 or langchain; else all there are")
    ] = None,
    as_json: Json = False,
) -> None:
    """How well passages are found, by language of question and passage, against other ways to search.

    recall@k: a relevant passage of that language is among the first k. Example: coach eval retrieval questions.jsonl
    """
    from eval.questions import read_questions
    from eval.retrieval import compare
    from eval.rivals import systems

    with reporting(as_json), Coach.open(os.environ) as coach:
        questions = list(read_questions(path))
        known = systems()
        for name in system or ():
            if name not in known:
                raise UsageError(f"--system is {name!r}.", f"It can be {', '.join(known)}.")
        coach.index.ensure(progress_line("index"))
        report = compare(coach, questions, system or list(known), progress_line("searching"))
        if as_json:
            emit({"set": str(path), **report})
        else:
            _print_pairs(report)


@app.command()
def ask(
    path: Annotated[Path, typer.Argument(help="JSONL: id, lang, question, answerable")],
    out: Annotated[
        Path | None, typer.Option(help="keep the answers here; those already there are not asked")
    ] = None,
    split: Annotated[str | None, typer.Option(help="dev or test")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="a random part of the set")] = None,
    seed: Annotated[int, typer.Option(help="which part")] = 0,
    as_json: Json = False,
) -> None:
    """How often questions are answered or declined rightly, and how many sentences have a source.

    Example: coach eval ask questions.jsonl --split test --out answers
    """
    from eval.asking import ask_all, read_askings

    with reporting(as_json), Coach.open(os.environ) as coach:
        askings = [a for a in read_askings(path) if split in (None, a.split)]
        if limit is not None:
            random.Random(seed).shuffle(askings)  # noqa: S311  # a sample, no secret
        coach.index.ensure(progress_line("index"))
        report = ask_all(coach, askings[:limit], out, progress_line("asking"))
        if as_json:
            emit({"set": str(path), **report})
        else:
            _print_groups(report["groups"])


def _print_groups(groups: Mapping[str, Mapping[str, float | int | None]]) -> None:
    metrics = next(iter(groups.values()))
    rows = [
        (
            name,
            *(
                f"{v:.3f}" if isinstance(v := group[name], float) else v
                for group in groups.values()
            ),
        )
        for name in metrics
    ]
    table(rows, ("metric", *groups))


def _print_pairs(report: dict[str, Any]) -> None:
    rows = [
        (
            row["name"],
            pair,
            kind,
            *(f"{value:.3f}" if isinstance(value, float) else value for value in found.values()),
        )
        for row in report["systems"]
        for kind, pairs in {"all": row["pairs"], **row["kinds"]}.items()
        for pair, found in pairs.items()
        if found["n"]
    ]
    metrics = next(iter(report["systems"][0]["pairs"].values()))
    table(rows, ("system", "question-passage", "questions", *metrics))
    if report["not_indexed"]:
        say(
            f"{report['not_indexed']} questions name no document that is indexed; they were left out."
        )
