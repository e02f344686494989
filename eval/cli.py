"""`coach eval`: agreement with human marks."""

import os
import random
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.app import Coach
from coach.console import Json, emit, progress_line, reporting, table
from eval.datasets import Sample, read_set

app = typer.Typer(
    no_args_is_help=True, help="Agreement with human marks. Example: coach eval run answers.jsonl"
)


@app.callback()
def group() -> None:
    """Agreement with human marks. Example: coach eval run answers.jsonl --limit 50"""


@app.command()
def run(
    path: Annotated[Path, typer.Argument(help="an eval set: JSONL, one marked answer a line")],
    out: Annotated[Path | None, typer.Option(help="keep results.jsonl in this folder")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="a random part of the set")] = None,
    seed: Annotated[int, typer.Option(help="which part")] = 0,
    as_json: Json = False,
) -> None:
    """Grade a set and compare with its marks. Example: coach eval run answers.jsonl --limit 50"""
    from eval.harness import run as run_set

    with reporting(as_json), Coach.open(os.environ) as coach:
        samples = _part(path, limit, seed)
        row = run_set(coach, samples, out, progress_line("grading"))
        report = {"set": str(path), "n": len(samples), "graders": [row], "baselines": []}
        emit(report) if as_json else _print(row)


def _part(path: Path, limit: int | None, seed: int) -> list[Sample]:
    samples = list(read_set(path))
    if limit is not None:
        random.Random(seed).shuffle(samples)  # noqa: S311  # a sample, no secret
    return list(islice(samples, limit))


def _print(row: dict[str, Any]) -> None:
    rows = [
        (name, f"{value:.3f}" if isinstance(value, float) else value)
        for name, value in row.items()
        if not isinstance(value, dict)
    ]
    table(rows, ("metric", "value"))
